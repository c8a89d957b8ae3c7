import { afterAll, beforeAll, describe, expect } from 'vitest';
import { INVENTORY, mug, offer, openWorld, publishPath, type World } from '../world.ts';
import { expectLive, expectRefusal, expectWarnings, freshSku, policiesOf, postOffer, publishing, putItem } from './inventory.ts';
import { rule } from './rule.ts';

let world: World;
let now = Date.UTC(2026, 10, 20, 12);
beforeAll(async () => {
  world = await openWorld({ now: () => now });
});
afterAll(() => world.close());

const offerPath = (id: string) => `${INVENTORY}/offer/${id}`;
const getOffer = async (id: string) => (await world.call('GET', offerPath(id))).body;
const withItem = async (item: object = mug([])): Promise<string> => {
  const sku = freshSku();
  await putItem(world, sku, item);
  return sku;
};
const creating = async (changes: object, item?: object) =>
  postOffer(world, offer(await withItem(item), changes as Record<string, unknown>));
const auction = (changes: object = {}, pricing: object = {}) => ({
  format: 'AUCTION',
  availableQuantity: undefined,
  listingDuration: 'DAYS_7',
  pricingSummary: { auctionStartPrice: { value: '5.00', currency: 'USD' }, ...pricing },
  ...changes,
});
const usd = (value: string) => ({ value, currency: 'USD' });

describe('creating offers', () => {
  rule('offer.created', 'CONTRACTS 2.1', 'SKU, marketplace and format alone make an offer: 201 with its id', async () => {
    const answer = await postOffer(world, { sku: await withItem({}), marketplaceId: 'EBAY_US', format: 'FIXED_PRICE' });
    expect([answer.status, Object.keys(answer.body)]).toEqual([201, ['offerId']]);
    expect(await getOffer(answer.body.offerId)).toMatchObject({ status: 'UNPUBLISHED', includeCatalogProductDetails: true });
  });
  for (const field of ['sku', 'marketplaceId', 'format']) {
    rule(`offer.needs-${field.toLowerCase()}`, 'CONTRACTS 2.1, 25709', `without ${field} an offer is refused`, async () => {
      expectRefusal(await creating({ [field]: undefined }), 400, 25709, field);
    });
  }
  rule(
    'offer.no-language',
    'sell_inventory_v1 createOffer, updateOffer 25709',
    'Content-Language is needed to create and update',
    async () => {
      const body = offer(await withItem());
      expectRefusal(await postOffer(world, body, { 'Content-Language': '' }), 400, 25709, 'Content-Language');
      const { offerId } = (await postOffer(world, body)).body;
      expectRefusal(await world.call('PUT', offerPath(offerId), body, { 'Content-Language': '' }), 400, 25709, 'Content-Language');
    },
  );
  rule('offer.no-item', 'sell_inventory_v1 createOffer 25702', 'an offer needs an item', async () => {
    expectRefusal(await postOffer(world, offer('NOBODY')), 400, 25702, 'NOBODY');
  });
  rule(
    'offer.one-per-sku',
    'CONTRACTS 2.8, 25002',
    'a second offer for SKU, site and format is 25002 with the id of the first',
    async () => {
      const sku = await withItem();
      const { offerId } = (await postOffer(world, offer(sku))).body;
      const again = await postOffer(world, offer(sku));
      expectRefusal(again, 400, 25002, 'A user error has occurred. Offer entity already exists.');
      expect(again.body.errors[0].parameters).toEqual([{ name: 'offerId', value: offerId }]);
      expect((await postOffer(world, offer(sku, auction()))).status).toBe(201);
      expect((await postOffer(world, offer(sku, { marketplaceId: 'EBAY_GB' }))).status).toBe(201);
    },
  );
  rule('offer.motors', 'CONTRACTS 2.6, 2004', 'EBAY_MOTORS_US and unknown marketplaces cannot be read', async () => {
    for (const marketplaceId of ['EBAY_MOTORS_US', 'EBAY_MARS']) expectRefusal(await creating({ marketplaceId }), 400, 2004);
  });
  rule('offer.site-without', 'CONTRACTS 2.6', 'an offer for a site that this server has not can be made, not published', async () => {
    const answer = await publishing(world, {}, { marketplaceId: 'EBAY_FR' });
    expect(answer.body.errors).toContainEqual(expect.objectContaining({ errorId: 25016, message: expect.stringContaining('EBAY_FR') }));
  });
  rule(
    'offer.description-taken',
    'sell_inventory_v1 listingDescription',
    "without its own, it takes over the item's description",
    async () => {
      const { offerId } = (await creating({ listingDescription: undefined })).body;
      expect((await getOffer(offerId)).listingDescription).toBe('A mug.');
    },
  );
  rule('offer.description-500000', 'CONTRACTS 2.2', 'a listing description has 500,000 characters at most', async () => {
    expectRefusal(await creating({ listingDescription: 'x'.repeat(500_001) }), 400, 25709, 'listingDescription');
  });
  rule('offer.location-key-36', 'CONTRACTS 2.2', 'a location key has 36 characters at most', async () => {
    expectRefusal(await creating({ merchantLocationKey: 'x'.repeat(37) }), 400, 25709, 'merchantLocationKey');
  });
  rule('offer.start-date', 'sell_inventory_v1 25752', 'a start date must be a time in UTC', async () => {
    for (const listingStartDate of ['tomorrow', '2026-12-01', '2026-12-01T10:00:00+02:00', '2026-13-01T10:00:00Z']) {
      expectRefusal(await creating({ listingStartDate }), 400, 25752);
    }
  });
});

