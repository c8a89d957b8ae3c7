import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ProblemsError } from '../../../src/core/errors.ts';
import { sha256 } from '../../../src/core/hash.ts';
import type { Sku } from '../../../src/core/item.ts';
import {
  type Asked,
  call,
  ebay,
  ebayErrors,
  hastyClock,
  memoryJournal,
  noPolicies,
  type Reply,
  type Scripted,
  scripted,
  thrownBy,
} from './support.ts';

let routes: Record<string, (asked: Asked) => Reply | undefined>;
let server: Scripted;
beforeEach(async () => {
  routes = { 'GET /commerce/taxonomy/v1/get_default_category_tree_id': () => ({ body: { categoryTreeId: '0' } }) };
  server = await scripted((asked) => routes[`${asked.method} ${asked.path}`]?.(asked));
});
afterEach(() => server.close());
const askedFor = (part: string): Asked[] => server.asked.filter(({ path }) => path.includes(part));

describe('find', () => {
  const OFFER = 'GET /sell/inventory/v1/offer';
  const item = (sku: string, quantity: number): Record<string, unknown> => ({
    statusCode: 200,
    sku,
    inventoryItem: { sku, product: { title: `Title of ${sku}` }, availability: { shipToLocationAvailability: { quantity } } },
  });
  const absent = (sku: string) => ({
    statusCode: 404,
    sku,
    errors: [{ errorId: 25702, message: `SKU ${sku} is not available in the system` }],
  });
  const bulkGet = (entryOf: (sku: string) => Record<string, unknown>): void => {
    routes['POST /sell/inventory/v1/bulk_get_inventory_item'] = ({ json }) => ({
      status: 207,
      body: { responses: json.requests.map(({ sku }: { sku: string }) => entryOf(sku)) },
    });
  };
  const found = async (sku = 'EFA') => (await ebay(server.url).find([sku as Sku], call()))[0];

  test.each([
    ['unpublished', 1, undefined],
    ['withdrawn', 0, undefined],
    ['unpublished', 1, { status: 'UNPUBLISHED' }],
    ['withdrawn', 0, { status: 'UNPUBLISHED' }],
    ['live', 1, { status: 'PUBLISHED', listing: { listingId: '7', listingStatus: 'ACTIVE', soldQuantity: 0 } }],
    ['sold', 0, { status: 'PUBLISHED', listing: { listingId: '7', listingStatus: 'ENDED', soldQuantity: 1 } }],
    ['sold', 0, { status: 'UNPUBLISHED', listing: { listingId: '7', listingStatus: 'ENDED', soldQuantity: 1 } }],
    ['ended', 1, { status: 'PUBLISHED', listing: { listingId: '7', listingStatus: 'ENDED', soldQuantity: 0 } }],
    ['ended', 0, { status: 'PUBLISHED', listing: { listingId: '7', listingStatus: 'OUT_OF_STOCK' } }],
  ])('%s: quantity %i, offer %j', async (state, quantity, offer) => {
    bulkGet((sku) => item(sku, quantity));
    if (offer !== undefined)
      routes[OFFER] = () => ({
        body: { offers: [{ offerId: '9', sku: 'EFA', marketplaceId: 'EBAY_US', format: 'FIXED_PRICE', ...offer }] },
      });
    expect(await found()).toEqual({
      sku: 'EFA',
      state,
      title: 'Title of EFA',
      ...(offer === undefined ? {} : { offerId: '9' }),
      ...(offer && 'listing' in offer ? { listingId: '7', url: `${server.url}/itm/7` } : {}),
      available: quantity,
    });
  });

  test('the most alive offer decides, also one in another format', async () => {
    bulkGet((sku) => item(sku, 1));
    routes[OFFER] = () => ({
      body: {
        offers: [
          { offerId: '1', status: 'UNPUBLISHED', format: 'FIXED_PRICE' },
          { offerId: '2', status: 'PUBLISHED', format: 'AUCTION', listing: { listingId: '8', listingStatus: 'ACTIVE' } },
        ],
      },
    });
    expect(await found()).toMatchObject({ state: 'live', offerId: '2', listingId: '8' });
  });

  test('30 SKUs are two calls, absent ones are left out, doubles are asked for once', async () => {
    bulkGet((sku) => (sku === 'EF7' ? item(sku, 1) : absent(sku)));
    const skus = [...Array.from({ length: 30 }, (_, at) => `EF${at}` as Sku), 'EF7' as Sku];
    expect((await ebay(server.url).find(skus, call())).map(({ sku }) => sku)).toEqual(['EF7']);
    expect(askedFor('bulk_get').map(({ json }) => json.requests.length)).toEqual([25, 5]);
    expect(askedFor('/offer')).toHaveLength(1);
  });

  test('nothing asked, nothing sent', async () => {
    expect(await ebay(server.url).find([], call())).toEqual([]);
    expect(server.asked).toEqual([]);
  });

  test('400 for a whole request in which one SKU is missing is taken apart', async () => {
    routes['POST /sell/inventory/v1/bulk_get_inventory_item'] = ({ json }) => {
      const missing = json.requests.find(({ sku }: { sku: string }) => sku !== 'EF3');
      if (missing)
        return { status: 400, body: ebayErrors({ errorId: 25702, message: `SKU ${missing.sku} is not available in the system` }) };
      return { body: { responses: json.requests.map(({ sku }: { sku: string }) => item(sku, 1)) } };
    };
    const skus = Array.from({ length: 8 }, (_, at) => `EF${at}` as Sku);
    expect(await ebay(server.url).find(skus, call())).toMatchObject([{ sku: 'EF3', state: 'unpublished' }]);
  });

  test('a doubtful answer is never taken for absence', async () => {
    bulkGet((sku) => ({ statusCode: 500, sku, errors: [{ errorId: 25001, message: 'A system error has occurred.' }] }));
    expect(await thrownBy(found())).toMatchObject({ code: 'provider.unavailable' });
    bulkGet((sku) => ({ statusCode: 200, sku }));
    expect(await thrownBy(found())).toMatchObject({ code: 'provider.bad-reply' });
    bulkGet((sku) => item(sku, 1));
    routes[OFFER] = () => ({ status: 404, headers: { 'content-type': 'text/html' }, body: '<html>gateway</html>' });
    expect(await thrownBy(found())).toMatchObject({ code: 'provider.refused' });
  });
});

