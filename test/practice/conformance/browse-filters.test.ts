import { afterAll, beforeAll, expect } from 'vitest';
import { openWorld, type World } from '../world.ts';
import { MUGS, on, SHIRTS, searches } from './browse.ts';
import { rule } from './rule.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const { bodyOf, found, warnings } = searches(() => world);

rule('browse.buying-options', 'CONTRACTS 2.11 | buyingOptions', 'only fixed price unless the filter says otherwise', async () => {
  const count = async (filter: string) => (await bodyOf({ ...SHIRTS, ...(filter === '' ? {} : { filter }) })).total;
  const [fixed, auctions, all] = await Promise.all([
    count(''),
    count('buyingOptions:{AUCTION}'),
    count('buyingOptions:{FIXED_PRICE|AUCTION}'),
  ]);
  expect([auctions > 0, fixed + auctions]).toEqual([true, all]);
  const offers = await found({ ...SHIRTS, filter: 'buyingOptions:{BEST_OFFER}' });
  expect(offers.length).toBeGreaterThan(0);
  for (const one of offers) expect(one.buyingOptions).toEqual(['FIXED_PRICE', 'BEST_OFFER']);
});

rule('browse.price', 'CONTRACTS 2.11 | price, priceCurrency', 'a price range with its currency is kept to', async () => {
  for (const [range, least, most] of [
    ['[5..20]', 5, 20],
    ['[..20]', 0, 20],
    ['[15]', 15, Number.POSITIVE_INFINITY],
    ['[15..]', 15, Number.POSITIVE_INFINITY],
  ] as const) {
    const some = await found({ ...MUGS, filter: `price:${range},priceCurrency:USD` });
    expect(some.length).toBeGreaterThan(0);
    for (const one of some) {
      expect(Number(one.price.value)).toBeGreaterThanOrEqual(least);
      expect(Number(one.price.value)).toBeLessThanOrEqual(most);
    }
  }
});

rule(
  'browse.price-currency',
  'Browse document 12012',
  'a price without currency, or in a strange one, is left out with a warning',
  async () => {
    const { total: all } = await bodyOf(MUGS);
    for (const filter of ['price:[5..20]', 'price:[5..20],priceCurrency:EUR', 'price:cheap,priceCurrency:USD']) {
      expect(await warnings({ ...MUGS, filter })).toEqual([200, [12012]]);
      expect((await bodyOf({ ...MUGS, filter })).total).toBe(all);
    }
  },
);

rule('browse.conditions', 'CONTRACTS 2.11 | conditionIds, conditions', 'conditions are kept to, by id or as NEW and USED', async () => {
  const ids = async (filter: string) => new Set((await found({ ...SHIRTS, filter })).map((one) => one.conditionId));
  expect(await ids('conditionIds:{3000}')).toEqual(new Set(['3000']));
  expect(await ids('conditionIds:{1000|3000}')).toEqual(new Set(['1000', '3000']));
  for (const id of await ids('conditions:{NEW}')) expect(['1000', '1500', '1750']).toContain(id);
  for (const id of await ids('conditions:{USED}')) expect(['2990', '3000', '3010']).toContain(id);
});

rule('browse.sellers', 'Browse document, sellers, excludeSellers', 'sellers are kept to or kept out', async () => {
  const only = await found({ ...SHIRTS, filter: 'sellers:{thriftwise}' });
  expect(new Set(only.map((one) => one.seller.username))).toEqual(new Set(['thriftwise']));
  const without = await found({ ...SHIRTS, filter: 'excludeSellers:{thriftwise}' });
  expect(without.length + only.length).toBe((await found(SHIRTS)).length);
});

