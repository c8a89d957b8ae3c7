import type { StatsView } from '../../report/stats.ts';
import type { App } from '../app.ts';
import { accuracyOf } from './accuracy.ts';

/** Figures of a period, from the database alone; one part for each question. `since`: ISO time; the period ends now. */
export async function statsView({ store, clock }: Pick<App, 'store' | 'clock'>, since: string): Promise<StatsView> {
  return {
    since,
    until: new Date(clock.now()).toISOString(),
    accuracy: accuracyOf(await store.corrections.since(since)),
  };
}
