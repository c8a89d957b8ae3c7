import { afterAll, beforeAll, describe, expect } from 'vitest';
import { INVENTORY, jpeg, mug, openWorld, publishPath, type World } from '../world.ts';
import { expectLive, expectRefusal, freshSku, listed, policiesOf, price, product, publishing, putItem } from './inventory.ts';
import { rule } from './rule.ts';

let world: World;
let now = Date.UTC(2026, 10, 20, 12);
beforeAll(async () => {
  world = await openWorld({ now: () => now });
});
afterAll(() => world.close());

const stock = (quantity: number) => ({ availability: { shipToLocationAvailability: { quantity } } });
const policies = async (changes: object) => ({ listingPolicies: { ...(await policiesOf(world, 'EBAY_US')), ...changes } });

describe('what a listing needs', () => {
  rule('publish.live', 'CONTRACTS 2.1', 'with everything there it goes live under a listing id of 12 digits', async () => {
    const answer = await publishing(world);
    expectLive(answer);
    expect(await listed(world, answer.sku)).toMatchObject([{ listingId: answer.body.listingId, status: 'ACTIVE' }]);
  });
  rule('publish.every-reason', 'CONTRACTS 2.1', 'an empty item and an empty offer are told everything that is missing', async () => {
    const sku = freshSku();
    await putItem(world, sku, {});
    const { body } = await world.call('POST', `${INVENTORY}/offer`, { sku, marketplaceId: 'EBAY_US', format: 'FIXED_PRICE' });
    const answer = await world.call('POST', publishPath(body.offerId));
    expect(answer.status).toBe(400);
    expect(answer.body.errors.map((error: { errorId: number }) => error.errorId)).toEqual([
      25002, 25007, 25008, 25009, 25005, 25016, 25016, 25002, 25003, 25004, 25006,
    ]);
    expect(await listed(world, sku)).toEqual([]);
  });
  rule('publish.location', 'CONTRACTS 2.9 25002', 'without a location: 25002 "No <Item.Country> exists"', async () => {
    const answer = await publishing(world, {}, { merchantLocationKey: undefined });
    expectRefusal(answer, 400, 25002, 'No <Item.Country> exists or <Item.Country> is specified as an empty tag');
    expect(answer.body.errors[0].parameters.at(-1)).toEqual({ name: '1', value: 'Item.Country' });
  });
  rule('publish.location-unknown', 'sell_inventory_v1 publishOffer 25012', 'a location that does not exist is refused', async () => {
    expectRefusal(await publishing(world, {}, { merchantLocationKey: 'moon' }), 400, 25012);
  });
  rule('publish.location-disabled', 'sell_inventory_v1 publishOffer 25012', 'a disabled location is refused', async () => {
    const address = { postalCode: '95125', country: 'US' };
    await world.call('POST', `${INVENTORY}/location/closed-shop`, { location: { address } });
    await world.call('POST', `${INVENTORY}/location/closed-shop/disable`, {});
    expectRefusal(await publishing(world, {}, { merchantLocationKey: 'closed-shop' }), 400, 25012, 'disabled');
  });
  for (const [field, errorId] of [
    ['fulfillmentPolicyId', 25007],
    ['paymentPolicyId', 25008],
    ['returnPolicyId', 25009],
  ] as const) {
    rule(`publish.${field.toLowerCase()}`, `sell_inventory_v1 ${errorId}`, `${field} must be given, exist and be of its kind`, async () => {
      expectRefusal(await publishing(world, {}, await policies({ [field]: undefined })), 400, errorId, field);
      expectRefusal(await publishing(world, {}, await policies({ [field]: '1' })), 400, errorId, 'not found');
      const other = field === 'paymentPolicyId' ? 'returnPolicyId' : 'paymentPolicyId';
      const { [other]: wrongKind } = await policiesOf(world, 'EBAY_US');
      expectRefusal(await publishing(world, {}, await policies({ [field]: wrongKind })), 400, errorId, 'not found');
    });
    rule(`publish.${field.toLowerCase()}-site`, `sell_inventory_v1 ${errorId}`, `${field} must be of the offer's site`, async () => {
      const { [field]: british } = await policiesOf(world, 'EBAY_GB');
      expectRefusal(await publishing(world, {}, await policies({ [field]: british })), 400, errorId, 'another marketplace');
    });
  }
  rule('publish.category', 'CONTRACTS 2.1, 25005', 'a category must be given, exist, and be a leaf', async () => {
    expectRefusal(await publishing(world, {}, { categoryId: undefined }), 400, 25005, 'missing');
    expectRefusal(await publishing(world, {}, { categoryId: '999999999' }), 400, 25005, 'not valid');
    expectRefusal(await publishing(world, {}, { categoryId: '11450' }), 400, 25005, 'not a leaf');
    expectRefusal(await publishing(world, {}, { secondaryCategoryId: '11450' }), 400, 25005, 'not a leaf');
  });
  rule('publish.title', 'CONTRACTS 2.1, 25016', 'a title must be there', async () => {
    expectRefusal(await publishing(world, await product(world, { title: undefined })), 400, 25016, 'title');
  });
  rule('publish.description', 'CONTRACTS 2.1, 25016', "a description must be there: the offer's, else the item's", async () => {
    const bare = await product(world, { description: undefined });
    expectRefusal(await publishing(world, bare, { listingDescription: undefined }), 400, 25016, 'description');
    expectLive(await publishing(world, {}, { listingDescription: undefined }));
  });
  rule('publish.active-content', 'CONTRACTS 2.2', 'scripts, handlers, forms and frames in a description are refused', async () => {
    for (const text of ['<script>x()</script>', '<p onclick="x()">a</p>', '<a href="javascript:x()">a</a>', '<iframe src="a"></iframe>']) {
      expectRefusal(await publishing(world, {}, { listingDescription: text }), 400, 25002, 'active content');
    }
    expectLive(await publishing(world, {}, { listingDescription: '<p>JavaScript: The Good Parts. <b>Once = enough</b></p>' }));
  });
});

