import { microUsdToUsd } from '../core/money.ts';
import type { Spending } from '../core/ports/index.ts';
import type { CostsView, Spent } from '../report/costs.ts';
import type { App } from './app.ts';
import { statusView } from './status.ts';

/** What models and other paid services cost, from the ledger alone. `since`: a day, UTC, `2026-03-01`; absent: ever. */
export async function costsView(app: App, since: string | undefined): Promise<CostsView> {
  const { store, settings } = app;
  const [rows, { items, batches }] = await Promise.all([store.ledger.spending(since), statusView(app)]);
  const known = new Map(items.map((item) => [item.id as string, item]));
  return {
    since: since ?? null,
    total: sumOf(rows),
    days: grouped(rows, ({ day }) => day).map(([day, spent]) => ({ day, ...spent })),
    runs: grouped(rows, ({ runId }) => runId).map(([run, spent]) => ({ run, ...spent })),
    items: grouped(
      rows.filter(({ itemId }) => itemId !== null),
      ({ itemId }) => itemId ?? '',
    ).map(([item, spent]) => ({ item, title: known.get(item)?.title ?? null, source: known.get(item)?.source ?? null, ...spent })),
    models: grouped(rows, ({ provider, model }) => `${provider}\n${model}`).map(([key, spent]) => {
      const [provider = '', model = ''] = key.split('\n');
      return { provider, model, ...spent };
    }),
    batches,
    prices: { asOf: settings.models.asOf, source: settings.models.source },
  };
}

/** In the order of the rows: newest first. */
function grouped(rows: readonly Spending[], keyOf: (row: Spending) => string): readonly (readonly [string, Spent])[] {
  const groups = new Map<string, Spending[]>();
  for (const row of rows) {
    const members = groups.get(keyOf(row));
    if (members) members.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return [...groups].map(([key, members]) => [key, sumOf(members)]);
}

function sumOf(rows: readonly Spending[]): Spent {
  const sum = (of: (row: Spending) => number): number => rows.reduce((total, row) => total + of(row), 0);
  return {
    calls: sum(({ calls }) => calls),
    unsettled: sum(({ unsettled }) => unsettled),
    inputTokens: sum(({ inputTokens }) => inputTokens),
    cachedTokens: sum(({ cachedTokens }) => cachedTokens),
    outputTokens: sum(({ outputTokens }) => outputTokens),
    pictures: sum(({ pictures }) => pictures),
    costUsd: microUsdToUsd(sum(({ microUsd }) => microUsd)),
    seconds: Math.round(sum(({ ms }) => ms) / 100) / 10,
  };
}
