import type { Market } from '../ground/market.ts';
import type { Reply, Request } from '../wire/wire.ts';
import { jsonBody, refuse } from '../wire/wire.ts';
import { type Amount, findOrder, minorOf, type Order, type OrderLine, type Refund, saveOrder } from './order-record.ts';

const FIRST_REFUND = 5_000_000_001;
const COMMENT_MAX = 1_000;

interface RefundRequest {
  readonly reasonForRefund?: string;
  readonly comment?: string;
  readonly orderLevelRefundAmount?: Partial<Amount>;
  readonly refundItems?: readonly {
    readonly lineItemId?: string;
    readonly legacyReference?: { readonly legacyItemId?: string };
    readonly refundAmount?: Partial<Amount>;
  }[];
}

/** Money back for a line or for the order; never more than is left of it. */
export function issueRefund(market: Market, request: Request): Reply {
  // The document writes this path's parameter with an underscore.
  const order = findOrder(market, request.params.order_id ?? '');
  if (order === undefined) throw refuse(34913);
  const body = jsonBody(request);
  if (Object.keys(body).length === 0) throw refuse(34902);
  const { reasonForRefund, comment, orderLevelRefundAmount, refundItems } = body as RefundRequest;
  if (reasonForRefund === undefined || reasonForRefund === '') throw refuse(34903);
  if ((comment ?? '').length > COMMENT_MAX) throw refuse(34921);
  if (order.orderPaymentStatus === 'FULLY_REFUNDED') throw refuse(34917);
  const byLine = (refundItems ?? []).map(({ lineItemId, legacyReference, refundAmount }) => ({
    line: lineOf(order, lineItemId, legacyReference?.legacyItemId),
    amount: checkedAmount(order, refundAmount),
  }));
  const whole = orderLevelRefundAmount === undefined ? undefined : checkedAmount(order, orderLevelRefundAmount);
  if (whole === undefined && byLine.length === 0) throw refuse(34905);
  for (const { line, amount } of byLine) if (minorOf(amount) > leftOf(line)) throw refuse(34924);

  const refundId = String(market.state.nextNumber('refund', FIRST_REFUND));
  const refund = (amount: Amount): Refund => ({ refundId, refundDate: new Date(market.now()).toISOString(), amount });
  const lines = order.lineItems.map((line) => {
    const own = byLine.find((one) => one.line.lineItemId === line.lineItemId);
    return own === undefined ? line : { ...line, refunds: [...line.refunds, refund(own.amount)] };
  });
  const now = whole ?? {
    ...order.pricingSummary.total,
    value: (byLine.reduce((sum, { amount }) => sum + minorOf(amount), 0) / 100).toFixed(2),
  };
  const refunds = [...order.paymentSummary.refunds, { ...refund(now), refundStatus: 'REFUNDED' }];
  const back = refunds.reduce((sum, { amount }) => sum + minorOf(amount), 0);
  const total = minorOf(order.pricingSummary.total);
  if (back > total) throw refuse(34915);
  saveOrder(market, {
    ...order,
    lineItems: lines,
    paymentSummary: { ...order.paymentSummary, refunds },
    orderPaymentStatus: back === total ? 'FULLY_REFUNDED' : 'PARTIALLY_REFUNDED',
  });
  return { status: 200, body: { refundId, refundStatus: 'REFUNDED' } };
}

function lineOf(order: Order, lineItemId: string | undefined, legacyItemId: string | undefined): OrderLine {
  if (lineItemId === undefined && legacyItemId === undefined) throw refuse(34910);
  const line = order.lineItems.find((one) => one.lineItemId === lineItemId || one.legacyItemId === legacyItemId);
  if (line === undefined) throw refuse(34914);
  return line;
}

const leftOf = (line: OrderLine): number => minorOf(line.total) - line.refunds.reduce((sum, { amount }) => sum + minorOf(amount), 0);

function checkedAmount(order: Order, amount: Partial<Amount> | undefined): Amount {
  if (amount?.value === undefined || amount.value === '') throw refuse(34906);
  if (amount.currency === undefined || amount.currency === '') throw refuse(34908);
  if (!/^\d+(\.\d{1,2})?$/.test(amount.value) || Number(amount.value) <= 0) throw refuse(34907);
  const { currency } = order.pricingSummary.total;
  if (amount.currency !== currency) throw refuse(34909);
  return { value: amount.value, currency };
}
