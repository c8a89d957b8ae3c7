import { Chalk } from 'chalk';
import { costText, counted } from './amounts.ts';
import { type WaitingBatch, waitingBatchLines } from './batches.ts';
import { table } from './table.ts';
import { clean } from './text.ts';
import type { TextStyle } from './text-style.ts';

/** What some paid calls came to. */
export interface Spent {
  readonly calls: number;
  /** Calls that gave no answer: they count at the most they may have cost. */
  readonly unsettled: number;
  readonly inputTokens: number;
  readonly cachedTokens: number;
  readonly outputTokens: number;
  readonly pictures: number;
  readonly costUsd: number;
  readonly seconds: number;
}

export interface CostsView {
  /** UTC day; null: ever. */
  readonly since: string | null;
  readonly total: Spent;
  /** Each newest first. */
  readonly days: readonly (Spent & { readonly day: string })[];
  readonly runs: readonly (Spent & { readonly run: string })[];
  readonly items: readonly (Spent & { readonly item: string; readonly title: string | null; readonly source: string | null })[];
  readonly models: readonly (Spent & { readonly provider: string; readonly model: string })[];
  /** Calls that wait for half the price; they count at their worst case until then. */
  readonly batches: readonly WaitingBatch[];
  /** The table that costs are reckoned with. */
  readonly prices: { readonly asOf: string; readonly source: string };
}

const SHOWN = 15;

/** `easyflip costs`. Ends with a line break. */
export function renderCosts(view: CostsView, { color, columns }: TextStyle): string {
  const paint = new Chalk({ level: color ? 1 : 0 });
  const { total, prices } = view;
  const when = view.since === null ? '' : ` since ${view.since}`;
  if (total.calls === 0) return `Nothing was paid for${when}.\n`;
  const perItem = view.items.length > 0 ? `, ${costText(total.costUsd / view.items.length)} per item` : '';
  const lines = [
    paint.bold(`${costText(total.costUsd)} for ${counted(total.calls, 'call')}${when}${perItem}`),
    ...section('MODEL', view.models, ({ provider, model }) => `${provider} ${model}`),
    ...section('DAY (UTC)', view.days, ({ day }) => day),
    ...section('RUN', view.runs, ({ run }) => run.slice(0, 8)),
    ...section('ITEM', view.items, ({ item, title }) => (title === null ? item : `${item} ${clean(title)}`)),
    '',
  ];
  const waiting = view.batches.reduce((sum, { questions, completed, failed }) => sum + questions - completed - failed, 0);
  const silent = Math.max(0, total.unsettled - waiting);
  lines.push(...waitingBatchLines(view.batches));
  if (silent > 0) lines.push(`${counted(silent, 'call')} gave no answer; the most they may have cost is in these figures.`);
  lines.push(
    paint.dim(`Reckoned with the prices of ${prices.asOf} (${clean(prices.source)}), which are yours to keep up to date: models.prices`),
  );
  return `${lines.join('\n')}\n`;

  function section<Row extends Spent>(title: string, rows: readonly Row[], nameOf: (row: Row) => string): string[] {
    const shown = rows.slice(0, SHOWN);
    const more = rows.length > SHOWN ? [paint.dim(`and ${rows.length - SHOWN} more (costs --json has all)`)] : [];
    const cells = shown.map((row) => [
      nameOf(row),
      String(row.calls),
      String(row.pictures),
      `${row.inputTokens} (${row.cachedTokens})`,
      String(row.outputTokens),
      costText(row.costUsd),
    ]);
    const heads = [
      { title, shrinks: true },
      ...['CALLS', 'PICTURES', 'IN (CACHED)', 'OUT', 'COST'].map((name) => ({ title: name, align: 'right' as const })),
    ];
    return [
      '',
      ...table({ columns: heads, rows: cells, width: columns, paint: (cell, row) => (row < 0 ? paint.dim(cell) : cell) }),
      ...more,
    ];
  }
}

/** `easyflip costs --json`: one object in the published form. */
export const costsJson = (view: CostsView): Record<string, unknown> => ({ type: 'costs', ...view });
