import type { Market } from '../ground/market.ts';
import { checkShape, type Shape } from '../wire/shape.ts';
import type { Reply, Request } from '../wire/wire.ts';
import { Refusal, refuse } from '../wire/wire.ts';
import { answer, type Entry, entries } from './bulk.ts';
import { userError } from './candidate.ts';
import { isSku } from './item-rules.ts';
import { checkAuctionStock, readItem } from './items.ts';
import { reviseLiveListings } from './listings.ts';
import { checkOffer } from './offer-rules.ts';
import { type Amount, amount, type OfferBody } from './offer-types.ts';
import { findOffer } from './offers.ts';

const DOCUMENTED = new Set([2004, 25002, 25709, 25759]);

interface Change {
  readonly offerId?: string;
  readonly availableQuantity?: number;
  readonly price?: Amount;
}

interface PriceQuantity {
  readonly sku?: string;
  readonly shipToLocationAvailability?: { readonly quantity?: number };
  readonly offers?: readonly Change[];
}

const SHAPE: Shape = {
  fields: {
    sku: 'string',
    shipToLocationAvailability: { fields: { quantity: 'integer' } },
    offers: { listOf: { fields: { offerId: 'string', availableQuantity: 'integer', price: amount } } },
  },
};

/**
 * POST bulk_update_price_quantity: price and quantity alone; a live listing changes at once. 25 entries, one for each
 * SKU; all offers of an entry belong to its SKU, each named once.
 */
export function bulkUpdatePriceQuantity(market: Market, request: Request): Reply {
  const list = entries(request, 25709);
  const keys = list.map((entry) => (entry as PriceQuantity).sku ?? JSON.stringify(entry.offers));
  if (new Set(keys).size < keys.length) throw refuse(25709, ['sku'], { fieldName: 'sku' });
  return answer(
    market,
    list,
    (entry) => {
      checkShape(entry, SHAPE);
      inThisCallsWords(() => update(market, entry as PriceQuantity));
      return { statusCode: 200, ...echo(entry), errors: [], warnings: [] };
    },
    echo,
  );
}

/** What a live listing refuses comes as "any user error" here: the document lists no other number for this call. */
function inThisCallsWords(work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const errors = error.errors.map((one) => (DOCUMENTED.has(one.errorId) ? one : userError(one.message, [])));
    throw new Refusal(error.status, errors);
  }
}

function update(market: Market, entry: PriceQuantity): void {
  const offers = entry.offers ?? [];
  const quantity = entry.shipToLocationAvailability?.quantity;
  if (quantity === undefined && offers.length === 0) throw refuse(25709, ['offers'], { fieldName: 'offers' });
  const ids = offers.map((change) => change.offerId);
  if (new Set(ids).size < ids.length) throw refuse(25709, ['offerId'], { fieldName: 'offerId' });
  const sku = entry.sku ?? skuOfOffer(market, offers[0]);
  if (!isSku(sku)) throw refuse(25709, ['sku'], { fieldName: 'sku' });
  if (quantity !== undefined) writeStock(market, sku, quantity);
  for (const change of offers) changeOffer(market, sku, change);
  reviseLiveListings(market, sku);
}

function skuOfOffer(market: Market, change: Change | undefined): string {
  const row = findOffer(market, change?.offerId ?? '');
  if (row === undefined) throw refuse(25709, ['offerId'], { fieldName: 'offerId' });
  return row.sku;
}

function writeStock(market: Market, sku: string, quantity: number): void {
  if (quantity < 0) throw refuse(25709, ['quantity'], { fieldName: 'quantity' });
  const item = readItem(market, sku);
  if (item === undefined) throw refuse(25709, ['sku'], { fieldName: 'sku' });
  const ship = { ...item.availability?.shipToLocationAvailability, quantity };
  const changed = { ...item, availability: { ...item.availability, shipToLocationAvailability: ship } };
  checkAuctionStock(market, sku, changed);
  market.state.run('UPDATE items SET body = ? WHERE sku = ?', JSON.stringify(changed), sku);
}

/** "Either the availableQuantity field or the price container is required" (Inventory document, OfferPriceQuantity). */
function changeOffer(market: Market, sku: string, { offerId, availableQuantity, price }: Change): void {
  const row = findOffer(market, offerId ?? '');
  if (row === undefined || row.sku !== sku) throw refuse(25709, ['offerId'], { fieldName: 'offerId' });
  if (availableQuantity === undefined && price === undefined) throw refuse(25709, ['price'], { fieldName: 'price' });
  const old = JSON.parse(row.body) as OfferBody;
  const changed = checkOffer({
    ...old,
    ...(availableQuantity === undefined ? {} : { availableQuantity }),
    ...(price === undefined ? {} : { pricingSummary: { ...old.pricingSummary, price } }),
  });
  market.state.run('UPDATE offers SET body = ? WHERE id = ?', JSON.stringify(changed), row.id);
}

function echo(entry: Entry): Entry {
  const { sku, offers } = entry as PriceQuantity;
  const offerId = offers?.[0]?.offerId;
  return { ...(sku === undefined ? {} : { sku }), ...(typeof offerId === 'string' ? { offerId } : {}) };
}
