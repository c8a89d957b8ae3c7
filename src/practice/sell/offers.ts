import type { Market } from '../ground/market.ts';
import { isUnheardOf, welcome } from '../ground/newcomers.ts';
import { page } from '../wire/paging.ts';
import type { Reply, Request, WireError } from '../wire/wire.ts';
import { jsonBody, refuse } from '../wire/wire.ts';
import { contentLanguage } from './item-rules.ts';
import type { InventoryItem } from './item-types.ts';
import { readItem } from './items.ts';
import { endListing, findListing, type ListingRow, reviseLiveListings, startListing } from './listings.ts';
import { checkOffer } from './offer-rules.ts';
import type { OfferBody } from './offer-types.ts';

export interface OfferRow {
  readonly id: string;
  readonly sku: string;
  readonly marketplace: string;
  readonly format: string;
  readonly body: string;
  readonly listing_id: string | null;
}

const FIRST_OFFER_ID = 9_100_000_001;
const COLUMNS = 'id, sku, marketplace, format, body, listing_id';

export function createOffer(market: Market, request: Request): Reply {
  contentLanguage(request);
  return { status: 201, body: { offerId: insertOffer(market, jsonBody(request)) } };
}

/** Full replacement; SKU, marketplace and format stay. A live listing changes at once, and then needs `listingDescription`. */
export function updateOffer(market: Market, request: Request): Reply {
  contentLanguage(request);
  const row = mustFindOffer(market, request.params.offerId ?? '');
  const body = checkOffer({ ...jsonBody(request), sku: row.sku, marketplaceId: row.marketplace, format: row.format });
  const isLive = row.listing_id !== null && findListing(market, row.listing_id)?.status !== 'ENDED';
  if (isLive && (body.listingDescription ?? '') === '')
    throw refuse(25016, ['listingDescription', 'It is required to update a published offer.']);
  market.state.run('UPDATE offers SET body = ? WHERE id = ?', JSON.stringify(body), row.id);
  const warnings = reviseLiveListings(market, row.sku);
  return warnings.length > 0 ? { status: 200, body: { offerId: row.id, warnings } } : { status: 204 };
}

export function getOffer(market: Market, request: Request): Reply {
  return { status: 200, body: wireOffer(market, mustFindOffer(market, request.params.offerId ?? '')) };
}

/** A SKU without offers is 404/25713, not an empty list (seen in the field). */
export function getOffers(market: Market, request: Request): Reply {
  const sku = request.query.get('sku') ?? '';
  if (sku === '') throw refuse(25709, ['sku'], { fieldName: 'sku' });
  const format = request.query.get('format');
  const marketplace = request.query.get('marketplace_id');
  const rows = market.state
    .all<OfferRow>(`SELECT ${COLUMNS} FROM offers WHERE sku = ? ORDER BY id`, sku)
    .filter((row) => (format ?? row.format) === row.format && (marketplace ?? row.marketplace) === row.marketplace);
  if (rows.length === 0) throw refuse(25713, [sku]);
  const { slice, envelope } = page(request, rows, 100, 200);
  return { status: 200, body: { ...envelope, offers: slice.map((row) => wireOffer(market, row)) } };
}

/** Deletes the offer and ends its listing. */
export function deleteOffer(market: Market, request: Request): Reply {
  const row = mustFindOffer(market, request.params.offerId ?? '');
  if (row.listing_id !== null) endListing(market, row.listing_id);
  market.state.run('DELETE FROM offers WHERE id = ?', row.id);
  return { status: 204 };
}

export function publishOffer(market: Market, request: Request): Reply {
  const { listingId, warnings } = publish(market, request.params.offerId ?? '');
  return { status: 200, body: { listingId, ...(warnings.length > 0 ? { warnings } : {}) } };
}

