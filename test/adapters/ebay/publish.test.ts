import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { EasyflipError } from '../../../src/core/errors.ts';
import type { Sku } from '../../../src/core/item.ts';
import { type Asked, call, ebay, ebayErrors, listing, memoryJournal, type Reply, type Scripted, scripted, thrownBy } from './support.ts';

const ITEMS = '/sell/inventory/v1/bulk_create_or_replace_inventory_item';
const OFFERS = '/sell/inventory/v1/bulk_create_offer';
const PUBLISH = '/sell/inventory/v1/bulk_publish_offer';
const GET = '/sell/inventory/v1/bulk_get_inventory_item';
const MARK = '/sell/inventory/v1/bulk_update_price_quantity';

type Route = (asked: Asked) => Reply | undefined;
let routes: Record<string, Route>;
let server: Scripted;

const entries = (asked: Asked, answer: (request: Record<string, string>) => Record<string, unknown>): Reply => {
  const responses = asked.json.requests.map(answer) as { statusCode: number }[];
  return { status: responses.every(({ statusCode }) => statusCode < 300) ? 200 : 207, body: { responses } };
};
const refused = (errorId: number, message: string, parameters?: unknown) => ({
  statusCode: 400,
  errors: [{ errorId, message, parameters }],
});

const nothingThere: Route = (one) =>
  entries(one, ({ sku }) => ({ sku, statusCode: 404, errors: [{ errorId: 25702, message: `SKU ${sku} is not available in the system` }] }));

beforeEach(async () => {
  routes = {
    [GET]: nothingThere,
    [ITEMS]: (asked) => entries(asked, ({ sku }) => ({ statusCode: 201, sku, locale: 'en_US' })),
    [OFFERS]: (asked) =>
      entries(asked, ({ sku }) => ({ statusCode: 200, sku, offerId: `offer-${sku}`, marketplaceId: 'EBAY_US', format: 'FIXED_PRICE' })),
    [PUBLISH]: (asked) =>
      entries(asked, ({ offerId }) => ({ statusCode: 200, offerId, listingId: `1${offerId?.slice(-3).replace(/\D/g, '0')}` })),
  };
  server = await scripted((asked) => routes[asked.path]?.(asked) ?? routes[`${asked.method} ${asked.path}`]?.(asked));
});
afterEach(() => server.close());

const asked = (path: string): Asked[] => server.asked.filter((one) => one.path === path);
const writes = (): string[] =>
  server.asked
    .filter(({ method, path }) => method !== 'GET' && !path.endsWith('/token') && path !== GET)
    .map(({ method, path }) => `${method} ${path.split('/').at(-1)}`);

/** What eBay would hold as our offer. */
function offerOf(sku: string, state: Record<string, unknown>, change: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    offerId: `old-${sku}`,
    sku,
    marketplaceId: 'EBAY_US',
    format: 'FIXED_PRICE',
    categoryId: '15052',
    listingDescription: 'A cassette player. Works.',
    listingDuration: 'GTC',
    includeCatalogProductDetails: false,
    merchantLocationKey: 'home',
    pricingSummary: { price: { value: '24.99', currency: 'USD' } },
    listingPolicies: { fulfillmentPolicyId: 'F1', paymentPolicyId: 'P1', returnPolicyId: 'R1' },
    availableQuantity: 1,
    ...state,
    ...change,
  };
}

function existing(offer: Record<string, unknown>): void {
  routes[GET] = (one) => entries(one, ({ sku }) => ({ statusCode: 200, sku, inventoryItem: { sku } }));
  const path = `/sell/inventory/v1/offer/${offer.offerId}`;
  routes[OFFERS] = (one) =>
    entries(one, ({ sku }) => ({
      sku,
      ...refused(25002, 'A user error has occurred. Offer entity already exists.', [{ name: 'offerId', value: offer.offerId }]),
    }));
  routes[`GET ${path}`] = () => ({ body: offer });
  routes['GET /sell/inventory/v1/offer'] = () => ({ body: { offers: [offer], total: 1 } });
  routes[`PUT ${path}`] = () => ({ status: 204 });
}

