import { afterAll, beforeAll, expect } from 'vitest';
import { openWorld, type World } from '../world.ts';
import { rule } from './rule.ts';

const US = '/commerce/taxonomy/v1/category_tree/0';
let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const get = (path: string) => world.call('GET', path);
const errorOf = async (path: string) => {
  const { status, body } = await get(path);
  return [status, body?.errors?.[0].errorId, body?.errors?.[0].domain];
};

rule('taxonomy.expired', 'getExpiredCategories 204', 'no category was merged into another: 204 with an empty body', async () => {
  const none = await get(`${US}/get_expired_categories`);
  expect([none.status, none.body]).toEqual([204, undefined]);
});

rule(
  'taxonomy.compatibility',
  'getCompatibilityProperties 62101',
  'a category that is not for vehicle parts has no compatibility',
  async () => {
    expect(await errorOf(`${US}/get_compatibility_properties?category_id=20695`)).toEqual([400, 62101, 'API_TAXONOMY']);
    const values = `${US}/get_compatibility_property_values?category_id=20695`;
    expect(await errorOf(`${values}&compatibility_property=Trim`)).toEqual([400, 62101, 'API_TAXONOMY']);
  },
);

rule('taxonomy.compatibility-property', 'getCompatibilityPropertyValues 62104', 'a call without property is refused', async () => {
  expect(await errorOf(`${US}/get_compatibility_property_values?category_id=20695`)).toEqual([400, 62104, 'API_TAXONOMY']);
});

rule('taxonomy.compatibility-filter', 'getCompatibilityPropertyValues 62100', 'a filter that cannot be read is refused', async () => {
  const path = `${US}/get_compatibility_property_values?category_id=20695&compatibility_property=Trim&filter=Year`;
  expect(await errorOf(path)).toEqual([400, 62100, 'API_TAXONOMY']);
});
