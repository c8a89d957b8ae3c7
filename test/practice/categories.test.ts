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
