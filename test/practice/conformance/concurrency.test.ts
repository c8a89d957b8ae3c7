import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { INVENTORY, mug, offer, openWorld, prepare, publishPath, type World } from '../world.ts';
import { expectLive, expectRefusal, listed, putItem } from './inventory.ts';
import { rule } from './rule.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterEach(() => world.call('POST', '/_practice/faults', []));
afterAll(() => world.close());

const SAME_ITEM = /^Concurrent access of Inventory or InventoryItemGroup/;

/** Makes the next call of this operation last; resolves as soon as it is under way. */
async function lasting<T>(
  operation: string,
  send: () => Promise<T>,
): Promise<{ readonly answer: Promise<T>; release(): Promise<unknown> }> {
  await world.call('POST', '/_practice/faults', [{ id: 'gate', match: { operation }, count: 1, action: { type: 'hold' } }]);
  const answer = send();
  await expect.poll(async () => (await world.call('GET', '/_practice/faults')).body.waiting).toEqual(['gate']);
  return { answer, release: () => world.call('POST', '/_practice/faults/release', { id: 'gate' }) };
}

rule('concurrency.same-item', 'CONTRACTS 2.8, 500/25025', 'a second write to an item is refused while the first is under way', async () => {
  const offerId = await prepare(world, 'P1');
  const first = await lasting('sell_inventory.publishOffer', () => world.call('POST', publishPath(offerId)));
  expectRefusal(await world.call('POST', publishPath(offerId)), 500, 25025, SAME_ITEM);
  expectRefusal(await putItem(world, 'P1', mug([])), 500, 25025, SAME_ITEM);
  expectRefusal(await world.call('PUT', `${INVENTORY}/offer/${offerId}`, offer('P1')), 500, 25025, SAME_ITEM);
  const entries = [{ sku: 'P1', locale: 'en_US' }];
  expectRefusal(await world.call('POST', `${INVENTORY}/bulk_create_or_replace_inventory_item`, { requests: entries }), 500, 25025);
  expectRefusal(await world.call('POST', `${INVENTORY}/bulk_publish_offer`, { requests: [{ offerId }] }), 500, 25025);
  await first.release();
  expectLive(await first.answer);
  expect((await world.call('POST', publishPath(offerId))).status).toBe(200);
  expect(await listed(world, 'P1')).toHaveLength(1);
});

rule('concurrency.other-items', 'CONTRACTS 2.8', 'reading it, and writing to other items, goes on meanwhile', async () => {
  const offerId = await prepare(world, 'P2');
  const first = await lasting('sell_inventory.publishOffer', () => world.call('POST', publishPath(offerId)));
  expect((await world.call('GET', `${INVENTORY}/offer/${offerId}`)).status).toBe(200);
  expect((await putItem(world, 'P3', mug([]))).status).toBe(201);
  await first.release();
  expectLive(await first.answer);
});

rule('concurrency.hung-up', 'CONTRACTS 2.8', 'a caller that hung up keeps nobody out', async () => {
  const path = `${INVENTORY}/inventory_item/P4`;
  const leave = new AbortController();
  const headers = { Authorization: await world.bearer(), 'Content-Type': 'application/json', 'Content-Language': 'en-US' };
  const first = await lasting('createOrReplaceInventoryItem', () =>
    fetch(`${world.practice.url}${path}`, { method: 'PUT', headers, body: '{}', signal: leave.signal }).catch(() => 'gone'),
  );
  expectRefusal(await putItem(world, 'P4', mug([])), 500, 25025);
  leave.abort();
  expect(await first.answer).toBe('gone');
  await expect.poll(async () => (await putItem(world, 'P4', mug([]))).status).toBeLessThan(300);
});
