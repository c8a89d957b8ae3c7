import { z } from 'zod';
import { FACT_NAMES } from '../core/facts.ts';
import { OUTCOMES } from '../core/outcome.ts';
import { REMOVED_KINDS } from '../core/removed-metadata.ts';
import { evalRun, groupingRun, readingRun } from './eval-schema.ts';
import { costUsd, count, environment, errorLine, money, reason, share, time, waitingBatch } from './schema-parts.ts';
import { accountSchemas } from './schemas-account.ts';
import { archiveLine, costsLine, feesLine, sale, storeLine, syncLine } from './schemas-after-run.ts';
import { exportLine, importFinished, itemEdit, statsLine } from './schemas-edit.ts';
import { dividerLine, groupLine } from './schemas-grouping.ts';
import { storyParts } from './schemas-trouble.ts';
import { ITEM_STATES } from './views.ts';

/**
 * The published form of everything `--json` prints. Scripts rely on it: keys may be added, never
 * renamed or removed. Only tests and the schema files use this; printing does not wait for it.
 */
const counts = z
  .strictObject({ items: count, listed: count, already: count, held: count, failed: count, deferred: count, skipped: count })
  .describe('The six outcomes add up to items');

const runStarted = z.strictObject({ type: z.literal('run.started'), run: z.string(), environment, dryRun: z.boolean(), at: time });
const runNotice = z.strictObject({ type: z.literal('run.notice'), message: z.string() });
const runStopping = z.strictObject({ type: z.literal('run.stopping'), reason });
const scanFinished = z.strictObject({ type: z.literal('scan.finished'), items: count, photos: count, refused: count });
const fileRefused = z.strictObject({ type: z.literal('file.refused'), path: z.string(), reason });
const fileWarned = z.strictObject({ type: z.literal('file.warned'), path: z.string(), item: z.string(), reason });

const batchLines = [
  z.strictObject({
    type: z.literal('batch.sent'),
    batch: z.string(),
    questions: count,
    costUsdMax: costUsd.describe('The most it can cost'),
  }),
  z.strictObject({
    type: z.literal('batch.progress'),
    batch: z.string(),
    status: z.string().describe("The service's own word, such as in_progress"),
    total: count,
    completed: count,
    failed: count,
  }),
  z.strictObject({
    type: z.literal('batch.finished'),
    batch: z.string(),
    status: z.string().describe('completed, failed, expired, cancelled; gone: the service knows it no more'),
    answered: count,
    failed: count.describe('Asked again by ordinary calls'),
    costUsd,
  }),
] as const;

const itemFinished = z.strictObject({
  type: z.literal('item.finished'),
  item: z.string(),
  sku: z.string(),
  source: z.string(),
  outcome: z.enum(OUTCOMES),
  listingId: z.string().optional(),
  listingUrl: z.string().optional(),
  title: z.string().optional(),
  estimate: z
    .strictObject({ price: money, fees: money, feesAsOf: z.string() })
    .optional()
    .describe("Only in a dry run: the price, and eBay's share of it by your fee table of that day; never eBay's own figure"),
  reason: reason.optional(),
});

const removed = z
  .strictObject({ photos: count, kinds: z.partialRecord(z.enum(REMOVED_KINDS), count.min(1)) })
  .describe('From how many photos of this run metadata was removed, and from how many each kind; never what it said');

const runFinished = z.strictObject({
  type: z.literal('run.finished'),
  run: z.string(),
  environment,
  dryRun: z.boolean(),
  counts,
  removed,
  costUsd,
  seconds: z.number().min(0),
  exitCode: z.int().min(0).max(255),
});

const itemPlanned = z.strictObject({
  type: z.literal('item.planned'),
  item: z.string(),
  sku: z.string(),
  source: z.string(),
  photos: count,
  action: z.enum(['new', 'continue', 'changed', 'already', 'held', 'skipped']),
  title: z.string().optional(),
  reason: reason.optional(),
  why: z.string().describe('Why these photos are one item'),
  confidence: share,
  border: z
    .strictObject({
      kind: z.enum(['folder', 'start', 'name', 'divider', 'time', 'look', 'size', 'seller']),
      why: z.string(),
      confidence: share,
    })
    .describe('What tells that the item begins here'),
  files: z.array(
    z.strictObject({
      path: z.string(),
      sameShotAs: z.int().min(1).optional().describe('Number of an earlier photo of the item that shows the same shot'),
    }),
  ),
});

