import { Chalk } from 'chalk';
import type { ContentChange } from '../core/content-changes.ts';
import type { Reason } from '../core/errors.ts';
import type { ItemId } from '../core/item.ts';
import { counted } from './amounts.ts';
import { htmlText } from './html-text.ts';
import { reasonText } from './item-lines.ts';
import { reasonJson } from './json-lines.ts';
import { clean, wrap } from './text.ts';
import type { TextStyle } from './text-style.ts';

export interface UpdateView {
  readonly itemId: ItemId;
  readonly changes: readonly ContentChange[];
  readonly doubt: Reason | undefined;
}

/** The difference between the live listing and the proposed one, line by line. Ends with a line break. */
export function renderChanges({ itemId, changes, doubt }: UpdateView, { color, columns }: TextStyle): string {
  const paint = new Chalk({ level: color ? 1 : 0 });
  if (changes.length === 0) return `${itemId}: the live listing is already so; nothing to change.\n`;
  const lines = [paint.bold(`${itemId}: ${counted(changes.length, 'change')}`)];
  for (const { field, from, to } of changes) {
    lines.push(`  ${paint.bold(clean(field))}`);
    for (const line of shown(from, columns)) lines.push(`    ${paint.red(`- ${line}`)}`);
    for (const line of shown(to, columns)) lines.push(`    ${paint.green(`+ ${line}`)}`);
  }
  if (doubt) lines.push(`  ${paint.yellow(reasonText(doubt))}`);
  return `${lines.join('\n')}\n`;
}

const shown = (text: string | null, columns: number): readonly string[] =>
  text === null
    ? []
    : htmlText(text)
        .split(/\r?\n/)
        .flatMap((line) => wrap(clean(line), Math.max(20, columns - 6)));

/** `easyflip update --json`: one object for each item. */
export function changesJson(view: UpdateView, state: 'unchanged' | 'proposed' | 'updated'): Record<string, unknown> {
  return {
    type: 'item.update',
    item: view.itemId,
    state,
    changes: view.changes.map(({ field, from, to }) => ({ field, from, to })),
    doubt: view.doubt ? reasonJson(view.doubt) : null,
  };
}

/** `easyflip withdraw --json`: one object. */
export const withdrawnJson = ({ id, sku }: { readonly id: ItemId; readonly sku: string }): Record<string, unknown> => ({
  type: 'item.withdrawn',
  item: id,
  sku,
});
