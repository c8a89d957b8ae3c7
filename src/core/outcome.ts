import type { Reason } from './errors.ts';

/** What one stage recorded for one item. `started` remains only where a run died in the middle. */
export type StageKind = 'started' | 'done' | 'held' | 'failed';

/** How an item ended in one run. The six add up to the number of items. */
export const OUTCOMES = ['listed', 'already', 'held', 'failed', 'deferred', 'skipped'] as const;
export type Outcome = (typeof OUTCOMES)[number];
export type OutcomeCounts = Readonly<Record<Outcome, number>> & { readonly items: number };

/** What an item is between runs, derived from what its stages recorded and what the seller decided. */
export type ItemState = 'live' | 'sold' | 'ended' | 'waiting' | 'held' | 'failed' | 'skipped' | 'withdrawn';

export interface ItemEnd {
  readonly outcome: Outcome;
  readonly listingId?: string;
  readonly listingUrl?: string;
  readonly reason?: Reason;
}

/** Counts as items end, so that a run need not keep how each of them did. */
export interface Tally {
  add(end: ItemEnd): void;
  counts(): OutcomeCounts;
  /** One failed because of a mistake of ours. */
  hasBug(): boolean;
}

export function newTally(): Tally {
  const counts = { items: 0, listed: 0, already: 0, held: 0, failed: 0, deferred: 0, skipped: 0 };
  let bug = false;
  return {
    add({ outcome, reason }) {
      counts.items += 1;
      counts[outcome] += 1;
      if (outcome === 'failed' && reason?.code === 'bug') bug = true;
    },
    counts: () => ({ ...counts }),
    hasBug: () => bug,
  };
}
