import { Chalk } from 'chalk';
import type { ItemId } from '../core/item.ts';
import { counted } from './amounts.ts';
import { clean, wrap } from './text.ts';
import type { TextStyle } from './text-style.ts';

/** One field of an item before and after. */
export interface FieldChange {
  readonly field: string;
  /** null: there was none. */
  readonly from: string | null;
  /** null: left out, or not known before it is worked out anew. */
  readonly to: string | null;
  /** The seller wants no value, whatever the photos tell. */
  readonly leftOut: boolean;
  /** `from` was the program's proposal, not the seller's word. */
  readonly proposed: boolean;
}

export interface EditView {
  readonly itemId: ItemId;
  readonly changes: readonly FieldChange[];
  readonly withdrawsApproval: boolean;
  /** Approve, hold or skip, where that is changed as well; `none`: the decision is taken back. */
  readonly decision?: string;
}

/** What an edit changes, line by line. Ends with a line break. */
export function renderEdit({ itemId, changes, withdrawsApproval, decision }: EditView, { color, columns }: TextStyle): string {
  const paint = new Chalk({ level: color ? 1 : 0 });
  if (changes.length === 0 && decision === undefined) return `${itemId}: it is so already; nothing to change.\n`;
  const room = Math.max(20, columns - 6);
  const told = (text: string | null, instead: string): readonly string[] =>
    text === null ? [instead] : text.split(/\r?\n/).flatMap((line) => wrap(clean(line), room));
  const lines = [paint.bold(`${itemId}: ${counted(changes.length, 'change')}`)];
  for (const { field, from, to, leftOut, proposed } of changes) {
    lines.push(`  ${paint.bold(clean(field))}`);
    if (from !== null)
      lines.push(...told(from, '').map((line) => `    ${paint.red(`- ${line}`)}${proposed ? paint.dim(' (proposed)') : ''}`));
    lines.push(...told(to, leftOut ? '(left out)' : '(as photos and rules tell)').map((line) => `    ${paint.green(`+ ${line}`)}`));
  }
  if (decision !== undefined) lines.push(`  ${paint.bold('decision')}: ${decision}`);
  if (withdrawsApproval) lines.push(`  ${paint.yellow('You had approved what it was before: that approval is withdrawn.')}`);
  return `${lines.join('\n')}\n`;
}

type EditState = 'unchanged' | 'proposed' | 'edited';

/** `easyflip edit --json` and `import --json`: one object for each item. */
export const editJson = ({ itemId, changes, withdrawsApproval, decision }: EditView, state: EditState): Record<string, unknown> => ({
  type: 'item.edit',
  item: itemId,
  state,
  changes: changes.map(({ field, from, to, leftOut, proposed }) => ({ field, from, to, leftOut, proposed })),
  approvalWithdrawn: withdrawsApproval,
  decision: decision ?? null,
});
