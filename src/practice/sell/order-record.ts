import type { Market } from '../ground/market.ts';

export interface Amount {
  readonly value: string;
  readonly currency: string;
}

export interface OrderLine {
  readonly lineItemId: string;
  readonly legacyItemId: string;
  readonly sku: string;
  readonly title: string;
  readonly quantity: number;
  readonly lineItemCost: Amount;
  readonly deliveryCost: { readonly shippingCost: Amount };
  readonly total: Amount;
  readonly lineItemFulfillmentStatus: 'NOT_STARTED' | 'FULFILLED';
  readonly refunds: readonly Refund[];
  readonly [field: string]: unknown;
}

export interface Refund {
  readonly refundId: string;
  readonly refundDate: string;
  readonly amount: Amount;
  readonly refundStatus?: string;
}

/** An order as Fulfillment tells it; kept whole, as eBay would answer it. */
export interface Order {
  readonly orderId: string;
  readonly creationDate: string;
  readonly lastModifiedDate: string;
  readonly orderFulfillmentStatus: 'NOT_STARTED' | 'FULFILLED';
  readonly orderPaymentStatus: 'PAID' | 'PARTIALLY_REFUNDED' | 'FULLY_REFUNDED';
  readonly pricingSummary: { readonly total: Amount; readonly [part: string]: Amount };
  readonly paymentSummary: { readonly refunds: readonly Refund[]; readonly [field: string]: unknown };
  readonly totalMarketplaceFee: Amount;
  readonly fulfillmentHrefs: readonly string[];
  readonly lineItems: readonly OrderLine[];
  readonly [field: string]: unknown;
}

export const money = (minor: number, currency: string): Amount => ({ value: (minor / 100).toFixed(2), currency });
export const minorOf = ({ value }: Amount): number => Math.round(Number(value) * 100);

export function findOrder(market: Market, id: string): Order | undefined {
  const row = market.state.get<{ body: string }>('SELECT body FROM orders WHERE id = ?', id);
  return row === undefined ? undefined : (JSON.parse(row.body) as Order);
}

/** Keeps the order as changed now: `lastModifiedDate` moves with every change. */
export function saveOrder(market: Market, order: Order): Order {
  const changed = { ...order, lastModifiedDate: new Date(market.now()).toISOString() };
  market.state.run('UPDATE orders SET body = ? WHERE id = ?', JSON.stringify(changed), order.orderId);
  return changed;
}
