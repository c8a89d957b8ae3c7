import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { otherListings } from '../../src/practice/buy/asking-prices.ts';
import { openWorld, prepare, publishPath, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const search = (query: Readonly<Record<string, string>>) =>
  world.call('GET', `/buy/browse/v1/item_summary/search?${new URLSearchParams(query).toString()}`);

describe('what others ask', () => {
  it('covers at least 80 categories with listings of believable spread', () => {
    const byCategory = group();
    expect(byCategory.size).toBeGreaterThanOrEqual(80);
    for (const listings of byCategory.values()) {
      expect(listings.length).toBeGreaterThanOrEqual(40);
      expect(listings.length).toBeLessThanOrEqual(90);
      expect(new Set(listings.map((one) => one.priceMinor)).size).toBeGreaterThan(3);
    }
    const titles = otherListings().map((one) => one.title);
    expect(titles.some((title) => title.startsWith('Lot of'))).toBe(true);
    expect(titles.some((title) => title.includes('For Parts'))).toBe(true);
    expect(Math.max(...titles.map((title) => title.length))).toBeLessThanOrEqual(80);
  });

  it('is found by words, all of which must match, and by category', async () => {
    const mugs = (await search({ q: 'mug', category_ids: '20695' })).body;
    expect(mugs.total).toBeGreaterThanOrEqual(40);
    expect(mugs.itemSummaries[0]).toMatchObject({ leafCategoryIds: ['20695'], buyingOptions: ['FIXED_PRICE'], price: { currency: 'USD' } });
    const none = (await search({ q: 'mug zorblaxian' })).body;
    expect([none.total, none.itemSummaries]).toEqual([0, undefined]);
    expect((await search({ category_ids: '11450', limit: '200' })).body.total).toBeGreaterThan(500);
  });

  it('is found by GTIN', async () => {
    const gtin = otherListings().find((one) => one.gtin !== undefined && one.buyingOption === 'FIXED_PRICE')?.gtin ?? '';
    const found = (await search({ gtin })).body;
    expect(found.total).toBeGreaterThan(0);
    expect(new Set(found.itemSummaries.map((one: { leafCategoryIds: string[] }) => one.leafCategoryIds[0])).size).toBe(1);
    expect((await search({ gtin: '4006381333931' })).body.total).toBe(0);
    expect((await search({ gtin: 'abc' })).body.warnings[0].errorId).toBe(12022);
  });

  it('is filtered by condition, price and way of buying', async () => {
    const used = (await search({ category_ids: '20695', filter: 'conditionIds:{3000},price:[5..20],priceCurrency:USD', limit: '200' }))
      .body;
    expect(used.total).toBeGreaterThan(0);
    for (const one of used.itemSummaries) {
      expect(one.conditionId).toBe('3000');
      expect(Number(one.price.value)).toBeGreaterThanOrEqual(5);
      expect(Number(one.price.value)).toBeLessThanOrEqual(20);
    }
    const all = (await search({ category_ids: '11450', filter: 'buyingOptions:{FIXED_PRICE|AUCTION}' })).body.total;
    const auctions = (await search({ category_ids: '11450', filter: 'buyingOptions:{AUCTION}' })).body.total;
    const fixed = (await search({ category_ids: '11450' })).body.total;
    expect([auctions > 0, auctions + fixed]).toEqual([true, all]);
    expect((await search({ q: 'mug', filter: 'price:[5..20]' })).body.warnings[0].errorId).toBe(12012);
  });

  it('pages, and refuses bad pages', async () => {
    const first = (await search({ category_ids: '11450', limit: '10' })).body;
    const second = (await search({ category_ids: '11450', limit: '10', offset: '10' })).body;
    expect(new Set([...first.itemSummaries, ...second.itemSummaries].map((one) => one.itemId)).size).toBe(20);
    const errorId = async (query: Readonly<Record<string, string>>) => (await search(query)).body.errors[0].errorId;
    expect(await errorId({})).toBe(12001);
    expect(await errorId({ q: 'mug', limit: '201' })).toBe(12006);
    expect(await errorId({ q: 'mug', limit: '10', offset: '5' })).toBe(12515);
    expect(await errorId({ q: 'mug', limit: '10', offset: '10000' })).toBe(12029);
  });

  it("shows the seller's own listings once they are live", async () => {
    const offerId = await prepare(world, 'H1', { product: undefined });
    expect((await world.call('POST', publishPath(offerId))).status).toBe(400);
    expect((await search({ q: 'stoneware coffee mug blue', category_ids: '20695' })).body.total).toBe(0);
    const live = await prepare(world, 'H2');
    await world.call('POST', publishPath(live));
    const found = (await search({ q: 'stoneware coffee mug blue', category_ids: '20695' })).body;
    expect(found.itemSummaries[0]).toMatchObject({ title: 'Blue stoneware coffee mug', seller: { username: 'practice-seller' } });
  });
});

function group(): Map<string, ReturnType<typeof otherListings>[number][]> {
  const groups = new Map<string, ReturnType<typeof otherListings>[number][]>();
  for (const one of otherListings()) groups.set(one.categoryId, [...(groups.get(one.categoryId) ?? []), one]);
  return groups;
}
