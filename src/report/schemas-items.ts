import * as z from 'zod';
import { FACT_NAMES } from '../core/facts.ts';
import { costUsd, count, errorLine, money, reason, time, waitingBatch } from './schema-parts.ts';
import { sale } from './schemas-after-run.ts';
import { servicesParts, storyParts } from './schemas-trouble.ts';
import { ITEM_STATES } from './views.ts';

/* What is told of items: where they stand, everything about one, what failed. */

const statusItem = z.strictObject({
  id: z.string(),
  sku: z.string(),
  source: z.string(),
  photos: count,
  state: z.enum(ITEM_STATES),
  stage: z.string().nullable().describe('The stage that is next, holds or failed; null when all is done'),
  title: z.string().nullable(),
  categoryId: z.string().nullable(),
  price: money.nullable(),
  listingId: z.string().nullable(),
  listingUrl: z.string().nullable(),
  reason: reason.nullable(),
  attempts: count,
  costUsd,
});

export const status = z.strictObject({
  counts: z
    .strictObject({
      items: count,
      live: count,
      sold: count,
      ended: count,
      waiting: count,
      held: count,
      failed: count,
      skipped: count,
      withdrawn: count,
    })
    .describe('The states add up to items'),
  items: z.array(statusItem),
  batches: z.array(waitingBatch).describe('Batches whose answers are not there yet'),
  ...servicesParts,
});

const photoNumber = z.int().min(1);
const evidence = z
  .discriminatedUnion('from', [
    z.strictObject({ from: z.literal('seller'), field: z.string() }),
    z.strictObject({ from: z.literal('label'), photo: photoNumber, text: z.string() }),
    z.strictObject({ from: z.literal('barcode'), photo: photoNumber, code: z.string() }),
    z.strictObject({ from: z.literal('picture'), photo: photoNumber, note: z.string() }),
    z.strictObject({ from: z.literal('folder-name'), text: z.string() }),
    z.strictObject({ from: z.literal('catalogue'), epid: z.string() }),
  ])
  .meta({ id: 'evidence' });

export const show = z.strictObject({
  ...statusItem.shape,
  photos: z.array(
    z.strictObject({
      number: photoNumber,
      path: z.string(),
      width: count,
      height: count,
      takenAt: z.string().nullable(),
      removed: z.array(z.string()).describe('Kinds of metadata that no prepared picture has: location, names, serial-numbers, …'),
      changes: z.array(z.strictObject({ what: z.string(), note: z.string() })).describe('What was done to make it look better'),
      place: photoNumber.nullable().describe('Where it stands in the listing; null until that is known'),
      warnings: z.array(reason),
      problems: z
        .array(z.strictObject({ severity: z.enum(['warn', 'hold']), ...reason.shape }))
        .describe('Everything that is wrong with it, warnings included; hold: a person must look before it goes live'),
    }),
  ),
  categoryPath: z.string().nullable(),
  condition: z.strictObject({ id: z.string(), word: z.string(), note: z.string().nullable() }).nullable(),
  parcel: z
    .strictObject({ weight: z.strictObject({ value: z.number(), unit: z.string() }).nullable(), estimated: z.boolean() })
    .nullable()
    .describe('estimated: nobody has weighed it'),
  priceBasis: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('seller') }),
      z.strictObject({ kind: z.literal('margin'), cost: money, percent: z.number().min(0) }),
      z.strictObject({
        kind: z.literal('asking-prices').describe('What others ask now; never what was paid'),
        by: z.enum(['gtin', 'words']).optional(),
        query: z.string(),
        count,
        low: money,
        median: money,
        high: money,
        withShipping: z.boolean().optional(),
        askedAt: time.optional(),
      }),
    ])
    .nullable(),
  description: z.string().nullable(),
  aspects: z.array(z.strictObject({ name: z.string(), values: z.array(z.string()), evidence: z.array(evidence) })),
  facts: z.array(
    z.strictObject({
      name: z.enum(FACT_NAMES),
      value: z.string(),
      confidence: z.number().min(0).max(1),
      proven: z.boolean().describe('The evidence suffices to go live'),
      evidence: z.array(evidence),
    }),
  ),
  unknowns: z.array(z.strictObject({ name: z.enum(FACT_NAMES), why: z.string() })),
  stages: z.array(
    z.strictObject({
      stage: z.string(),
      kind: z.enum(['started', 'done', 'held', 'failed']),
      attempts: count,
      startedAt: time,
      finishedAt: time.nullable(),
      reason: reason.nullable(),
    }),
  ),
  decision: z.strictObject({ kind: z.enum(['approve', 'hold', 'skip']), at: time }).nullable(),
  sales: z.array(z.strictObject({ ...sale, label: money.nullable().describe('What a shipping label bought on eBay cost') })),
  traffic: z.strictObject({ from: time, to: time, impressions: count, views: count, sales: count }).nullable(),
  ...storyParts,
  next: z.string().nullable().describe('The command that settles what is open'),
});

/** What `status --failed --write` puts into a file. */
export const failure = z.strictObject({ ...statusItem.shape, ...storyParts, next: z.string().nullable() });

/** The line of `status --failed`. */
export const failedLine = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('failed'),
    counts: z.record(z.string(), count).describe('By error code'),
    items: z.array(failure),
    files: z.array(z.string()).optional().describe('With --write: a file for each item'),
  }),
  errorLine,
]);
