import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Sku } from '../../../src/core/item.ts';
import { readyListing } from '../../contract/marketplace.ts';
import { type PracticeWorld, practiceWorld } from './practice-world.ts';
import { call } from './support.ts';

let world: PracticeWorld;
beforeAll(async () => {
  world = await practiceWorld();
});
afterEach(() => world.faults());
afterAll(() => world.close());

const noBulk = (status: number) => ({ match: { operation: 'sell_inventory.bulk' }, action: { type: 'answer', status } });

test.each([404, 405])('where eBay does not serve its bulk calls (%i), single calls take their place', async (status) => {
  await world.faults(noBulk(status));
  const market = world.connect();
  const listing = await readyListing(market, world, {});
  const other = await readyListing(market, world, {});
  const receipts = await Promise.all([listing, other].map((one) => market.publish(one, call())));
  expect(new Set(receipts.map(({ listingId }) => listingId)).size).toBe(2);
  const live = await world.listings();
  for (const { listingId, sku } of receipts) expect(live.filter((one) => one.sku === sku)).toMatchObject([{ listingId, isLive: true }]);
  // The same again is the same listing; and what exists is found, what does not is absent.
  expect((await world.connect().publish(listing, call())).listingId).toBe(receipts[0]?.listingId);
  expect(await market.find([listing.sku, 'EFNOTHERE' as Sku], call())).toMatchObject([{ sku: listing.sku, state: 'live' }]);
});

test('an entry that a single call refuses is refused with its own reason, and the others go live', async () => {
  await world.faults(noBulk(404));
  const market = world.connect();
  const good = await readyListing(market, world, {});
  const bad = await readyListing(market, world, { categoryId: '293' });
  const [listed, refused] = await Promise.allSettled([good, bad].map((one) => market.publish(one, call())));
  expect(listed).toMatchObject({ status: 'fulfilled' });
  expect(refused).toMatchObject({ reason: { code: 'category.not-a-leaf' } });
});

test('a server error of a bulk call is no reason to send single ones', async () => {
  await world.faults({ match: { operation: 'sell_inventory.bulkCreateOffer' }, action: { type: 'error', errorId: 25001 } });
  const singles = async () => (await world.requests()).filter(({ method, path }) => method === 'POST' && path.endsWith('/v1/offer')).length;
  const before = await singles();
  const market = world.connect();
  await expect(market.publish(await readyListing(market, world, {}), call())).rejects.toMatchObject({ retryable: true });
  expect(await singles()).toBe(before);
});
