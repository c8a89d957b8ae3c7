/**
 * How the work went, in sums that outlive runs.
 *
 * - `stage`: time of a stage that really ran; label: the stage, detail: how it ended.
 * - `call`: time of one attempt of a call; label: the service, detail: `ok` or `failed`.
 * - `retry`: attempts that were repeated; label: the service.
 * - `item`: items that ended in a run and were worked on in it; label: the outcome. By hour.
 * - `live`: from first seen to live, of items that waited for no person.
 * - `confidence`: of the facts of an item that went through; the sum is of the items' means, 0 to 1.
 */
export type Measured = 'stage' | 'call' | 'retry' | 'item' | 'live' | 'confidence';

export interface Measure {
  /** UTC day `2026-03-01`, for items with the hour `2026-03-01T14`; empty: older than is kept by day. */
  readonly day: string;
  readonly what: Measured;
  /** Of a fixed list (stage, service, outcome); never a title, a path or an id. */
  readonly label: string;
  readonly detail: string;
  /** Upper end of the bucket in milliseconds; `LAST_BOUND`: everything longer; 0: a plain count. */
  readonly bound: number;
  readonly count: number;
  /** Milliseconds, or shares. */
  readonly sum: number;
}

export const LAST_BOUND = -1;

/** Milliseconds. A call to eBay takes a part of a second, a look of a model ten, a long label on a slow machine minutes. */
const WORK_BOUNDS: readonly number[] = [50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000, 120_000, 300_000];
/** Milliseconds, from a minute to a week. */
export const LIVE_BOUNDS: readonly number[] = [
  60_000, 300_000, 900_000, 1_800_000, 3_600_000, 14_400_000, 43_200_000, 86_400_000, 604_800_000,
];

export const boundsOf = (what: Measured): readonly number[] => (what === 'live' ? LIVE_BOUNDS : WORK_BOUNDS);

export const boundOf = (what: Measured, ms: number): number => boundsOf(what).find((bound) => ms <= bound) ?? LAST_BOUND;
