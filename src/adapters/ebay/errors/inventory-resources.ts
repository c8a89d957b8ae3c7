import { LOCATION, MEND, type NotMet, REPORT, RETRY, type Row, range } from './rule.ts';

const SELLER_HUB = 'Look at the item in Seller Hub: it was changed outside easyflip.';

/** Inventory API, 25701 and up: items, offers and locations as things with an address. */
export const resourceErrors: readonly Row[] = [
  [25701, 'listing.missing', 'eBay does not know the SKU.', RETRY],
  [25702, 'listing.missing', 'eBay does not know the SKU.', RETRY],
  [25703, 'item.foreign-listing', 'The SKU belongs to a listing with variations.', SELLER_HUB],
  [25704, 'item.foreign-listing', 'The SKU is listed already, by itself.', SELLER_HUB],
  [25706, 'provider.refused', 'eBay does not take the page that was asked for.', REPORT],
  [25707, 'listing.rejected', 'eBay takes letters and digits only in a SKU, at most 50.', 'Set another `sku` in the sidecar.'],
  [25708, 'listing.rejected', 'eBay does not take the SKU.', 'Set another `sku` in the sidecar.'],
  [25709, 'listing.rejected', 'eBay does not take the value of a field.', MEND],
  [25710, 'listing.missing', 'eBay does not find what was asked for.', RETRY],
  [25713, 'listing.missing', 'eBay does not know the offer any more.', RETRY],
  [25725, 'listing.missing', 'There is no offer for this SKU.', RETRY],
  [25727, 'provider.refused', 'There were too many items in one request.', REPORT],
  [25728, 'provider.refused', 'An item stood twice in one request.', REPORT],
  [25729, 'item.foreign-listing', 'Another offer stands for this SKU.', SELLER_HUB],
  [25730, 'provider.refused', 'There were too many offers in one request.', REPORT],
  [25731, 'provider.refused', 'An offer stood twice in one request.', REPORT],
  [25732, 'item.foreign-listing', 'The SKU belongs to a listing with variations.', SELLER_HUB],
  [25734, 'provider.refused', 'A SKU stood twice in one request.', REPORT],
  [25735, 'provider.refused', 'eBay does not take SKU, marketplace or format.', REPORT],
  [25754, 'listing.missing', 'eBay does not know one of the offers.', RETRY],

  [25800, 'listing.location-missing', 'eBay does not take a field of the inventory location.', LOCATION],
  [25801, 'listing.location-missing', 'A field of the inventory location is missing.', LOCATION],
  [25802, 'listing.location-missing', 'eBay does not take the inventory location.', LOCATION],
  [25803, 'account.exists', 'This exists already.', 'Run `easyflip setup` again; it takes what is there.'],
  [25804, 'account.exists', 'eBay does not take it, or it exists already.', 'Run `easyflip setup` again; it takes what is there.'],
  [25805, 'listing.location-missing', 'eBay does not know the inventory location.', LOCATION],
];

export const inventoryNotMet: readonly NotMet[] = [
  {
    why: 'a warning beside a success: the call was carried out',
    ids: [25028, 25030, 25033, 25037, 25096, 25124, 25401, 25402, 25504, 25753],
  },
  { why: 'listings with variations (item groups) are not made', ids: [25013, 25705] },
  { why: 'lists of vehicles that a part fits are not sent', ids: [25023, ...range(25739, 25742)] },
  { why: 'listings of other tools are never migrated', ids: [25718] },
  { why: 'auctions are not made', ids: range(25755, 25764) },
  { why: 'locations are never deleted, nor bound to single SKUs', ids: [25806, 25900, 25901, 25902, 25904, 25905, 25906] },
];
