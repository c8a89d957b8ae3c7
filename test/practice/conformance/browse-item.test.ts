import { afterAll, beforeAll, expect } from 'vitest';
import { openWorld, prepare, publishPath, type World } from '../world.ts';
import { rule } from './rule.ts';

const API = '/buy/browse/v1/item';
let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const refusal = async (path: string, headers: Readonly<Record<string, string>> = {}) => {
  const { status, body } = await world.call('GET', path, undefined, headers);
  return [status, body.errors?.[0].errorId, body.errors?.[0].domain];
};
const someItem = async () =>
  (await world.call('GET', '/buy/browse/v1/item_summary/search?q=shirt&category_ids=15687&limit=1')).body.itemSummaries[0];

rule(
  'browse.item',
  'Browse document, getItem, getItemByLegacyId',
  'a listing that was found can be read in full, by either id',
  async () => {
    const summary = await someItem();
    const item = await world.call('GET', `${API}/${encodeURIComponent(summary.itemId)}`);
    expect([item.status, item.body]).toMatchObject([
      200,
      { itemId: summary.itemId, title: summary.title, price: summary.price, categoryId: '15687', conditionId: summary.conditionId },
    ]);
    expect(item.body.categoryPath).toContain('Shirts|T-Shirts');
    const legacy = await world.call('GET', `${API}/get_item_by_legacy_id?legacy_item_id=${summary.legacyItemId}`);
    expect(legacy.body).toEqual(item.body);
  },
);

rule(
  'browse.own-item',
  'Browse document, getItem',
  'the seller’s own listing shows its pictures, specifics and terms until it ends',
  async () => {
    const offerId = await prepare(world, 'OWN1');
    const { listingId } = (await world.call('POST', publishPath(offerId))).body;
    const path = `${API}/v1%7C${listingId}%7C0`;
    const { body } = await world.call('GET', path);
    expect(body).toMatchObject({
      legacyItemId: listingId,
      conditionId: '3000',
      image: { imageUrl: expect.stringContaining('https://i.ebayimg.com/') },
      itemLocation: { country: 'US' },
      estimatedAvailabilities: [{ estimatedAvailabilityStatus: 'IN_STOCK', estimatedAvailableQuantity: 1 }],
    });
    expect(body.localizedAspects).toContainEqual({ type: 'STRING', name: 'Color', value: 'Blue' });
    await world.call('POST', `/sell/inventory/v1/offer/${offerId}/withdraw`);
    expect(await refusal(path)).toEqual([400, 11001, 'API_BROWSE']);
  },
);

rule('browse.item-unknown', 'getItem 11001, getItemByLegacyId 11003', 'an unknown listing is refused', async () => {
  expect(await refusal(`${API}/v1%7C999999999999%7C0`)).toEqual([400, 11001, 'API_BROWSE']);
  expect(await refusal(`${API}/get_item_by_legacy_id?legacy_item_id=999999999999`)).toEqual([400, 11003, 'API_BROWSE']);
});

rule('browse.item-id', 'getItem 11012', 'an id of another form is refused', async () => {
  expect(await refusal(`${API}/310000000000`)).toEqual([400, 11012, 'API_BROWSE']);
});

rule('browse.item-group', 'getItemsByItemGroup 11002', 'there are no listings with variations here, so no group is found', async () => {
  expect(await refusal(`${API}/get_items_by_item_group?item_group_id=1`)).toEqual([400, 11002, 'API_BROWSE']);
});

rule(
  'browse.item-refusals',
  'getItem, getItemByLegacyId 11010, 11011, 11018, 11019, 11501',
  'wrong parameters are refused, each with its number',
  async () => {
    const { itemId, legacyItemId } = await someItem();
    const path = `${API}/${encodeURIComponent(itemId)}`;
    const legacy = `${API}/get_item_by_legacy_id?legacy_item_id=${legacyItemId}`;
    expect((await refusal(`${legacy}&legacy_variation_id=1&legacy_variation_sku=2`))[1]).toBe(11010);
    expect((await refusal(path, { 'X-EBAY-C-MARKETPLACE-ID': 'EBAY_FR' }))[1]).toBe(11011);
    expect((await refusal(`${path}?fieldgroups=COMPACT,PRODUCT`))[1]).toBe(11018);
    expect((await refusal(`${path}?quantity_for_shipping_estimate=0`))[1]).toBe(11019);
    expect((await refusal(`${path}?fieldgroups=EVERYTHING`))[1]).toBe(11501);
  },
);
