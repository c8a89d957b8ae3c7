import { afterAll, beforeAll, expect } from 'vitest';
import { otherListings } from '../../../src/practice/buy/asking-prices.ts';
import { openWorld, prepare, publishPath, type World } from '../world.ts';
import { MUGS, on, SHIRTS, type Summary, searches } from './browse.ts';
import { rule } from './rule.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const { bodyOf, found, refusal, warnings } = searches(() => world);
const total = (one: Summary) => Number(one.price.value) + Number(one.shippingOptions[0]?.shippingCost?.value ?? 0);

rule('browse.words', 'Browse document, q', 'every word must be in the listing, words in parentheses are alternatives', async () => {
  expect((await bodyOf(MUGS)).total).toBeGreaterThanOrEqual(40);
  const none = await bodyOf({ q: 'mug zorblaxian' });
  expect([none.total, none.itemSummaries]).toEqual([0, undefined]);
  expect((await bodyOf({ q: 'zoom lens', category_ids: '3323' })).total).toBeGreaterThan(0);
  const [blue, red, either] = await Promise.all(['blue', 'red', '(blue, red)'].map((words) => bodyOf({ q: words, ...SHIRTS })));
  expect([blue.total > 0, red.total > 0, either.total]).toEqual([true, true, blue.total + red.total]);
});

rule('browse.gtin', 'CONTRACTS 2.11 | Browse document, gtin', 'listings of one product are found by its number', async () => {
  const gtin = otherListings().find((one) => one.gtin !== undefined && one.buyingOptions.includes('FIXED_PRICE'))?.gtin ?? '';
  const same = await found({ gtin });
  expect(same.length).toBeGreaterThan(0);
  expect(new Set(same.map((one) => one.leafCategoryIds[0])).size).toBe(1);
  expect(await found({ gtin: gtin.slice(1) })).toEqual(same);
  expect((await bodyOf({ gtin: '4006381333931' })).total).toBe(0);
});

rule('browse.category', 'Browse document, category_ids', 'a category finds what is in it and below it', async () => {
  const below = await found({ category_ids: '1059' });
  expect(new Set(below.map((one) => one.leafCategoryIds[0])).size).toBeGreaterThan(1);
  expect((await found(SHIRTS)).every((one) => one.leafCategoryIds[0] === '15687')).toBe(true);
});

rule('browse.numbers', 'Browse document 12009, 12021, 12022', 'unknown categories and malformed product numbers are warnings', async () => {
  expect(await warnings({ q: 'mug', category_ids: '999999' })).toEqual([200, [12009]]);
  expect(await warnings({ epid: 'abc' })).toEqual([200, [12021]]);
  expect(await warnings({ gtin: 'abc' })).toEqual([200, [12022]]);
});

rule('browse.sort', 'Browse document, sort', 'by price with shipping either way, or newest first', async () => {
  const totals = async (sort: string) => (await found({ ...MUGS, sort })).map(total);
  const rising = [...(await totals('price'))];
  expect(rising).toEqual([...rising].sort((a, b) => a - b));
  const falling = [...(await totals('-price'))];
  expect(falling).toEqual([...falling].sort((a, b) => b - a));
  const dates = (await found({ ...MUGS, sort: 'newlyListed' })).map((one) => one.itemCreationDate);
  expect(dates).toEqual([...dates].sort().reverse());
});

rule('browse.sort-unknown', 'Browse document 12008', 'an unknown order is a warning', async () => {
  expect(await warnings({ ...MUGS, sort: 'beauty' })).toEqual([200, [12008]]);
});

rule('browse.pages', 'CONTRACTS 2.11 | limit, offset', 'pages do not overlap, and name the next and the one before', async () => {
  const first = await bodyOf({ ...MUGS, limit: '10' });
  const second = await bodyOf({ ...MUGS, limit: '10', offset: '10' });
  expect(new Set([...first.itemSummaries, ...second.itemSummaries].map((one) => one.itemId)).size).toBe(20);
  expect([first.prev, new URL(first.next).searchParams.get('offset')]).toEqual([undefined, '10']);
  expect(new URL(second.prev).searchParams.get('offset')).toBe('0');
  expect((await bodyOf(MUGS)).limit).toBe(50);
});

rule(
  'browse.paging-refused',
  'Browse document 12004-12007, 12029, 12515',
  'limit is 1 to 200, offset a multiple of it below 10,000',
  async () => {
    expect(await refusal({ ...MUGS, offset: '-10', limit: '10' })).toEqual([400, 12004]);
    expect(await refusal({ ...MUGS, offset: 'x' })).toEqual([400, 12005]);
    expect(await refusal({ ...MUGS, limit: '0' })).toEqual([400, 12006]);
    expect(await refusal({ ...MUGS, limit: '201' })).toEqual([400, 12006]);
    expect(await refusal({ ...MUGS, limit: '2.5' })).toEqual([400, 12007]);
    expect(await refusal({ ...MUGS, limit: '10', offset: '10000' })).toEqual([400, 12029]);
    expect(await refusal({ ...MUGS, limit: '10', offset: '5' })).toEqual([400, 12515]);
  },
);

rule('browse.something-asked', 'Browse document 12001', 'a search without words, category or product is refused', async () => {
  expect(await refusal({})).toEqual([400, 12001]);
  expect(await refusal({ filter: 'conditions:{NEW}' })).toEqual([400, 12001]);
});

rule('browse.top-category', 'Browse document 12013', 'a top-level category alone is refused', async () => {
  expect(await refusal({ category_ids: '11450' })).toEqual([409, 12013]);
  expect((await bodyOf({ category_ids: '11450', q: 'blue' })).total).toBeGreaterThan(0);
});

