import * as z from 'zod';
import { ALERT_LEVELS } from '../core/alert.ts';
import { count, environment, errorLine, reason, time } from './schema-parts.ts';

/* The published form of alerts: what `alerts` prints with --json, and what webhooks get. */

const level = z.enum(ALERT_LEVELS);
const alert = {
  key: z.string().describe('One for each thing that can be the matter, such as service-down:inventory'),
  // Not the list itself: a new rule must not make an old script refuse it.
  rule: z
    .string()
    .regex(/^[a-z]+(-[a-z]+)*$/)
    .describe('Such as service-down; more may come'),
  level,
  message: z.string().describe('What is the case, with its figures, one sentence'),
  hint: z.string().describe('What to do, one sentence'),
  figures: z.record(z.string(), z.union([z.number(), z.string(), z.null()])).describe('What it rests on; units last in the names'),
  since: time,
};

const channel = z.string().describe('Such as "webhook EASYFLIP_WEBHOOK" or "command mail"');
const firing = z.array(z.strictObject({ ...alert, seenAt: time, resolvedAt: z.null() })).describe('Most serious first; reports too');
const channels = z.array(z.strictObject({ channel, from: level })).describe('Who is told, and from which level on');
const told = z.array(
  z.strictObject({ channel, notices: count, reason: reason.nullable().describe('Why it did not arrive; null: it did') }),
);

export const alertsLine = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('alerts'), at: time, firing, channels }),
  z.strictObject({ type: z.literal('alerts.checked'), at: time, firing, channels, told: told.describe('Only who had to be told') }),
  z.strictObject({ type: z.literal('alerts.tested'), told }),
  errorLine,
]);

export const alertMessage = z.strictObject({
  type: z.literal('alert.message'),
  version: z.literal(1),
  environment,
  at: time,
  test: z.boolean().describe('Sent by `easyflip alerts test`: nothing is the matter'),
  text: z.string().describe('The same for people'),
  notices: z.array(z.strictObject({ state: z.enum(['firing', 'resolved']), ...alert, resolvedAt: time.nullable() })),
});
