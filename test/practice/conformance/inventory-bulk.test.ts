import { afterAll, beforeAll, describe, expect } from 'vitest';
import { INVENTORY, mug, offer, openWorld, prepare, publishPath, type World } from '../world.ts';
import { type Answer, expectRefusal, freshSku, listed, postOffer, product, putItem } from './inventory.ts';
import { rule } from './rule.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const bulk = (name: string, requests: unknown, headers = {}) => world.call('POST', `${INVENTORY}/${name}`, { requests }, headers);
const putItems = (requests: unknown, headers = {}) => bulk('bulk_create_or_replace_inventory_item', requests, headers);
const makeOffers = (requests: unknown, headers = {}) => bulk('bulk_create_offer', requests, headers);
const change = (requests: unknown) => bulk('bulk_update_price_quantity', requests);
const many = (count: number, make: (n: number) => unknown) => Array.from({ length: count }, (_, n) => make(n));
const statuses = (answer: Answer) => answer.body.responses.map((one: { statusCode: number }) => one.statusCode);
const entry = (sku: string, more: object = {}) => ({ sku, locale: 'en_US', ...more });

describe('every bulk call', () => {
  const calls: readonly (readonly [string, (n: number) => unknown, number, number])[] = [
    ['bulk_create_or_replace_inventory_item', (n) => entry(`C${n}`), 25727, 25728],
    ['bulk_get_inventory_item', (n) => ({ sku: `C${n}` }), 25727, 25734],
    ['bulk_create_offer', (n) => offer(`C${n}`), 25730, 25729],
    ['bulk_publish_offer', (n) => ({ offerId: String(n) }), 25730, 25731],
    ['bulk_update_price_quantity', (n) => ({ sku: `C${n}`, shipToLocationAvailability: { quantity: 1 } }), 25709, 25709],
  ];
  for (const [name, make, tooMany, doubles] of calls) {
    const id = name.replaceAll('_', '-');
    rule(`${id}.25`, `CONTRACTS 2.7, ${tooMany}`, `${name} takes 1 to 25 entries, else it is refused as a whole`, async () => {
      expectRefusal(await bulk(name, many(26, make)), 400, tooMany);
      expectRefusal(await bulk(name, []), 400, 25709, 'requests');
    });
    rule(`${id}.unique`, `CONTRACTS 2.7, ${doubles}`, `${name} wants each key once`, async () => {
      expectRefusal(await bulk(name, [make(1), make(1)]), 400, doubles);
    });
  }
  rule('bulk.not-json', 'CONTRACTS 2.9 2004', 'entries that are not objects cannot be read', async () => {
    expectRefusal(await putItems(['A']), 400, 2004);
  });
  rule('bulk.language', 'CONTRACTS 2.1, 25709', 'creating in bulk needs Content-Language', async () => {
    expectRefusal(await putItems([entry('A1')], { 'Content-Language': '' }), 400, 25709, 'Content-Language');
    expectRefusal(await makeOffers([offer('A1')], { 'Content-Language': '' }), 400, 25709, 'Content-Language');
  });
});

describe('items in bulk', () => {
  rule('bulk-items.made', 'CONTRACTS 2.7', 'made is 201, replaced 200, each with SKU and locale', async () => {
    const sku = freshSku();
    const answer = await putItems([entry(sku)]);
    expect([answer.status, statuses(answer)]).toEqual([200, [201]]);
    expect(answer.body.responses[0]).toMatchObject({ sku, locale: 'en_US' });
    expect(statuses(await putItems([entry(sku)]))).toEqual([200]);
  });
  rule('bulk-items.partial', 'CONTRACTS 2.7', 'each entry stands or falls alone: 207', async () => {
    const [good, bad] = [freshSku(), freshSku()];
    const answer = await putItems([entry(good), entry(bad, { condition: 'USED' })]);
    expect([answer.status, statuses(answer)]).toEqual([207, [201, 400]]);
    expect(answer.body.responses[1]).toMatchObject({ sku: bad, errors: [{ errorId: 2004 }] });
    const read = await bulk('bulk_get_inventory_item', [{ sku: good }, { sku: bad }]);
    expect([read.status, statuses(read)]).toEqual([207, [200, 404]]);
    expect(read.body.responses).toMatchObject([{ inventoryItem: { sku: good } }, { errors: [{ errorId: 25702 }] }]);
  });
  rule('bulk-items.locale', 'CONTRACTS 2.1, 25733', 'every entry has its SKU and its locale', async () => {
    expectRefusal(await putItems([{ sku: 'D1' }]), 400, 25733);
    expectRefusal(await putItems([{ locale: 'en_US' }]), 400, 25733);
    expectRefusal(await putItems([{ sku: 'D1', locale: 'english' }]), 400, 25733);
  });
});

