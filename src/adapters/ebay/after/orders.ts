import type { Sku } from '../../../core/item.ts';
import type { Money } from '../../../core/money.ts';
import type { Span } from '../../../core/ports/after-sale.ts';
import type { Call } from '../../../core/ports/outgoing.ts';
import { type Sale, type SaleState, shareOut } from '../../../core/sale.ts';
import type { Transport } from '../transport.ts';
import { ordersAnswer, type WireLine, type WireOrder } from './answers.ts';

/** Fulfillment, getOrders: at most 200 orders a page. */
const PAGE = 200;
/** An order that changes while its pages are read leaves the span and moves the ones behind it. */
const READINGS_MAX = 5;

/**
 * Orders by the time of their last change. eBay pages by position, so an order that is changed between
 * two pages lets another one slip through: fewer orders than eBay counted means reading again.
 * Errors besides the transport's: none; after five readings what was found is given, and the caller's next
 * span, which begins before this one ended, finds the rest.
 */
export async function* orderSales(transport: Transport, changed: Span, call: Call): AsyncGenerator<readonly Sale[]> {
  const seen = new Set<string>();
  for (let reading = 1; reading <= READINGS_MAX; reading += 1) {
    let total = 0;
    for (let offset = 0; offset === 0 || offset < total; offset += PAGE) {
      const page = await ordersPage(transport, changed, offset, call);
      total = page.total;
      if (page.orders.length === 0) break;
      for (const { orderId } of page.orders) seen.add(orderId);
      yield page.orders.flatMap(salesOf);
    }
    if (seen.size >= total) return;
  }
}

const ordersPage = (transport: Transport, { from, to }: Span, offset: number, call: Call) =>
  transport.request(
    {
      token: 'user',
      service: 'fulfillment',
      operation: 'fulfillment.getOrders',
      send: (ebay) => ebay.sell.fulfillment.getOrders({ filter: `lastmodifieddate:[${from}..${to}]`, limit: PAGE, offset }),
      read: ordersAnswer,
    },
    call,
  );

/** The lines of an order, its fee and its refunds shared out by what the lines cost. */
export function salesOf(order: WireOrder): readonly Sale[] {
  const amounts = order.lineItems.map(({ lineItemCost, discountedLineItemCost }) => discountedLineItemCost ?? lineItemCost);
  const weights = amounts.map(({ minor }) => minor);
  const fees = order.totalMarketplaceFee && shareOut(order.totalMarketplaceFee, weights);
  const refunds = refundsOf(order, weights);
  return order.lineItems.map((line, at): Sale => {
    const amount = amounts[at] ?? line.lineItemCost;
    const delivery = deliveryOf(line, amount.currency);
    const refunded = refunds[at] ?? none(amount.currency);
    return {
      lineId: line.lineItemId,
      orderId: order.orderId,
      sku: (line.sku || undefined) as Sku | undefined,
      listingId: line.legacyItemId || undefined,
      title: line.title ?? '',
      soldAt: order.creationDate,
      quantity: line.quantity,
      amount,
      delivery,
      fee: fees?.[at],
      refunded,
      state: stateOf(order, amount.minor + delivery.minor, refunded.minor),
      shipped: line.lineItemFulfillmentStatus === 'FULFILLED',
    };
  });
}

function stateOf({ cancelStatus, orderPaymentStatus }: WireOrder, paid: number, refunded: number): SaleState {
  if (cancelStatus?.cancelState === 'CANCELED') return 'cancelled';
  if (orderPaymentStatus === 'FULLY_REFUNDED' || (paid > 0 && refunded >= paid)) return 'refunded';
  return orderPaymentStatus === 'PENDING' || orderPaymentStatus === 'FAILED' ? 'unpaid' : 'paid';
}

/** eBay tells refunds by line where it knows the line; what it tells for the order only is shared out. */
function refundsOf({ lineItems, paymentSummary }: WireOrder, weights: readonly number[]): readonly Money[] {
  const currency = lineItems[0]?.lineItemCost.currency ?? '';
  const byLine = lineItems.map(({ refunds }) => sum(refunds.map(({ amount }) => amount)));
  const whole = sum((paymentSummary?.refunds ?? []).filter(({ refundStatus }) => refundStatus !== 'FAILED').map(({ amount }) => amount));
  const rest = Math.max(0, whole - byLine.reduce((total, minor) => total + minor, 0));
  const shared = shareOut({ minor: rest, currency }, weights);
  return byLine.map((minor, at) => ({ minor: minor + (shared[at]?.minor ?? 0), currency }));
}

function deliveryOf({ deliveryCost }: WireLine, currency: string): Money {
  const cost = deliveryCost?.shippingCost;
  if (cost === undefined) return none(currency);
  return { minor: Math.max(0, cost.minor - Math.abs(deliveryCost?.discountAmount?.minor ?? 0)), currency: cost.currency };
}

const none = (currency: string): Money => ({ minor: 0, currency });

const sum = (amounts: readonly (Money | undefined)[]): number => amounts.reduce((total, amount) => total + Math.abs(amount?.minor ?? 0), 0);
