import { ALERT_RULES } from '../core/alert.ts';
import type { Figures } from '../core/figures.ts';
import { boundsOf, LAST_BOUND, type Measure, type Measured } from '../core/measure.ts';
import { decimalText } from '../core/money.ts';
import { OUTCOMES } from '../core/outcome.ts';

interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
  /** Of a histogram: `_bucket`, `_sum` or `_count`. */
  readonly part?: string;
}

/** A metric of easyflip. The table in docs/metrics.md is held against this list. */
export interface Metric {
  readonly name: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly help: string;
  /** Names of its labels; all values come from fixed or bounded lists. */
  readonly labels: readonly string[];
  readonly samples: (figures: Figures) => readonly Sample[];
}

/** More names than these, which others chose, are counted together: a label must stay bounded. */
const MOST_NAMES = 30;
const one = (value: number | null | undefined): readonly Sample[] => (value === null || value === undefined ? [] : [{ labels: {}, value }]);
const seconds = (iso: string | null | undefined): number | null => (iso ? Date.parse(iso) / 1000 : null);
const BREAKERS = ['closed', 'open', 'half-open'] as const;
const amount = (minor: number, currency: string): number => Number(decimalText({ minor, currency }));

export const METRICS: readonly Metric[] = [
  gauge('easyflip_items', 'Items by state.', ['state'], ({ states }) =>
    Object.entries(states).map(([state, value]) => ({ labels: { state }, value })),
  ),
  gauge('easyflip_queue_items', 'Items that wait, by the stage that is next.', ['stage'], ({ queue }) =>
    queue.map(({ stage, items }) => ({ labels: { stage }, value: items })),
  ),
  gauge('easyflip_queue_oldest_timestamp_seconds', 'When the oldest item that waits was first seen.', [], ({ oldestWaitingAt }) =>
    one(seconds(oldestWaitingAt)),
  ),
  counter('easyflip_items_finished_total', 'Items that ended in a run and were worked on in it, by outcome.', ['outcome'], ({ totals }) =>
    OUTCOMES.filter((outcome) => outcome !== 'already' && outcome !== 'skipped').map((outcome) => ({
      labels: { outcome },
      value: counted(totals, 'item', outcome),
    })),
  ),
  counter('easyflip_listings_published_total', 'Listings that went live.', [], ({ totals }) => one(counted(totals, 'item', 'listed'))),
  histogram('easyflip_photo_to_live_seconds', 'From first seen to live, of items that waited for no person.', [], 'live', () => ({})),
  histogram(
    'easyflip_stage_duration_seconds',
    'Time of stages that really ran, by how they ended.',
    ['stage', 'result'],
    'stage',
    (row) => ({
      stage: row.label,
      result: row.detail,
    }),
  ),
  histogram('easyflip_service_call_duration_seconds', 'Time of single attempts of calls.', ['service', 'result'], 'call', (row) => ({
    service: row.label,
    result: row.detail,
  })),
  counter('easyflip_service_retries_total', 'Attempts of calls that were repeated.', ['service'], ({ totals, services }) =>
    services.map(({ service }) => ({ labels: { service }, value: counted(totals, 'retry', service) })),
  ),
  gauge('easyflip_breaker_state', '1 for the state that the circuit breaker of a service is in.', ['service', 'state'], ({ services }) =>
    services.flatMap(({ service, breaker }) =>
      BREAKERS.map((state) => ({ labels: { service, state: state.replace('-', '_') }, value: breaker === state ? 1 : 0 })),
    ),
  ),
  gauge('easyflip_quota_calls', 'Calls that a service may get in a day (Pacific time).', ['service'], ({ services }) =>
    services.flatMap(({ service, dailyQuota }) => (dailyQuota === null ? [] : [{ labels: { service }, value: dailyQuota }])),
  ),
  gauge('easyflip_quota_remaining_calls', 'Calls of that which are left today.', ['service'], ({ services }) =>
    services.flatMap(({ service, dailyQuota, callsToday }) =>
      dailyQuota === null ? [] : [{ labels: { service }, value: Math.max(0, dailyQuota - callsToday) }],
    ),
  ),
  gauge('easyflip_allowance_calls', 'Calls that the marketplace allows, as it said last.', ['allowance'], (figures) =>
    allowances(figures, ({ limit }) => limit),
  ),
  gauge('easyflip_allowance_remaining_calls', 'Calls of that which were left then.', ['allowance'], (figures) =>
    allowances(figures, ({ remaining }) => remaining),
  ),
  counter('easyflip_model_cost_usd_total', 'Cost of models and other paid services in US dollars.', ['provider', 'model'], (figures) =>
    models(figures, ({ microUsd }) => microUsd / 1e6),
  ),
  counter('easyflip_model_calls_total', 'Paid calls.', ['provider', 'model'], (figures) => models(figures, ({ calls }) => calls)),
  gauge('easyflip_sold_items', 'Pieces sold and paid for, as the last sync knew.', ['currency'], ({ sold }) =>
    sold.map(({ currency, sales }) => ({ labels: { currency }, value: sales })),
  ),
  gauge('easyflip_revenue', 'What buyers paid for items, without delivery and taxes, in the currency.', ['currency'], ({ sold }) =>
    sold.map(({ currency, amountMinor }) => ({ labels: { currency }, value: amount(amountMinor, currency) })),
  ),
  gauge('easyflip_delivery_revenue', 'What buyers paid for delivery.', ['currency'], ({ sold }) =>
    sold.map(({ currency, deliveryMinor }) => ({ labels: { currency }, value: amount(deliveryMinor, currency) })),
  ),
  gauge('easyflip_marketplace_fees', 'Fees of the marketplace for these sales, as far as it told them.', ['currency'], ({ sold }) =>
    sold.map(({ currency, feesMinor }) => ({ labels: { currency }, value: amount(feesMinor, currency) })),
  ),
  gauge('easyflip_refunds', 'What went back to buyers.', ['currency'], ({ sold }) =>
    sold.map(({ currency, refundedMinor }) => ({ labels: { currency }, value: amount(refundedMinor, currency) })),
  ),
  gauge('easyflip_last_run_timestamp_seconds', 'When the last run began.', [], ({ lastRun }) => one(seconds(lastRun?.startedAt))),
  gauge('easyflip_last_run_exit_code', 'How it ended; absent while it is under way.', [], ({ lastRun }) => one(lastRun?.exitCode)),
  gauge('easyflip_backup_timestamp_seconds', 'When the newest backup of the database was made.', [], ({ backups }) =>
    one(seconds(backups.latestAt)),
  ),
  gauge('easyflip_disk_free_bytes', 'Room left where database and pictures are.', [], ({ diskFreeBytes }) => one(diskFreeBytes)),
  gauge('easyflip_alerts_firing', 'Alerts of a rule that are firing.', ['rule'], ({ firing }) =>
    ALERT_RULES.filter((rule) => !rule.startsWith('report-') && rule !== 'database-unusable').map((rule) => ({
      labels: { rule },
      value: firing.filter((alert) => alert.rule === rule).length,
    })),
  ),
  gauge('easyflip_figures_timestamp_seconds', 'When these figures were taken.', [], ({ at }) => one(seconds(at))),
];

