import { readdirSync, readFileSync, rmSync, statSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { colourlessItems, completeItems, onlyColour } from '../support/items.ts';
import { OpenAiServer } from '../support/openai-server.ts';
import { finished, sha256, untilTrue, World } from '../support/world.ts';
import { cookieOf, reviewing } from './review-desk.ts';

let world: World;
beforeEach(async () => {
  world = await World.open();
});
afterEach(() => world.close());

const folder = (): string => join(world.data, 'practice', 'pictures');
const made = (): string[] => readdirSync(folder()).sort();
const hashOf = (path: string): string => sha256(readFileSync(join(world.photos, path))).slice(0, 16);

/** Takes no room on the disk, and yesterday's. */
function oldFile(name: string, bytes: number): string {
  const path = join(folder(), name);
  writeFileSync(path, '');
  truncateSync(path, bytes);
  utimesSync(path, new Date(Date.now() - 86_400_000), new Date(Date.now() - 86_400_000));
  return path;
}

it('of what is live only the small copies are left; of what is held, all', async () => {
  await completeItems(world, 1);
  expect(finished(await world.run('list', world.photos, '--json')).counts).toMatchObject({ listed: 1 });
  const uses = made().map((name) => name.slice(16).replace(/-[0-9a-f]{16}\.jpg$/, ''));
  expect(uses.sort()).toEqual(['-model', '-model', '-thumbnail', '-thumbnail']);
  await completeItems(world, 1, 2);
  expect(finished(await world.run('list', world.photos, '--json', '--publish', 'review')).counts).toMatchObject({ held: 1 });
  for (const use of ['picture', 'model', 'thumbnail'])
    expect(made().filter((name) => name.startsWith(`${hashOf('item-2/a.jpg')}-${use}`))).toHaveLength(1);
});

it('the folder comes under its limit while a run is under way, and an item in flight loses nothing', async () => {
  writeFileSync(
    join(world.root, 'easyflip.config.json'),
    JSON.stringify({ photos: { cacheMaxMegabytes: 100 }, analysis: { maxAnswerLength: 300 } }),
  );
  await completeItems(world, 1);
  expect(finished(await world.run('list', world.photos, '--json')).counts).toMatchObject({ listed: 1 });
  rmSync(join(world.photos, 'item-1'), { recursive: true });
  await colourlessItems(world, 1, 2);
  const mine = hashOf('item-2/a.jpg');
  // What is in flight fills the folder by itself: all else has to go, and that may not be enough.
  const [own, ...others] = [
    oldFile(`${mine}-full.jpg`, 120_000_000),
    ...[1, 2, 3].map((n) => oldFile(`${'0'.repeat(15)}${n}-picture.jpg`, 50_000_000)),
  ];
  let whileInFlight: readonly string[] = [];
  const openai = await OpenAiServer.open(async () => {
    await untilTrue(() => made().every((name) => name.startsWith(mine)));
    whileInFlight = made();
    return onlyColour;
  });
  const ran = await world.start(['list', world.photos, '--json'], openai.env).ended;
  await openai.close();
  expect(finished(ran), ran.out).toMatchObject({ counts: { listed: 1 } });
  expect(others).toHaveLength(3);
  for (const use of ['picture', 'model', 'thumbnail', 'full'])
    expect(
      whileInFlight.some((name) => name.startsWith(`${mine}-${use}`)),
      use,
    ).toBe(true);
  // Once it is live, nothing is in flight any more.
  expect(made()).not.toContain(own?.slice(folder().length + 1));
  expect(made().reduce((sum, name) => sum + statSync(join(folder(), name)).size, 0)).toBeLessThan(100_000_000);
});

it.each([false, true])(
  'a held item whose pictures went (encrypted: %s) is shown, approved and listed all the same',
  async (encryptAtRest) => {
    writeFileSync(join(world.root, 'easyflip.config.json'), JSON.stringify({ store: { encryptAtRest } }));
    await completeItems(world, 1);
    const held = await world.run('list', world.photos, '--json', '--publish', 'review');
    const id = String(held.lines.find(({ type }) => type === 'item.finished')?.item);
    const before = made();
    for (const name of before) rmSync(join(folder(), name));

    const review = await reviewing(world);
    const cookie = await cookieOf(review.url);
    for (const use of ['small', 'large']) {
      const answer = await fetch(
        `${review.base}picture/${id}/${sha256(readFileSync(join(world.photos, 'item-1/a.jpg')))}${use === 'small' ? '' : '/large'}`,
        {
          headers: { cookie },
        },
      );
      expect(answer.status, use).toBe(200);
      expect(await sharp(Buffer.from(await answer.arrayBuffer())).metadata()).toMatchObject({
        format: 'jpeg',
        width: use === 'small' ? 320 : 640,
      });
    }
    await review.stop();

    expect((await world.run('approve', id, '--later')).code).toBe(0);
    expect(finished(await world.run('list', world.photos, '--json')).counts).toMatchObject({ listed: 1 });
    const [listing] = await world.listings();
    const pictures = before.filter((name) => name.includes('-picture-'));
    expect(listing?.pictures.map(({ sha256: hash }) => hash.slice(0, 16)).sort()).toEqual(
      pictures.map((name) => name.slice(-20, -4)).sort(),
    );
  },
);
