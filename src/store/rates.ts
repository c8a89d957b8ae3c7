import type { RateStore } from '../core/ports/store.ts';
import type { ServiceName } from '../core/settings.ts';
import type { Connection } from './connection.ts';
import * as sql from './service-sql.ts';

/** Calls are kept at least this long, so that a process with a longer window still sees them. */
const KEEP_MS = 60_000;

export function rateStore({ db, write }: Connection): RateStore {
  const clampFuture = db.prepare<{ service: ServiceName; nowMs: number; latestMs: number }>(sql.CLAMP_FUTURE_CALLS);
  const dropOld = db.prepare<{ service: ServiceName; beforeMs: number }>(sql.DROP_OLD_CALLS);
  const oldestThatCounts = db.prepare<{ service: ServiceName; calls: number }, number>(sql.OLDEST_THAT_COUNTS).pluck();
  const addCall = db.prepare<{ service: ServiceName; nowMs: number }>(sql.ADD_CALL);
  const countCall = db.prepare<{ service: ServiceName; day: string; quota: number }, number>(sql.COUNT_CALL).pluck();

  return {
    /** The window is half open: a call exactly `perMs` after another is outside its window. */
    take: (service, { calls, perMs }, now) =>
      write(() => {
        if (!(calls >= 1 && perMs > 0)) throw new RangeError(`not a rate window: ${calls} calls in ${perMs} ms`);
        const nowMs = Math.floor(now);
        // Calls of the future mean that the clock was set back: they count as made now, or the wait would be endless.
        clampFuture.run({ service, nowMs, latestMs: nowMs + perMs });
        dropOld.run({ service, beforeMs: nowMs - Math.max(perMs, KEEP_MS) });
        const oldest = oldestThatCounts.get({ service, calls: Math.floor(calls) });
        if (oldest !== undefined && oldest > nowMs - perMs) return { waitMs: Math.ceil(oldest + perMs - nowMs) };
        addCall.run({ service, nowMs });
        return { waitMs: 0 };
      }),

    count: (service, day, quota) => write(() => countCall.get({ service, day, quota }) !== undefined),
  };
}