describe('reading, replacing and deleting offers', () => {
  rule('offer.list', 'sell_inventory_v1 getOffers', "a SKU's offers come as a page, and can be asked for by format", async () => {
    const sku = await withItem();
    await postOffer(world, offer(sku));
    await postOffer(world, offer(sku, auction()));
    expect((await world.call('GET', `${INVENTORY}/offer?sku=${sku}`)).body).toMatchObject({ total: 2, offers: [{ sku }, { sku }] });
    const { body } = await world.call('GET', `${INVENTORY}/offer?sku=${sku}&format=AUCTION`);
    expect(body.offers).toMatchObject([{ format: 'AUCTION' }]);
  });
  rule('offer.list-none', 'CONTRACTS 2.8', 'a SKU without offers is 404, not an empty list', async () => {
    expectRefusal(await world.call('GET', `${INVENTORY}/offer?sku=${await withItem()}`), 404, 25713);
  });
  rule('offer.list-needs-sku', 'sell_inventory_v1 getOffers 25709', 'offers are listed for a SKU', async () => {
    expectRefusal(await world.call('GET', `${INVENTORY}/offer`), 400, 25709, 'sku');
  });
  rule('offer.paging-bounds', 'sell_inventory_v1 getOffers 25706', 'a limit outside 1 to 200 is refused', async () => {
    const sku = await withItem();
    await postOffer(world, offer(sku));
    for (const query of ['limit=0', 'limit=201', 'offset=x']) {
      expectRefusal(await world.call('GET', `${INVENTORY}/offer?sku=${sku}&${query}`), 400, 25706);
    }
  });
  rule('offer.unknown', 'sell_inventory_v1 25713', 'an offer that does not exist is 404/25713 to every call', async () => {
    for (const [method, path] of [
      ['GET', offerPath('1')],
      ['DELETE', offerPath('1')],
      ['POST', publishPath('1')],
      ['POST', `${offerPath('1')}/withdraw`],
    ] as const) {
      expectRefusal(await world.call(method, path), 404, 25713);
    }
    expectRefusal(await world.call('PUT', offerPath('1'), offer('K1')), 404, 25713);
  });
  rule('offer.replaced', 'CONTRACTS 2.1', 'a PUT replaces the whole offer (204): what it leaves out is lost', async () => {
    const { offerId } = (await creating({})).body;
    const answer = await world.call('PUT', offerPath(offerId), { availableQuantity: 1 });
    expect([answer.status, answer.body]).toEqual([204, undefined]);
    const after = await getOffer(offerId);
    expect(after).toMatchObject({ availableQuantity: 1, marketplaceId: 'EBAY_US', format: 'FIXED_PRICE' });
    for (const lost of ['categoryId', 'pricingSummary', 'listingPolicies', 'merchantLocationKey', 'listingDescription']) {
      expect(after).not.toHaveProperty(lost);
    }
  });
  rule('offer.deleted', 'sell_inventory_v1 deleteOffer', 'deleting an offer is 204 and ends its listing', async () => {
    const { offerId, sku } = await publishing(world);
    const answer = await world.call('DELETE', offerPath(offerId));
    expect([answer.status, answer.body]).toEqual([204, undefined]);
    const { body } = await world.call('GET', '/_practice/listings');
    expect(body.find((one: { sku: string }) => one.sku === sku)).toMatchObject({ status: 'ENDED' });
  });
});

