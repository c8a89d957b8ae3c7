import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { completeItems } from '../support/items.ts';
import { finished, isWriting, type JsonLine, type Ran, World } from '../support/world.ts';

let world: World;
beforeEach(async () => {
  world = await World.open();
  await completeItems(world, 3);
});
afterEach(() => world.close());

const control = async (path: string, body: unknown): Promise<void> => {
  const headers = { 'content-type': 'application/json' };
  expect((await fetch(`${world.practice.url}/_practice/${path}`, { method: 'POST', headers, body: JSON.stringify(body) })).ok).toBe(true);
};
const items = ({ lines }: Ran): readonly JsonLine[] => lines.filter(({ type }) => type === 'item.finished');
const asked = async (): Promise<number> => (await world.calls()).filter(({ path }) => path.includes('/rate_limit/')).length;
const notices = ({ lines }: Ran): readonly string[] =>
  lines.filter(({ type }) => type === 'run.notice').map(({ message }) => String(message));

it.each(['sell.inventory', 'commerce.media'])(
  '%s without a call left: said first, put off in order, nothing sent, and live the next day',
  async (name) => {
    await control('settings', { callLimits: { [name]: 0 } });
    const first = await world.run('list', world.photos, '--json');
    expect([first.code, finished(first).counts]).toMatchObject([4, { items: 3, deferred: 3, failed: 0, listed: 0 }]);
    expect(notices(first)).toEqual([
      expect.stringMatching(
        new RegExp(`^eBay has no calls left for ${name} until \\d{4}-\\d\\d-\\d\\d 00:00 UTC; items that need it are put off\\.$`),
      ),
    ]);
    for (const { reason } of items(first)) {
      expect(reason).toMatchObject({ code: 'provider.quota-exhausted', hint: expect.stringContaining('easyflip resume') });
      expect((reason as { message: string }).message).toMatch(/ until \d{4}-\d\d-\d\d 00:00 UTC\.$/);
    }
    // Neither a writing call nor one that eBay would refuse: nothing but the question, and the token it needs.
    const calls = await world.calls();
    expect(calls.filter(isWriting)).toEqual([]);
    expect(calls.filter(({ status }) => status === 429)).toEqual([]);
    expect(await asked()).toBe(1);

    // Used up as it is known to be, it is asked again by each run: eBay may have given more.
    const people = await world.run('resume');
    expect(people.code).toBe(4);
    expect(people.out.replace(/\s+/g, ' ')).toContain(`eBay has no calls left for ${name} until`);
    expect(await asked()).toBe(2);

    await control('settings', { callLimits: null });
    expect(finished(await world.run('resume', '--json')).counts).toMatchObject({ items: 3, listed: 3 });
    expect((await world.listings()).filter(({ status }) => status === 'ACTIVE')).toHaveLength(3);
  },
  240_000,
);

it('a run that needs fewer calls than are left is not disturbed, and the next one within the hour does not ask', async () => {
  await control('settings', { callLimits: { 'commerce.media': 6 } });
  const ran = await world.run('list', world.photos, '--json');
  expect([ran.code, finished(ran).counts]).toMatchObject([0, { listed: 3 }]);
  expect(notices(ran).filter((text) => text.includes('calls'))).toEqual([]);

  await control('settings', { callLimits: null });
  await completeItems(world, 1, 4);
  const before = await asked();
  expect(finished(await world.run('list', world.photos, '--json')).counts).toMatchObject({ already: 3, listed: 1 });
  await completeItems(world, 1, 5);
  expect(finished(await world.run('list', world.photos, '--json')).counts).toMatchObject({ already: 4, listed: 1 });
  // The first of the two knows of all six; it was told of plenty since.
  expect(await asked()).toBeLessThanOrEqual(before + 1);
}, 240_000);

it('what waits for its review needs no picture call, and what has its pictures neither', async () => {
  await control('settings', { callLimits: { 'commerce.media': 0 } });
  const review = await world.run('list', world.photos, '--publish', 'review', '--json');
  expect(finished(review).counts).toMatchObject({ held: 3 });

  await control('settings', { callLimits: { 'commerce.media': 6 } });
  await control('faults', [{ match: { operation: 'bulkPublishOffer|publishOffer' }, action: { type: 'html-503' } }]);
  writeFileSync(join(world.root, 'easyflip.config.json'), JSON.stringify({ services: { inventory: { tries: 1 } } }));
  const cut = await world.run('list', world.photos, '--publish', 'auto', '--json');
  expect(finished(cut).counts).toMatchObject({ listed: 0 });
  await control('faults', []);
  writeFileSync(join(world.root, 'easyflip.config.json'), '{}');
  // All six uploads are made; none is left.
  expect(finished(await world.run('retry-failed', '--json')).counts).toMatchObject({ listed: 3 });
}, 240_000);

it('an eBay that does not tell disturbs nothing: it is asked once', async () => {
  await control('faults', [{ match: { path: '/rate_limit/' }, action: { type: 'html-503' } }]);
  expect(finished(await world.run('list', world.photos, '--json')).counts).toMatchObject({ listed: 3 });
  expect(await asked()).toBe(1);
}, 240_000);
