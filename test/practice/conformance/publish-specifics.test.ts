import { afterAll, beforeAll, describe, expect } from 'vitest';
import { openWorld, type World } from '../world.ts';
import { type Answer, expectLive, expectRefusal, listed, policiesOf, price, product, publishing } from './inventory.ts';
import { rule } from './rule.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

type Aspects = Readonly<Record<string, readonly string[] | undefined>>;
const TEE: Aspects = { Brand: ['Nike'], Color: ['Blue'], 'Size Type': ['Regular'], Size: ['M'], Department: ['Men'], Type: ['T-Shirt'] };
const JEANS: Aspects = {
  Brand: ["Levi's"],
  Color: ['Blue'],
  'Size Type': ['Regular'],
  Size: ['33'],
  Inseam: ['32 in'],
  Department: ['Men'],
  Style: ['Straight'],
};

async function inCategory(categoryId: string, aspects: Aspects, changes: object = {}, condition = 'NEW'): Promise<Answer> {
  return publishing(world, { condition, ...(await product(world, { aspects, ...changes })) }, { categoryId });
}
const tee = (changes: Aspects, fields: object = {}) => inCategory('15687', { ...TEE, ...changes }, fields);
const jeans = (changes: Aspects) => inCategory('11483', { ...JEANS, ...changes });

describe('item specifics', () => {
  rule('aspects.good', 'CONTRACTS 2.6', 'every required specific there, each value allowed: live', async () => {
    expectLive(await tee({}));
    expectLive(await jeans({}));
  });
  rule('aspects.required', 'CONTRACTS 2.9 25002', 'a missing required specific is 25002, named in the last numeric parameter', async () => {
    for (const missing of [undefined, [], ['  ']]) {
      const answer = await tee({ Size: missing });
      expectRefusal(answer, 400, 25002, 'The item specific Size is missing. Add Size to this listing');
      const { parameters } = answer.body.errors[0];
      expect(parameters.map((one: { name: string }) => one.name)).toEqual(['0', '1']);
      expect(parameters.at(-1).value).toBe('Size');
    }
  });
  rule('aspects.brand-field', 'sell_inventory_v1 Product.brand', 'brand may stand in its own field instead', async () => {
    expectLive(await tee({ Brand: undefined }, { brand: 'Nike' }));
  });
  rule('aspects.value-65', 'CONTRACTS 2.2, 2.9 25002', 'a value of more than 65 characters is refused, at publishing only', async () => {
    expectRefusal(await tee({ Style: ['x'.repeat(66)] }), 400, 25002, 'Enter a value of no more than 65 characters.');
    expectLive(await tee({ Style: ['x'.repeat(65)] }));
  });
  rule('aspects.name-40', 'CONTRACTS 2.2, sell_inventory_v1 Product.aspects', 'a name of more than 40 characters is refused', async () => {
    expectRefusal(await tee({ ['n'.repeat(41)]: ['value'] }), 400, 25022, 'no more than 40 characters');
    expectLive(await tee({ ['n'.repeat(40)]: ['value'] }));
  });
  rule('aspects.values-30', 'CONTRACTS 2.2', 'a specific that the category does not know may have 30 values', async () => {
    const values = (count: number) => Array.from({ length: count }, (_, n) => `value ${n}`);
    expectRefusal(await tee({ Keywords: values(31) }), 400, 25022, '30');
    expectLive(await tee({ Keywords: values(30) }));
  });
  rule('aspects.single', 'CONTRACTS 2.6', 'a SINGLE specific with two values "should contain only one value"', async () => {
    expectRefusal(await tee({ Color: ['Blue', 'Red'] }), 400, 25002, 'Color should contain only one value');
  });
  rule('aspects.selection-only', 'CONTRACTS 2.6 aspectMode', 'SELECTION_ONLY takes the values of the list alone', async () => {
    expectRefusal(await tee({ Department: ['Dogs'] }), 400, 25022, 'Department: "Dogs"');
  });
  rule('aspects.free-text', 'CONTRACTS 2.6 aspectMode', 'FREE_TEXT takes any value', async () => {
    expectLive(await tee({ Color: ['Petrol'] }));
  });
  rule('aspects.number', 'CONTRACTS 2.6 aspectFormat', 'a specific of type NUMBER takes numbers alone', async () => {
    const coin = (fineness: string) => inCategory('177653', { Certification: ['Uncertified'], Fineness: [fineness] }, {}, 'NEW');
    expect((await coin('pure')).body.errors).toMatchObject([{ errorId: 25022, message: expect.stringContaining('not a number') }]);
    expect((await coin('0.999')).status).toBe(200);
  });
  rule('aspects.dependent', 'CONTRACTS 2.6 valueConstraints', 'a value that depends on another goes with it alone', async () => {
    expectRefusal(await jeans({ 'Size Type': ['Big & Tall'] }), 400, 25022, 'Size: "33" does not go with the value of Size Type');
    const phone = (brand: string) => inCategory('9355', { Brand: [brand], Model: ['Apple iPhone 12'] });
    expectRefusal(await phone('Samsung'), 400, 25022, 'Model');
    expectLive(await phone('Apple'));
  });
  rule('aspects.site-words', 'CONTRACTS 2.6', 'specifics are compared in the words of the site', async () => {
    const site = { marketplaceId: 'EBAY_GB', listingPolicies: await policiesOf(world, 'EBAY_GB'), pricingSummary: price('9.99', 'GBP') };
    const { Color, ...rest } = TEE;
    const british = { ...rest, Colour: Color };
    const put = async (aspects: Aspects) =>
      publishing(world, { condition: 'NEW', ...(await product(world, { aspects })) }, { categoryId: '15687', ...site });
    expectRefusal(await put(TEE), 400, 25002, 'The item specific Colour is missing');
    expectLive(await put(british));
  });
});