rule(
  'browse.places',
  'Browse document, itemLocationCountry, deliveryCountry, maxDeliveryCost',
  'where a thing is, where it goes and what that costs is kept to',
  async () => {
    expect((await found({ ...SHIRTS, filter: 'itemLocationCountry:US' })).length).toBe((await found(SHIRTS)).length);
    expect(await found({ ...SHIRTS, filter: 'itemLocationCountry:GB' })).toEqual([]);
    expect((await found({ ...SHIRTS, filter: 'itemLocationRegion:NORTH_AMERICA' })).length).toBeGreaterThan(0);
    expect(await found({ ...SHIRTS, filter: 'itemLocationRegion:EUROPE' })).toEqual([]);
    const abroad = await found({ ...SHIRTS, filter: 'deliveryCountry:GB' });
    expect(abroad.length).toBeGreaterThan(0);
    expect(abroad.length).toBeLessThan((await found(SHIRTS)).length);
    const free = await found({ ...SHIRTS, filter: 'maxDeliveryCost:0,deliveryCountry:US' });
    expect(free.length).toBeGreaterThan(0);
    for (const one of free) expect(one.shippingOptions[0]?.shippingCost?.value).toBe('0.00');
  },
);

rule(
  'browse.delivery-country',
  'Browse document 12011',
  'a postal code or free delivery without country is left out with a warning',
  async () => {
    expect(await warnings({ ...MUGS, filter: 'deliveryPostalCode:10001' })).toEqual([200, [12011]]);
    expect(await warnings({ ...MUGS, filter: 'maxDeliveryCost:0' })).toEqual([200, [12011]]);
  },
);

rule('browse.filter-values', 'Browse document 12002', 'a filter that cannot be read is left out with a warning', async () => {
  for (const filter of [
    'buyingOptions:{GIFT}',
    'conditions:{FRESH}',
    'conditionIds:{new}',
    'itemLocationCountry:Germany',
    'wonder:{1}',
    '!!',
  ]) {
    expect(await warnings({ ...MUGS, filter })).toEqual([200, [12002]]);
  }
});

rule('browse.seller-names', 'Browse document 12003', 'a name that no seller can have is left out with a warning', async () => {
  expect(await warnings({ ...MUGS, filter: 'sellers:{not a name}' })).toEqual([200, [12003]]);
});

rule(
  'browse.seller-types',
  'Browse document 12014',
  'private and business sellers are told apart on some sites, elsewhere a warning',
  async () => {
    expect(await warnings({ ...MUGS, filter: 'sellerAccountTypes:{BUSINESS}' })).toEqual([200, [12014]]);
    const german = { ...MUGS, q: 'Tassen', filter: 'sellerAccountTypes:{BUSINESS}' };
    expect(await warnings(german, on('EBAY_DE'))).toEqual([200, []]);
  },
);

rule('browse.pickup', 'Browse document 12010', 'local pickup wants all of its four filters', async () => {
  expect(await warnings({ ...MUGS, filter: 'pickupCountry:US' })).toEqual([200, [12010]]);
});

rule('browse.aspect-filter', 'Browse document, aspect_filter', 'specifics are kept to, within one category', async () => {
  const red = await found({ ...SHIRTS, q: 'shirt', aspect_filter: 'categoryId:15687,Color:{Red}' });
  const both = await found({ ...SHIRTS, q: 'shirt', aspect_filter: 'categoryId:15687,Color:{Red|Blue}' });
  expect([red.length > 0, both.length > red.length]).toEqual([true, true]);
  for (const one of red) expect(one.title).toContain('Red');
});

rule(
  'browse.aspect-filter-category',
  'Browse document 12017, 12018',
  'without the same category it is left out with a warning',
  async () => {
    expect(await warnings({ ...SHIRTS, aspect_filter: 'Color:{Red}' })).toEqual([200, [12017]]);
    expect(await warnings({ ...SHIRTS, aspect_filter: 'categoryId:20695,Color:{Red}' })).toEqual([200, [12018]]);
    expect(await warnings({ ...SHIRTS, aspect_filter: 'categoryId:15687,Color' })).toEqual([200, [12018]]);
  },
);
