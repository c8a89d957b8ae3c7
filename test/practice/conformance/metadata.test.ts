import { afterAll, beforeAll, expect } from 'vitest';
import { openWorld, type World } from '../world.ts';
import { rule } from './rule.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const get = (call: string, { site = 'EBAY_US', filter }: { site?: string; filter?: string } = {}) =>
  world.call('GET', `/sell/metadata/v1/marketplace/${site}/${call}${filter === undefined ? '' : `?filter=${encodeURIComponent(filter)}`}`);
const conditions = async (id: string, site = 'EBAY_US') =>
  (await get('get_item_condition_policies', { site, filter: `categoryIds:{${id}}` })).body.itemConditionPolicies[0];
const idsOf = (policy: { itemConditions: readonly { conditionId: string }[] }) => policy.itemConditions.map((one) => one.conditionId);

rule(
  'metadata.conditions',
  'CONTRACTS 2.5 | getItemConditionPolicies',
  'each category has its own conditions, by id, with the name that the category gives them',
  async () => {
    const shoes = await conditions('15709');
    expect(shoes).toMatchObject({ categoryTreeId: '0', categoryId: '15709', itemConditionRequired: true });
    expect(shoes.itemConditions).toEqual([
      { conditionId: '1000', conditionDescription: 'New with box' },
      { conditionId: '1500', conditionDescription: 'New without box' },
      { conditionId: '1750', conditionDescription: 'New with defects' },
      { conditionId: '2990', conditionDescription: 'Pre-owned - Excellent' },
      { conditionId: '3000', conditionDescription: 'Pre-owned - Good' },
      { conditionId: '3010', conditionDescription: 'Pre-owned - Fair' },
    ]);
    expect(idsOf(await conditions('261186'))).toEqual(['1000', '2750', '4000', '5000', '6000']);
    expect(await conditions('177652')).toMatchObject({ itemConditionRequired: false, itemConditions: [] });
  },
);

rule(
  'metadata.descriptors-cards',
  'CONTRACTS 2.5 | "Condition descriptor IDs for trading cards"',
  'cards are graded (grader and grade required) or ungraded (card condition required), in numbered values',
  async () => {
    const [graded, ungraded] = (await conditions('261328')).itemConditions;
    const ids = (condition: { conditionDescriptors: readonly { conditionDescriptorId: string }[] }) =>
      condition.conditionDescriptors.map((one) => one.conditionDescriptorId);
    expect([graded.conditionId, ids(graded)]).toEqual(['2750', ['27501', '27502', '27503']]);
    expect([ungraded.conditionId, ids(ungraded)]).toEqual(['4000', ['40001']]);
    expect(graded.conditionDescriptors[0]).toMatchObject({
      conditionDescriptorConstraint: { mode: 'SELECTION_ONLY', usage: 'REQUIRED', cardinality: 'SINGLE' },
      conditionDescriptorValues: expect.arrayContaining([{ conditionDescriptorValueId: '275010', conditionDescriptorValueName: 'PSA' }]),
    });
    expect(graded.conditionDescriptors[2].conditionDescriptorConstraint).toEqual({
      mode: 'FREE_TEXT',
      cardinality: 'SINGLE',
      maxLength: 30,
    });
    const games = (await conditions('183454')).itemConditions[1].conditionDescriptors[0].conditionDescriptorValues;
    expect(games.map((one: { conditionDescriptorValueId: string }) => one.conditionDescriptorValueId)).toEqual([
      '400010',
      '400015',
      '400016',
      '400017',
    ]);
  },
);

