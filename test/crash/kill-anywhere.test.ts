import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { completeItems, picture } from '../support/items.ts';
import { type Trip, Tripwire } from '../support/tripwire.ts';
import { finished, type Ran, sha256, World } from '../support/world.ts';

const ITEMS = 4;
/** Nine stages and four items; the walk ends when a run gets through unharmed. */
const POINTS_MAX = 60;

let world: World;
let wire: Tripwire;
beforeAll(async () => {
  world = await World.open();
  wire = await Tripwire.open(world.practice.url);
  await completeItems(world, ITEMS);
});
afterAll(async () => {
  await wire.close();
  await world.close();
});

const startList = (): ReturnType<World['start']> => world.start(['list', world.photos, '--verbose'], { EASYFLIP_PRACTICE_URL: wire.url });

async function freshWorld(): Promise<void> {
  world.forgetDatabase();
  await world.reset();
}

/** Stages that a run says it has finished, `item stage`. */
const stagesDone = (ran: Ran): string[] =>
  [...ran.err.matchAll(/ stage\.finished item=(\S+) stage=(\w+) kind=done\b/g)].map(([, item, stage]) => `${item} ${stage}`);

/** After a kill: run again to the end, then ask the marketplace what there is. */
async function expectWhole(killed: Ran, killedAt: number): Promise<void> {
  const answered = wire.calls
    .filter(({ writing, deliveredAt }) => writing && deliveredAt !== undefined && deliveredAt < killedAt - 300)
    .map(({ name }) => name);
  wire.arm(undefined, () => {});
  const again = world.start(['list', world.photos, '--json'], { EASYFLIP_PRACTICE_URL: wire.url });
  const ran = await again.ended;
  expect(ran.err).toBe('');
  const { counts, exitCode } = finished(ran);
  expect(exitCode).toBe(0);
  expect(counts.listed + counts.already).toBe(ITEMS);

  const live = (await world.listings()).filter(({ status }) => status === 'ACTIVE');
  const pictures = live.map((listing) => listing.pictures.map((one) => one.sha256).join(' '));
  expect(new Set(pictures).size).toBe(ITEMS);
  expect(await world.listings()).toHaveLength(ITEMS);
  expect(wire.calls.filter(({ name, writing }) => writing && answered.includes(name)).map(({ name }) => name)).toEqual([]);
  expect(killed.signal).toBe('SIGKILL');
}

describe('killed with SIGKILL and started again: one live listing per item, nothing done twice', () => {
  it.each(['before', 'after'] as const)('%s every writing call', { timeout: 900_000 }, async (side) => {
    let points = 0;
    for (let nth = 1; nth <= POINTS_MAX; nth += 1) {
      await freshWorld();
      const { child, ended } = startListAt({ nth, side });
      const killed = await ended;
      if (killed.signal === null) {
        expect(killed.code).toBe(0);
        break;
      }
      points += 1;
      await expectWhole(killed, Date.now());
      child.kill('SIGKILL');
    }
    // Two pictures an item, and at least one call each for items, offers and publishing.
    expect(points).toBeGreaterThanOrEqual(ITEMS * 2 + 3);
  });

  it('at every checkpoint', { timeout: 900_000 }, async () => {
    let points = 0;
    for (let nth = 1; nth <= POINTS_MAX; nth += 1) {
      await freshWorld();
      wire.arm(undefined, () => {});
      const { child, ended } = startList();
      let seen = 0;
      let killedAt = 0;
      child.stderr?.on('data', (chunk: Buffer) => {
        seen += [...chunk.toString().matchAll(/^stage\s+\S+ \w+ done\b/gm)].length;
        if (seen < nth || killedAt > 0) return;
        killedAt = Date.now();
        child.kill('SIGKILL');
      });
      const killed = await ended;
      if (killed.signal === null) break;
      points += 1;
      const before = stagesDone(killed);
      const verbose = await world.start(['list', world.photos, '--verbose', '--dry-run'], { EASYFLIP_PRACTICE_URL: wire.url }).ended;
      // What was finished is reused, never done again.
      expect(stagesDone(verbose).filter((one) => before.includes(one))).toEqual([]);
      await expectWhole(killed, killedAt);
    }
    expect(points).toBeGreaterThanOrEqual(9 * ITEMS - 3);
  });

  it('tells listings apart by the bytes of their pictures', async () => {
    expect(sha256(await picture(1))).not.toBe(sha256(await picture(2)));
  });
});

function startListAt(trip: Trip): ReturnType<World['start']> {
  const started = startList();
  wire.arm(trip, () => started.child.kill('SIGKILL'));
  return started;
}
