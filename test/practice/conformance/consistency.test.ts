import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import { INVENTORY, mug, offer, openWorld, publishPath, type World } from '../world.ts';
import { expectLive, expectRefusal, freshSku, postOffer, product, publishing, putItem } from './inventory.ts';
import { rule } from './rule.ts';

let world: World;
let now = Date.UTC(2026, 10, 20, 12);
beforeAll(async () => {
  world = await openWorld({ now: () => now });
});
beforeEach(() => world.call('POST', '/_practice/settings', { consistencyCalls: null, consistencyMs: null }));
afterAll(() => world.close());

const settings = (changes: object) => world.call('POST', '/_practice/settings', changes);
const fresh = async () => {
  const sku = freshSku();
  expect((await putItem(world, sku, { ...mug([]), ...(await product(world)) })).status).toBe(201);
  return sku;
};

rule('consistency.off', 'CONTRACTS 2.8', 'unless asked for, what was made is known at once', async () => {
  expectLive(await publishing(world));
});
rule('consistency.calls', 'CONTRACTS 2.8, 25604', 'as set, so many calls do not know a new item or offer yet', async () => {
  await settings({ consistencyCalls: 2 });
  const sku = await fresh();
  for (let n = 0; n < 2; n += 1) expectRefusal(await postOffer(world, offer(sku)), 400, 25604, 'Input error. Product not found');
  const { offerId } = (await postOffer(world, offer(sku))).body;
  for (let n = 0; n < 2; n += 1) {
    expectRefusal(await world.call('POST', publishPath(offerId)), 400, 25604, 'Input error. Offer not found');
  }
  expectLive(await world.call('POST', publishPath(offerId)));
});
rule('consistency.time', 'CONTRACTS 2.8, 25604', 'as set, for so long what was made is not known everywhere', async () => {
  await settings({ consistencyMs: 2_000 });
  const sku = await fresh();
  now += 1_999;
  expectRefusal(await postOffer(world, offer(sku)), 400, 25604);
  now += 1;
  expect((await postOffer(world, offer(sku))).status).toBe(201);
});
rule('consistency.bulk', 'CONTRACTS 2.7, 2.8, 25604', 'in bulk the entries that are not known yet are refused alone', async () => {
  const old = await fresh();
  await settings({ consistencyCalls: 1 });
  const sku = await fresh();
  const create = async () => world.call('POST', `${INVENTORY}/bulk_create_offer`, { requests: [offer(sku)] });
  expect((await create()).body.responses).toMatchObject([{ statusCode: 400, errors: [{ errorId: 25604 }] }]);
  expect((await create()).body.responses).toMatchObject([{ statusCode: 200 }]);
  expect((await postOffer(world, offer(old))).status).toBe(201);
});
rule('consistency.replaced', 'CONTRACTS 2.8', 'what is replaced was known before', async () => {
  const sku = await fresh();
  await settings({ consistencyCalls: 5 });
  await putItem(world, sku, mug([]));
  expect((await postOffer(world, offer(sku))).status).toBe(201);
});