describe('offers in bulk', () => {
  const withItem = async () => {
    const sku = freshSku();
    await putItem(world, sku, { ...mug([]), ...(await product(world)) });
    return sku;
  };
  rule('bulk-offers.made', 'sell_inventory_v1 OfferSkuResponse.statusCode', 'a made offer answers 200 with its id', async () => {
    const sku = await withItem();
    const answer = await makeOffers([offer(sku)]);
    expect(answer.body.responses).toMatchObject([{ statusCode: 200, sku, marketplaceId: 'EBAY_US', format: 'FIXED_PRICE' }]);
    expect(answer.body.responses[0].offerId).toMatch(/^\d+$/);
  });
  rule('bulk-offers.partial', 'CONTRACTS 2.7, 2.8', 'one that exists is refused with its id, one without an item with 25702', async () => {
    const [sku, other] = [await withItem(), await withItem()];
    const { offerId } = (await postOffer(world, offer(sku))).body;
    const answer = await makeOffers([offer(sku), offer(other), offer('NOBODY')]);
    expect([answer.status, statuses(answer)]).toEqual([207, [400, 200, 400]]);
    const [exists, , nobody] = answer.body.responses;
    expect(exists.errors).toMatchObject([{ errorId: 25002, parameters: [{ name: 'offerId', value: offerId }] }]);
    expect(nobody.errors).toMatchObject([{ errorId: 25702 }]);
  });
  rule('bulk-offers.one-site', 'CONTRACTS 2.7, 25735', 'one marketplace per call', async () => {
    const answer = await makeOffers([offer('E1'), offer('E2', { marketplaceId: 'EBAY_GB' })]);
    expectRefusal(answer, 400, 25735);
  });
  rule('bulk-offers.key', 'sell_inventory_v1 bulkCreateOffer 25735', 'an entry without SKU, marketplace or format is refused', async () => {
    const answer = await makeOffers([offer(await withItem(), { format: undefined })]);
    expect([answer.status, answer.body.responses[0]]).toMatchObject([207, { statusCode: 400, errors: [{ errorId: 25735 }] }]);
  });
  rule('bulk-publish.partial', 'CONTRACTS 2.7', 'each offer goes live or is refused alone', async () => {
    const [good, bad] = [freshSku(), freshSku()];
    const goodId = await prepare(world, good);
    const badId = await prepare(world, bad, {}, { merchantLocationKey: undefined });
    const answer = await bulk('bulk_publish_offer', [{ offerId: badId }, { offerId: goodId }, { offerId: '1' }]);
    expect([answer.status, statuses(answer)]).toEqual([207, [400, 200, 404]]);
    expect(answer.body.responses).toMatchObject([
      { offerId: badId, errors: [{ errorId: 25002 }] },
      { offerId: goodId, listingId: expect.stringMatching(/^\d{12}$/) },
      { offerId: '1', errors: [{ errorId: 25713 }] },
    ]);
    expect(await listed(world, bad)).toEqual([]);
  });
});