type Samples = Metric['samples'];

function gauge(name: string, help: string, labels: readonly string[], samples: Samples): Metric {
  return { name, type: 'gauge', help, labels, samples };
}

function counter(name: string, help: string, labels: readonly string[], samples: Samples): Metric {
  return { name, type: 'counter', help, labels, samples };
}

/** Buckets as Prometheus wants them: each holds all below it too. */
function histogram(
  name: string,
  help: string,
  labels: readonly string[],
  what: Measured,
  labelsOf: (row: Measure) => Readonly<Record<string, string>>,
): Metric {
  const samples: Samples = ({ totals }) => {
    const series = new Map<string, Measure[]>();
    for (const row of totals) {
      if (row.what !== what) continue;
      const key = `${row.label}\n${row.detail}`;
      series.set(key, [...(series.get(key) ?? []), row]);
    }
    return [...series.values()].flatMap((rows): Sample[] => {
      const [first] = rows;
      const own = first ? labelsOf(first) : {};
      const count = rows.reduce((sum, row) => sum + row.count, 0);
      const upTo = (bound: number): number =>
        rows.reduce((sum, row) => sum + (row.bound !== LAST_BOUND && row.bound <= bound ? row.count : 0), 0);
      return [
        ...boundsOf(what).map((bound) => ({ part: '_bucket', labels: { le: String(bound / 1000), ...own }, value: upTo(bound) })),
        { part: '_bucket', labels: { le: '+Inf', ...own }, value: count },
        { part: '_sum', labels: own, value: rows.reduce((sum, row) => sum + row.sum, 0) / 1000 },
        { part: '_count', labels: own, value: count },
      ];
    });
  };
  return { name, type: 'histogram', help, labels, samples };
}

const counted = (totals: readonly Measure[], what: Measured, label: string): number =>
  totals.reduce((sum, row) => sum + (row.what === what && row.label === label ? row.count : 0), 0);

/** Names that the marketplace chose, such as `sell.inventory`. */
function allowances({ allowances: all }: Figures, of: (one: Figures['allowances'][number]) => number): readonly Sample[] {
  return all.slice(0, MOST_NAMES).map((allowance) => ({ labels: { allowance: word(allowance.name) }, value: of(allowance) }));
}

/** Most expensive first; the rest is one series, so that the sum stays true. */
function models({ models: all }: Figures, of: (one: Figures['models'][number]) => number): readonly Sample[] {
  const named = all.slice(0, MOST_NAMES).map((spent) => ({
    labels: { provider: word(spent.provider), model: word(spent.model) },
    value: of(spent),
  }));
  const rest = all.slice(MOST_NAMES);
  if (rest.length === 0) return named;
  return [...named, { labels: { provider: 'other', model: 'other' }, value: rest.reduce((sum, spent) => sum + of(spent), 0) }];
}

/** A name from outside, as a label: short, and of plain letters. */
const word = (text: string): string => text.replace(/[^\w.:/+-]/g, '_').slice(0, 60);
