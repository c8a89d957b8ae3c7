import type { Figures } from '../../core/figures.ts';
import type { Measure } from '../../core/measure.ts';
import type { MicroUsd } from '../../core/money.ts';
import type { LoginSeen, StoredSale } from '../../core/ports/index.ts';
import type { AlertRuleSettings } from '../../core/watchkeeping.ts';
import type { App } from '../app.ts';
import { figuresOf } from '../metrics/figures.ts';

/** Everything that alerts are judged by. */
export interface Situation {
  readonly nowMs: number;
  readonly rules: AlertRuleSettings;
  readonly figures: Figures;
  /** Of the last days, oldest first. */
  readonly measures: readonly Measure[];
  readonly logins: readonly LoginSeen[];
  /** By UTC day, of as many days. */
  readonly spent: readonly { readonly day: string; readonly microUsd: MicroUsd }[];
  /** Listings that went live, by UTC day: what `stats` counts. */
  readonly listed: readonly { readonly day: string; readonly listed: number }[];
  readonly sales: readonly StoredSale[];
  /** What a check of the whole database found; undefined: it was not looked at now. */
  readonly problems: number | undefined;
}

const DAY_MS = 86_400_000;
/** Two months and this one's days, so that a month's cost is whole. */
const LOOK_BACK_DAYS = 62;
/** A week's report on its last day: fourteen days back. */
const SALES_DAYS = 15;

/** Errors: `store.*`. */
export async function situationOf(app: App, problems?: number): Promise<Situation> {
  const { store, settings, clock } = app;
  const nowMs = clock.now();
  const from = isoDay(nowMs - LOOK_BACK_DAYS * DAY_MS);
  const span = { from: new Date(nowMs - SALES_DAYS * DAY_MS).toISOString(), to: new Date(nowMs).toISOString() };
  const [figures, measures, logins, spent, listed, sales] = await Promise.all([
    figuresOf(app),
    store.measures.since(from),
    store.measures.logins(),
    store.measures.spentByDay(from),
    store.figures.listedByDay(from),
    store.sales.during(span),
  ]);
  return { nowMs, rules: settings.alerts.rules, figures, measures, logins, spent, listed, sales, problems };
}

/** `2026-03-01`, UTC. */
export const isoDay = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
