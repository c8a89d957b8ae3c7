import { Chalk } from 'chalk';
import { counted } from './amounts.ts';
import { placeText, reasonText } from './item-lines.ts';
import { reasonJson } from './json-lines.ts';
import { shellWord } from './shell-word.ts';
import { table } from './table.ts';
import { clean } from './text.ts';
import type { TextStyle } from './text-style.ts';
import type { PlannedItem } from './views.ts';

const MEANINGS: Readonly<Record<PlannedItem['action'], string>> = {
  new: 'would be listed',
  continue: 'would continue',
  changed: 'would be worked on again',
  already: 'is listed already',
  held: 'is held',
  skipped: 'is skipped',
};

/** `easyflip scan`: what a run would do with each item. `folders`: as they were named, to be copied. Ends with a line break. */
export function renderPlan(
  items: readonly PlannedItem[],
  folders: readonly string[],
  { color, columns, cwd = process.cwd(), commandSuffix = '' }: TextStyle,
): string {
  const paint = new Chalk({ level: color ? 1 : 0 });
  if (items.length === 0) return 'No items found.\n';
  const lines = table({
    columns: [
      { title: 'ID' },
      { title: 'PHOTOS', align: 'right' },
      { title: 'PLAN' },
      { title: 'SOURCE', shrinks: true },
      { title: 'WHY', shrinks: true },
    ],
    rows: items.map(({ item, photos, action, source, reason, border, why, confidence }) => [
      item,
      String(photos),
      MEANINGS[action],
      placeText(source, cwd),
      reason ? reasonText(reason) : border.kind === 'folder' ? '' : `${clean(why)} (${Math.round(confidence * 100)} %)`,
    ]),
    width: columns,
    paint: (cell, row) => (row < 0 ? paint.dim(cell) : cell),
  });
  const work = items.filter(({ action }) => action === 'new' || action === 'continue' || action === 'changed').length;
  lines.push('', paint.bold(`${counted(items.length, 'item')}, ${work} with work to do`));
  if (work > 0) lines.push(`${paint.bold('Next:')} ${paint.cyan(`easyflip list ${folders.map(shellWord).join(' ')}${commandSuffix}`)}`);
  return `${lines.join('\n')}\n`;
}

/** One line of `easyflip scan --json`; `scan.finished` follows the last. */
export function plannedItemJson({
  item,
  sku,
  source,
  photos,
  action,
  title,
  reason,
  border,
  why,
  confidence,
  files,
}: PlannedItem): Record<string, unknown> {
  return {
    type: 'item.planned',
    item,
    sku,
    source,
    photos,
    action,
    ...(title !== null && { title }),
    ...(reason && { reason: reasonJson(reason) }),
    why,
    confidence,
    border,
    files: files.map(({ path, sameShotAs }) => ({ path, ...(sameShotAs === null ? {} : { sameShotAs }) })),
  };
}
