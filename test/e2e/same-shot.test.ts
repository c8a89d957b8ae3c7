import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { onlyColour, sidecar } from '../support/items.ts';
import { OpenAiServer } from '../support/openai-server.ts';
import { hasSharedPhotos, sharedPhotos } from '../support/shared-photos.ts';
import { finished, sha256, World } from '../support/world.ts';

/** One shot as the camera wrote it, and saved anew by another program: other bytes, the same picture. */
const SHOT = join(sharedPhotos('odd'), 'duplicates/IMG_0100.jpg');
const RESAVED = join(sharedPhotos('odd'), 'duplicates/IMG_0100-resaved.jpg');

describe.skipIf(!hasSharedPhotos)('a real shot and the same saved anew', () => {
  let world: World;
  beforeEach(async () => {
    world = await World.open();
    expect(sha256(readFileSync(SHOT))).not.toBe(sha256(readFileSync(RESAVED)));
  });
  afterEach(() => world.close());

  const put = (from: string, to: string): void => cpSync(from, join(world.photos, to));

  it('in two items: the one seen first goes live, the other waits for a person, who may say that it is another thing', async () => {
    world.write('a/item.json', JSON.stringify(sidecar(1)));
    put(SHOT, 'a/IMG_0100.jpg');
    const first = await world.run('list', world.photos, '--json');
    expect(finished(first).counts).toMatchObject({ listed: 1 });
    world.write('b/item.json', JSON.stringify(sidecar(2)));
    put(RESAVED, 'b/IMG_0200.jpg');
    const second = await world.run('list', world.photos, '--json');
    expect(finished(second).counts).toMatchObject({ already: 1, held: 1 });
    const idOf = (ran: typeof first): string => String(ran.lines.find(({ outcome }) => outcome === 'listed' || outcome === 'held')?.item);
    expect(second.lines.find(({ outcome }) => outcome === 'held')).toMatchObject({
      reason: { code: 'item.possible-duplicate', message: expect.stringContaining(idOf(first)) },
    });
    expect(await world.listings()).toHaveLength(1);
    expect(finished(await world.run('approve', idOf(second), '--json')).counts).toMatchObject({ listed: 1 });
    expect(await world.listings()).toHaveLength(2);
  });

  it('in two items of which the first failed and the second is live: the first waits for a person', async () => {
    world.write('a/item.json', '{ "title": ');
    put(SHOT, 'a/IMG_0100.jpg');
    expect(finished(await world.run('list', world.photos, '--json')).counts).toMatchObject({ held: 1 });
    world.write('b/item.json', JSON.stringify(sidecar(2)));
    put(RESAVED, 'b/IMG_0200.jpg');
    expect(finished(await world.run('list', world.photos, '--json')).counts).toMatchObject({ listed: 1, held: 1 });
    world.write('a/item.json', JSON.stringify(sidecar(1)));
    const ran = await world.run('list', world.photos, '--json');
    expect(finished(ran).counts).toMatchObject({ already: 1, held: 1 });
    expect(ran.lines.find(({ outcome }) => outcome === 'held')).toMatchObject({ reason: { code: 'item.possible-duplicate' } });
    expect(await world.listings()).toHaveLength(1);
  });

  it('in one item: a model is shown one of them, buyers see both', async () => {
    const openai = await OpenAiServer.open(() => onlyColour);
    const { Color: _color, ...aspects } = sidecar(1).aspects;
    world.write('a/item.json', JSON.stringify({ ...sidecar(1), aspects }));
    put(SHOT, 'a/IMG_0100.jpg');
    put(RESAVED, 'a/IMG_0100-resaved.jpg');
    const ran = await world.start(['list', world.photos, '--json'], openai.env).ended;
    await openai.close();
    expect(openai.problems).toEqual([]);
    expect(finished(ran), ran.out).toMatchObject({ counts: { items: 1, listed: 1 } });
    expect(openai.asked.map(({ pictures }) => pictures.length)).toEqual([1]);
    const [listing] = await world.listings();
    expect(new Set(listing?.pictures.map(({ sha256: hash }) => hash)).size).toBe(2);
  });
});
