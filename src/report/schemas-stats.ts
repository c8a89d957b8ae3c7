import * as z from 'zod';
import { costUsd, count, errorLine, money, time } from './schema-parts.ts';

/* The published form of what `stats` prints with --json. */

const figure = <T extends z.ZodType>(value: T) =>
  z.union([z.strictObject({ value }), z.strictObject({ value: z.null(), unknown: z.string().describe('Why it is not known') })]);
const ratio = z.number().min(0).max(1).describe('0 to 1');
const rate = z.number().min(0);
const ms = z.number().min(0).describe('Milliseconds');

const judged = {
  reviewed: count.describe('Proposals that you looked at: kept, changed or removed'),
  kept: count,
  changed: count,
  removed: count,
  added: count.describe('Values that you gave where nothing had been proposed'),
  accuracy: z.number().min(0).max(1).nullable().describe('kept of reviewed; null where nothing was reviewed'),
};
const fields = z.array(z.strictObject({ field: z.string(), ...judged }));

const work = z.strictObject({
  days: z.array(z.strictObject({ day: z.string(), listed: count })).describe('UTC, from the first listing of the time on'),
  listed: count,
  items: z
    .strictObject({ listed: count, held: count, failed: count, waiting: count, skipped: count })
    .describe('First seen in this time, as they stand now'),
  success: figure(ratio).describe('listed of listed, held and failed'),
  stages: z.array(z.strictObject({ stage: z.string(), done: count, held: count, failed: count, medianMs: ms, p95Ms: ms })),
  costUsd,
  spend: z.array(z.strictObject({ operation: z.string(), calls: count, costUsd })),
});

const bottleneck = z.strictObject({
  runs: count,
  wallMs: ms,
  items: count,
  itemsPerHour: rate.describe('As measured'),
  services: z
    .array(
      z.strictObject({
        service: z.string(),
        atOnce: count.describe('Its places, as set now'),
        calls: count,
        failed: count,
        busyMs: ms,
        utilisation: rate.describe('busyMs of places × time of the runs'),
        itemsPerHour: rate.describe('What its places allow for'),
      }),
    )
    .describe('The most utilised first'),
  service: z.string().nullable().describe('The one that sets the pace; null: none'),
  finding: z.string(),
  advice: z.strictObject({ setting: z.string(), from: count, to: count, itemsPerHour: rate.describe('To be expected') }).nullable(),
  cure: z.string(),
});

const business = z.strictObject({
  currency: z.string(),
  syncedTo: time.nullable(),
  otherCurrencies: count.describe('Sales in another currency, left out'),
  sales: figure(z.strictObject({ sales: count, pieces: count, cancelled: count, unpaid: count })),
  conversion: figure(z.strictObject({ sold: count, listed: count, share: ratio })).describe('Of the listings of this time'),
  sellThrough: figure(z.strictObject({ sold: count, offered: count, share: ratio })).describe('Of all that was on offer in this time'),
  traffic: figure(z.strictObject({ listings: count, impressions: count, views: count, viewsPerListing: rate })),
  revenue: figure(money),
  averageValue: figure(money),
  delivery: figure(money),
  refunds: figure(z.strictObject({ amount: money, sales: count, share: ratio })),
  fees: figure(money),
  shipping: figure(z.strictObject({ amount: money, estimated: count.describe('Parcels counted by pricing.shippingCost') })),
  cost: figure(money),
  profit: figure(
    z.strictObject({ amount: money, of: money, sales: count, left: count.describe('Sales whose fees or cost are not known') }),
  ),
  margin: figure(z.number()).describe('profit of what these sales brought in with delivery; may be below 0'),
  stale: z.strictObject({
    days: count,
    count,
    value: money,
    oldest: z.array(
      z.strictObject({
        item: z.string(),
        sku: z.string(),
        title: z.string().nullable(),
        days: count,
        price: money.nullable(),
        views: count.nullable(),
      }),
    ),
  }),
});

const projection = z.strictObject({
  target: money,
  marginPercent: z.number(),
  targetProfit: money,
  overDays: rate.describe('Days that the pace is reckoned over'),
  listedPerDay: figure(rate),
  neededPerDay: figure(rate).describe('target of average value × conversion, over 30 days'),
  shortPerDay: figure(rate),
  revenue: figure(money).describe('In 30 days at this pace'),
  profit: figure(money),
  levers: figure(
    z.array(
      z.strictObject({
        lever: z.enum(['pace', 'conversion', 'value', 'cost', 'refunds', 'held', 'failed']),
        step: z.string(),
        revenue: money.describe('More in 30 days, all else equal'),
        profit: money.nullable(),
        alone: z.string().nullable().describe('What of it alone would reach the target; null: it does not'),
        how: z.string(),
      }),
    ),
  ).describe('The largest effect first'),
});

/** The line of `stats`. More parts may come. */
export const statsLine = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('stats'),
    since: time,
    until: time,
    work,
    bottleneck: figure(bottleneck),
    business,
    projection,
    accuracy: z.strictObject({
      items: count,
      total: z.strictObject(judged),
      fields,
      providers: z.array(z.strictObject({ provider: z.string(), model: z.string().nullable(), ...judged, fields })),
      evidence: z.array(z.strictObject({ evidence: z.string(), ...judged })),
    }),
  }),
  errorLine,
]);
