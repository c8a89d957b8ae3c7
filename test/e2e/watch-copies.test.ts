import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { recognizer } from '../chaos/drawn.ts';
import { MarketplaceProcess } from '../crash/marketplace.ts';
import { World } from '../support/world.ts';
import { copySlowly, keysOf, wrongKeyOf } from './slow-copies.ts';
import { type Watching, watchingIn } from './watching.ts';

/** docs/unattended.md says what came of 200. */
const ITEMS = Number(process.env.EASYFLIP_WATCH_ITEMS ?? 40);
/** Twice the longest pause in the copying of one item: a busy machine makes it longer. */
const QUIET = { EASYFLIP_QUIET_SECONDS: '8' };
const AT_ONCE = 12;
const MARKET = 'market.sqlite';

let world: World;
beforeEach(async () => {
  world = new World();
  mkdirSync(world.photos, { recursive: true });
  world.practice = await MarketplaceProcess.open(join(world.root, MARKET));
});
afterEach(() => world.close());

const numbers = Array.from({ length: ITEMS }, (_, at) => at + 1);
const liveCount = async (): Promise<number> => (await world.listings()).length;

/** Everything that was found is done, and nothing is on its way. */
const isIdle = (watch: Watching): boolean => {
  const last = watch.lines().at(-1);
  return last?.type === 'watch.waiting' && last.settling === 0 && last.queued === 0 && last.why === null;
};

it(`${ITEMS} items copied slowly, in every manner, with two kills in between: each is on sale once, whole, and none is lost`, async () => {
  let copied = false;
  const copies = copySlowly(world.photos, join(world.root, 'elsewhere'), ITEMS, AT_ONCE).then(() => (copied = true));

  for (const share of [0.15, 0.5]) {
    const watch = await watchingIn(world, QUIET);
    await watch.until(async () => (await liveCount()) >= share * ITEMS);
    await watch.stop('SIGKILL');
    // A kill after the work would prove nothing.
    expect(await liveCount()).toBeLessThan(ITEMS);
  }
  const watch = await watchingIn(world, QUIET);
  await Promise.all([copies, watch.until(() => copied)]);
  let idleSince = Number.POSITIVE_INFINITY;
  await watch.until(async () => {
    idleSince = isIdle(watch) ? Math.min(idleSince, Date.now()) : Number.POSITIVE_INFINITY;
    // What is missing after half a minute without work was lost.
    return isIdle(watch) && ((await liveCount()) >= ITEMS || Date.now() - idleSince > 30_000);
  });
  const { code, err } = await watch.stop();
  expect({ code, err }).toEqual({ code: 0, err: '' });

  expect(await onSale()).toEqual(numbers.map((n) => `item ${n}: a, b`).sort());
}, 900_000);

/** A line for each listing that the marketplace ever had: whose pictures it shows, by their bytes. */
async function onSale(): Promise<readonly string[]> {
  const listings = await world.listings();
  // Its state belongs to its process.
  await world.practice.close();
  const state = new Database(join(world.root, MARKET), { readonly: true });
  try {
    const bytesOf = state.prepare<[string], Buffer>('SELECT bytes FROM images WHERE sha256 = ?').pluck();
    const shown = await recognizer(numbers.flatMap((n) => [...keysOf(n), wrongKeyOf(n)]));
    const lines = listings.map(async ({ status, pictures }) => {
      const keys = await Promise.all(pictures.map(async ({ sha256 }) => (await shown(bytesOf.get(sha256) ?? Buffer.of())) ?? 'nothing ?'));
      const items = [...new Set(keys.map((key) => key.slice(0, -2)))];
      return `${items.join(' and ')}: ${keys.map((key) => key.slice(-1)).join(', ')}${status === 'ACTIVE' ? '' : `, ${status}`}`;
    });
    return (await Promise.all(lines)).sort();
  } finally {
    state.close();
  }
}