describe('policies', () => {
  const policy = (kind: string, ...ids: string[]): Reply => ({
    body: { total: ids.length, [`${kind}Policies`]: ids.map((id) => ({ [`${kind}PolicyId`]: id, name: `Policy ${id}` })) },
  });
  beforeEach(() => {
    routes['GET /sell/account/v1/fulfillment_policy'] = () => policy('fulfillment', 'F1');
    routes['GET /sell/account/v1/payment_policy'] = () => policy('payment', 'P1');
    routes['GET /sell/account/v1/return_policy'] = () => policy('return', 'R1', 'R2');
    routes['GET /sell/inventory/v1/location'] = () => ({
      body: {
        total: 2,
        locations: [
          { merchantLocationKey: 'old', merchantLocationStatus: 'DISABLED' },
          { merchantLocationKey: 'home', merchantLocationStatus: 'ENABLED' },
        ],
      },
    });
  });

  test('the configured one, else the only one; read once, for all at the same time', async () => {
    const market = ebay(server.url, { settings: { ...noPolicies, returnPolicyId: 'R2' } });
    const all = await Promise.all([1, 2, 3].map(() => market.policies(call())));
    expect(all[2]).toEqual({ fulfillmentPolicyId: 'F1', paymentPolicyId: 'P1', returnPolicyId: 'R2', merchantLocationKey: 'home' });
    await market.policies(call());
    expect(askedFor('_policy')).toHaveLength(3);
    expect(askedFor('/fulfillment_policy')[0]?.query.get('marketplace_id')).toBe('EBAY_US');
  });

  test('every problem is named with its setting and with what there is', async () => {
    routes['GET /sell/account/v1/payment_policy'] = () => policy('payment');
    const error = (await thrownBy(
      ebay(server.url, { settings: { ...noPolicies, fulfillmentPolicyId: 'F9' } }).policies(call()),
    )) as ProblemsError;
    expect(error).toMatchObject({ code: 'listing.policy-missing', retryable: false });
    expect(error.problems).toHaveLength(3);
    expect(error.problems[0]).toContain('F9');
    for (const part of [
      'listing.fulfillmentPolicyId',
      'F1 (Policy F1)',
      'listing.paymentPolicyId',
      'listing.returnPolicyId',
      'R1 (Policy R1), R2 (Policy R2)',
    ])
      expect(error.hint).toContain(part);
  });

  test('no location, or none that is enabled', async () => {
    routes['GET /sell/inventory/v1/location'] = () => ({
      body: { total: 1, locations: [{ merchantLocationKey: 'old', merchantLocationStatus: 'DISABLED' }] },
    });
    const market = ebay(server.url, { settings: { ...noPolicies, returnPolicyId: 'R1' } });
    expect(await thrownBy(market.policies(call()))).toMatchObject({
      code: 'listing.location-missing',
      hint: expect.stringContaining('listing.merchantLocationKey'),
    });
    routes['GET /sell/inventory/v1/location'] = () => ({ body: { total: 1, locations: [{ merchantLocationKey: 'new' }] } });
    expect(await market.policies(call())).toMatchObject({ merchantLocationKey: 'new' });
  });
});

