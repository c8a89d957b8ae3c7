import * as z from 'zod';
import { ALERT_LEVELS } from '../../core/alert.ts';

const from = z.enum(ALERT_LEVELS).default('warning').describe('What it is told: this and what is more serious; info: reports too.');

const webhook = z.strictObject({
  variable: z
    .string()
    .regex(/^EASYFLIP_WEBHOOK(_[A-Z0-9_]{1,40})?$/)
    .describe('The environment variable that holds its address, which is a secret: EASYFLIP_WEBHOOK, or EASYFLIP_WEBHOOK_NAME.'),
  form: z
    .enum(['easyflip', 'slack', 'discord'])
    .default('easyflip')
    .describe('What it understands; easyflip: schemas/alert-message.schema.json.'),
  from,
});

const command = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,30}$/)
    .describe('How it is called in messages: small letters, digits and hyphens.'),
  run: z
    .array(z.string().min(1))
    .min(1)
    .max(50)
    .describe('Program and arguments, one by one; no shell. The message is on its standard input.'),
  timeoutSeconds: z.number().min(0.1).max(600).default(30).describe('It is ended after so long.'),
  from,
});

const orNever = (schema: z.ZodNumber, standard: number | null, about: string) => schema.nullable().default(standard).describe(about);

const rules = z
  .strictObject({
    serviceDownMinutes: orNever(
      z.number().min(0).max(100_000),
      15,
      'critical: a service was left alone for so long because it does not answer.',
    ),
    diskFreeMegabytes: orNever(z.number().min(0), 500, 'critical: the data folder has less disk space left.'),
    backups: z.boolean().default(true).describe('critical: on the day of the last run no backup of the database was made.'),
    successPercent: orNever(z.number().min(0).max(100), 99.5, 'warning: fewer of the items that were listed or failed were listed.'),
    successHours: z.number().min(1).max(720).default(24).describe('The time that counts for it.'),
    successAtLeast: z.int().min(1).default(20).describe('It is not judged by fewer items than these.'),
    costPerDayUsd: orNever(z.number().min(0), null, 'warning: models cost more than planned in a day (UTC). US dollars.'),
    costPerMonthUsd: orNever(z.number().min(0), null, 'warning: models cost more than planned in a month (UTC). US dollars.'),
    backlogItems: orNever(z.int().min(0), null, 'warning: more items wait.'),
    backlogHours: orNever(z.number().min(0), 48, 'warning: an item waits for longer.'),
    liveMinutes: orNever(z.number().min(0), null, 'warning: half of the items of the last day took longer from first seen to live.'),
    unusual: z
      .boolean()
      .default(true)
      .describe("warning: failures, time, cost or confidence of a day are far from this seller's own history."),
    unusualDays: z.int().min(5).max(60).default(7).describe('It is not judged by fewer earlier days than these.'),
    unusualFactor: z
      .number()
      .min(2)
      .max(100)
      .default(5)
      .describe('How far: in robust standard deviations (1.4826 times the MAD) from the median.'),
    dailyReport: z.boolean().default(true).describe('info: what came of the day before (UTC).'),
    weeklyReport: z.boolean().default(true).describe('info: what came of the week before, Monday to Sunday (UTC).'),
  })
  .prefault({})
  .describe('What is told; null: never.');

export const alerts = z
  .strictObject({
    webhooks: z.array(webhook).max(10).default([]).describe('Who is told over the net.'),
    commands: z.array(command).max(10).default([]).describe('Programs on this machine that tell.'),
    repeatHours: orNever(z.number().min(0.01).max(10_000), 24, 'What is still the case is told again after so long; null: once.'),
    gatherMinutes: z
      .number()
      .min(0)
      .max(1_440)
      .default(5)
      .describe('Unless something critical is new, so long passes between two messages; what comes meanwhile goes in one.'),
    timeoutSeconds: z.number().min(0.1).max(120).default(10).describe('A webhook must answer within.'),
    rules,
  })
  .prefault({})
  .describe('Who is told when something is wrong.');
