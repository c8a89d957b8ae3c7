import { Chalk } from 'chalk';
import { moneyLabel } from '../core/money.ts';
import type { ItemState } from '../core/outcome.ts';
import { costText, counted } from './amounts.ts';
import { waitingBatchJson, waitingBatchLines } from './batches.ts';
import { placeText, reasonText } from './item-lines.ts';
import { jsonLine, jsonText, moneyJson, reasonJson } from './json-lines.ts';
import { nextCommand } from './next-command.ts';
import { serviceLines, servicesJson } from './services.ts';
import { table } from './table.ts';
import { wrap } from './text.ts';
import type { TextStyle } from './text-style.ts';
import type { StatusItem, StatusView } from './views.ts';
import { ITEM_STATES } from './views.ts';

/** Those that need somebody come first. */
const ORDER: readonly ItemState[] = ['failed', 'held', 'waiting', 'live', 'sold', 'ended', 'withdrawn', 'skipped'];
const QUIET_STATES: readonly ItemState[] = ['live', 'sold', 'ended', 'withdrawn', 'skipped'];
const QUIET_SHOWN = 20;

const COLORS = {
  live: 'green',
  sold: 'green',
  ended: 'dim',
  waiting: 'cyan',
  held: 'yellow',
  failed: 'red',
  skipped: 'dim',
  withdrawn: 'dim',
} as const satisfies Record<ItemState, string>;

type StatusCounts = Readonly<Record<ItemState, number>> & { readonly items: number };

/** `items` and one number for each state; they add up. */
function stateCounter(): { readonly counts: StatusCounts; add(item: StatusItem): void } {
  const counts = { items: 0, live: 0, sold: 0, ended: 0, waiting: 0, held: 0, failed: 0, skipped: 0, withdrawn: 0 };
  return {
    counts,
    add({ state }) {
      counts.items += 1;
      counts[state] += 1;
    },
  };
}

function countStates(items: readonly StatusItem[]): StatusCounts {
  const { counts, add } = stateCounter();
  for (const item of items) add(item);
  return counts;
}

/** `easyflip status`: counts, a table, and the command for each item that waits for somebody. Ends with a line break. */
export function renderStatus(view: StatusView, style: TextStyle): string {
  const { environment, items, batches } = view;
  const { color, columns, all = false, commandSuffix = '', cwd = process.cwd() } = style;
  const paint = new Chalk({ level: color ? 1 : 0 });
  if (items.length === 0) return `No items in ${environment} yet.\n${paint.bold('Next:')} easyflip list FOLDER${commandSuffix}\n`;

  const counts = countStates(items);
  const states = ITEM_STATES.filter((state) => counts[state] > 0).map((state) => `${counts[state]} ${state}`);
  const ordered = ORDER.flatMap((state) => items.filter((item) => item.state === state));
  const loud = ordered.filter(({ state }) => !QUIET_STATES.includes(state));
  const quiet = ordered.slice(loud.length);
  const shown = all ? ordered : [...loud, ...quiet.slice(0, QUIET_SHOWN)];

  const cost = items.reduce((sum, { costUsd }) => sum + costUsd, 0);
  const lines = [paint.bold(`${counted(items.length, 'item')} in ${environment}: ${states.join(', ')}; cost ${costText(cost)}`), ''];
  lines.push(
    ...table({
      columns: [
        { title: 'ID' },
        { title: 'STATE' },
        { title: 'STAGE' },
        { title: 'PRICE', align: 'right' },
        { title: 'TITLE', shrinks: true },
        { title: 'SOURCE', shrinks: true },
      ],
      rows: shown.map((item) => [
        item.id,
        item.state,
        item.stage ?? '-',
        item.price ? moneyLabel(item.price) : '-',
        item.title ?? '-',
        placeText(item.source, cwd),
      ]),
      width: columns,
      paint: (cell, row, column) => {
        const item = shown[row];
        if (!item) return paint.dim(cell);
        return column === 1 ? paint[COLORS[item.state]](cell) : cell;
      },
    }),
  );
  if (shown.length < ordered.length)
    lines.push(paint.dim(`and ${ordered.length - shown.length} more that need nothing (status --json has all)`));

  const services = serviceLines(view, Date.now());
  if (services.length > 0) lines.push('', paint.bold('Services:'), ...services.map((line) => `  ${paint.yellow(line)}`));

  const waiting = loud.filter(({ state, reason }) => state !== 'waiting' && reason !== null);
  if (waiting.length > 0) lines.push('', paint.bold('Waiting for you:'));
  for (const { id, state, reason } of waiting) {
    if (reason) {
      const name = `  ${id}  `;
      const told = wrap(reasonText(reason), Math.max(20, columns - name.length));
      lines.push(...told.map((line, at) => (at === 0 ? name : ' '.repeat(name.length)) + line));
    }
    lines.push(`    ${paint.cyan(nextCommand(id, state, reason ?? undefined, commandSuffix) ?? '')}`);
  }
  if (batches.length > 0) lines.push('', ...waitingBatchLines(batches));
  if (counts.waiting > 0)
    lines.push('', `${paint.bold('Next:')} ${paint.cyan(`easyflip resume${commandSuffix}`)} continues ${counted(counts.waiting, 'item')}`);
  return `${lines.join('\n')}\n`;
}

/** Items whose text is written together. */
const AT_ONCE = 100;

/**
 * `easyflip status --json`: one object in the published form, on one line, piece by piece: the items are held nowhere. What was counted
 * follows them, so that it adds up even if another process changes them meanwhile.
 */
export async function* statusJson(
  standing: Omit<StatusView, 'items' | 'environment'>,
  items: AsyncIterable<StatusItem> | Iterable<StatusItem>,
): AsyncGenerator<string> {
  const { counts, add } = stateCounter();
  let piece = '{"items":[';
  try {
    for await (const item of items) {
      if (counts.items > 0) piece += ',';
      piece += jsonText(statusItemJson(item));
      add(item);
      if (counts.items % AT_ONCE !== 0) continue;
      yield piece;
      piece = '';
    }
  } catch (error) {
    // What was begun is no object and cannot become one; the error gets a line of its own.
    if (counts.items >= AT_ONCE) yield '\n';
    throw error;
  }
  const others = jsonLine({ counts, batches: standing.batches.map(waitingBatchJson), ...servicesJson(standing) });
  yield `${piece}],${others.slice(1)}`;
}

export function statusItemJson(item: StatusItem): Record<string, unknown> {
  const { id, sku, source, photos, state, stage, title, categoryId, price, listingId, listingUrl, reason, attempts, costUsd } = item;
  return {
    id,
    sku,
    source,
    photos,
    state,
    stage,
    title,
    categoryId,
    price: price && moneyJson(price),
    listingId,
    listingUrl,
    reason: reason && reasonJson(reason),
    attempts,
    costUsd,
  };
}
