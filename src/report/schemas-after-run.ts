import * as z from 'zod';
import { SALE_STATES } from '../core/sale.ts';
import { costUsd, count, errorLine, money, reason, time, waitingBatch } from './schema-parts.ts';

/* What is told after the run: sales, fees, costs, the archive. */

export const sale = {
  orderId: z.string(),
  lineId: z.string(),
  listingId: z.string().nullable(),
  sku: z.string().nullable(),
  title: z.string(),
  soldAt: time,
  quantity: z.int().min(1),
  amount: money.describe('For the whole quantity, without delivery and taxes'),
  delivery: money,
  fee: money.nullable().describe('null while the marketplace has not told it'),
  refunded: money,
  state: z.enum(SALE_STATES),
  shipped: z.boolean(),
};

/** The line of `sync`. */
export const syncLine = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('sync.finished'),
    from: time,
    to: time,
    sold: z.array(z.strictObject({ item: z.string(), ...sale })).describe('Sales that were not known before'),
    changed: count.describe('Known sales that were read again'),
    foreign: count.describe('Order lines of things easyflip did not list'),
    ended: z.array(z.strictObject({ item: z.string(), listingId: z.string(), kind: z.enum(['sold', 'ended']) })),
    live: count,
    traffic: z.strictObject({ listings: count, impressions: count, views: count }).nullable().describe('Of the last 30 days'),
    notices: z.array(reason).describe('Extras that could not be read'),
  }),
  errorLine,
]);

/** The line of `fees`. */
export const feesLine = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('fees'),
    items: z.array(
      z.strictObject({
        item: z.string(),
        sku: z.string(),
        title: z.string().nullable(),
        price: money.nullable(),
        listing: z
          .strictObject({
            from: z.literal('ebay'),
            total: money,
            fees: z.array(z.strictObject({ type: z.string(), amount: money, discount: money })),
          })
          .nullable()
          .describe("eBay's own figure for putting it live; null where eBay has no offer that is not live"),
        sale: z
          .strictObject({ from: z.literal('estimate'), total: money, group: z.string(), asOf: z.string(), source: z.string() })
          .nullable()
          .describe("The fee table's estimate of eBay's share of the sale; null while price or category is not known"),
      }),
    ),
    notice: reason.nullable().describe('Why eBay could not be asked'),
  }),
  errorLine,
]);

/** A line of `archive`. */
export const archiveLine = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('archive.finished'),
    dryRun: z.boolean(),
    items: z.array(
      z.strictObject({
        item: z.string(),
        from: z.string(),
        to: z.string().nullable().describe('null: it stayed'),
        reason: reason.optional(),
      }),
    ),
  }),
  z.strictObject({
    type: z.literal('archive.verified'),
    checked: count,
    damaged: z.array(z.strictObject({ item: z.string(), path: z.string(), state: z.enum(['changed', 'missing', 'unreadable']) })),
  }),
  errorLine,
]);

const spent = {
  calls: count,
  unsettled: count.describe('Calls that gave no answer: they count at the most they may have cost'),
  inputTokens: count,
  cachedTokens: count.describe('The part of inputTokens that came from a cache'),
  outputTokens: count,
  pictures: count,
  costUsd,
  seconds: z.number().min(0),
};

/** The line of `costs`. */
export const costsLine = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('costs'),
    since: z.string().nullable().describe('UTC day; null: ever'),
    total: z.strictObject(spent),
    days: z.array(z.strictObject({ day: z.string().describe('UTC'), ...spent })),
    runs: z.array(z.strictObject({ run: z.string(), ...spent })),
    items: z.array(z.strictObject({ item: z.string(), title: z.string().nullable(), source: z.string().nullable(), ...spent })),
    models: z.array(z.strictObject({ provider: z.string(), model: z.string(), ...spent })),
    batches: z.array(waitingBatch).describe('Calls that wait for half the price'),
    prices: z.strictObject({ asOf: z.string(), source: z.string() }).describe('The table that costs are reckoned with'),
  }),
  errorLine,
]);

/** A line of `backup`, `restore`, `verify` and `prune`. */
export const storeLine = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('backup.made'), file: z.string() }),
  z.strictObject({
    type: z.literal('backup.restored'),
    from: z.string(),
    database: z.string(),
    replaced: z.string().nullable().describe('Where the database lies that was replaced; null: there was none'),
  }),
  z.strictObject({
    type: z.literal('store.verified'),
    sound: z.boolean(),
    file: z.string(),
    checks: z.array(z.strictObject({ check: z.string(), problems: z.array(z.string()) })),
  }),
  z.strictObject({
    type: z.literal('prune.finished'),
    dryRun: z.boolean(),
    days: z.int().min(1),
    items: count.describe('Items that lost detail'),
    results: count.describe('Results of stages they lost'),
    answers: count.describe('Paid answers and uploads, by content'),
    runs: count,
    bytes: count.describe('That became free inside the database'),
    givenBack: z.boolean().describe('The file became smaller by it; else the room is used again'),
  }),
  errorLine,
]);
