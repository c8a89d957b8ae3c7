import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWorld, type World } from './world.ts';

const TREE = '/commerce/taxonomy/v1/category_tree/0';
let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const suggest = (q: string) => world.call('GET', `${TREE}/get_category_suggestions?q=${encodeURIComponent(q)}`);
const errorOf = async (path: string) => {
  const answer = await world.call('GET', path);
  return [answer.status, answer.body.errors?.[0].errorId];
};

describe('suggestions', () => {
  it.each([
    ['Nike Air Max running shoes mens size 10', '15709'],
    ['blue ceramic coffee mug', '20695'],
    ["Levi's 501 jeans mens 32x34", '11483'],
    ['iPhone 12 128GB smartphone', '9355'],
    ['Canon EF 50mm camera lens', '3323'],
    ['Stanley No. 4 bench hand plane', '122855'],
    ['vinyl record LP Pink Floyd', '176985'],
    ['floral maxi dress womens', '63861'],
    ['hardcover novel book Stephen King', '261186'],
    ['PS5 video game', '139973'],
  ])('%s → %s', async (q, id) => {
    const answer = await suggest(q);
    expect(
      answer.body.categorySuggestions.slice(0, 2).map((one: { category: { categoryId: string } }) => one.category.categoryId),
    ).toContain(id);
  });

  it('come with ancestors, nearest first, and levels', async () => {
    const { categorySuggestions } = (await suggest('hand plane')).body;
    const first = categorySuggestions[0];
    expect(first.category).toEqual({ categoryId: '122855', categoryName: 'Planes' });
    expect(first.categoryTreeNodeAncestors[0].categoryName).toBe('Hand Tools');
    expect(first.categoryTreeNodeAncestors.at(-1)).toMatchObject({ categoryName: 'Home & Garden', categoryTreeNodeLevel: 1 });
    expect(first.categoryTreeNodeLevel).toBe(first.categoryTreeNodeAncestors.length + 1);
  });

  it('are 204 without a body when nothing fits, 62007 without words', async () => {
    const none = await suggest('qzxwv flurbish');
    expect([none.status, none.body]).toEqual([204, undefined]);
    expect(await errorOf(`${TREE}/get_category_suggestions?q=`)).toEqual([400, 62007]);
  });
});

describe('aspects', () => {
  it('of a leaf in the wire shape', async () => {
    const { aspects } = (await world.call('GET', `${TREE}/get_item_aspects_for_category?category_id=15687`)).body;
    const department = aspects.find((one: { localizedAspectName: string }) => one.localizedAspectName === 'Department');
    expect(department.aspectConstraint).toMatchObject({
      aspectRequired: true,
      aspectMode: 'SELECTION_ONLY',
      itemToAspectCardinality: 'SINGLE',
    });
    expect(department.aspectValues).toContainEqual({ localizedValue: 'Men' });
  });

  it('refuse what is no leaf of this tree', async () => {
    const path = `${TREE}/get_item_aspects_for_category`;
    expect(await errorOf(`${path}?category_id=11450`)).toEqual([400, 62009]);
    expect(await errorOf(`${path}?category_id=999999999`)).toEqual([400, 62005]);
    expect(await errorOf(`${path}?category_id=0`)).toEqual([400, 62008]);
    expect(await errorOf(path)).toEqual([400, 62006]);
    expect(await errorOf('/commerce/taxonomy/v1/category_tree/7/get_category_suggestions?q=x')).toEqual([404, 62004]);
  });
});

describe('tree and conditions', () => {
  it('gives a subtree with its leaves marked', async () => {
    const { categorySubtreeNode } = (await world.call('GET', `${TREE}/get_category_subtree?category_id=11450`)).body;
    expect(categorySubtreeNode.categoryTreeNodeLevel).toBe(1);
    expect(JSON.stringify(categorySubtreeNode)).toContain(
      '"categoryId":"15687","categoryName":"T-Shirts"},"categoryTreeNodeLevel":5,"leafCategoryTreeNode":true',
    );
  });

  it('filters condition policies, answers a branch with its leaves, and warns about bad ids', async () => {
    const policies = (ids: string) =>
      world.call(
        'GET',
        `/sell/metadata/v1/marketplace/EBAY_US/get_item_condition_policies?filter=${encodeURIComponent(`categoryIds:{${ids}}`)}`,
      );
    const some = (await policies('15687|177652|424242')).body;
    expect(some.itemConditionPolicies.map((one: { categoryId: string }) => one.categoryId)).toEqual(['15687', '177652']);
    expect(some.itemConditionPolicies[0].itemConditions).toContainEqual({ conditionId: '3000', conditionDescription: 'Pre-owned - Good' });
    expect(some.itemConditionPolicies[1]).toMatchObject({ itemConditionRequired: false, itemConditions: [] });
    expect(some.warnings).toMatchObject([{ errorId: 46003 }]);
    expect((await policies('11450')).body.itemConditionPolicies.length).toBeGreaterThan(50);
    const bad = await world.call('GET', '/sell/metadata/v1/marketplace/EBAY_US/get_item_condition_policies?filter=nonsense');
    expect([bad.status, bad.body.warnings[0].errorId]).toEqual([200, 46002]);
    expect(await errorOf('/sell/metadata/v1/marketplace/EBAY_XX/get_item_condition_policies')).toEqual([400, 46001]);
  });
});

describe('account and locations', () => {
  it('has one policy of each kind and one location', async () => {
    for (const kind of ['fulfillment', 'payment', 'return']) {
      const list = (await world.call('GET', `/sell/account/v1/${kind}_policy?marketplace_id=EBAY_US`)).body;
      expect(list.total).toBe(1);
      const policy = list[`${kind}Policies`][0];
      const id = policy[`${kind}PolicyId`];
      expect((await world.call('GET', `/sell/account/v1/${kind}_policy/${id}`)).body).toEqual(policy);
      expect(await errorOf(`/sell/account/v1/${kind}_policy`)).toEqual([400, 20401]);
      expect(await errorOf(`/sell/account/v1/${kind}_policy/1`)).toEqual([404, 20404]);
    }
    const { locations } = (await world.call('GET', '/sell/inventory/v1/location')).body;
    expect(locations).toMatchObject([{ merchantLocationKey: 'practice-home', merchantLocationStatus: 'ENABLED' }]);
  });

  it('creates a location once and checks its address', async () => {
    const path = '/sell/inventory/v1/location/garage';
    const bare = await world.call('POST', path, { location: { address: { country: 'US' } } });
    expect([bare.status, bare.body.errors[0].errorId]).toEqual([400, 25801]);
    const body = { location: { address: { country: 'US', postalCode: '10001' } } };
    const made = await world.call('POST', path, body);
    expect([made.status, made.body]).toEqual([204, undefined]);
    const again = await world.call('POST', path, body);
    expect([again.status, again.body.errors[0].errorId]).toEqual([409, 25803]);
    expect((await world.call('GET', path)).body.locationTypes).toEqual(['WAREHOUSE']);
  });

  it('is opted in to business policies already', async () => {
    expect((await world.call('GET', '/sell/account/v1/program/get_opted_in_programs')).body.programs).toEqual([
      { programType: 'SELLING_POLICY_MANAGEMENT' },
    ]);
    const again = await world.call('POST', '/sell/account/v1/program/opt_in', { programType: 'SELLING_POLICY_MANAGEMENT' });
    expect([again.status, again.body.errors[0].errorId]).toEqual([409, 25803]);
  });
});