/** A line of `list`, `resume`, `retry-failed` and `watch`; the last one is `run.finished`, or `error` when nothing was started. */
export const runLine = z.discriminatedUnion('type', [
  runStarted,
  runNotice,
  runStopping,
  scanFinished,
  fileRefused,
  fileWarned,
  ...batchLines,
  itemFinished,
  runFinished,
  errorLine,
]);

/** A line of `edit`: what changes, then the run that works it out. */
const editLine = z.discriminatedUnion('type', [itemEdit, ...runLine.options]);

/** A line of `import`: what changes in each item, how many, then the run that works it out. */
const importLine = z.discriminatedUnion('type', [itemEdit, importFinished, ...runLine.options]);

/** A line of `scan`. */
export const scanLine = z.discriminatedUnion('type', [itemPlanned, fileRefused, fileWarned, scanFinished, errorLine]);

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

const knownListing = z.strictObject({
  sku: z.string(),
  state: z.enum(['unpublished', 'live', 'sold', 'ended', 'withdrawn']),
  listingId: z.string().nullable(),
  listingUrl: z.string().nullable(),
  title: z.string().nullable(),
  price: money.nullable(),
});

/** A line of `recover`. */
const recoverLine = z.discriminatedUnion('type', [
  scanFinished,
  fileRefused,
  runNotice,
  z.strictObject({
    type: z.literal('recover.finished'),
    dryRun: z.boolean(),
    items: z.array(
      z.strictObject({
        item: z.string(),
        source: z.string(),
        was: z
          .enum(['live', 'sold', 'ended', 'withdrawn', 'debris', 'several', 'known', 'new'])
          .describe('debris: half made, `list` completes it; several: a person must say which; known: it was in the database'),
        listing: knownListing.nullable(),
      }),
    ),
    withoutPhotos: z.array(knownListing).describe('Of easyflip by their SKU, with photos in none of the folders'),
    others: count.describe("What else the seller has on eBay's inventory"),
  }),
  errorLine,
]);

/** The line of `eval`. */
export const evalLine = z.discriminatedUnion('type', [evalRun, readingRun, groupingRun, errorLine]);

/** JSON Schema (draft 2020-12) by file name under schemas/. */
export function outputJsonSchemas(): Readonly<Record<string, Record<string, unknown>>> {
  return {
    'run-line.schema.json': jsonSchema('A line of easyflip list, resume, retry-failed or watch with --json', runLine),
    'scan-line.schema.json': jsonSchema('A line of easyflip scan --json', scanLine),
    'divider-line.schema.json': jsonSchema('The line of easyflip divider --json', dividerLine),
    'group-line.schema.json': jsonSchema('The line of easyflip group merge, split or move --json', groupLine),
    'status.schema.json': jsonSchema('easyflip status --json', status),
    'failed-line.schema.json': jsonSchema('The line of easyflip status --failed --json', failedLine),
    'failure.schema.json': jsonSchema('A file that easyflip status --failed --write DIR writes', failure),
    'show.schema.json': jsonSchema('easyflip show ITEM --json', show),
    'sync-line.schema.json': jsonSchema('The line of easyflip sync --json', syncLine),
    'fees-line.schema.json': jsonSchema('The line of easyflip fees ITEM… --json', feesLine),
    ...Object.fromEntries(accountSchemas.map(({ file, title, shape }) => [file, jsonSchema(title, shape)])),
    'edit-line.schema.json': jsonSchema('A line of easyflip edit ITEM… --json', editLine),
    'import-line.schema.json': jsonSchema('A line of easyflip import FILE --json', importLine),
    'export-line.schema.json': jsonSchema('The line of easyflip export -o FILE --json', exportLine),
    'stats-line.schema.json': jsonSchema('The line of easyflip stats --json', statsLine),
    'archive-line.schema.json': jsonSchema('A line of easyflip archive --json', archiveLine),
    'store-line.schema.json': jsonSchema('The line of easyflip backup, restore, verify or prune --json', storeLine),
    'recover-line.schema.json': jsonSchema('A line of easyflip recover --json', recoverLine),
    'costs-line.schema.json': jsonSchema('The line of easyflip costs --json', costsLine),
    'eval-line.schema.json': jsonSchema('The line of easyflip eval DIR --json, and what --json FILE writes', evalLine),
    'error.schema.json': jsonSchema('What easyflip prints with --json when it cannot do what was asked', errorLine),
  };
}

const jsonSchema = (title: string, shape: z.ZodType): Record<string, unknown> => ({ title, ...z.toJSONSchema(shape) });
