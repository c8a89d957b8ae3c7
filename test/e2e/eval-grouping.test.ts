import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { valid } from '../support/schemas.ts';
import { hasSharedPhotos, sharedPhotos } from '../support/shared-photos.ts';
import { World } from '../support/world.ts';

interface Score {
  readonly pile: string;
  readonly items: number;
  readonly exact: number;
  readonly precision: number;
  readonly recall: number;
  readonly wrongFlagged: number;
  readonly rightFlagged: number;
}

let world: World;
beforeAll(async () => {
  world = await World.open();
});
afterAll(() => world.close());

async function scoresOf(folder: string): Promise<ReadonlyMap<string, Score>> {
  const ran = await world.run('eval', folder, '--grouping', '--rounds', '30', '--json');
  expect(ran.lines[0]).toMatchObject({ type: 'eval.grouping' });
  valid('eval-line', ran.lines[0]);
  return new Map((ran.lines[0] as unknown as { piles: Score[] }).piles.map((score) => [score.pile, score]));
}

function meetsBars(scores: ReadonlyMap<string, Score>): void {
  const of = (pile: string): Score => scores.get(pile) as Score;
  for (const pile of ['divider cards, equal times', 'divider cards, shuffled names']) {
    expect(of(pile)).toMatchObject({ exact: 1, precision: 1, recall: 1, rightFlagged: 0 });
  }
  for (const pile of ['time gaps', 'time gaps, shuffled names']) expect(of(pile).exact).toBeGreaterThanOrEqual(0.98);
  // One way in eight (`ABC123-1`) is also how storage places are written; 4 of 30 rounds have it.
  expect(of('SKU in the name, equal times').exact).toBeGreaterThanOrEqual(26 / 30);
  // Nobody can know these; that some are wrong is what makes the next line mean something.
  expect(of('SKU or counter, equal times').exact).toBeLessThan(1);
  // What cannot be known is never listed by itself.
  for (const { wrongFlagged } of scores.values()) expect(wrongFlagged).toBe(1);
}

it('the sample photos: dividers exact, time gaps 98 %, all that is wrong flagged', async () => {
  cpSync('fixtures/photos', world.photos, { recursive: true });
  for (const loose of ['IMG_2041.jpg', 'IMG_2042.jpg', 'IMG_2043.jpg', 'mug_1.jpg', 'mug_2.jpg', 'vase_1.jpg', 'vase_2.jpg', 'vase_3.jpg'])
    rmSync(join(world.photos, loose));
  meetsBars(await scoresOf(world.photos));
});

it.skipIf(!hasSharedPhotos)('34 real items: dividers exact, time gaps 98 %, all that is wrong flagged', async () => {
  meetsBars(await scoresOf(sharedPhotos('items')));
});
