import type { Market } from '../ground/market.ts';
import type { ErrorId } from '../wire/error-table.ts';
import type { Reply, Request } from '../wire/wire.ts';
import { jsonBody, Refusal, refuse } from '../wire/wire.ts';
import { checkLocale, checkSku, contentLanguage } from './item-rules.ts';
import { findWireItem, readItem, writeItem } from './items.ts';
import { reviseLiveListings } from './listings.ts';
import { checkOffer } from './offer-rules.ts';
import type { Amount, OfferBody } from './offer-types.ts';
import { findOffer, insertOffer, publish } from './offers.ts';

type Entry = Record<string, unknown>;

/** "Up to 25" in every bulk call of the Inventory API. */
const ENTRIES_MAX = 25;

export function bulkCreateOrReplaceInventoryItem(market: Market, request: Request): Reply {
  contentLanguage(request);
  const list = entries(request, 25727);
  for (const entry of list) {
    if (typeof entry.sku !== 'string') throw refuse(25733);
    checkLocale(entry.locale);
  }
  unique(list, (entry) => entry.sku, 25728);
  return answer(
    market,
    list,
    (entry) => {
      const { sku, locale, ...item } = entry;
      const { created, warnings } = writeItem(market, String(sku), String(locale), item);
      return { statusCode: created ? 201 : 200, sku, locale, errors: [], warnings };
    },
    ({ sku, locale }) => ({ sku, locale }),
  );
}

export function bulkGetInventoryItem(market: Market, request: Request): Reply {
  const list = entries(request, 25727);
  unique(list, (entry) => entry.sku, 25734);
  return answer(
    market,
    list,
    ({ sku }) => {
      const item = findWireItem(market, String(sku));
      if (item === undefined) throw refuse(25702, [String(sku)]);
      return { statusCode: 200, sku, inventoryItem: item, errors: [], warnings: [] };
    },
    ({ sku }) => ({ sku }),
  );
}

export function bulkCreateOffer(market: Market, request: Request): Reply {
  contentLanguage(request);
  const list = entries(request, 25730);
  const echo = ({ sku, marketplaceId, format }: Entry) => ({ sku, marketplaceId, format });
  unique(list, (entry) => JSON.stringify(echo(entry)), 25729);
  return answer(
    market,
    list,
    (entry) => ({ statusCode: 201, offerId: insertOffer(market, entry), ...echo(entry), errors: [], warnings: [] }),
    echo,
  );
}

export function bulkPublishOffer(market: Market, request: Request): Reply {
  const list = entries(request, 25730);
  unique(list, (entry) => entry.offerId, 25731);
  return answer(
    market,
    list,
    ({ offerId }) => {
      const { listingId, warnings } = publish(market, String(offerId));
      return { statusCode: 200, offerId, listingId, errors: [], warnings };
    },
    ({ offerId }) => ({ offerId }),
  );
}

/** Price and quantity alone; a live listing changes at once. 25 entries, each for one SKU. */
export function bulkUpdatePriceQuantity(market: Market, request: Request): Reply {
  const list = entries(request, 25730);
  unique(list, (entry) => entry.sku ?? JSON.stringify(entry.offers), 25734);
  return answer(
    market,
    list,
    (entry) => {
      updatePriceQuantity(market, entry as PriceQuantity);
      return { statusCode: 200, ...echoPriceQuantity(entry), errors: [], warnings: [] };
    },
    echoPriceQuantity,
  );
}

interface PriceQuantity {
  readonly sku?: string;
  readonly shipToLocationAvailability?: { readonly quantity?: number };
  readonly offers?: readonly { readonly offerId?: string; readonly availableQuantity?: number; readonly price?: Amount }[];
}

function updatePriceQuantity(market: Market, entry: PriceQuantity): void {
  const skus = new Set<string>();
  const quantity = entry.shipToLocationAvailability?.quantity;
  if (quantity !== undefined) {
    const sku = entry.sku ?? '';
    checkSku(sku);
    const item = readItem(market, sku);
    if (item === undefined) throw refuse(25702, [sku]);
    const changed = { ...item, availability: { ...item.availability, shipToLocationAvailability: { quantity } } };
    market.state.run('UPDATE items SET body = ? WHERE sku = ?', JSON.stringify(changed), sku);
    skus.add(sku);
  }
  for (const change of entry.offers ?? []) {
    const row = findOffer(market, change.offerId ?? '');
    if (row === undefined) throw refuse(25713, [change.offerId ?? '']);
    if (entry.sku !== undefined && row.sku !== entry.sku) throw refuse(25754);
    const old = JSON.parse(row.body) as OfferBody;
    const changed = checkOffer({
      ...old,
      ...(change.availableQuantity === undefined ? {} : { availableQuantity: change.availableQuantity }),
      ...(change.price === undefined ? {} : { pricingSummary: { ...old.pricingSummary, price: change.price } }),
    });
    market.state.run('UPDATE offers SET body = ? WHERE id = ?', JSON.stringify(changed), row.id);
    skus.add(row.sku);
  }
  for (const sku of skus) reviseLiveListings(market, sku);
}

function echoPriceQuantity(entry: Entry): Entry {
  const offerId = (entry as PriceQuantity).offers?.[0]?.offerId;
  return { ...(entry.sku === undefined ? {} : { sku: entry.sku }), ...(offerId === undefined ? {} : { offerId }) };
}

function entries(request: Request, tooMany: ErrorId): readonly Entry[] {
  const list = jsonBody(request).requests;
  if (!Array.isArray(list) || list.length === 0) throw refuse(25709, ['requests'], { fieldName: 'requests' });
  if (list.some((entry) => typeof entry !== 'object' || entry === null))
    throw refuse(2004, [], { reason: 'Could not serialize field [requests]' });
  if (list.length > ENTRIES_MAX) throw refuse(tooMany, [String(ENTRIES_MAX)]);
  return list as readonly Entry[];
}

function unique(list: readonly Entry[], key: (entry: Entry) => unknown, errorId: ErrorId): void {
  if (new Set(list.map(key)).size !== list.length) throw refuse(errorId);
}

/** Each entry stands or falls alone: 200 when all went well, 207 when some did not. */
function answer(market: Market, list: readonly Entry[], work: (entry: Entry) => Entry, echo: (entry: Entry) => Entry): Reply {
  let failed = false;
  const responses = list.map((entry) => {
    try {
      return market.state.transaction(() => work(entry));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      failed = true;
      return { statusCode: error.status, ...echo(entry), errors: error.errors, warnings: [] };
    }
  });
  return { status: failed ? 207 : 200, body: { responses } };
}
