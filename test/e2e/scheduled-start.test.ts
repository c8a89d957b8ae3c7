import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { completeItems } from '../support/items.ts';
import { finished, World } from '../support/world.ts';

const HOUR_MS = 3_600_000;
let world: World;
beforeEach(async () => {
  world = await World.open();
  await completeItems(world, 1);
});
afterEach(() => world.close());

const tell = async (path: string, body: unknown): Promise<void> => {
  const answer = await fetch(`${world.practice.url}/_practice/${path}`, { method: 'POST', body: JSON.stringify(body) });
  expect(answer.ok, await answer.text()).toBe(true);
};
const settings = (listing: object, publish: 'auto' | 'review' = 'auto'): readonly string[] => {
  const file = join(world.root, 'settings.json');
  writeFileSync(file, JSON.stringify({ publish, listing }));
  return ['--config', file, '--json'];
};
const inAnHour = (): string => `${new Date(Date.now() + HOUR_MS).toISOString().slice(0, 19)}Z`;

/** What was sent as the start, in every offer that was made or changed. */
async function startsSent(): Promise<readonly unknown[]> {
  const calls = (await (await fetch(`${world.practice.url}/_practice/requests`)).json()) as readonly { path: string; body: unknown }[];
  const bodies = calls.filter(({ path }) => /bulk_create_offer|\/offer\/\d+$/.test(path)).map(({ body }) => body);
  return [...JSON.stringify(bodies).matchAll(/listingStartDate\\*":\\*"([^"\\]+)/g)].map(([, at]) => at);
}

it('a start that passes before the listing is made: it is made as it was approved, and eBay starts it at once', async () => {
  const startAt = inAnHour();
  const flags = settings({ startAt });
  await tell('faults', [{ match: { operation: 'sell_inventory.bulkPublishOffer' }, action: { type: 'error', errorId: 25007 } }]);
  expect(finished(await world.run('list', world.photos, ...flags)).counts).toMatchObject({ listed: 0, failed: 1 });
  await tell('faults', []);
  await tell('settings', { clockOffsetMs: 2 * HOUR_MS });
  const ran = await world.run('retry-failed', ...flags);
  expect(finished(ran).counts, ran.out).toMatchObject({ listed: 1 });
  expect((await world.listings()).map(({ status, title }) => [status, title])).toEqual([['ACTIVE', 'Test Shirt Number 1']]);
  expect(new Set(await startsSent())).toEqual(new Set([startAt]));
  // And once only.
  expect(finished(await world.run('list', world.photos, ...flags)).counts).toMatchObject({ already: 1 });
  expect(await world.listings()).toHaveLength(1);
}, 120_000);

it('a start that eBay refuses (25752) fails with the setting to change, and goes on when it was changed', async () => {
  await tell('faults', [{ match: { operation: 'sell_inventory.bulkCreateOffer' }, action: { type: 'error', errorId: 25752 } }]);
  const ran = await world.run('list', world.photos, ...settings({ startAt: inAnHour() }));
  expect(finished(ran)).toMatchObject({ exitCode: 3, counts: { failed: 1 } });
  const line = ran.lines.find(({ type }) => type === 'item.finished');
  expect(line).toMatchObject({
    reason: { code: 'listing.start-refused', hint: expect.stringMatching(/listing\.startAt .*easyflip retry-failed/) },
  });
  await tell('faults', []);
  const again = await world.run('retry-failed', ...settings({ startAt: null }));
  expect(finished(again).counts, again.out).toMatchObject({ listed: 1 });
  expect((await world.listings()).map(({ status }) => status)).toEqual(['ACTIVE']);
}, 120_000);

it('an approval holds for the start that was shown: with another one the item waits again', async () => {
  const shown = settings({ startAt: inAnHour() }, 'review');
  const first = await world.run('list', world.photos, ...shown);
  expect(finished(first).counts).toMatchObject({ held: 1 });
  const item = String(first.lines.find(({ type }) => type === 'item.finished')?.item);
  await tell('faults', [{ match: { operation: 'sell_inventory.bulkPublishOffer' }, action: { type: 'error', errorId: 25007 } }]);
  expect(finished(await world.run('approve', item, ...shown)).counts).toMatchObject({ failed: 1 });
  await tell('faults', []);
  const other = settings({ startAt: null }, 'review');
  const again = await world.run('retry-failed', ...other);
  expect(finished(again).counts, again.out).toMatchObject({ held: 1 });
  expect(again.lines.find(({ type }) => type === 'item.finished')).toMatchObject({
    outcome: 'held',
    reason: { code: 'item.awaits-approval', hint: expect.stringContaining(`easyflip approve ${item}`) },
  });
  expect(await world.listings()).toEqual([]);
  expect(finished(await world.run('approve', item, ...other)).counts).toMatchObject({ listed: 1 });
  expect(await world.listings()).toHaveLength(1);
}, 120_000);