describe('stock and duration', () => {
  rule('publish.quantity', 'CONTRACTS 2.1, 25004', "a quantity of 1 or more must be there, the offer's or the item's", async () => {
    expectRefusal(await publishing(world, { availability: undefined }), 400, 25004, 'missing');
    expectRefusal(await publishing(world, stock(0), { availableQuantity: undefined }), 400, 25004, '1 or more');
    expectRefusal(await publishing(world, stock(5), { availableQuantity: 0 }), 400, 25004, '1 or more');
  });
  rule('publish.quantity-stock', 'sell_inventory_v1 25004', 'an offer cannot have more than is in stock', async () => {
    expectRefusal(await publishing(world, stock(2), { availableQuantity: 3 }), 400, 25004, 'in stock');
  });
  rule('publish.duration', 'CONTRACTS 2.1, 25006', 'a fixed price listing lasts GTC', async () => {
    expectRefusal(await publishing(world, {}, { listingDuration: undefined }), 400, 25006, 'GTC');
    expectRefusal(await publishing(world, {}, { listingDuration: 'DAYS_7' }), 400, 25006, 'GTC');
  });
  rule('publish.selling-limit', 'sell_inventory_v1 25026', 'beyond the selling limit nothing goes live', async () => {
    await world.call('POST', '/_practice/settings', { sellingLimitAmount: '1.00' });
    expectRefusal(await publishing(world), 400, 25026);
    await world.call('POST', '/_practice/settings', { sellingLimitAmount: null });
    expectLive(await publishing(world));
  });
  rule('publish.package', 'sell_inventory_v1 25020', 'calculated shipping needs the weight of the parcel', async () => {
    const { body } = await world.call('GET', '/sell/account/v1/fulfillment_policy?marketplace_id=EBAY_US');
    const { fulfillmentPolicyId: _, ...seeded } = body.fulfillmentPolicies[0];
    const shippingOptions = [{ ...seeded.shippingOptions[0], costType: 'CALCULATED' }];
    const made = await world.call('POST', '/sell/account/v1/fulfillment_policy', { ...seeded, name: 'By weight', shippingOptions });
    expect(made.status).toBe(201);
    const calculated = await policies({ fulfillmentPolicyId: made.body.fulfillmentPolicyId });
    expectRefusal(await publishing(world, {}, calculated), 400, 25020, 'weight');
    expectLive(await publishing(world, { packageWeightAndSize: { weight: { value: 1, unit: 'POUND' } } }, calculated));
  });
});

