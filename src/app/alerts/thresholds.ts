import type { Alert } from '../../core/alert.ts';
import { LAST_BOUND, LIVE_BOUNDS, type Measure } from '../../core/measure.ts';
import { isoDay, type Situation } from './situation.ts';

/** Shares, costs and times beyond what the seller set: warnings. Pure, all of them. */

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

export function success({ measures, rules, nowMs }: Situation): readonly Alert[] {
  const { successPercent, successHours, successAtLeast } = rules;
  if (successPercent === null) return [];
  const from = new Date(nowMs - successHours * HOUR_MS).toISOString().slice(0, 13);
  const ended = measures.filter(({ what, day }) => what === 'item' && day >= from);
  const listed = countOf(ended, 'listed');
  const failed = countOf(ended, 'failed');
  if (listed + failed < successAtLeast) return [];
  const percent = (100 * listed) / (listed + failed);
  if (percent >= successPercent) return [];
  const shown = Math.floor(percent * 10) / 10;
  return [
    {
      key: 'success-low',
      rule: 'success-low',
      level: 'warning',
      message: `Of ${listed + failed} items in the last ${successHours} hours ${listed} were listed and ${failed} failed: ${shown} %, wanted are ${successPercent} %.`,
      hint: 'Look with `easyflip status --failed`.',
      figures: { listed, failed, percent: shown, wantedPercent: successPercent, hours: successHours },
    },
  ];
}

export function costs({ spent, rules, nowMs }: Situation): readonly Alert[] {
  const today = isoDay(nowMs);
  const sum = (from: string): number =>
    Math.round(spent.filter(({ day }) => day >= from).reduce((total, { microUsd }) => total + microUsd, 0) / 1e4) / 100;
  const over = (rule: 'cost-day' | 'cost-month', limit: number | null, from: string, named: string): Alert[] => {
    const usd = sum(from);
    if (limit === null || usd <= limit) return [];
    return [
      {
        // A new day, or month, is another matter.
        key: `${rule}:${from}`,
        rule,
        level: 'warning',
        message: `Models cost $${usd.toFixed(2)} ${named}; planned are $${limit.toFixed(2)}.`,
        hint: 'Look with `easyflip costs`; limits.maxCostPerDayUsd stops runs before they cost more.',
        figures: { costUsd: usd, plannedUsd: limit, since: from },
      },
    ];
  };
  return [
    ...over('cost-day', rules.costPerDayUsd, today, `today (${today}, UTC)`),
    ...over('cost-month', rules.costPerMonthUsd, `${today.slice(0, 7)}-01`, `in ${today.slice(0, 7)} (UTC)`),
  ];
}

/** Half of the items of today and yesterday. */
export function slow({ measures, rules, nowMs }: Situation): readonly Alert[] {
  const { liveMinutes } = rules;
  if (liveMinutes === null) return [];
  const yesterday = isoDay(nowMs - DAY_MS);
  const live = measures.filter(({ what, day }) => what === 'live' && day >= yesterday);
  const items = live.reduce((sum, { count }) => sum + count, 0);
  const minutes = medianMs(live) / 60_000;
  if (items === 0 || minutes <= liveMinutes) return [];
  const shown = Math.round(minutes * 10) / 10;
  return [
    {
      key: 'slow',
      rule: 'slow',
      level: 'warning',
      message: `Half of the ${items} items that went live since ${yesterday} took longer than ${shown} minutes; ${liveMinutes} are wanted.`,
      hint: 'Look with `easyflip status` for services that are slow, paused or limited.',
      figures: { items, medianMinutes: shown, wantedMinutes: liveMinutes },
    },
  ];
}

/** Estimated from the buckets, evenly within the one that holds it, as Prometheus does. */
function medianMs(rows: readonly Measure[]): number {
  const half = rows.reduce((sum, { count }) => sum + count, 0) / 2;
  let below = 0;
  let from = 0;
  for (const bound of [...LIVE_BOUNDS, LAST_BOUND]) {
    const here = rows.filter((row) => row.bound === bound).reduce((sum, { count }) => sum + count, 0);
    if (below + here >= half && here > 0) return bound === LAST_BOUND ? from : from + ((bound - from) * (half - below)) / here;
    below += here;
    from = bound;
  }
  return 0;
}

const countOf = (rows: readonly Measure[], outcome: string): number =>
  rows.reduce((sum, { label, count }) => sum + (label === outcome ? count : 0), 0);
