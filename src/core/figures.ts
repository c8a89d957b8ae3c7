import type { StoredAlert } from './alert.ts';
import type { Measure } from './measure.ts';
import type { ItemState } from './outcome.ts';
import type { SoldInAll, SpentOnModel } from './ports/measure-store.ts';
import type { KnownAllowance } from './ports/service-store.ts';
import type { Environment, ServiceName } from './settings.ts';

/** How a service fares. `half-open`: the next call tries it. */
export interface ServiceFigures {
  readonly service: ServiceName;
  readonly breaker: 'closed' | 'open' | 'half-open';
  /** ISO time; null: closed. */
  readonly openSince: string | null;
  /** Pacific day, as eBay counts. */
  readonly callsToday: number;
  readonly dailyQuota: number | null;
}

/** Everything that metrics show and alerts judge, of one moment, from the database and the disk alone. ISO times. */
export interface Figures {
  readonly at: string;
  readonly environment: Environment;
  readonly states: Readonly<Record<ItemState, number>>;
  /** Items that wait, by the stage that is next; every stage is there. */
  readonly queue: readonly { readonly stage: string; readonly items: number }[];
  /** When the oldest that waits was first seen. */
  readonly oldestWaitingAt: string | null;
  readonly totals: readonly Measure[];
  readonly services: readonly ServiceFigures[];
  readonly allowances: readonly KnownAllowance[];
  readonly sold: readonly SoldInAll[];
  readonly models: readonly SpentOnModel[];
  readonly lastRun: { readonly startedAt: string; readonly finishedAt: string | null; readonly exitCode: number | null } | null;
  readonly backups: { readonly wanted: boolean; readonly latestAt: string | null };
  /** Where database and pictures are; null: the file system does not tell. */
  readonly diskFreeBytes: number | null;
  readonly firing: readonly StoredAlert[];
}