describe('taxonomy and conditions', () => {
  const TREE = '/commerce/taxonomy/v1/category_tree/0';

  test('suggestions keep their order and their ancestors, without the root', async () => {
    routes[`GET ${TREE}/get_category_suggestions`] = () => ({
      body: {
        categorySuggestions: [
          {
            category: { categoryId: '15052', categoryName: 'Portable Cassette Players' },
            categoryTreeNodeLevel: 3,
            categoryTreeNodeAncestors: [
              { categoryId: '15048', categoryName: 'Portable Audio', categoryTreeNodeLevel: 2 },
              { categoryId: '293', categoryName: 'Consumer Electronics', categoryTreeNodeLevel: 1 },
              { categoryId: '0', categoryName: 'Root', categoryTreeNodeLevel: 0 },
            ],
          },
          { category: { categoryId: '9', categoryName: 'Other' } },
        ],
      },
    });
    expect(await ebay(server.url).suggestCategories('  sony \n walkman ', call())).toEqual([
      {
        id: '15052',
        name: 'Portable Cassette Players',
        ancestors: [
          { id: '15048', name: 'Portable Audio' },
          { id: '293', name: 'Consumer Electronics' },
        ],
      },
      { id: '9', name: 'Other', ancestors: [] },
    ]);
    expect(askedFor('suggestions')[0]?.query.get('q')).toBe('sony walkman');
  });

  test('204 is no suggestion, and no words are no question', async () => {
    routes[`GET ${TREE}/get_category_suggestions`] = () => ({ status: 204 });
    const market = ebay(server.url);
    expect(await market.suggestCategories('qwzx', call())).toEqual([]);
    expect(await market.suggestCategories('   ', call())).toEqual([]);
    expect(askedFor('suggestions')).toHaveLength(1);
  });

  test('a category is a leaf, not a leaf, or not there', async () => {
    routes[`GET ${TREE}/get_category_subtree`] = ({ query }) => {
      const id = query.get('category_id');
      if (id === '15052')
        return {
          body: { categorySubtreeNode: { category: { categoryId: '15052', categoryName: 'Cassette' }, leafCategoryTreeNode: true } },
        };
      if (id === '293')
        return {
          body: { categorySubtreeNode: { category: { categoryId: '293', categoryName: 'Electronics' }, childCategoryTreeNodes: [{}] } },
        };
      return {
        status: 400,
        body: ebayErrors({
          errorId: id === '0' ? 62008 : 62005,
          message: 'The specified category ID does not belong to the specified category tree.',
        }),
      };
    };
    routes[`GET ${TREE}/get_category_suggestions`] = () => ({ status: 204 });
    const market = ebay(server.url);
    expect(await market.category('15052', call())).toEqual({ id: '15052', name: 'Cassette', ancestors: [] });
    expect(await thrownBy(market.category('293', call()))).toMatchObject({ code: 'category.not-a-leaf' });
    expect(await thrownBy(market.category('0', call()))).toMatchObject({ code: 'category.not-a-leaf' });
    expect(await market.category('4711', call())).toBeUndefined();
    expect(await market.category('4711', call())).toBeUndefined();
    expect(await market.category('../../etc', call())).toBeUndefined();
    expect(askedFor('subtree').filter(({ query }) => query.get('category_id') === '4711')).toHaveLength(1);
  });

  test('aspects: required by the boolean alone', async () => {
    routes[`GET ${TREE}/get_item_aspects_for_category`] = () => ({
      body: {
        aspects: [
          {
            localizedAspectName: 'Brand',
            aspectConstraint: {
              aspectRequired: true,
              aspectUsage: 'RECOMMENDED',
              aspectMode: 'FREE_TEXT',
              itemToAspectCardinality: 'SINGLE',
              aspectDataType: 'STRING',
              aspectMaxLength: 65,
            },
            aspectValues: [{ localizedValue: 'Sony' }, { localizedValue: 'Unbranded' }],
          },
          {
            localizedAspectName: 'Features',
            aspectConstraint: {
              aspectUsage: 'RECOMMENDED',
              aspectMode: 'SELECTION_ONLY',
              itemToAspectCardinality: 'MULTI',
              aspectDataType: 'NUMBER',
              aspectFormat: 'int32',
            },
          },
        ],
      },
    });
    const market = ebay(server.url);
    expect(await market.aspects('15052', call())).toEqual([
      {
        name: 'Brand',
        required: true,
        mode: 'FREE_TEXT',
        cardinality: 'SINGLE',
        dataType: 'STRING',
        maxLength: 65,
        values: ['Sony', 'Unbranded'],
      },
      { name: 'Features', required: false, mode: 'SELECTION_ONLY', cardinality: 'MULTI', dataType: 'NUMBER', format: 'int32', values: [] },
    ]);
    routes[`GET ${TREE}/get_item_aspects_for_category`] = () => ({ status: 204 });
    expect(await market.aspects('9', call())).toEqual([]);
    routes[`GET ${TREE}/get_item_aspects_for_category`] = () => ({
      status: 400,
      body: ebayErrors({ errorId: 62009, message: 'The specified category ID must be a leaf category.' }),
    });
    expect(await thrownBy(market.aspects('293', call()))).toMatchObject({ code: 'category.not-a-leaf' });
  });

  test('conditions that this seller or this program cannot use are left out', async () => {
    routes['GET /sell/metadata/v1/marketplace/EBAY_US/get_item_condition_policies'] = ({ query }) => ({
      body: query.get('filter')?.includes('15052')
        ? {
            itemConditionPolicies: [
              {
                categoryId: '15052',
                itemConditionRequired: true,
                itemConditions: [
                  { conditionId: '1000', conditionDescription: 'New' },
                  { conditionId: '2010', conditionDescription: 'Excellent - Refurbished', usage: 'RESTRICTED' },
                  { conditionId: '3000', conditionDescription: 'Used' },
                  {
                    conditionId: '4000',
                    conditionDescription: 'Ungraded',
                    conditionDescriptors: [{ conditionDescriptorConstraint: { usage: 'REQUIRED' } }],
                  },
                  { conditionId: '9999', conditionDescription: 'Unheard of' },
                ],
              },
            ],
          }
        : { warnings: [{ errorId: 46003, message: 'The specified categoryId was not found for the marketplace.' }] },
    });
    const market = ebay(server.url);
    expect(await market.conditions('15052', call())).toEqual({
      required: true,
      allowed: [
        { id: '1000', word: 'NEW', label: 'New' },
        { id: '3000', word: 'USED_EXCELLENT', label: 'Used' },
      ],
    });
    expect(await thrownBy(market.conditions('4711', call()))).toMatchObject({ code: 'category.unknown' });
    expect(askedFor('condition')[0]?.query.get('filter')).toBe('categoryIds:{15052}');
  });
});