describe('auctions', () => {
  for (const [name, errorId, changes, pricing] of [
    ['duration', 25755, { listingDuration: undefined }, {}],
    ['start-price', 25757, {}, { auctionStartPrice: undefined }],
    ['discount', 25761, {}, { originalRetailPrice: usd('9.00') }],
    ['quantity', 25762, { availableQuantity: 1 }, {}],
    ['buyer-limit', 25763, { quantityLimitPerBuyer: 1 }, {}],
    ['ebay-plus', 25764, { listingPolicies: { eBayPlusIfEligible: true } }, {}],
  ] as const) {
    rule(`auction.${name}`, `sell_inventory_v1 createOffer ${errorId}`, `an auction is refused: ${name}`, async () => {
      expectRefusal(await creating(auction(changes, pricing)), 400, errorId);
    });
  }
  rule('auction.fixed-price', 'sell_inventory_v1 25758', 'a fixed price offer has no auction prices', async () => {
    expectRefusal(await creating({ pricingSummary: { price: usd('5.00'), auctionStartPrice: usd('1.00') } }), 400, 25758);
    expectRefusal(await creating({ pricingSummary: { price: usd('5.00'), auctionReservePrice: usd('1.00') } }), 400, 25758);
  });
  rule('auction.live', 'CONTRACTS 2.1', 'an auction goes live with one specimen set aside', async () => {
    const stock = { availability: { shipToLocationAvailability: { quantity: 3 } } };
    const answer = await publishing(world, stock, auction());
    expectLive(answer);
    const { body } = await world.call('GET', `${INVENTORY}/inventory_item/${answer.sku}`);
    expect(body.availability.shipToLocationAvailability.allocationByFormat).toEqual({ auction: 1, fixedPrice: 2 });
  });
  rule('auction.stock', 'sell_inventory_v1 25760', 'an auction needs one in stock', async () => {
    const none = { availability: { shipToLocationAvailability: { quantity: 0 } } };
    expectRefusal(await publishing(world, none, auction()), 400, 25760);
  });
  rule('auction.stock-kept', 'sell_inventory_v1 25759', 'stock may not fall below what is up for auction', async () => {
    const { sku } = await publishing(world, {}, auction());
    const empty = mug([await world.picture()], { availability: { shipToLocationAvailability: { quantity: 0 } } });
    expectRefusal(await putItem(world, sku, empty), 400, 25759);
  });
  rule('auction.reserve', 'sell_inventory_v1 auctionStartPrice', 'the start price is lower than the reserve', async () => {
    expectRefusal(await publishing(world, {}, auction({}, { auctionReservePrice: usd('5.00') })), 400, 25003, 'lower');
    expectLive(await publishing(world, {}, auction({}, { auctionReservePrice: usd('5.01') })));
  });
  rule('auction.days', 'sell_inventory_v1 listingDuration 25006', 'an auction lasts days, not until cancelled', async () => {
    expectRefusal(await publishing(world, {}, auction({ listingDuration: 'GTC' })), 400, 25006);
  });
});

