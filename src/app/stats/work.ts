import { known, unknown } from '../../core/figure.ts';
import type { ItemState } from '../../core/outcome.ts';
import type { OperationSpend, StageFigure } from '../../core/ports/index.ts';
import type { WorkView } from '../../report/stats-view.ts';

const DAY_MS = 86_400_000;

export interface ItemsInState {
  readonly items: number;
  readonly state: ItemState;
}

interface WorkRequest {
  readonly days: readonly { readonly day: string; readonly listed: number }[];
  readonly until: string;
  /** States of the items that were first seen in the period. */
  readonly states: readonly ItemsInState[];
  readonly stages: readonly StageFigure[];
  readonly spend: readonly OperationSpend[];
}

/** What the program did. `stageNames` gives the order. Pure. */
export function workOf({ days, until, states, stages, spend }: WorkRequest, stageNames: readonly string[]): WorkView {
  const count = (...wanted: readonly ItemState[]): number =>
    states.reduce((sum, { items, state }) => sum + (wanted.includes(state) ? items : 0), 0);
  const items = {
    listed: count('live', 'sold', 'ended', 'withdrawn'),
    held: count('held'),
    failed: count('failed'),
    waiting: count('waiting'),
    skipped: count('skipped'),
  };
  const tried = items.listed + items.held + items.failed;
  return {
    days: everyDay(days, until),
    listed: days.reduce((sum, { listed }) => sum + listed, 0),
    items,
    success: tried === 0 ? unknown('no item of this time has come to an end yet') : known(items.listed / tried),
    stages: [...stages].sort((a, b) => placeOf(a.stage, stageNames) - placeOf(b.stage, stageNames)),
    spend: spend.map(({ operation, calls, microUsd }) => ({ operation, calls, microUsd })),
    microUsd: spend.reduce((sum, { microUsd }) => sum + microUsd, 0),
  };
}

/** What is no stage, such as `admit`, comes first. */
const placeOf = (stage: string, stageNames: readonly string[]): number => stageNames.indexOf(stage);

/** A day without a listing is one with none, from the first listing on. */
function everyDay(days: WorkRequest['days'], until: string): WorkRequest['days'] {
  const [first] = days;
  if (!first) return [];
  const listed = new Map(days.map((one) => [one.day, one.listed]));
  const every: { day: string; listed: number }[] = [];
  const last = Math.max(Date.parse(until.slice(0, 10)), Date.parse(days.at(-1)?.day ?? first.day));
  for (let at = Date.parse(first.day); at <= last; at += DAY_MS) {
    const day = new Date(at).toISOString().slice(0, 10);
    every.push({ day, listed: listed.get(day) ?? 0 });
  }
  return every;
}
