import { CURRENCY, MARKETPLACE, type Market, SELLER } from '../ground/market.ts';
import type { Reply, Request } from '../wire/wire.ts';
import { refuse } from '../wire/wire.ts';
import { readItem } from './items.ts';
import { findListing, type ListingContent } from './listings.ts';
import { findOffer } from './offers.ts';

const FIRST_SALE = 10_001;

/** Someone buys. Undefined when there is no such live listing, or too few are left. Returns the order as the seller sees it. */
export function sell(market: Market, by: { readonly sku?: string; readonly listingId?: string }, quantity: number): unknown {
  const id =
    by.listingId ?? market.state.get<{ id: string }>("SELECT id FROM listings WHERE sku = ? AND status = 'ACTIVE'", by.sku ?? '')?.id ?? '';
  const listing = findListing(market, id);
  if (listing === undefined || listing.status !== 'ACTIVE' || listing.quantity < quantity || listing.started_at > market.now())
    return undefined;
  const left = listing.quantity - quantity;
  market.state.run(
    'UPDATE listings SET quantity = ?, sold = sold + ?, status = ? WHERE id = ?',
    left,
    quantity,
    left > 0 ? 'ACTIVE' : 'SOLD_OUT',
    id,
  );
  takeFromStock(market, listing.sku, listing.offer_id, quantity);
  const orderId = `17-${market.state.nextNumber('sale', FIRST_SALE)}-${id.slice(-5)}`;
  const order = wireOrder(market, orderId, id, listing.sku, JSON.parse(listing.content) as ListingContent, quantity);
  market.state.run('INSERT INTO orders (id, created_at, body) VALUES (?, ?, ?)', orderId, market.now(), JSON.stringify(order));
  return order;
}

/** GET order: `limit` up to 200 (default 50); `orderIds` (50 at most) overrules everything else. */
export function getOrders(market: Market, request: Request): Reply {
  const ids = (request.query.get('orderIds') ?? '').split(',').filter((id) => id !== '');
  if (ids.length > 50) throw refuse(30900);
  const limit = Number(request.query.get('limit') ?? 50);
  const offset = Number(request.query.get('offset') ?? 0);
  if (!Number.isInteger(limit) || limit < 1 || limit > 200) throw refuse(31100, [String(request.query.get('limit'))]);
  if (!Number.isInteger(offset) || offset < 0) throw refuse(31000, [String(request.query.get('offset'))]);
  const since = createdSince(request.query.get('filter') ?? '');
  const rows = market.state.all<{ id: string; created_at: number; body: string }>(
    'SELECT id, created_at, body FROM orders ORDER BY created_at, id',
  );
  const chosen = rows.filter((row) => (ids.length > 0 ? ids.includes(row.id) : row.created_at >= since));
  const orders = chosen.slice(offset, offset + limit).map((row) => JSON.parse(row.body) as unknown);
  return { status: 200, body: { href: request.path, total: chosen.length, limit, offset, orders } };
}

export function getOrder(market: Market, request: Request): Reply {
  const id = request.params.orderId ?? '';
  const row = market.state.get<{ body: string }>('SELECT body FROM orders WHERE id = ?', id);
  if (row === undefined) throw refuse(32100, [id]);
  return { status: 200, body: JSON.parse(row.body) as unknown };
}

function createdSince(filter: string): number {
  const from = /creationdate:\[([^.\]]+(?:\.\d+Z)?)\.\./.exec(filter)?.[1];
  if (from === undefined) return 0;
  const time = Date.parse(from);
  if (Number.isNaN(time)) throw refuse(30800, [from, 'creationdate']);
  return time;
}

/** A sale takes from the offer's own figure and from the stock behind it. */
function takeFromStock(market: Market, sku: string, offerId: string, quantity: number): void {
  const item = readItem(market, sku);
  const stock = item?.availability?.shipToLocationAvailability?.quantity;
  if (item !== undefined && stock !== undefined) {
    const ship = { ...item.availability?.shipToLocationAvailability, quantity: Math.max(0, stock - quantity) };
    const body = { ...item, availability: { ...item.availability, shipToLocationAvailability: ship } };
    market.state.run('UPDATE items SET body = ? WHERE sku = ?', JSON.stringify(body), sku);
  }
  const offer = findOffer(market, offerId);
  if (offer === undefined) return;
  const body = JSON.parse(offer.body) as { availableQuantity?: number };
  if (body.availableQuantity === undefined) return;
  const rest = { ...body, availableQuantity: Math.max(0, body.availableQuantity - quantity) };
  market.state.run('UPDATE offers SET body = ? WHERE id = ?', JSON.stringify(rest), offerId);
}

function wireOrder(market: Market, orderId: string, listingId: string, sku: string, content: ListingContent, quantity: number): unknown {
  const date = new Date(market.now()).toISOString();
  const total = { value: (Number(content.price.value) * quantity).toFixed(2), currency: CURRENCY };
  return {
    orderId,
    legacyOrderId: orderId,
    creationDate: date,
    lastModifiedDate: date,
    orderFulfillmentStatus: 'NOT_STARTED',
    orderPaymentStatus: 'PAID',
    sellerId: SELLER,
    buyer: { username: 'practice-buyer' },
    cancelStatus: { cancelState: 'NONE_REQUESTED', cancelRequests: [] },
    pricingSummary: { priceSubtotal: total, deliveryCost: { value: '0.00', currency: CURRENCY }, total },
    paymentSummary: { totalDueSeller: total, payments: [], refunds: [] },
    fulfillmentHrefs: [],
    lineItems: [
      {
        lineItemId: `${listingId}01`,
        legacyItemId: listingId,
        sku,
        title: content.title,
        quantity,
        lineItemCost: total,
        total,
        soldFormat: 'FIXED_PRICE',
        listingMarketplaceId: MARKETPLACE,
        purchaseMarketplaceId: MARKETPLACE,
        lineItemFulfillmentStatus: 'NOT_STARTED',
      },
    ],
  };
}