describe('a start date', () => {
  rule(
    'start.later',
    'CONTRACTS 2.1 listingStartDate',
    'a listing with a start date waits for it, and cannot be bought before',
    async () => {
      const answer = await publishing(world, {}, { listingStartDate: new Date(now + 3_600_000).toISOString() });
      expectLive(answer);
      expect((await getOffer(answer.offerId)).listing.listingStatus).toBe('NOT_LISTED');
      expect((await world.call('POST', '/_practice/sales', { sku: answer.sku })).status).toBe(409);
      now += 3_600_000;
      expect((await getOffer(answer.offerId)).listing.listingStatus).toBe('ACTIVE');
      expect((await world.call('POST', '/_practice/sales', { sku: answer.sku })).status).toBe(200);
    },
  );
  rule('start.past', 'sell_inventory_v1 25753', 'a start date in the past is ignored with a warning', async () => {
    const answer = await publishing(world, {}, { listingStartDate: new Date(now - 1_000).toISOString() });
    expectWarnings(answer, 25753);
    expect((await getOffer(answer.offerId)).listing.listingStatus).toBe('ACTIVE');
  });
});

describe('options of an offer', () => {
  const policies = async (more: object) => ({ listingPolicies: { ...(await policiesOf(world, 'EBAY_US')), ...more } });
  const bestOffer = async (terms: object) =>
    publishing(world, {}, await policies({ bestOfferTerms: { bestOfferEnabled: true, ...terms } }));
  rule('best-offer.prices', 'sell_inventory_v1 BestOffer', 'accept below the price, decline below accept', async () => {
    expectRefusal(await bestOffer({ autoAcceptPrice: usd('14.50') }), 400, 25006, 'autoAcceptPrice');
    expectRefusal(await bestOffer({ autoDeclinePrice: usd('14.50') }), 400, 25006, 'autoDeclinePrice');
    expectRefusal(await bestOffer({ autoAcceptPrice: usd('10.00'), autoDeclinePrice: usd('10.00') }), 400, 25006, 'autoDeclinePrice');
    expectRefusal(await bestOffer({ autoAcceptPrice: { value: '1.00', currency: 'EUR' } }), 400, 25003, 'USD');
    expectLive(await bestOffer({ autoAcceptPrice: usd('12.00'), autoDeclinePrice: usd('9.00') }));
  });
  rule(
    'custom-policies',
    'sell_inventory_v1 25034-25036, 25766, 25767',
    'custom policies: six, numbers, known, of their type',
    async () => {
      const { fulfillmentPolicyId } = await policiesOf(world, 'EBAY_US');
      const publish = async (more: object) => publishing(world, {}, await policies(more));
      expectRefusal(await publish({ productCompliancePolicyIds: ['abc'] }), 400, 25767);
      expectRefusal(await publish({ takeBackPolicyId: 'abc' }), 400, 25766);
      expectRefusal(await publish({ productCompliancePolicyIds: ['1'] }), 400, 25035);
      expectRefusal(await publish({ productCompliancePolicyIds: [fulfillmentPolicyId] }), 400, 25036, 'PRODUCT_COMPLIANCE');
      expectRefusal(await publish({ takeBackPolicyId: fulfillmentPolicyId }), 400, 25036, 'TAKE_BACK');
      const seven = await publish({ productCompliancePolicyIds: ['1', '2', '3', '4', '5', '6', '7'] });
      expect(seven.body.errors[0]).toMatchObject({ errorId: 25034, message: 'Only 6 policies can be specified' });
    },
  );
  rule('options.numbers', 'sell_inventory_v1 25011, 25016', 'VAT, buyer limit, lot size and store categories have bounds', async () => {
    expectRefusal(await publishing(world, {}, { tax: { vatPercentage: 101 } }), 400, 25011);
    expectRefusal(await publishing(world, {}, { quantityLimitPerBuyer: 0 }), 400, 25016, 'quantityLimitPerBuyer');
    expectRefusal(await publishing(world, {}, { lotSize: 0 }), 400, 25016, 'lotSize');
    expectRefusal(await publishing(world, {}, { storeCategoryNames: ['/A', '/B', '/C'] }), 400, 25016, 'storeCategoryNames');
  });
});
