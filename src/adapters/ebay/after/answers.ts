import * as z from 'zod';
import { type Money, parseMoney } from '../../../core/money.ts';
import { reading } from '../reading.ts';

/*
 * The shapes of Fulfillment, Analytics and Finances answers, as far as they are read. What tells who the
 * buyer is, is not named here and so never gets past this file.
 */

const text = z.string();
const id = z.coerce.string();

/** An amount that is not there counts as none of it; one that cannot be read makes the whole answer unusable. */
const amount = z.object({ value: z.coerce.string(), currency: text }).transform(({ value, currency }, context): Money => {
  const money = parseMoney(value, currency) ?? roundedMoney(value, currency);
  if (money === undefined) {
    context.addIssue({ code: 'custom', message: 'not an amount' });
    return z.NEVER;
  }
  return money;
});
const optionalAmount = amount.nullish().transform((money) => money ?? undefined);

/** Fees may come with more decimals than the currency has, and refunds with a sign. */
function roundedMoney(value: string, currency: string): Money | undefined {
  const unit = parseMoney('1', currency)?.minor ?? 1;
  const minor = Math.round(Number(value) * unit);
  return Number.isSafeInteger(minor) && value.trim() !== '' ? { minor, currency } : undefined;
}

const list = <T extends z.ZodType>(of: T) =>
  z
    .array(of)
    .nullish()
    .transform((values) => values ?? []);

const line = z.object({
  lineItemId: id,
  legacyItemId: id.nullish(),
  sku: text.nullish(),
  title: text.nullish(),
  quantity: z.number().int().positive(),
  lineItemCost: amount,
  discountedLineItemCost: optionalAmount,
  deliveryCost: z.object({ shippingCost: optionalAmount, discountAmount: optionalAmount }).nullish(),
  refunds: list(z.object({ amount: optionalAmount })),
  lineItemFulfillmentStatus: text.nullish(),
});
export type WireLine = z.infer<typeof line>;

const order = z.object({
  orderId: id,
  creationDate: text,
  orderPaymentStatus: text.nullish(),
  cancelStatus: z.object({ cancelState: text.nullish() }).nullish(),
  totalMarketplaceFee: optionalAmount,
  paymentSummary: z.object({ refunds: list(z.object({ amount: optionalAmount, refundStatus: text.nullish() })) }).nullish(),
  lineItems: z.array(line),
});
export type WireOrder = z.infer<typeof order>;

const orders = z.object({ total: z.number().int().min(0), orders: list(order) });

const report = z.object({
  header: z.object({ metrics: list(z.object({ key: text })) }).nullish(),
  records: list(
    z.object({
      dimensionValues: list(z.object({ value: z.unknown() })),
      metricValues: list(z.object({ value: z.unknown(), applicable: z.boolean().nullish() })),
    }),
  ),
});

const transactions = z.object({
  total: z.number().int().min(0),
  transactions: list(
    z.object({
      transactionId: id,
      transactionType: text.nullish(),
      bookingEntry: text.nullish(),
      orderId: id.nullish(),
      amount,
    }),
  ),
});

export const ordersAnswer = reading(orders);
export const trafficAnswer = reading(report);
/** 204 without a body when nothing fits (Finances, getTransactions). */
export const transactionsAnswer = reading(z.union([z.literal('').transform(() => ({ total: 0, transactions: [] })), transactions]));
