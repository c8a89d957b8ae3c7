import { FACT_NAMES, type FactName } from '../../core/facts.ts';
import {
  type FieldTally,
  type JudgedItem,
  type Tally,
  TITLE_FAULTS,
  type TitleFault,
  VERDICTS,
  type Verdict,
} from '../../report/eval-view.ts';

/** Adds up a run. Pure. */
export function tally(items: readonly JudgedItem[]): Tally {
  const verdicts = items.flatMap(({ fields }) => fields);
  const of = (field?: FactName): FieldTally => fieldTally(verdicts.filter((one) => field === undefined || one.field === field));
  const all = of();
  const ranks = items.flatMap(({ categoryRank }) => (categoryRank === null ? [] : [categoryRank]));
  const within = (most: number): number => ranks.filter((rank) => rank >= 1 && rank <= most).length;
  const titled = items.filter(({ title }) => title !== null);
  const hidden = verdicts.filter(({ expected }) => expected === null);
  const costUsd = items.reduce((sum, item) => sum + item.costUsd, 0);
  return {
    all,
    fields: Object.fromEntries(FACT_NAMES.filter((name) => verdicts.some(({ field }) => field === name)).map((name) => [name, of(name)])),
    abstention: {
      kept: share(all['rightly-absent'], hidden.length),
      justified: share(all['rightly-absent'], all['rightly-absent'] + all.missing),
    },
    inventions: items.reduce((sum, { inventions }) => sum + inventions.length, 0),
    categories: { judged: ranks.length, top1: share(within(1), ranks.length), top3: share(within(3), ranks.length) },
    titles: {
      built: titled.length,
      sound: share(titled.filter(({ titleFaults }) => titleFaults.length === 0).length, titled.length),
      faults: Object.fromEntries(
        TITLE_FAULTS.map((fault) => [fault, titled.filter(({ titleFaults }) => titleFaults.includes(fault)).length]),
      ) as Record<TitleFault, number>,
    },
    items: items.length,
    failed: items.filter(({ failed }) => failed !== null).length,
    costUsd,
    costPerItemUsd: share(costUsd, items.length),
    medianSeconds: median(items.map(({ seconds }) => seconds)),
  };
}

function fieldTally(verdicts: readonly JudgedItem['fields'][number][]): FieldTally {
  const counts = Object.fromEntries(VERDICTS.map((one) => [one, verdicts.filter(({ verdict }) => verdict === one).length])) as Record<
    Verdict,
    number
  >;
  const known = verdicts.filter(({ expected }) => expected !== null);
  return {
    ...counts,
    wrongAndCertain: verdicts.filter(({ verdict, certain }) => verdict === 'wrong' && certain).length,
    wrongRate: share(counts.wrong, counts.right + counts.wrong),
    recall: share(counts.right, known.length),
  };
}

const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? null;
}