rule(
  'metadata.descriptors-coins',
  'facts: Morgan dollars | ConditionDescriptorValueConstraint',
  'the numerical grades of a coin hang on its letter grade',
  async () => {
    const [graded] = (await conditions('39464')).itemConditions;
    const numerical = graded.conditionDescriptors.find((one: { conditionDescriptorId: string }) => one.conditionDescriptorId === '4');
    expect(numerical.conditionDescriptorConstraint.applicableToConditionDescriptorIds).toEqual(['3']);
    expect(numerical.conditionDescriptorValues[0]).toEqual({
      conditionDescriptorValueId: '32',
      conditionDescriptorValueName: '70',
      conditionDescriptorValueConstraints: [{ applicableToConditionDescriptorId: '3', applicableToConditionDescriptorValueIds: ['18'] }],
    });
  },
);

rule('metadata.marketplace-unknown', 'all marketplace calls 46001', 'an unknown marketplace is refused', async () => {
  for (const call of ['get_item_condition_policies', 'get_return_policies', 'get_regulatory_policies', 'get_currencies']) {
    const { status, body } = await get(call, { site: 'EBAY_XX' });
    expect([status, body.errors[0].errorId, body.errors[0].domain]).toEqual([400, 46001, 'API_METADATA']);
  }
});

rule('metadata.filter-malformed', 'getItemConditionPolicies 46002', 'a filter that cannot be read is a 200 with a warning', async () => {
  const { status, body } = await get('get_item_condition_policies', { filter: 'nonsense' });
  expect([status, body.itemConditionPolicies, body.warnings.length]).toEqual([200, [], 1]);
  expect(body.warnings[0]).toMatchObject({
    errorId: 46002,
    message: 'The filter value is invalid. Sample supported values: filter=categoryIds:{catId1|catId2|catId3}.',
  });
  expect(body).not.toHaveProperty('errors');
});

rule(
  'metadata.filter-unknown-id',
  'getItemConditionPolicies 46003',
  'an id that does not exist is a 200 with a warning; the rest is answered',
  async () => {
    const { status, body } = await get('get_item_condition_policies', { filter: 'categoryIds:{15687|424242}' });
    expect([status, body.itemConditionPolicies.length, body.warnings[0].errorId]).toEqual([200, 1, 46003]);
  },
);

rule(
  'metadata.filter-50-ids',
  'getItemConditionPolicies 46004',
  'of more than 50 ids the first 50 are considered, with a warning',
  async () => {
    const { body } = await get('get_item_condition_policies', { filter: `categoryIds:{${Array(50).fill('15687').join('|')}|20695}` });
    expect(body.itemConditionPolicies.map((one: { categoryId: string }) => one.categoryId)).toEqual(['15687']);
    expect(body.warnings).toMatchObject([{ errorId: 46004 }]);
  },
);

rule('metadata.filter-parent', 'CONTRACTS 2.5 | getItemConditionPolicies', 'the id of a parent is answered with its leaves', async () => {
  const { body } = await get('get_item_condition_policies', { filter: 'categoryIds:{11450}' });
  expect(body.itemConditionPolicies.length).toBeGreaterThan(50);
  expect(body.itemConditionPolicies.map((one: { categoryId: string }) => one.categoryId)).not.toContain('11450');
});

rule('metadata.all-categories', 'getItemConditionPolicies', 'without a filter every category of the site is answered', async () => {
  const { body } = await get('get_item_condition_policies', { site: 'EBAY_GB' });
  expect(body.itemConditionPolicies.length).toBeGreaterThanOrEqual(80);
  expect(new Set(body.itemConditionPolicies.map((one: { categoryTreeId: string }) => one.categoryTreeId))).toEqual(new Set(['3']));
});

rule('metadata.localized', 'ItemCondition.conditionDescription', 'conditions have the names of the site', async () => {
  const { itemConditions } = await conditions('15687', 'EBAY_DE');
  expect(itemConditions[0]).toEqual({ conditionId: '1000', conditionDescription: 'Neu mit Etikett' });
});