describe('pictures', () => {
  const eps = (name: string) => `https://i.ebayimg.com/images/g/${name}/s-l1600.jpg`;
  const pictures = (imageUrls: readonly string[]) => product(world, { imageUrls });
  rule('pictures.one', 'CONTRACTS 2.9 25002', 'without a picture: 25002 "Add at least 1 photo"', async () => {
    expectRefusal(await publishing(world, await pictures([])), 400, 25002, 'Add at least 1 photo.');
  });
  rule('pictures.24', 'CONTRACTS 2.2, 25014', '24 pictures at most', async () => {
    expectRefusal(await publishing(world, await pictures(Array.from({ length: 25 }, (_, n) => eps(`x${n}`)))), 400, 25014, '24');
    expectLive(await publishing(world, await pictures(Array(24).fill(await world.picture()))));
  });
  rule('pictures.elsewhere', 'sell_inventory_v1 25015', 'a picture from elsewhere cannot be fetched here', async () => {
    expectRefusal(await publishing(world, await pictures(['https://pictures.example/a.jpg'])), 400, 25015);
  });
  rule('pictures.mixed', 'CONTRACTS 2.4', 'hosted and self-hosted pictures may not be mixed', async () => {
    const mixed = [await world.picture(), 'https://pictures.example/a.jpg'];
    expectRefusal(await publishing(world, await pictures(mixed)), 400, 25014, 'mixed');
  });
  rule('pictures.unknown', 'CONTRACTS 2.4', 'a picture that nobody uploaded is refused', async () => {
    expectRefusal(await publishing(world, await pictures([eps('nobody')])), 400, 25014, 'not found');
  });
  rule('pictures.500px', 'CONTRACTS 2.4', 'the longest side has 500 pixels at least', async () => {
    const { body } = await world.upload(await jpeg(499, 300));
    expectRefusal(await publishing(world, await pictures([body.imageUrl])), 400, 25014, '500 pixels');
  });
  rule('pictures.expired', 'CONTRACTS 2.4', 'an upload that was not used for 30 days cannot be listed any more', async () => {
    const old = await world.picture();
    now += 31 * 86_400_000;
    world.forgetToken();
    expectRefusal(await publishing(world, await pictures([old])), 400, 25014, 'expired');
  });
});

describe('price', () => {
  rule('price.there', 'CONTRACTS 2.1, 25003', 'a positive price of two decimals must be there', async () => {
    expectRefusal(await publishing(world, {}, { pricingSummary: {} }), 400, 25003, 'missing');
    for (const value of ['0.00', '-1.00', '1.005', 'free']) {
      expectRefusal(await publishing(world, {}, { pricingSummary: price(value) }), 400, 25003, 'positive');
    }
  });
  rule('price.is-text', 'CONTRACTS 2.2', 'the value of an amount is a string', async () => {
    const sku = freshSku();
    await putItem(world, sku, mug([]));
    const body = { sku, marketplaceId: 'EBAY_US', format: 'FIXED_PRICE', pricingSummary: { price: { value: 5, currency: 'USD' } } };
    expectRefusal(await world.call('POST', `${INVENTORY}/offer`, body), 400, 2004);
  });
  rule('price.currency', 'CONTRACTS 2.1, 25003', 'the price is in the currency of the site', async () => {
    expectRefusal(await publishing(world, {}, { pricingSummary: price('5.00', 'EUR') }), 400, 25003, 'USD');
    const listingPolicies = await policiesOf(world, 'EBAY_GB');
    const british = { marketplaceId: 'EBAY_GB', listingPolicies };
    expectRefusal(await publishing(world, {}, { ...british, pricingSummary: price('5.00') }), 400, 25003, 'GBP');
    expectLive(await publishing(world, {}, { ...british, pricingSummary: price('5.00', 'GBP') }));
  });
});
