import { afterAll, beforeAll, expect } from 'vitest';
import { openWorld, type World } from '../world.ts';
import { rule } from './rule.ts';

const API = '/commerce/catalog/v1_beta';
let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const search = (query: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>> = {}) =>
  world.call('GET', `${API}/product_summary/search?${new URLSearchParams(query).toString()}`, undefined, headers);
const errorId = async (query: Readonly<Record<string, string>>, headers = {}) => {
  const { status, body } = await search(query, headers);
  return [status, body.errors?.[0].errorId];
};
const epidsOf = async (query: Readonly<Record<string, string>>) =>
  ((await search(query)).body.productSummaries ?? []).map((one: { epid: string }) => one.epid);

rule('catalog.by-number', 'Catalog document, search', 'a product is found by GTIN, as EAN or as UPC, and by MPN', async () => {
  expect(await epidsOf({ gtin: '2000000000015' })).toEqual(['20000001']);
  expect(await epidsOf({ mpn: 'NW-12-SB' })).toEqual(['20000001']);
  expect(await epidsOf({ gtin: '4006381333931' })).toEqual([]);
});

rule(
  'catalog.by-words',
  'Catalog document, search, q',
  'words apart by commas must all fit, words apart by spaces need one that fits',
  async () => {
    expect(await epidsOf({ q: 'mug' })).toEqual(['20000001']);
    expect(await epidsOf({ q: 'mug,racer' })).toEqual([]);
    expect(await epidsOf({ q: 'mug racer' })).toEqual(['20000001', '20000003']);
    expect(await epidsOf({ q: 'mug racer', category_ids: '139973' })).toEqual(['20000003']);
    expect(await epidsOf({ q: 'mug', category_ids: '20695', aspect_filter: 'categoryId:20695,Color:{Red|Blue}' })).toEqual(['20000001']);
    expect(await epidsOf({ q: 'mug', category_ids: '20695', aspect_filter: 'categoryId:20695,Color:{Red}' })).toEqual([]);
  },
);

rule('catalog.product', 'Catalog document, getProduct', 'a product is given in full by its ePID', async () => {
  const { status, body } = await world.call('GET', `${API}/product/20000001`);
  expect([status, body]).toMatchObject([200, { epid: '20000001', brand: 'Northwind', mpn: ['NW-12-SB'], primaryCategoryId: '20695' }]);
});

rule('catalog.product-unknown', 'getProduct 75010', 'an unknown ePID is refused', async () => {
  const { status, body } = await world.call('GET', `${API}/product/999`);
  expect([status, body.errors[0]]).toMatchObject([400, { errorId: 75010, domain: 'API_CATALOG' }]);
});

rule('catalog.search-refusals', 'Catalog document, search, error list', 'wrong searches are refused, each with its number', async () => {
  expect(await errorId({})).toEqual([400, 75001]);
  expect(await errorId({ q: 'mug', limit: '201' })).toEqual([400, 75004]);
  expect(await errorId({ category_ids: '11700' })).toEqual([400, 75006]);
  expect(await errorId({ q: 'mug' }, { 'X-EBAY-C-MARKETPLACE-ID': 'EBAY_FR' })).toEqual([400, 75007]);
  expect(await errorId({ q: 'mug', fieldgroups: 'NONSENSE' })).toEqual([400, 75008]);
  expect(await errorId({ q: 'mug', aspect_filter: 'categoryId:20695,Color' })).toEqual([400, 75012]);
  expect(await errorId({ q: 'mug', aspect_filter: 'Color:{Blue}' })).toEqual([400, 75013]);
  expect(await errorId({ q: 'mug', aspect_filter: 'categoryId:999999' })).toEqual([400, 75014]);
  expect(await errorId({ gtin: 'abc' })).toEqual([400, 75017]);
  expect(await errorId({ q: 'mug', gtin: '2000000000015' })).toEqual([400, 75018]);
  expect(await errorId({ mpn: 'NW-12-SB', aspect_filter: 'categoryId:20695' })).toEqual([400, 75019]);
});
