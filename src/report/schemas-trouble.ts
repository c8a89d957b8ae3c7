import * as z from 'zod';
import { SERVICES } from '../core/settings.ts';
import { count, errorLine, reason, time } from './schema-parts.ts';

/* What is told of things that went wrong. */

/** Part of `show`, and of each item of `status --failed`. */
export const storyParts = {
  failures: z
    .array(
      z.strictObject({
        stage: z.string(),
        attempts: count.describe('Runs of the stage with the same inputs, this one included'),
        startedAt: time,
        failedAt: time,
        passesByItself: z.boolean().describe('The next run tries again by itself; else it waits for retry-failed or a change'),
        reason,
      }),
    )
    .describe('Oldest first; the last 20'),
  outside: z
    .array(
      z.strictObject({
        what: z.enum(['pictures', 'item', 'offer', 'listing']),
        count,
        id: z.string().nullable(),
        at: time,
        answered: z.boolean().describe('false: no answer came; the next try asks what became of it'),
      }),
    )
    .describe('What exists at the marketplace because of it'),
  calls: z
    .array(z.strictObject({ service: z.enum(SERVICES), calls: count, failed: count, seconds: z.number().min(0) }))
    .describe('Attempts for this item alone, over all runs'),
};

/** The line of `report`. */
export const reportLine = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('report.page'), file: z.string(), bytes: count, since: time, until: time }),
  z.strictObject({
    type: z.literal('report.written'),
    file: z.string(),
    bytes: count,
    withItems: z.boolean(),
    parts: z.array(z.strictObject({ name: z.string(), lines: count })).describe('What is in the file'),
  }),
  errorLine,
]);

/** A line of `explain`. */
export const explainLine = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('code'),
    code: z.string(),
    outcome: z.enum(['told', 'held', 'failed', 'refused', 'stopped']).describe('What becomes of what it is said of'),
    means: z.string(),
    cure: z.string(),
    repeated: z.boolean().describe('Within the run, by itself'),
    nextRun: z.boolean().describe('By the next run, without a word of yours'),
    endsRun: z.boolean(),
  }),
  errorLine,
]);

/** Part of `status`. */
export const servicesParts = {
  services: z
    .array(
      z.strictObject({
        service: z.enum(SERVICES),
        breaker: z
          .strictObject({ since: time, probeAt: time })
          .nullable()
          .describe('Not null: it did not answer and is left alone until probeAt'),
        callsToday: count.describe('Since midnight Pacific time, by all processes on this database'),
        dailyQuota: count.nullable(),
      }),
    )
    .describe('Services that are left alone or were called today'),
  paused: z.array(z.strictObject({ what: z.enum(['all', ...SERVICES]), since: time })).describe('What the seller stopped with `pause`'),
  allowances: z
    .array(z.strictObject({ name: z.string(), limit: count, remaining: count, resetsAt: time, askedAt: time }))
    .describe('What eBay said when it was last asked how many calls are left'),
};
