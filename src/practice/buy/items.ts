import type { Market } from '../ground/market.ts';
import type { Reply, Request } from '../wire/wire.ts';
import { refuse } from '../wire/wire.ts';
import { findOther, found } from './asking-prices.ts';
import type { Found } from './found.ts';
import { fullItem } from './item-view.ts';
import { findOwn } from './own-listings.ts';
import { siteOfCall } from './site-of-call.ts';

const FIELDGROUPS = ['ADDITIONAL_SELLER_DETAILS', 'CHARITY_DETAILS', 'COMPACT', 'PRODUCT'];

/** GET item/{item_id}: `v1|{legacy id}|0`, for there are no variations here. */
export function getItem(market: Market, request: Request): Reply {
  checkCall(request);
  const legacyId = /^v1\|(\d+)\|0$/.exec(request.params.item_id ?? '')?.[1];
  if (legacyId === undefined) throw refuse(11012);
  const one = findListing(market, legacyId);
  if (one === undefined) throw refuse(11001);
  return { status: 200, body: fullItem(one) };
}

export function getItemByLegacyId(market: Market, request: Request): Reply {
  checkCall(request);
  if (request.query.has('legacy_variation_id') && request.query.has('legacy_variation_sku')) throw refuse(11010);
  const one = findListing(market, request.query.get('legacy_item_id') ?? '');
  if (one === undefined) throw refuse(11003);
  return { status: 200, body: fullItem(one) };
}

/** There are no listings with variations here, and so no item groups. */
export function getItemsByItemGroup(_market: Market, request: Request): Reply {
  checkCall(request);
  throw refuse(11002);
}

function findListing(market: Market, legacyId: string): Found | undefined {
  const other = findOther(legacyId);
  return other === undefined ? findOwn(market, legacyId) : found(other, market.now());
}

function checkCall(request: Request): void {
  siteOfCall(request, 11011);
  const groups = (request.query.get('fieldgroups') ?? '').split(',').filter(Boolean);
  const unknown = groups.filter((group) => !FIELDGROUPS.includes(group));
  if (unknown.length > 0) throw refuse(11501, [unknown.join(','), FIELDGROUPS.join(', ')]);
  if (groups.includes('COMPACT') && groups.length > 1) throw refuse(11018);
  const quantity = request.query.get('quantity_for_shipping_estimate');
  if (quantity !== null && !/^[1-9]\d*$/.test(quantity)) throw refuse(11019, [quantity]);
}
