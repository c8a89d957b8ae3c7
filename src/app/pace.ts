import { dueBy, paceSince } from '../core/pace.ts';
import type { App } from './app.ts';

/** How many items may be begun now, when so many are under way; without a pace there is no bound. */
export async function duePerPace({ settings, store, clock }: App, underWay = 0): Promise<number> {
  const { pace, window } = settings.limits;
  if (!pace) return Number.POSITIVE_INFINITY;
  const now = clock.now();
  const listed = await store.outcomes.listedSince(new Date(paceSince(pace, window ?? undefined, now)).toISOString());
  return Math.max(0, dueBy(pace, window ?? undefined, now, listed) - underWay);
}
