import { type Market, SELLER } from '../ground/market.ts';
import { readItem } from './items.ts';
import { findListing, type ListingContent, type ListingRow } from './listings.ts';
import { findOffer } from './offers.ts';
import { type Amount, minorOf, money, type Order } from './order-record.ts';
import { findPolicy } from './policies.ts';

const FIRST_SALE = 10_001;
/** Invented, but of eBay's kind: a share of the whole amount and a fixed part for each order. */
const FEE_PERCENT = 13.25;
const FEE_FIXED_MINOR = 40;

/** Someone buys. Undefined when there is no such live listing, or too few are left. Returns the order as the seller sees it. */
export function sell(market: Market, by: { readonly sku?: string; readonly listingId?: string }, quantity: number): Order | undefined {
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
  takeFromStock(market, listing, quantity);
  const orderId = `17-${market.state.nextNumber('sale', FIRST_SALE)}-${id.slice(-5)}`;
  const order = newOrder(market, orderId, listing, quantity);
  market.state.run('INSERT INTO orders (id, created_at, body) VALUES (?, ?, ?)', orderId, market.now(), JSON.stringify(order));
  return order;
}

/** A sale takes from the offer's own figure and from the stock behind it. */
function takeFromStock(market: Market, { sku, offer_id: offerId }: ListingRow, quantity: number): void {
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

function newOrder(market: Market, orderId: string, listing: ListingRow, quantity: number): Order {
  const { title, price } = JSON.parse(listing.content) as ListingContent;
  const { currency } = price;
  const offer = JSON.parse(findOffer(market, listing.offer_id)?.body ?? '{}') as {
    marketplaceId?: string;
    listingPolicies?: { fulfillmentPolicyId?: string };
  };
  const date = new Date(market.now()).toISOString();
  const goods = minorOf(price) * quantity;
  const delivery = deliveryMinor(market, offer.listingPolicies?.fulfillmentPolicyId, currency);
  const total = goods + delivery;
  const fee = Math.round((total * FEE_PERCENT) / 100) + FEE_FIXED_MINOR;
  const amount = (minor: number): Amount => money(minor, currency);
  return {
    orderId,
    creationDate: date,
    lastModifiedDate: date,
    orderFulfillmentStatus: 'NOT_STARTED',
    orderPaymentStatus: 'PAID',
    sellerId: SELLER,
    buyer: { username: 'practice-buyer' },
    cancelStatus: { cancelState: 'NONE_REQUESTED', cancelRequests: [] },
    pricingSummary: { priceSubtotal: amount(goods), deliveryCost: amount(delivery), total: amount(total) },
    paymentSummary: {
      totalDueSeller: amount(total - fee),
      payments: [
        { paymentMethod: 'EBAY', paymentReferenceId: `P-${orderId}`, paymentDate: date, amount: amount(total), paymentStatus: 'PAID' },
      ],
      refunds: [],
    },
    totalFeeBasisAmount: amount(total),
    totalMarketplaceFee: amount(fee),
    fulfillmentHrefs: [],
    lineItems: [
      {
        lineItemId: `${listing.id}${orderId.split('-')[1] ?? '1'}`,
        legacyItemId: listing.id,
        sku: listing.sku,
        title,
        quantity,
        lineItemCost: amount(goods),
        deliveryCost: { shippingCost: amount(delivery) },
        total: amount(total),
        refunds: [],
        soldFormat: 'FIXED_PRICE',
        listingMarketplaceId: offer.marketplaceId,
        purchaseMarketplaceId: offer.marketplaceId,
        lineItemFulfillmentStatus: 'NOT_STARTED',
      },
    ],
  };
}

/** What the seller's own policy asks of the buyer. */
function deliveryMinor(market: Market, policyId: string | undefined, currency: string): number {
  const policy = findPolicy(market, 'fulfillment', policyId ?? '');
  if (policy === undefined) return 0;
  const { shippingOptions } = JSON.parse(policy.body) as {
    shippingOptions?: readonly {
      readonly shippingServices?: readonly { readonly shippingCost?: Amount; readonly freeShipping?: boolean }[];
    }[];
  };
  const service = shippingOptions?.[0]?.shippingServices?.[0];
  const cost = service?.freeShipping === true ? undefined : service?.shippingCost;
  return cost?.currency === currency ? minorOf(cost) : 0;
}