describe('comparables', () => {
  const SEARCH = 'GET /buy/browse/v1/item_summary/search';

  test('a number is asked for alone and in every category, words in theirs; nothing is no question', async () => {
    routes[SEARCH] = ({ query }) => (query.has('gtin') ? { body: { total: 0 } } : { status: 204 });
    const market = ebay(server.url);
    const category = { categoryId: '15052', conditionIds: ['3000', '4000'] };
    expect(await market.comparables({ gtin: '4901780000000', ...category }, call())).toEqual([]);
    expect(await market.comparables({ words: ' sony  walkman ', ...category }, call())).toEqual([]);
    expect(await market.comparables({ words: ' ', ...category }, call())).toEqual([]);
    const asked = askedFor('search').map(({ query }) => Object.fromEntries(query));
    const rest = { filter: 'buyingOptions:{FIXED_PRICE},conditionIds:{3000|4000}', limit: '100' };
    expect(asked).toEqual([
      { gtin: '4901780000000', ...rest },
      { q: 'sony walkman', category_ids: '15052', ...rest },
    ]);
  });

  test('prices are minor units; another currency is not a price', async () => {
    routes[SEARCH] = () => ({
      body: {
        itemSummaries: [
          {
            itemId: 'v1|1|0',
            legacyItemId: '1',
            title: 'One',
            seller: { username: 'somebody' },
            price: { value: '24.9', currency: 'USD' },
            conditionId: '3000',
            shippingOptions: [{ shippingCost: { value: '5.00', currency: 'USD' } }],
          },
          { itemId: 'v1|2|0', title: 'Two', price: { value: '24.90', currency: 'EUR' } },
          { itemId: 'v1|3|0', title: 'Three' },
        ],
      },
    });
    expect(await ebay(server.url).comparables({ words: 'sony', categoryId: '15052', conditionIds: [] }, call())).toEqual([
      {
        itemId: 'v1|1|0',
        listingId: '1',
        title: 'One',
        seller: 'somebody',
        price: { minor: 2490, currency: 'USD' },
        shipping: { minor: 500, currency: 'USD' },
        conditionId: '3000',
      },
    ]);
  });
});

