import * as z from 'zod';
import { count, environment, errorLine, reason } from './schema-parts.ts';

/* The published form of what `edit`, `import` and `export` print with --json. */

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