describe("eBay's catalogue", () => {
  const known = { ean: ['2000000000015'] };
  const live = async (fields: Record<string, unknown>, offerChanges: Record<string, unknown>) => {
    const answer = await publishing(world, await product(world, fields), offerChanges);
    expectLive(answer);
    return (await listed(world, answer.sku))[0];
  };
  rule('catalogue.applied', 'CONTRACTS 2.1 includeCatalogProductDetails', 'a known GTIN brings the text of the catalogue', async () => {
    const listing = await live(known, { includeCatalogProductDetails: undefined });
    expect(listing).toMatchObject({ title: 'Northwind Stoneware Coffee Mug 12 oz Sea Blue', aspects: { Brand: ['Northwind'] } });
  });
  rule('catalogue.upc-epid', 'CONTRACTS 2.3', 'a UPC is matched like an EAN, an ePID before both', async () => {
    expect((await live({ epid: '20000001' }, { includeCatalogProductDetails: true }))?.title).toContain('Northwind');
    const both = { epid: '20000001', ean: ['2000000000022'] };
    expect((await live(both, { includeCatalogProductDetails: true }))?.title).toContain('Northwind');
  });
  rule('catalogue.declined', 'CONTRACTS 2.1 includeCatalogProductDetails', "with false, the seller's own words stand", async () => {
    const listing = await live(known, { includeCatalogProductDetails: false });
    expect(listing).toMatchObject({ title: 'Blue stoneware coffee mug', aspects: { Brand: ['Unbranded'] } });
  });
  rule(
    'catalogue.unknown',
    'CONTRACTS 2.1 includeCatalogProductDetails',
    'a GTIN that is not in the catalogue changes nothing',
    async () => {
      const listing = await live({ ean: ['4006381333931'] }, { includeCatalogProductDetails: true });
      expect(listing).toMatchObject({ title: 'Blue stoneware coffee mug' });
    },
  );
});