describe('what is sent', () => {
  test('item and offer hold the content, and nothing else', async () => {
    const receipt = await ebay(server.url).publish(
      listing('EFA', {
        packageWeight: { value: 12, unit: 'OUNCE' },
        identifiers: { brand: 'Sony', mpn: 'WM-EX170', upc: 'Does not apply' },
      }),
      call(),
    );
    expect(receipt).toEqual({ sku: 'EFA', offerId: 'offer-EFA', listingId: '1000', url: `${server.url}/itm/1000`, created: true });
    const [item, offer, publish] = [ITEMS, OFFERS, PUBLISH].map((path) => asked(path)[0]);
    expect(item?.json).toEqual({
      requests: [
        {
          sku: 'EFA',
          locale: 'en_US',
          availability: { shipToLocationAvailability: { quantity: 1 } },
          condition: 'USED_EXCELLENT',
          conditionDescription: 'Light scratches.',
          packageWeightAndSize: { weight: { value: 12, unit: 'OUNCE' } },
          product: {
            title: 'Sony Walkman WM-EX170 Cassette Player',
            description: 'A cassette player. Works.',
            aspects: { Brand: ['Sony'], Model: ['WM-EX170'] },
            imageUrls: ['https://i.ebayimg.com/images/g/one/s-l1600.jpg'],
            brand: 'Sony',
            mpn: 'WM-EX170',
            upc: ['Does not apply'],
          },
        },
      ],
    });
    expect(offer?.json).toEqual({
      requests: [
        {
          sku: 'EFA',
          marketplaceId: 'EBAY_US',
          format: 'FIXED_PRICE',
          categoryId: '15052',
          listingDescription: 'A cassette player. Works.',
          listingDuration: 'GTC',
          includeCatalogProductDetails: false,
          merchantLocationKey: 'home',
          pricingSummary: { price: { value: '24.99', currency: 'USD' } },
          listingPolicies: { fulfillmentPolicyId: 'F1', paymentPolicyId: 'P1', returnPolicyId: 'R1' },
        },
      ],
    });
    expect(publish?.json).toEqual({ requests: [{ offerId: 'offer-EFA' }] });
    expect(item?.headers['content-language']).toBe('en-US');
    expect(offer?.headers['content-language']).toBe('en-US');
  });

  test('a note that eBay would drop is not sent, and neither is an absent condition', async () => {
    const market = ebay(server.url);
    await market.publish(listing('EFA', { condition: { id: '1000', word: 'NEW', note: 'boxed' } }), call());
    const { condition: _, ...without } = listing('EFB').content;
    await market.publish({ ...listing('EFB'), content: without }, call());
    const sent = asked(ITEMS).flatMap(({ json }) => json.requests);
    expect(sent.map((item) => [item.condition, item.conditionDescription])).toEqual([
      ['NEW', undefined],
      [undefined, undefined],
    ]);
  });

  test('items that are ready at the same time share calls of 25', async () => {
    const market = ebay(server.url);
    const skus = Array.from({ length: 30 }, (_, at) => `EF${100 + at}`);
    const receipts = await Promise.all(skus.map((sku) => market.publish(listing(sku), call())));
    expect(receipts.map(({ listingId }) => listingId)).toEqual(skus.map((sku) => `1${sku.slice(-3)}`));
    for (const path of [GET, ITEMS, OFFERS, PUBLISH]) {
      const sizes = asked(path).map(({ json }) => json.requests.length as number);
      expect(Math.max(...sizes)).toBeLessThanOrEqual(25);
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(30);
      expect(sizes.length).toBeLessThanOrEqual(4);
    }
  });
});

