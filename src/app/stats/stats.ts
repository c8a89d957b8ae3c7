import { availableParallelism } from 'node:os';
import { deriveState } from '../../core/item-state.ts';
import { SITES } from '../../core/site.ts';
import type { StatsView } from '../../report/stats-view.ts';
import type { App } from '../app.ts';
import { stageNames } from '../status.ts';
import { accuracyOf } from './accuracy.ts';
import { bottleneckOf } from './bottleneck.ts';
import { businessOf, soldItemsOf } from './business.ts';
import { tallyListings } from './listings.ts';
import { projectionOf } from './projection.ts';
import { type ItemsInState, workOf } from './work.ts';

export interface StatsRequest {
  /** ISO time; the period ends now. */
  readonly since: string;
  /** What is live for so many days without having sold is stale. */
  readonly staleDays: number;
}

/** Figures of a period, from the database alone; one part for each question. */
export async function statsView(app: Pick<App, 'store' | 'clock' | 'settings'>, { since, staleDays }: StatsRequest): Promise<StatsView> {
  const { store, clock, settings } = app;
  const until = new Date(clock.now()).toISOString();
  const [days, stages, spend, use, sales, syncedTo, corrections, states] = await Promise.all([
    store.figures.listedByDay(since),
    store.figures.stages(since),
    store.figures.spendByOperation(since),
    store.figures.runUse(since),
    store.sales.during({ from: since, to: until }),
    store.sales.syncedTo(),
    store.corrections.since(since),
    statesSince(app, since),
  ]);
  const work = workOf({ days, until, states, stages, spend }, stageNames);
  const { currency } = SITES[settings.marketplace];
  const { shippingCost } = settings.pricing;
  const wanted = { currency, since, until, staleDays, sold: soldItemsOf(sales, currency) };
  const listings = await store.figures.listings((all) => tallyListings(all, wanted));
  const business = businessOf({ currency, syncedTo, listings, sales, shippingCost });
  return {
    since,
    until,
    work,
    bottleneck: bottleneckOf(use, settings, availableParallelism()),
    business,
    projection: projectionOf({ target: settings.target, since, until, work, business }),
    accuracy: accuracyOf(corrections),
  };
}

/** How the items stand that were first seen since then. */
async function statesSince({ store }: Pick<App, 'store'>, since: string): Promise<readonly ItemsInState[]> {
  const alike = await store.measures.standing(since);
  return alike.map(({ items, like, recorded }) => ({ items, state: deriveState(like, recorded, stageNames).state }));
}
