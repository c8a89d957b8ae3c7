import * as z from 'zod';
import { OUTCOMES } from '../core/outcome.ts';
import { REMOVED_KINDS } from '../core/removed-metadata.ts';
import { costUsd, count, environment, errorLine, money, reason, share, time } from './schema-parts.ts';
import { importFinished, itemEdit } from './schemas-edit.ts';
import { WAITS } from './watch.ts';

/* The lines of commands that run the pipeline. */

const counts = z
  .strictObject({ items: count, listed: count, already: count, held: count, failed: count, deferred: count, skipped: count })
  .describe('The six outcomes add up to items');

const runStarted = z.strictObject({ type: z.literal('run.started'), run: z.string(), environment, dryRun: z.boolean(), at: time });
export const runNotice = z.strictObject({ type: z.literal('run.notice'), message: z.string() });
const runStopping = z.strictObject({ type: z.literal('run.stopping'), reason });
export const scanFinished = z.strictObject({ type: z.literal('scan.finished'), items: count, photos: count, refused: count });
export const fileRefused = z.strictObject({ type: z.literal('file.refused'), path: z.string(), reason });
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

const watchCounts = z
  .strictObject({ listed: count, held: count, failed: count, deferred: count })
  .describe('Since the watch began; an item that ended twice counts as it ended last');
const watchStarted = z.strictObject({ type: z.literal('watch.started'), folder: z.string(), quietSeconds: z.number().min(0) });
const watchWaiting = z
  .strictObject({
    type: z.literal('watch.waiting'),
    settling: count.describe('Items whose folders are not quiet yet'),
    queued: count.describe('Items that are ready and must wait'),
    why: z.enum(WAITS).nullable().describe('What they wait for'),
    until: time.nullable(),
    counts: watchCounts,
  })
  .describe('Nothing is under way; told when it changes');
const watchStopped = z.strictObject({ type: z.literal('watch.stopped'), folder: z.string(), counts: watchCounts });

/** A line of `list`, `resume` and `retry-failed`; the last one is `run.finished`, or `error` when nothing was started. */
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

/** A line of `watch`: many runs, each ending with `run.finished`; the last line is `watch.stopped`, or `error`. */
export const watchLine = z.discriminatedUnion('type', [watchStarted, watchWaiting, watchStopped, ...runLine.options]);

/** A line of `review`: the addresses, then runs as items are approved; the last line is `review.stopped`, or `error`. */
export const reviewLine = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('review.started'),
    url: z.string().describe('Opens the page for one approver, once'),
    viewerUrl: z.string().describe('Opens it for viewers, as often as wanted'),
  }),
  z.strictObject({ type: z.literal('review.stopped') }),
  ...runLine.options,
]);

/** A line of `edit`: what changes, then the run that works it out. */
export const editLine = z.discriminatedUnion('type', [itemEdit, ...runLine.options]);

/** A line of `import`: what changes in each item, how many, then the run that works it out. */
export const importLine = z.discriminatedUnion('type', [itemEdit, importFinished, ...runLine.options]);

/** A line of `scan`. */
export const scanLine = z.discriminatedUnion('type', [itemPlanned, fileRefused, fileWarned, scanFinished, errorLine]);
