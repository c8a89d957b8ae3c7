import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { moveByCopy } from '../../src/app/archive/move.ts';
import { archiveLine } from '../../src/report/schemas-after-run.ts';
import { completeItems, picture, sidecar } from '../support/items.ts';
import { finished, type Ran, World } from '../support/world.ts';

interface Line {
  readonly items: readonly { readonly item: string; readonly to: string | null; readonly reason?: { readonly code: string } }[];
}

let world: World;
beforeEach(async () => {
  world = await World.open();
});
afterEach(() => world.close());

const line = (ran: Ran): Line => {
  expect(archiveLine.safeParse(ran.lines[0]).error).toBeUndefined();
  return ran.lines[0] as unknown as Line;
};

it('moves listed items away, writes over nothing, knows them where they lie, and finds damage', async () => {
  await completeItems(world, 2);
  world.write('pile/defaults.json', JSON.stringify(sidecar(9)));
  world.write('pile/mug_1.jpg', await picture(71));
  world.write('pile/hat_1.jpg', await picture(72));
  world.write('waits/a.jpg', await picture(73));
  const done = join(world.root, 'done');
  mkdirSync(join(done, 'item-1'), { recursive: true });
  await world.run('list', world.photos, '--group', 'auto', '--json');
  const listed = (await world.listings()).length;

  const dry = line(await world.run('archive', '--to', done, '--dry-run', '--json'));
  expect(dry.items).toHaveLength(listed);
  expect(existsSync(join(world.photos, 'item-2/a.jpg'))).toBe(true);

  const moved = await world.run('archive', '--to', done, '--json');
  expect([moved.code, line(moved).items.map(({ to }) => to)]).toEqual([0, dry.items.map(({ to }) => to)]);
  expect(readFileSync(join(done, 'item-2/item.json'), 'utf8')).toContain('Test Shirt Number 2');
  expect(existsSync(join(world.photos, 'item-1'))).toBe(false);
  expect(existsSync(join(world.photos, 'waits/a.jpg'))).toBe(true);
  expect(line(await world.run('archive', '--to', done, '--json')).items).toEqual([]);
  expect(finished(await world.run('list', done, '--json')).counts).toMatchObject({ already: listed, listed: 0 });
  expect(await world.listings()).toHaveLength(listed);

  expect((await world.run('archive', '--verify', '--json')).code).toBe(0);
  appendFileSync(join(done, 'item-2/b.jpg'), 'rot');
  const rotten = await world.run('archive', '--verify', '--json');
  expect([rotten.code, rotten.lines]).toMatchObject([3, [{ damaged: [{ path: join(done, 'item-2/b.jpg'), state: 'changed' }] }]]);
});

it('an original that changed keeps its item where it is; what a killed run had moved is noted', async () => {
  await completeItems(world, 2);
  await world.run('list', world.photos, '--json');
  const done = join(world.root, 'done');
  appendFileSync(join(world.photos, 'item-1/a.jpg'), 'rot');
  mkdirSync(done);
  renameSync(join(world.photos, 'item-2'), join(done, 'item-2'));
  const ran = await world.run('archive', '--to', done, '--json');
  expect(ran.code).toBe(3);
  expect(line(ran).items.map(({ to, reason }) => [to, reason?.code])).toEqual(
    expect.arrayContaining([
      [null, 'photo.changed'],
      [join(done, 'item-2'), undefined],
    ]),
  );
  expect(existsSync(join(world.photos, 'item-1/a.jpg'))).toBe(true);
});

it('across file systems a folder is copied, compared and only then removed', async () => {
  const from = join(world.photos, 'mug');
  world.write('mug/a.jpg', await picture(1));
  world.write('mug/notes.txt', 'a note');
  // What a killed copy left behind is no hindrance.
  world.write('../done/mug.partial/a.jpg', 'half');
  const bytes = readFileSync(join(from, 'a.jpg'));
  await moveByCopy(from, join(world.root, 'done/mug'));
  expect(readFileSync(join(world.root, 'done/mug/a.jpg'))).toEqual(bytes);
  expect([existsSync(from), existsSync(join(world.root, 'done/mug.partial'))]).toEqual([false, false]);
});
