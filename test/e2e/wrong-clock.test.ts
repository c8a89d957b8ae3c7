import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { completeItems } from '../support/items.ts';
import { logIn } from '../support/seller-login.ts';
import { finished, type Ran, World } from '../support/world.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const CLOCK = resolve('test/chaos/clock.cjs');

let world: World;
beforeEach(async () => {
  world = await World.open();
});
afterEach(() => world.close());

const tell = async (path: string, body: unknown): Promise<void> => {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${world.practice.url}/_practice/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  expect(answer.ok, await answer.text()).toBe(true);
};
/** Runs the program on a machine whose clock is so far off. */
const off = (offsetMs: number, ...args: readonly string[]): Promise<Ran> =>
  world.start(args, {
    NODE_OPTIONS: `--require ${CLOCK}`,
    EASYFLIP_CLOCK: JSON.stringify({ baseMs: Date.now(), offsetMs }),
  }).ended;
const live = async (): Promise<readonly string[]> =>
  (await world.listings())
    .filter(({ status }) => status === 'ACTIVE')
    .map(({ title }) => title)
    .toSorted();
const shirts = (...numbers: readonly number[]): readonly string[] => numbers.map((n) => `Test Shirt Number ${n}`);

it.each([
  ['ahead', 2 * DAY_MS],
  ['behind', -2 * DAY_MS],
] as const)(
  'two days %s: logged in, listed, renewed, and set right again: each item is live once, nothing is asked for again',
  async (_, offsetMs) => {
    await logIn(world);
    await completeItems(world, 2);
    // Also with a part of the day and a pace, which go by this clock.
    const window = ['--window', '00:00-23:59', '--pace', '1000/hour'];
    const first = await off(offsetMs, 'list', world.photos, '--json', ...window);
    expect(finished(first), first.out).toMatchObject({ exitCode: 0, counts: { listed: 2 } });
    const began = String(first.lines.find(({ type }) => type === 'run.started')?.at);
    expect(Math.abs(Date.parse(began) - Date.now() - offsetMs)).toBeLessThan(HOUR_MS);

    // Tokens end by eBay's clock, two days from what the program thinks of them.
    await tell('settings', { clockOffsetMs: 3 * HOUR_MS });
    await completeItems(world, 1, 3);
    const second = await off(offsetMs + 3 * HOUR_MS, 'list', world.photos, '--json');
    expect(finished(second), second.out).toMatchObject({ exitCode: 0, counts: { already: 2, listed: 1 } });

    // A service that was found down is not left alone for two days because the clock was set right.
    await tell('faults', [{ match: { operation: 'createImageFromFile' }, action: { type: 'html-503' } }]);
    writeFileSync(
      join(world.root, 'easyflip.config.json'),
      JSON.stringify({ services: { media: { tries: 1, failuresInARow: 1, firstProbeMs: 1_000, longestProbeMs: 1_000 } } }),
    );
    await completeItems(world, 1, 4);
    expect((await off(offsetMs + 3 * HOUR_MS, 'list', world.photos, '--json')).code).not.toBe(0);
    await tell('faults', []);
    await world.run('retry-failed', '--json');
    const right = await world.run('list', world.photos, '--json', ...window);
    expect(finished(right).counts, right.out).toMatchObject({ items: 4, held: 0, failed: 0, deferred: 0 });
    expect(await live()).toEqual(shirts(1, 2, 3, 4));
    expect(await world.listings()).toHaveLength(4);
    const taken = (await world.calls()).filter(({ path, status }) => path.includes('create_image_from_file') && status < 400);
    expect(taken).toHaveLength(8);
    expect((await world.run('sync', '--json')).code).toBe(0);
    expect((await world.run('verify')).code).toBe(0);
  },
  400_000,
);

it('pictures that ran out at eBay while the program thinks them good for two more days: sent again, and live', async () => {
  await completeItems(world, 1);
  await tell('faults', [{ match: { path: '/bulk_publish_offer|/publish' }, action: { type: 'error', errorId: 25026 } }]);
  expect((await world.run('list', world.photos, '--json')).code).toBe(4);
  await tell('faults', []);
  await tell('settings', { clockOffsetMs: 31 * DAY_MS });
  const ran = await off(29 * DAY_MS, 'resume', '--json');
  // What eBay does not take any more is known then, at the latest.
  if (ran.code !== 0) expect(finished(await off(29 * DAY_MS, 'retry-failed', '--json')).counts).toMatchObject({ listed: 1 });
  expect(await live()).toEqual(shirts(1));
  expect(await world.listings()).toHaveLength(1);
}, 240_000);

it.each([
  ['ahead: a start in an hour is yet to come, by the clock of eBay', 2 * DAY_MS, HOUR_MS, true],
  ['behind: a start an hour ago has passed', -2 * DAY_MS, -HOUR_MS, false],
])(
  'two days %s',
  async (_, offsetMs, startsInMs, isScheduled) => {
    await completeItems(world, 1);
    const startAt = `${new Date(Date.now() + startsInMs).toISOString().slice(0, 19)}Z`;
    writeFileSync(join(world.root, 'easyflip.config.json'), JSON.stringify({ listing: { startAt } }));
    const ran = await off(offsetMs, 'list', world.photos, '--json');
    expect(finished(ran).counts, ran.out).toMatchObject({ listed: 1 });
    expect(finished(await world.run('list', world.photos, '--json')).counts).toMatchObject({ already: 1 });
    expect(await live()).toEqual(shirts(1));
    expect(JSON.stringify(await world.calls()).includes(startAt)).toBe(isScheduled);
  },
  240_000,
);
