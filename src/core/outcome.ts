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

export function countOutcomes(ends: Iterable<{ readonly outcome: Outcome }>): OutcomeCounts {
  const counts = { items: 0, listed: 0, already: 0, held: 0, failed: 0, deferred: 0, skipped: 0 };
  for (const { outcome } of ends) {
    counts.items += 1;
    counts[outcome] += 1;
  }
  return counts;
}
