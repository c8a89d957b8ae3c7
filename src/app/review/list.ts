import type { ItemId } from '../../core/item.ts';
import type { StoredItem } from '../../core/ports/index.ts';
import type { App } from '../app.ts';
import { outcomesByItem, statusItem } from '../status.ts';
import { type Activity, type ReviewList, type ReviewRow, SHOWN_STATES, type ShownStates } from './views.ts';

/** More would have to be drawn before anything is seen; a thousand held items are twenty pages. */
const ROWS_PER_PAGE = 50;

export type ActivityOf = (id: ItemId) => Activity | null;

/** All items in the order of work, from the database alone. What this program works on counts as waiting. */
export async function reviewRows(app: App, activityOf: ActivityOf): Promise<readonly ReviewRow[]> {
  const { store } = app;
  const [items, outcomes, waiting] = await Promise.all([store.items.all(), store.outcomes.summary(), store.batches.waitingItems()]);
  const byItem = outcomesByItem(outcomes);
  return items.map((stored) => {
    const {
      attempts: _attempts,
      costUsd: _cost,
      ...row
    } = statusItem(stored, byItem.get(stored.item.id) ?? [], 0, waiting.get(stored.item.id));
    return rowOf(stored, row, activityOf);
  });
}

export const rowOf = (stored: StoredItem, row: Omit<ReviewRow, 'activity' | 'decision'>, activityOf: ActivityOf): ReviewRow => ({
  ...row,
  activity: activityOf(stored.item.id),
  decision: stored.decision?.kind ?? null,
});

/** One page of them, held items first, and how many there are of each kind. Pure. */
export function reviewList(
  rows: readonly ReviewRow[],
  { environment }: Pick<ReviewList, 'environment'>,
  wanted: { readonly states: ShownStates; readonly page: number; readonly item?: string | undefined },
): ReviewList {
  const { states } = wanted;
  const ordered = [...rows].sort((a, b) => rank(a) - rank(b));
  const shown = ordered.filter((row) => belongs(row, states));
  const pages = Math.max(1, Math.ceil(shown.length / ROWS_PER_PAGE));
  const at = wanted.item === undefined ? -1 : shown.findIndex(({ id }) => id === wanted.item);
  const page = at >= 0 ? Math.floor(at / ROWS_PER_PAGE) + 1 : Math.min(Math.max(1, wanted.page), pages);
  return {
    environment,
    states,
    rows: shown.slice((page - 1) * ROWS_PER_PAGE, page * ROWS_PER_PAGE),
    page,
    pages,
    counts: countsOf(rows),
  };
}

export const countsOf = (rows: readonly ReviewRow[]): ReviewList['counts'] =>
  Object.fromEntries(SHOWN_STATES.map((one) => [one, rows.filter((row) => belongs(row, one)).length])) as ReviewList['counts'];

const ORDER: readonly ReviewRow['state'][] = ['held', 'failed', 'waiting', 'withdrawn', 'skipped', 'live', 'sold', 'ended'];
const rank = ({ state }: ReviewRow): number => ORDER.indexOf(state);

function belongs({ state, activity }: ReviewRow, states: ShownStates): boolean {
  switch (states) {
    case 'todo':
      // What is worked out anew waits for a word again in a moment.
      return activity === null ? state === 'held' || state === 'failed' : activity.kind === 'working-out';
    case 'waiting':
      return activity === null ? state === 'waiting' : activity.kind === 'publishing';
    case 'live':
      return state === 'live';
    case 'skipped':
      return state === 'skipped' || state === 'withdrawn';
    case 'all':
      return true;
  }
}