describe('partial success', () => {
  test('each entry gets its own answer', async () => {
    routes[PUBLISH] = (one) =>
      entries(one, ({ offerId }) => {
        if (offerId === 'offer-EF2')
          return {
            offerId,
            ...refused(25002, 'A user error has occurred. The item specific Brand is missing. Add Brand to this listing.'),
          };
        if (offerId === 'offer-EF3') return { offerId, ...refused(25026, 'Selling limits exceeded.') };
        return { statusCode: 200, offerId, listingId: '110' };
      });
    routes['GET /sell/inventory/v1/offer/offer-EF2'] = () => ({ body: offerOf('EF2', { status: 'UNPUBLISHED' }) });
    routes['GET /sell/inventory/v1/offer/offer-EF3'] = () => ({ body: offerOf('EF3', { status: 'UNPUBLISHED' }) });
    const market = ebay(server.url);
    const results = await Promise.allSettled(['EF1', 'EF2', 'EF3'].map((sku) => market.publish(listing(sku), call())));
    expect(asked(PUBLISH)).toHaveLength(1);
    expect(results[0]).toMatchObject({ status: 'fulfilled', value: { listingId: '110' } });
    expect(results[1]).toMatchObject({ reason: { code: 'aspect.missing', retryable: false } });
    expect((results[1] as PromiseRejectedResult).reason.message).toContain('The item specific Brand is missing.');
    expect(results[2]).toMatchObject({ reason: { code: 'listing.selling-limit', retryable: false } });
  });

  test('one entry that eBay cannot read does not take the others down', async () => {
    routes[ITEMS] = (one) =>
      one.body.includes('EF13')
        ? {
            status: 400,
            body: ebayErrors({
              errorId: 2004,
              domain: 'ACCESS',
              message: 'Invalid request',
              longMessage: 'Could not serialize field [condition]',
            }),
          }
        : entries(one, ({ sku }) => ({ statusCode: 201, sku }));
    const market = ebay(server.url);
    const skus = Array.from({ length: 20 }, (_, at) => `EF${10 + at}`);
    const results = await Promise.allSettled(skus.map((sku) => market.publish(listing(sku), call())));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(19);
    expect(results[3]).toMatchObject({ reason: { code: 'listing.rejected', retryable: false } });
    expect(asked(ITEMS).length).toBeLessThanOrEqual(11);
  });

  test.each([
    [
      'the login',
      (one: Asked) =>
        one.path.endsWith('/token') ? { status: 400, body: { error: 'invalid_grant', error_description: 'revoked' } } : undefined,
      'provider.auth',
    ],
    [
      'the selling limit',
      (one: Asked) =>
        one.path === ITEMS ? { status: 400, body: ebayErrors({ errorId: 25026, message: 'Selling limits exceeded.' }) } : undefined,
      'listing.selling-limit',
    ],
  ])('%s is refused for all at once, without taking the call apart', async (_, answer, code) => {
    routes['/identity/v1/oauth2/token'] = (one) => answer(one) as Reply;
    routes[ITEMS] = (one) => answer(one) as Reply;
    const market = ebay(server.url);
    const skus = Array.from({ length: 20 }, (_, at) => `EF${at}` as Sku);
    await market.find(skus, call()).catch(() => {});
    const results = await Promise.allSettled(skus.map((sku) => market.publish(listing(sku), call())));
    for (const result of results) expect(result).toMatchObject({ reason: { code, retryable: false } });
    expect(server.asked.filter(({ method, path }) => method === 'POST' && path !== GET).length).toBeLessThanOrEqual(22);
    expect(asked(ITEMS).length).toBeLessThanOrEqual(1);
  });

  test.each([
    [25604, 'Input error. Offer not found.'],
    [25702, 'SKU EFA is not available in the system'],
    [25713, 'This Offer is not available : offer-EFA.'],
    [25025, 'Concurrent access of Inventory or InventoryItemGroup. Please try again later'],
  ])('%i right after the create passes by itself', async (errorId, message) => {
    let times = 0;
    routes[PUBLISH] = (one) =>
      entries(one, ({ offerId }) => {
        times += 1;
        return times < 3 ? { offerId, ...refused(errorId, message) } : { statusCode: 200, offerId, listingId: '110' };
      });
    expect(await ebay(server.url).publish(listing('EFA'), call())).toMatchObject({ listingId: '110' });
    expect(times).toBe(3);
  });

  test('an answer that leaves an entry out is an error for that entry only', async () => {
    routes[ITEMS] = (one) => ({
      body: {
        responses: one.json.requests
          .filter(({ sku }: { sku: string }) => sku !== 'EF2')
          .map(({ sku }: { sku: string }) => ({ statusCode: 201, sku })),
      },
    });
    const market = ebay(server.url);
    const results = await Promise.allSettled(['EF1', 'EF2', 'EF3'].map((sku) => market.publish(listing(sku), call())));
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(results[1]).toMatchObject({ reason: { code: 'provider.bad-reply', mayHaveHappened: true } });
  });
});

