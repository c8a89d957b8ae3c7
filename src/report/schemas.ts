import { z } from 'zod';
import { FACT_NAMES } from '../core/facts.ts';
import { OUTCOMES } from '../core/outcome.ts';
import { evalRun, readingRun } from './eval-schema.ts';
import { costUsd, count, environment, errorLine, money, reason, share, time } from './schema-parts.ts';
import { accountSchemas } from './schemas-account.ts';
import { archiveLine, costsLine, feesLine, sale, syncLine } from './schemas-after-run.ts';
import { reportLine, servicesParts, storyParts } from './schemas-trouble.ts';
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

const runFinished = z.strictObject({
  type: z.literal('run.finished'),
  run: z.string(),
  environment,
  dryRun: z.boolean(),
  counts,
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
  itemFinished,
  runFinished,
  errorLine,
]);

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
      warnings: z.array(reason),
    }),
  ),
  categoryPath: z.string().nullable(),
  condition: z.strictObject({ id: z.string(), word: z.string(), note: z.string().nullable() }).nullable(),
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

/** The line of `eval`. */
export const evalLine = z.discriminatedUnion('type', [evalRun, readingRun, errorLine]);

/** JSON Schema (draft 2020-12) by file name under schemas/. */
export function outputJsonSchemas(): Readonly<Record<string, Record<string, unknown>>> {
  return {
    'run-line.schema.json': jsonSchema('A line of easyflip list, resume, retry-failed or watch with --json', runLine),
    'scan-line.schema.json': jsonSchema('A line of easyflip scan --json', scanLine),
    'status.schema.json': jsonSchema('easyflip status --json', status),
    'failed-line.schema.json': jsonSchema('The line of easyflip status --failed --json', failedLine),
    'failure.schema.json': jsonSchema('A file that easyflip status --failed --write DIR writes', failure),
    'report-line.schema.json': jsonSchema('The line of easyflip report --bundle --json', reportLine),
    'show.schema.json': jsonSchema('easyflip show ITEM --json', show),
    'sync-line.schema.json': jsonSchema('The line of easyflip sync --json', syncLine),
    'fees-line.schema.json': jsonSchema('The line of easyflip fees ITEM… --json', feesLine),
    ...Object.fromEntries(accountSchemas.map(({ file, title, shape }) => [file, jsonSchema(title, shape)])),
    'archive-line.schema.json': jsonSchema('A line of easyflip archive --json', archiveLine),
    'costs-line.schema.json': jsonSchema('The line of easyflip costs --json', costsLine),
    'eval-line.schema.json': jsonSchema('The line of easyflip eval DIR --json, and what --json FILE writes', evalLine),
    'error.schema.json': jsonSchema('What easyflip prints with --json when it cannot do what was asked', errorLine),
  };
}

const jsonSchema = (title: string, shape: z.ZodType): Record<string, unknown> => ({ title, ...z.toJSONSchema(shape) });