rule('browse.too-wide', 'Browse document 12023', 'words that say nothing find too much', async () => {
  expect(await refusal({ q: 'the' })).toEqual([400, 12023]);
  expect(await refusal({ q: 'x' })).toEqual([400, 12023]);
});

rule(
  'browse.other-refusals',
  'Browse document 12025-12027, 12032, 12504, 12506, 12516-12518',
  'wrong combinations are refused, each with its number',
  async () => {
    const many = (name: string, n: number) => Array.from({ length: n }, (_, index) => `${name}${index}`);
    expect(await refusal({ ...MUGS, charity_ids: many('1', 21).join(',') })).toEqual([400, 12025]);
    expect(await refusal({ ...MUGS, charity_ids: '1' }, on('EBAY_DE'))).toEqual([400, 12026]);
    expect(await refusal({ ...MUGS, auto_correct: 'YES' })).toEqual([400, 12027]);
    expect(await refusal({ ...MUGS, filter: `sellers:{${many('s', 251).join('|')}}` })).toEqual([400, 12032]);
    expect(await refusal({ q: 'brakes', compatibility_filter: 'Year:2018;Make:BMW' })).toEqual([400, 12504]);
    expect(await refusal({ ...MUGS, compatibility_filter: 'Year:2018;Make:BMW' })).toEqual([400, 12506]);
    expect(await refusal({ category_ids: '20695', filter: 'searchInDescription:true' })).toEqual([400, 12516]);
    expect(await refusal({ ...MUGS, filter: 'itemLocationCountry:US,itemLocationRegion:ASIA' })).toEqual([400, 12517]);
    expect(await refusal({ ...MUGS, filter: 'itemLocationRegion:ATLANTIS' })).toEqual([400, 12518]);
  },
);

rule('browse.refinements', 'Browse document, fieldgroups', 'histograms count the matches; alone they come without items', async () => {
  const alone = await bodyOf({ ...SHIRTS, fieldgroups: 'ASPECT_REFINEMENTS,CONDITION_REFINEMENTS' });
  expect([alone.itemSummaries, Object.keys(alone.refinement).sort()]).toEqual([
    undefined,
    ['aspectDistributions', 'conditionDistributions', 'dominantCategoryId'],
  ]);
  const full = await bodyOf({ ...SHIRTS, fieldgroups: 'FULL' });
  expect(full.itemSummaries.length).toBeGreaterThan(0);
  const { conditionDistributions } = full.refinement;
  const sum = conditionDistributions.reduce((all: number, one: { matchCount: number }) => all + one.matchCount, 0);
  expect(sum).toBe(full.total);
  const [first] = conditionDistributions;
  const refined = await bodyOf(Object.fromEntries(new URL(first.refinementHref).searchParams));
  expect(refined.total).toBe(first.matchCount);
});

rule(
  'browse.fieldgroups-refused',
  'Browse document 12016, 12020',
  'an unknown group is a warning, groups over several categories are refused',
  async () => {
    expect(await warnings({ ...MUGS, fieldgroups: 'EVERYTHING' })).toEqual([200, [12016]]);
    expect(await refusal({ category_ids: '20695,15687', fieldgroups: 'ASPECT_REFINEMENTS' })).toEqual([409, 12020]);
  },
);

rule('browse.sites', 'Browse document, X-EBAY-C-MARKETPLACE-ID', 'each site has its own listings, in its currency and words', async () => {
  const currencies = { EBAY_US: 'USD', EBAY_GB: 'GBP', EBAY_DE: 'EUR', EBAY_AU: 'AUD', EBAY_CA: 'CAD' };
  const seen = new Set<string>();
  for (const [site, currency] of Object.entries(currencies)) {
    const listings = await found(SHIRTS, on(site));
    expect(listings.length).toBeGreaterThan(20);
    for (const one of listings) {
      expect([one.price.currency, seen.has(one.itemId)]).toEqual([currency, false]);
      seen.add(one.itemId);
    }
  }
  expect((await bodyOf({ q: 'Tassen', category_ids: '20695' }, on('EBAY_DE'))).total).toBeGreaterThan(0);
  expect(await found(SHIRTS, on('NONSENSE'))).toEqual(await found(SHIRTS));
});

rule('browse.site-not-here', 'Browse document 12019', 'a marketplace that this server has not is refused', async () => {
  expect(await refusal(MUGS, on('EBAY_FR'))).toEqual([409, 12019]);
});

rule('browse.own-listings', 'CONTRACTS 2.11', 'what the seller has live is found on its site, and what is not live is not', async () => {
  const query = { q: 'stoneware coffee mug blue', category_ids: '20695' };
  const bad = await prepare(world, 'H1', { product: undefined });
  expect((await world.call('POST', publishPath(bad))).status).toBe(400);
  expect((await bodyOf(query)).total).toBe(0);
  const offerId = await prepare(world, 'H2');
  await world.call('POST', publishPath(offerId));
  expect((await found(query))[0]).toMatchObject({
    title: 'Blue stoneware coffee mug',
    price: { value: '14.50', currency: 'USD' },
    shippingOptions: [{ shippingCost: { value: '5.95', currency: 'USD' } }],
    seller: { username: 'practice-seller' },
  });
  expect((await found(query, on('EBAY_GB'))).length).toBe(0);
  await world.call('POST', `/sell/inventory/v1/offer/${offerId}/withdraw`);
  expect((await bodyOf(query)).total).toBe(0);
});