describe('an offer that stands already', () => {
  const ITEM_AND_OFFER = ['POST bulk_create_or_replace_inventory_item', 'POST bulk_create_offer'];
  const live = { status: 'PUBLISHED', listing: { listingId: '777', listingStatus: 'ACTIVE', soldQuantity: 0 } };
  const dearer = { pricingSummary: { price: { value: '19.99', currency: 'USD' } } };

  /** `find` had said that nothing is there, yet the create meets an offer: 25002 or 25729 tell. */
  async function publishUnseen() {
    const market = ebay(server.url);
    const there = routes[GET] as Route;
    routes[GET] = nothingThere;
    await market.find(['EFA' as Sku], call());
    routes[GET] = there;
    return await market.publish(listing('EFA'), call());
  }

  test('without a word from find, eBay is asked before the first write', async () => {
    existing(offerOf('EFA', live, dearer));
    expect(await ebay(server.url).publish(listing('EFA'), call())).toMatchObject({ listingId: '777', created: false });
    expect(writes()).toEqual(['POST bulk_create_or_replace_inventory_item', 'PUT old-EFA']);
    expect(server.asked.filter(({ path }) => !path.endsWith('/token')).map(({ path }) => path.split('/').at(-1))).toEqual([
      'bulk_get_inventory_item',
      'offer',
      'bulk_create_or_replace_inventory_item',
      'old-EFA',
      'old-EFA',
    ]);
  });

  test('after find said that nothing is there, it is not asked again', async () => {
    await publishUnseen();
    expect(server.asked.filter(({ method }) => method === 'GET')).toEqual([]);
  });

  test('live with our content: its listing is the receipt, nothing is published', async () => {
    existing(offerOf('EFA', live));
    expect(await publishUnseen()).toMatchObject({ listingId: '777', offerId: 'old-EFA', created: false });
    expect(writes()).toEqual(ITEM_AND_OFFER);
  });

  test('live with other content: it is updated', async () => {
    existing(offerOf('EFA', live, dearer));
    expect(await publishUnseen()).toMatchObject({ listingId: '777', created: false });
    expect(writes()).toEqual([...ITEM_AND_OFFER, 'PUT old-EFA']);
  });

  test('never live: it gets our content and is published', async () => {
    existing(offerOf('EFA', { status: 'UNPUBLISHED' }, { categoryId: '1' }));
    expect(await publishUnseen()).toMatchObject({ offerId: 'old-EFA', created: true });
    expect(writes()).toEqual([...ITEM_AND_OFFER, 'PUT old-EFA', 'POST bulk_publish_offer']);
  });

  test('the bulk form (25729) names no offer: it is looked for by SKU', async () => {
    existing(offerOf('EFA', { status: 'UNPUBLISHED' }));
    routes[OFFERS] = (one) =>
      entries(one, ({ sku }) => ({ sku, ...refused(25729, 'The combination of SKU, marketplaceId and format should be unique.') }));
    expect(await publishUnseen()).toMatchObject({ offerId: 'old-EFA', created: true });
    expect(writes()).toEqual([...ITEM_AND_OFFER, 'POST bulk_publish_offer']);
  });

  test('over on eBay: never listed again on a guess, and nothing is written', async () => {
    existing(offerOf('EFA', { status: 'PUBLISHED', listing: { listingId: '777', listingStatus: 'OUT_OF_STOCK', soldQuantity: 1 } }));
    expect(await thrownBy(ebay(server.url).publish(listing('EFA'), call()))).toMatchObject({
      code: 'item.ended-listing',
      retryable: false,
    });
    expect(writes()).toEqual([]);
    expect(await thrownBy(publishUnseen())).toMatchObject({ code: 'item.ended-listing' });
    expect(asked(PUBLISH)).toHaveLength(0);
  });

  test('new content is not written over a listing that sold in part', async () => {
    const journal = memoryJournal();
    const market = ebay(server.url, { journal });
    await market.publish(listing('EFA', { quantity: 3 }), call());
    existing(offerOf('EFA', { status: 'PUBLISHED', listing: { listingId: '777', listingStatus: 'ACTIVE', soldQuantity: 1 } }));
    const before = writes().length;
    expect(await thrownBy(market.publish(listing('EFA', { quantity: 3, title: 'Another title' }), call()))).toMatchObject({
      code: 'listing.rejected',
    });
    expect(writes()).toHaveLength(before);
  });
});