rule('metadata.regulatory', 'getRegulatoryPolicies', 'EU sites say what the law asks of a listing; elsewhere it is 204', async () => {
  const german = await get('get_regulatory_policies', { site: 'EBAY_DE', filter: 'categoryIds:{20695}' });
  expect(german.body.regulatoryPolicies).toMatchObject([
    {
      categoryTreeId: '77',
      categoryId: '20695',
      supportedAttributes: expect.arrayContaining([{ name: 'MANUFACTURER', usage: 'REQUIRED' }]),
    },
  ]);
  const american = await get('get_regulatory_policies', { filter: 'categoryIds:{20695}' });
  expect([american.status, american.body]).toEqual([204, undefined]);
});

rule(
  'metadata.regulatory-filter',
  'getRegulatoryPolicies 46002, 46003, 46005',
  'here a bad filter is an error, not a warning',
  async () => {
    const errorId = async (filter: string) => {
      const { status, body } = await get('get_regulatory_policies', { site: 'EBAY_DE', filter });
      return [status, body.errors[0].errorId];
    };
    expect(await errorId('nonsense')).toEqual([400, 46002]);
    expect(await errorId('categoryIds:{424242}')).toEqual([400, 46003]);
    expect(await errorId(`categoryIds:{${Array(51).fill('20695').join('|')}}`)).toEqual([400, 46005]);
  },
);

rule('metadata.return-policies', 'getReturnPolicies', 'a category says which return terms a listing may have', async () => {
  const details = async (site: string) =>
    (await get('get_return_policies', { site, filter: 'categoryIds:{20695}' })).body.returnPolicies[0];
  expect(await details('EBAY_US')).toMatchObject({
    required: true,
    domestic: { policyDescriptionEnabled: false, refundMethods: ['MONEY_BACK'] },
  });
  expect((await details('EBAY_DE')).domestic.policyDescriptionEnabled).toBe(true);
});

rule('metadata.listing-structure', 'getListingStructurePolicies', 'a category says whether listings may have variations', async () => {
  const { body } = await get('get_listing_structure_policies', { filter: 'categoryIds:{15687|20695}' });
  expect(body.listingStructurePolicies).toEqual([
    { categoryTreeId: '0', categoryId: '15687', variationsSupported: true },
    { categoryTreeId: '0', categoryId: '20695', variationsSupported: false },
  ]);
});

rule('metadata.listing-types', 'getListingTypePolicies', 'fixed price lasts until cancelled, auctions for some days', async () => {
  const { body } = await get('get_listing_type_policies', { filter: 'categoryIds:{20695}' });
  expect(body.listingTypePolicies[0].listingDurations).toContainEqual({ listingType: 'FIXED_PRICE_ITEM', durationValues: ['GTC'] });
});

rule('metadata.negotiated-price', 'getNegotiatedPricePolicies', 'a category says what best offers may do', async () => {
  const { body } = await get('get_negotiated_price_policies', { filter: 'categoryIds:{20695}' });
  expect(body.negotiatedPricePolicies).toMatchObject([{ categoryId: '20695', bestOfferAutoAcceptEnabled: true }]);
});

rule(
  'metadata.nothing-to-tell',
  'getExtendedProducerResponsibilityPolicies, getAutomotivePartsCompatibilityPolicies 204',
  'a site without such policies gets 204 with an empty body',
  async () => {
    for (const call of ['get_extended_producer_responsibility_policies', 'get_automotive_parts_compatibility_policies']) {
      const none = await get(call);
      expect([none.status, none.body]).toEqual([204, undefined]);
      expect((await get(call, { filter: 'x' })).body.warnings[0].errorId).toBe(46002);
    }
  },
);

rule('metadata.currencies', 'getCurrencies', 'a site has one currency', async () => {
  const codes = { EBAY_US: 'USD', EBAY_GB: 'GBP', EBAY_DE: 'EUR', EBAY_AU: 'AUD', EBAY_CA: 'CAD' };
  for (const [site, code] of Object.entries(codes)) {
    expect((await get('get_currencies', { site })).body).toMatchObject({ marketplaceId: site, defaultCurrency: { code } });
  }
});