describe('pictures', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'easyflip-ebay-'));
  });
  afterEach(() => rm(folder, { recursive: true }));
  const picture = async (content: string) => {
    const path = join(folder, 'one.jpg');
    await writeFile(path, content);
    return { path, sha256: sha256(content) };
  };
  const UPLOAD = 'POST /commerce/media/v1_beta/image/create_image_from_file';
  const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();

  test('goes as a multipart form to the media host, once while its address lives', async () => {
    const clock = hastyClock();
    const journal = memoryJournal();
    const expiresAt = inDays(30);
    routes[UPLOAD] = () => ({
      status: 201,
      body: { imageUrl: `https://i.ebayimg.com/${askedFor('/image/').length}.jpg`, expirationDate: expiresAt },
    });
    const file = await picture('jpeg bytes');
    const results = await Promise.all([1, 2].map(() => ebay(server.url, { clock, journal }).uploadPicture(file, call())));
    expect(results).toEqual([1, 2].map(() => ({ url: 'https://i.ebayimg.com/1.jpg', expiresAt })));
    const [asked] = askedFor('/image/');
    expect(asked?.headers['x-forwarded-host']).toBe('apim.ebay.com');
    expect(asked?.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
    expect(asked?.body).toContain('name="image"');
    expect(asked?.body).toContain('jpeg bytes');
    clock.shiftMs = 31 * 86_400_000;
    expect(await ebay(server.url, { clock, journal }).uploadPicture(file, call())).toMatchObject({ url: 'https://i.ebayimg.com/2.jpg' });
  });

  test('an answer without a body is looked up by its Location', async () => {
    routes[UPLOAD] = () => ({ status: 201, headers: { location: 'https://apim.ebay.com/commerce/media/v1_beta/image/v1%7C7' }, body: '' });
    routes['GET /commerce/media/v1_beta/image/v1%7C7'] = () => ({ body: { imageUrl: 'https://i.ebayimg.com/7.jpg' } });
    expect(await ebay(server.url).uploadPicture(await picture('x'), call())).toEqual({ url: 'https://i.ebayimg.com/7.jpg' });
  });

  test('a refused picture is picture.rejected and is tried again next time', async () => {
    const journal = memoryJournal();
    routes[UPLOAD] = () => ({
      status: 400,
      body: ebayErrors({ errorId: 190203, message: 'The supplied image is in a format that is not supported.' }),
    });
    const file = await picture('x');
    expect(await thrownBy(ebay(server.url, { journal }).uploadPicture(file, call()))).toMatchObject({
      code: 'picture.rejected',
      retryable: false,
    });
    expect(journal.rows.size).toBe(0);
  });

  test('a file that is gone or is another one is never sent', async () => {
    const file = await picture('approved');
    await writeFile(file.path, 'something else');
    expect(await thrownBy(ebay(server.url).uploadPicture(file, call()))).toMatchObject({ code: 'photo.unreadable-file' });
    await rm(file.path);
    expect(await thrownBy(ebay(server.url).uploadPicture(file, call()))).toMatchObject({ code: 'photo.unreadable-file' });
    expect(askedFor('/image/')).toHaveLength(0);
  });
});
