import { z } from 'zod';

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
