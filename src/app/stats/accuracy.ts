import type { Correction } from '../../core/correction.ts';
import type { AccuracyView, Judged } from '../../report/accuracy.ts';

/** How right the analysis was, by field and by who had looked, from what the seller made of it. Most often judged first. Pure. */
export function accuracyOf(corrections: readonly Correction[]): AccuracyView {
  return {
    items: new Set(corrections.map(({ itemId }) => itemId)).size,
    total: judged(corrections),
    fields: byField(corrections),
    providers: grouped(corrections, ({ provider, model }) => JSON.stringify([provider, model])).map(([key, rows]) => {
      const [provider, model] = JSON.parse(key) as [string, string | null];
      return { provider, model, ...judged(rows), fields: byField(rows) };
    }),
    evidence: grouped(
      corrections.filter(({ evidence }) => evidence !== null),
      ({ evidence }) => evidence ?? '',
    ).map(([evidence, rows]) => ({ evidence, ...judged(rows) })),
  };
}

const byField = (rows: readonly Correction[]): AccuracyView['fields'] =>
  grouped(rows, ({ field }) => field).map(([field, members]) => ({ field, ...judged(members) }));

function judged(rows: readonly Correction[]): Judged {
  const count = (verdict: Correction['verdict']): number => rows.filter((row) => row.verdict === verdict).length;
  const [kept, changed, removed, added] = [count('kept'), count('changed'), count('removed'), count('added')];
  const reviewed = kept + changed + removed;
  return { reviewed, kept, changed, removed, added, accuracy: reviewed === 0 ? null : kept / reviewed };
}

function grouped(rows: readonly Correction[], keyOf: (row: Correction) => string): readonly (readonly [string, readonly Correction[]])[] {
  const groups = new Map<string, Correction[]>();
  for (const row of rows) {
    const members = groups.get(keyOf(row));
    if (members) members.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return [...groups].sort(([a, one], [b, other]) => other.length - one.length || (a < b ? -1 : 1));
}