/** Ends the listing and keeps the offer; a second time is 400/25713. Publishing again gives a new listing id. */
export function withdrawOffer(market: Market, request: Request): Reply {
  const row = mustFindOffer(market, request.params.offerId ?? '');
  if (row.listing_id === null) throw refuse(25713, [row.id], {}, 400);
  endListing(market, row.listing_id);
  market.state.run('UPDATE offers SET listing_id = NULL WHERE id = ?', row.id);
  return { status: 200, body: { listingId: row.listing_id } };
}

/**
 * One offer per SKU, marketplace and format: a second one is 25002 that names the first (seen in the field). Without a
 * `listingDescription` of its own, the offer takes over the item's description as it stands.
 */
export function insertOffer(market: Market, body: Record<string, unknown>): string {
  const given = checkOffer(body);
  const { sku = '', marketplaceId = '', format = '' } = given;
  const item = readItem(market, sku);
  if (item === undefined) throw refuse(25702, [sku], {}, 400);
  if (isUnheardOf(market, 'item', sku)) throw refuse(25604, ['Product not found']);
  const description = given.listingDescription ?? item.product?.description;
  const offer = description === undefined ? given : { ...given, listingDescription: description };
  const taken = market.state.get<{ id: string }>(
    'SELECT id FROM offers WHERE sku = ? AND marketplace = ? AND format = ?',
    sku,
    marketplaceId,
    format,
  );
  if (taken !== undefined) throw refuse(25002, ['Offer entity already exists.'], { offerId: taken.id });
  const id = String(market.state.nextNumber('offer', FIRST_OFFER_ID));
  market.state.run(
    'INSERT INTO offers (id, sku, marketplace, format, body) VALUES (?, ?, ?, ?, ?)',
    id,
    sku,
    marketplaceId,
    format,
    JSON.stringify(offer),
  );
  welcome(market, 'offer', id);
  return id;
}

/** An offer that is live already answers with the listing it has: publishing twice never lists twice. */
export function publish(market: Market, offerId: string): { listingId: string; warnings: readonly WireError[] } {
  const row = mustFindOffer(market, offerId);
  if (isUnheardOf(market, 'offer', offerId)) throw refuse(25604, ['Offer not found']);
  if (row.listing_id !== null && findListing(market, row.listing_id)?.status !== 'ENDED')
    return { listingId: row.listing_id, warnings: [] };
  const item: InventoryItem = readItem(market, row.sku) ?? {};
  return startListing(market, row.id, row.sku, { item, offer: JSON.parse(row.body) as OfferBody });
}

export function findOffer(market: Market, id: string): OfferRow | undefined {
  return market.state.get<OfferRow>(`SELECT ${COLUMNS} FROM offers WHERE id = ?`, id);
}

function mustFindOffer(market: Market, id: string): OfferRow {
  const row = findOffer(market, id);
  if (row === undefined) throw refuse(25713, [id]);
  return row;
}

/** `listing` appears on published offers only. */
function wireOffer(market: Market, row: OfferRow): unknown {
  const offer = JSON.parse(row.body) as OfferBody;
  const listing = row.listing_id === null ? undefined : findListing(market, row.listing_id);
  return {
    offerId: row.id,
    ...offer,
    ...(offer.availableQuantity === undefined
      ? { availableQuantity: readItem(market, row.sku)?.availability?.shipToLocationAvailability?.quantity ?? 0 }
      : {}),
    includeCatalogProductDetails: offer.includeCatalogProductDetails ?? true,
    status: listing === undefined ? 'UNPUBLISHED' : 'PUBLISHED',
    ...(listing === undefined
      ? {}
      : { listing: { listingId: listing.id, listingStatus: listingStatus(market, listing), soldQuantity: listing.sold } }),
  };
}

/** eBay's words (ListingStatusEnum): a listing that waits for its start date has yet to be listed. */
function listingStatus(market: Market, listing: ListingRow): string {
  if (listing.status === 'SOLD_OUT') return 'OUT_OF_STOCK';
  return listing.status === 'ACTIVE' && listing.started_at > market.now() ? 'NOT_LISTED' : listing.status;
}
