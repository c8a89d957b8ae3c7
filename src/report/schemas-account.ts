import * as z from 'zod';
import { count, environment, errorLine, money, reason } from './schema-parts.ts';

/* The published form of what `auth`, `setup`, `doctor`, `update` and `withdraw` print with --json. */

const masked = z
  .strictObject({ ending: z.string().max(4), from: z.enum(['environment', 'stored']) })
  .nullable()
  .describe('A secret, told by its end only');

const authLine = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('auth.status'),
    environment,
    loggedIn: z.boolean(),
    username: z.string().nullable(),
    appId: masked,
    certId: masked,
    ruName: masked,
    refreshToken: masked,
    refreshTokenExpiresAt: z.string().nullable(),
    missingScopes: z.array(z.string()).describe('What easyflip would ask for and the seller has not consented to'),
    keySource: z.enum(['keychain', 'passphrase', 'file']).nullable(),
    file: z.string(),
  }),
  z
    .strictObject({ type: z.literal('auth.consent-wanted'), environment, url: z.string() })
    .describe('Open the page, then run the same command with --code; exit code 4'),
  z.strictObject({ type: z.literal('auth.logout'), environment, removed: z.boolean() }),
  errorLine,
]);

const setupLine = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('setup.finished'),
    steps: z.array(
      z.strictObject({ what: z.string(), id: z.string(), name: z.string(), how: z.enum(['kept', 'only', 'chosen', 'created']) }),
    ),
    file: z.string().describe('The config file'),
    changes: z.array(z.strictObject({ path: z.string(), from: z.unknown(), to: z.unknown() })).describe('What was written into it'),
    limit: z
      .strictObject({ amount: money.nullable(), quantity: count.nullable() })
      .nullable()
      .describe('What may be listed in a month; null: not limited'),
  }),
  errorLine,
]);

const doctorLine = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('doctor.finished'),
    healthy: z.boolean().describe('Nothing must be mended'),
    counts: z.strictObject({ pass: count, warn: count, fail: count, skip: count }),
    findings: z.array(
      z.strictObject({
        group: z.string(),
        name: z.string(),
        health: z
          .enum(['pass', 'warn', 'fail', 'skip'])
          .describe('skip: not looked at, because something before it failed or it does not apply'),
        detail: z.string(),
        fix: z.string().nullable().describe('What to do about it; null when all is well'),
      }),
    ),
  }),
  errorLine,
]);

const updateLine = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('item.update'),
    item: z.string(),
    state: z.enum(['unchanged', 'proposed', 'updated']),
    changes: z.array(z.strictObject({ field: z.string(), from: z.string().nullable(), to: z.string().nullable() })),
    doubt: reason.nullable().describe('What would hold it if it were new; your yes overrules it'),
  }),
  errorLine,
]);

const withdrawLine = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('item.withdrawn'), item: z.string(), sku: z.string() }),
  errorLine,
]);

export const accountSchemas: readonly { readonly file: string; readonly title: string; readonly shape: z.ZodType }[] = [
  { file: 'auth-line.schema.json', title: 'The line of easyflip auth login, status or logout --json', shape: authLine },
  { file: 'setup-line.schema.json', title: 'The line of easyflip setup --json', shape: setupLine },
  { file: 'doctor-line.schema.json', title: 'The line of easyflip doctor --json', shape: doctorLine },
  { file: 'update-line.schema.json', title: 'A line of easyflip update ITEM… --json', shape: updateLine },
  { file: 'withdraw-line.schema.json', title: 'The line of easyflip withdraw ITEM --json', shape: withdrawLine },
];