describe('publishing again', () => {
  test('the same listing is answered from the journal after a look at eBay', async () => {
    const market = ebay(server.url);
    const first = await market.publish(listing('EFA'), call());
    routes['GET /sell/inventory/v1/offer/offer-EFA'] = () => ({
      body: offerOf('EFA', { status: 'PUBLISHED', listing: { listingId: first.listingId, listingStatus: 'ACTIVE' } }),
    });
    const before = writes().length;
    expect(await market.publish(listing('EFA'), call())).toEqual({ ...first, created: false });
    expect(writes()).toHaveLength(before);
    routes['GET /sell/inventory/v1/offer/offer-EFA'] = () => ({ body: offerOf('EFA', { status: 'UNPUBLISHED' }) });
    expect(await thrownBy(market.publish(listing('EFA'), call()))).toMatchObject({ code: 'item.ended-listing' });
  });

  test('content that changes there and back is written each time', async () => {
    const market = ebay(server.url);
    await market.publish(listing('EFA'), call());
    existing(offerOf('EFA', { status: 'PUBLISHED', listing: { listingId: '777', listingStatus: 'ACTIVE' } }));
    await market.publish(listing('EFA', { title: 'Second title' }), call());
    await market.publish(listing('EFA'), call());
    expect(asked(ITEMS).map(({ json }) => json.requests[0].product.title)).toEqual([
      'Sony Walkman WM-EX170 Cassette Player',
      'Second title',
      'Sony Walkman WM-EX170 Cassette Player',
    ]);
    expect(asked(PUBLISH)).toHaveLength(1);
  });

  test('a refusal leaves no trace in the journal that would pass for success', async () => {
    const journal = memoryJournal();
    const good = routes[OFFERS] as Route;
    routes[OFFERS] = (one) => entries(one, ({ sku }) => ({ sku, ...refused(25709, 'Invalid value for field price') }));
    const market = ebay(server.url, { journal });
    const error = (await thrownBy(market.publish(listing('EFA'), call()))) as EasyflipError;
    expect(error).toMatchObject({ code: 'listing.rejected', retryable: false });
    expect(error.message).toBe('eBay does not take the value of a field. eBay says: Invalid value for field price (error 25709)');
    expect([...journal.rows.keys()].filter((key) => key.startsWith('ebay:offer'))).toEqual([]);
    routes[OFFERS] = good;
    expect(await market.publish(listing('EFA'), call())).toMatchObject({ created: true });
    expect(asked(ITEMS)).toHaveLength(1);
  });
});

describe('withdraw', () => {
  const live = offerOf('EFA', { status: 'PUBLISHED', listing: { listingId: '777', listingStatus: 'ACTIVE' } });

  test('marks first, then ends, then forgets the journal', async () => {
    const journal = memoryJournal();
    const market = ebay(server.url, { journal });
    await market.publish(listing('EFA'), call());
    existing(live);
    routes[MARK] = (one) => entries(one, ({ sku }) => ({ statusCode: 200, sku }));
    routes['POST /sell/inventory/v1/offer/old-EFA/withdraw'] = () => ({ body: { listingId: '777' } });
    await market.withdraw('EFA' as Sku, call());
    expect(writes().slice(-2)).toEqual(['POST bulk_update_price_quantity', 'POST withdraw']);
    expect(asked(MARK)[0]?.json).toEqual({ requests: [{ sku: 'EFA', shipToLocationAvailability: { quantity: 0 } }] });
    expect([...journal.rows.values()].filter(({ scope }) => scope === 'EFA')).toEqual([]);
  });

  test('where eBay refuses quantity 0 on a live listing, it is ended first and marked then', async () => {
    existing(live);
    let ended = false;
    routes[MARK] = (one) =>
      entries(one, ({ sku }) => (ended ? { statusCode: 200, sku } : { sku, ...refused(25002, 'Quantity 0 is not allowed.') }));
    routes['POST /sell/inventory/v1/offer/old-EFA/withdraw'] = () => {
      ended = true;
      return { body: { listingId: '777' } };
    };
    await ebay(server.url).withdraw('EFA' as Sku, call());
    expect(writes()).toEqual(['POST bulk_update_price_quantity', 'POST withdraw', 'POST bulk_update_price_quantity']);
  });

  test('what is gone already is withdrawn', async () => {
    existing(live);
    routes[MARK] = (one) =>
      entries(one, ({ sku }) => ({ sku, statusCode: 404, errors: [{ errorId: 25702, message: 'SKU is not available' }] }));
    routes['POST /sell/inventory/v1/offer/old-EFA/withdraw'] = () => ({
      status: 400,
      body: ebayErrors({ errorId: 25713, message: 'This Offer is not available' }),
    });
    await ebay(server.url).withdraw('EFA' as Sku, call());
    expect(writes()).toEqual(['POST bulk_update_price_quantity', 'POST withdraw']);
  });
});