describe('price and quantity', () => {
  const live = async (quantity = 5) => {
    const sku = freshSku();
    const stock = { availability: { shipToLocationAvailability: { quantity } } };
    const offerId = await prepare(world, sku, stock, { availableQuantity: 2 });
    await world.call('POST', publishPath(offerId));
    return { sku, offerId };
  };
  const refused = async (requests: unknown, errorId: number) => {
    const answer = await change(requests);
    expect([answer.status, answer.body.responses[0]]).toMatchObject([207, { statusCode: 400, errors: [{ errorId }] }]);
  };
  rule('price-quantity.live', 'CONTRACTS 2.7', 'price and quantity change on item, offer and listing at once', async () => {
    const { sku, offerId } = await live();
    const offers = [{ offerId, availableQuantity: 4, price: { value: '7.00', currency: 'USD' } }];
    const answer = await change([{ sku, shipToLocationAvailability: { quantity: 9 }, offers }]);
    expect([answer.status, answer.body.responses]).toMatchObject([200, [{ statusCode: 200, sku, offerId }]]);
    expect(await listed(world, sku)).toMatchObject([{ quantity: 4, price: { value: '7.00' } }]);
    const { body } = await world.call('GET', `${INVENTORY}/inventory_item/${sku}`);
    expect(body.availability.shipToLocationAvailability.quantity).toBe(9);
  });
  rule('price-quantity.offer-alone', 'sell_inventory_v1 PriceQuantity', 'an offer is enough, its SKU need not be named', async () => {
    const { sku, offerId } = await live();
    expect((await change([{ offers: [{ offerId, availableQuantity: 1 }] }])).status).toBe(200);
    expect(await listed(world, sku)).toMatchObject([{ quantity: 1 }]);
  });
  rule('price-quantity.nothing', 'sell_inventory_v1 25709', 'an entry must change something', async () => {
    const { sku, offerId } = await live();
    await refused([{ sku }], 25709);
    await refused([{ sku, offers: [{ offerId }] }], 25709);
  });
  rule('price-quantity.one-sku', 'sell_inventory_v1 25709', 'offers of another SKU, unknown ones and doubles are refused', async () => {
    const [one, two] = [await live(), await live()];
    await refused([{ sku: one.sku, offers: [{ offerId: two.offerId, availableQuantity: 1 }] }], 25709);
    await refused([{ offers: [{ offerId: '1', availableQuantity: 1 }] }], 25709);
    const twice = { offerId: one.offerId, availableQuantity: 1 };
    await refused([{ sku: one.sku, offers: [twice, twice] }], 25709);
    await refused([{ sku: 'NOBODY', shipToLocationAvailability: { quantity: 1 } }], 25709);
  });
  rule('price-quantity.cannot-break', 'CONTRACTS 2.1', 'what would break the listing is refused and changes nothing', async () => {
    const { sku, offerId } = await live(3);
    await refused([{ sku, shipToLocationAvailability: { quantity: 1 } }], 25002);
    await refused([{ sku, offers: [{ offerId, price: { value: '0.00', currency: 'USD' } }] }], 25002);
    expect(await listed(world, sku)).toMatchObject([{ quantity: 2, price: { value: '14.50' } }]);
  });
});

rule(
  'bulk-items.no-sku',
  'sell_inventory_v1 bulkCreateOrReplaceInventoryItem 25708',
  'an entry whose SKU is empty is refused alone',
  async () => {
    const answer = await bulk('bulk_create_or_replace_inventory_item', [{ sku: '', locale: 'en_US' }]);
    expect([answer.status, answer.body.responses]).toMatchObject([207, [{ statusCode: 400, errors: [{ errorId: 25708 }] }]]);
  },
);

rule('migrate.none', 'sell_inventory_v1 bulkMigrateListing 25718', 'what is here is in the inventory model already', async () => {
  const sku = freshSku();
  const offerId = await prepare(world, sku);
  const { listingId } = (await world.call('POST', publishPath(offerId))).body;
  const answer = await bulk('bulk_migrate_listing', [{ listingId }, { listingId: '1' }]);
  expect([answer.status, statuses(answer)]).toEqual([207, [400, 400]]);
  expect(answer.body.responses).toMatchObject([
    { listingId, errors: [{ errorId: 25718, message: expect.stringContaining('already') }] },
    { listingId: '1', errors: [{ errorId: 25718, message: expect.stringContaining('not found') }] },
  ]);
});
