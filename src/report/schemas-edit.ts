import { z } from 'zod';
import { count, environment, errorLine, reason, time } from './schema-parts.ts';

/* The published form of what `edit`, `import` and `stats` print with --json. */

export const itemEdit = z.strictObject({
  type: z.literal('item.edit'),
  item: z.string(),
  state: z.enum(['unchanged', 'proposed', 'edited']),
  changes: z.array(
    z.strictObject({
      field: z.string().describe('A key of item.json, or aspects.NAME'),
      from: z.string().nullable(),
      to: z.string().nullable().describe('null: left out, or not known before it is worked out anew'),
      leftOut: z.boolean(),
      proposed: z.boolean().describe('from was the proposal of easyflip, not your word'),
    }),
  ),
  approvalWithdrawn: z.boolean(),
  decision: z.string().nullable().describe('approve, hold, skip or none, where that is changed as well'),
});

const judged = {
  reviewed: count.describe('Proposals that you looked at: kept, changed or removed'),
  kept: count,
  changed: count,
  removed: count,
  added: count.describe('Values that you gave where nothing had been proposed'),
  accuracy: z.number().min(0).max(1).nullable().describe('kept of reviewed; null where nothing was reviewed'),
};
const fields = z.array(z.strictObject({ field: z.string(), ...judged }));

/** The line of `stats`. More parts may come beside `accuracy`. */
export const statsLine = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('stats'),
    since: time,
    until: time,
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

export const importFinished = z.strictObject({
  type: z.literal('import.finished'),
  file: z.string(),
  changed: count,
  proposed: count.describe('Items that the table changes'),
  unchanged: count,
});

/** The line of `export -o FILE`. */
export const exportLine = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('export.finished'), file: z.string(), items: count }),
  z.strictObject({
    type: z.literal('export.drafts'),
    marketplace: z.string(),
    environment,
    drafts: count,
    held: count.describe('How many of these easyflip holds for a person'),
    withPictures: count,
    leftOut: z.array(z.strictObject({ item: z.string(), source: z.string(), reason })),
    files: z.array(z.strictObject({ file: z.string(), drafts: count })),
    uploadUrl: z.string(),
    draftsUrl: z.string(),
  }),
  errorLine,
]);
