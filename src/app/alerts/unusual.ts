import type { Alert, AlertRule } from '../../core/alert.ts';
import type { Measure } from '../../core/measure.ts';
import { robust } from './robust.ts';
import { isoDay, type Situation } from './situation.ts';

/** A figure of a day, and how much it rests on. */
interface DayFigure {
  readonly day: string;
  readonly value: number;
  readonly sample: number;
}

interface Question {
  readonly rule: AlertRule;
  /** What of it: a stage, a service; empty: everything. */
  readonly of: string;
  readonly about: string;
  readonly worse: 'higher' | 'lower';
  readonly days: readonly DayFigure[];
  /** What a day must rest on to count; today needs twice as much. */
  readonly atLeast: number;
  readonly sampleName: string;
  /** The smallest spread that counts: a share of the median, and at least so much. */
  readonly leastShare: number;
  readonly least: number;
  readonly shown: (value: number) => string;
  readonly hint: string;
}

/**
 * What of today is far from this seller's own days before, by median and MAD: neither needs a plan, and a single bad day in the
 * history does not hide the next. Only what is worse is told. Pure.
 */
export function unusual(situation: Situation): readonly Alert[] {
  const { rules, nowMs } = situation;
  if (!rules.unusual) return [];
  const today = isoDay(nowMs);
  return questionsOf(situation).flatMap((question): Alert[] => {
    const history = question.days.filter(({ day, sample }) => day < today && sample >= question.atLeast).map(({ value }) => value);
    const now = question.days.find(({ day }) => day === today);
    if (now === undefined || now.sample < 2 * question.atLeast || history.length < rules.unusualDays) return [];
    const median = robust(now.value, history, 0).median;
    const { mad, deviations } = robust(now.value, history, Math.max(question.least, Math.abs(median) * question.leastShare));
    const far = question.worse === 'higher' ? deviations : -deviations;
    if (far < rules.unusualFactor) return [];
    const { shown, sampleName } = question;
    return [
      {
        key: question.of === '' ? question.rule : `${question.rule}:${question.of}`,
        rule: question.rule,
        level: 'warning',
        message:
          `${question.about} today: ${shown(now.value)}, of ${now.sample} ${sampleName}. Usual here: ${shown(median)} ` +
          `(median of ${history.length} days, MAD ${shown(mad)}); that is ${far.toFixed(1)} robust deviations away, ${rules.unusualFactor} are allowed.`,
        hint: question.hint,
        figures: {
          ...(question.of === '' ? {} : { of: question.of }),
          value: round(now.value),
          sample: now.sample,
          median: round(median),
          mad: round(mad),
          days: history.length,
          daysAtLeast: rules.unusualDays,
          sampleAtLeast: 2 * question.atLeast,
          deviations: round(deviations),
        },
      },
    ];
  });
}

const round = (value: number): number => Math.round(value * 10_000) / 10_000;
const percent = (value: number): string => `${(100 * value).toFixed(1)} %`;
const seconds = (value: number): string => `${value.toFixed(2)} s`;

function questionsOf({ measures, spent }: Situation): readonly Question[] {
  const items = measures.filter(({ what }) => what === 'item');
  const listed = perDay(items.filter(({ label }) => label === 'listed'));
  const failed = perDay(items.filter(({ label }) => label === 'failed'));
  const confidence = perDay(measures.filter(({ what }) => what === 'confidence'));
  return [
    {
      rule: 'unusual-failures',
      of: '',
      about: 'Items that failed',
      worse: 'higher',
      days: [...new Set([...listed.keys(), ...failed.keys()])].map((day) => {
        const [good, bad] = [listed.get(day)?.count ?? 0, failed.get(day)?.count ?? 0];
        return { day, value: bad / (good + bad), sample: good + bad };
      }),
      atLeast: 5,
      sampleName: 'items that were listed or failed',
      leastShare: 0,
      least: 0.02,
      shown: percent,
      hint: 'Look with `easyflip status --failed`.',
    },
    ...latencies(measures),
    {
      rule: 'unusual-cost',
      of: '',
      about: 'Cost of models for an item that was listed',
      worse: 'higher',
      days: spent.flatMap(({ day, microUsd }) => {
        const sample = listed.get(day)?.count ?? 0;
        return microUsd === 0 || sample === 0 ? [] : [{ day, value: microUsd / 1e6 / sample, sample }];
      }),
      atLeast: 5,
      sampleName: 'items',
      leastShare: 0.1,
      least: 0,
      shown: (value) => `$${value.toFixed(4)}`,
      hint: 'Look with `easyflip costs`: another model, more photos an item, or more second looks.',
    },
    {
      rule: 'unusual-confidence',
      of: '',
      about: 'Confidence of what was recognised',
      worse: 'lower',
      days: [...confidence].map(([day, { count, sum }]) => ({ day, value: sum / count, sample: count })),
      atLeast: 5,
      sampleName: 'items',
      leastShare: 0,
      least: 0.02,
      shown: (value) => value.toFixed(2),
      hint: 'Look at the photos and at `easyflip stats`: bad light, other goods, or another model.',
    },
  ];
}

/** Of stages that were done and calls that were answered: what fails fast is no news about speed. */
function latencies(measures: readonly Measure[]): readonly Question[] {
  const timed = measures.filter(({ what, detail }) => (what === 'stage' && detail === 'done') || (what === 'call' && detail === 'ok'));
  const names = new Set(timed.map(({ what, label }) => `${what} ${label}`));
  return [...names].map((name) => {
    const [what, label] = name.split(' ');
    const rows = perDay(timed.filter((row) => row.what === what && row.label === label));
    return {
      rule: 'unusual-latency' as const,
      of: `${what}-${label}`,
      about: what === 'stage' ? `Time of stage ${label} for an item` : `Time of a call to ${label}`,
      worse: 'higher' as const,
      days: [...rows].map(([day, { count, sum }]) => ({ day, value: sum / count / 1000, sample: count })),
      atLeast: 5,
      sampleName: what === 'stage' ? 'items' : 'calls',
      leastShare: 0.1,
      // Some hundredths of a second more are felt by nobody.
      least: 0.05,
      shown: seconds,
      hint:
        what === 'stage'
          ? 'Look whether the machine is busy, or a service it asks is slow.'
          : 'Look with `easyflip doctor`; the service may have trouble.',
    };
  });
}

function perDay(rows: readonly Measure[]): ReadonlyMap<string, { readonly count: number; readonly sum: number }> {
  const days = new Map<string, { count: number; sum: number }>();
  for (const { day: at, count, sum } of rows) {
    const day = at.slice(0, 10);
    const known = days.get(day);
    days.set(day, { count: (known?.count ?? 0) + count, sum: (known?.sum ?? 0) + sum });
  }
  return days;
}
