import * as z from 'zod';

/* What the published forms are made of. */

export const count = z.int().min(0);
export const share = z.number().min(0).max(1).describe('0 to 1; below 0.5 a person should look');
export const time = z.string().describe('ISO 8601, UTC');
export const environment = z.enum(['practice', 'sandbox', 'production']).meta({ id: 'environment' });
export const costUsd = z.number().min(0).describe('US dollars');

export const reason = z
  .strictObject({
    // Not the list itself: a new code must not make an old script refuse the line.
    code: z
      .string()
      .regex(/^[a-z]+(\.[a-z-]+)?$/)
      .describe('area.what, such as facts.missing; more may come'),
    message: z.string().describe('What is the case, one sentence'),
    hint: z.string().describe('What to do next, one sentence'),
  })
  .meta({ id: 'reason' });

export const money = z
  .strictObject({ value: z.string().regex(/^-?\d+(\.\d+)?$/), currency: z.string().regex(/^[A-Z]{3}$/) })
  .meta({ id: 'money' });

export const waitingBatch = z
  .strictObject({
    batch: z.string().nullable().describe('null: not sent yet'),
    questions: count,
    status: z.string().describe("The service's own word, as last seen, or sent, filling, creating"),
    completed: count,
    failed: count,
    since: time,
    costUsdMax: costUsd.describe('What its unanswered questions count for until their cost is known'),
  })
  .meta({ id: 'batch' });

export const errorLine = z.strictObject({ type: z.literal('error'), reason, problems: z.array(z.string()).optional() });
