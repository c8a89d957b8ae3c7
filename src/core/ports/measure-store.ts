import type { Decided, Recorded } from '../item-state.ts';
import type { Measure } from '../measure.ts';
import type { MicroUsd } from '../money.ts';
import type { ServiceName } from '../settings.ts';

/** Whether a service takes our login, as last seen. ISO times. */
export interface LoginSeen {
  readonly service: ServiceName;
  readonly takenAt: string | null;
  readonly refusedAt: string | null;
}

/** Everything that was ever sold, by currency; amounts in its smallest unit; neither unpaid nor called off. */
export interface SoldInAll {
  readonly currency: string;
  readonly sales: number;
  readonly amountMinor: number;
  readonly deliveryMinor: number;
  readonly feesMinor: number;
  readonly refundedMinor: number;
}

export interface SpentOnModel {
  readonly provider: string;
  readonly model: string;
  readonly calls: number;
  readonly microUsd: MicroUsd;
}

/** Items that are alike in all that their state rests on, counted by the database: ten thousand are mostly a dozen of these. */
export interface ItemsAlike {
  readonly items: number;
  /** When the first of them was first seen; ISO time. */
  readonly oldestAt: string;
  /** For `deriveState`: one of them, with all that it asks. Times, hashes and reasons are not filled in. */
  readonly like: Decided;
  readonly recorded: readonly Recorded[];
}

/**
 * Figures for watching over the program: what nobody else would remember, and sums over what others wrote.
 * Errors: `store.*`.
 */
export interface MeasureStore {
  /** Adds to what is there. Not repeatable. Days older than a hundred are summed up. */
  add(measures: readonly Measure[], logins: readonly LoginSeen[]): Promise<void>;
  /** Where all items stand, or those first seen since then (ISO time), without their photos and results. */
  standing(firstSeen?: string): Promise<readonly ItemsAlike[]>;
  /** Over all time. */
  totals(): Promise<readonly Measure[]>;
  /** From this day or hour on, as they are kept. */
  since(day: string): Promise<readonly Measure[]>;
  logins(): Promise<readonly LoginSeen[]>;
  sold(): Promise<readonly SoldInAll[]>;
  /** Settled plus reserved, most expensive first. */
  spentOnModels(): Promise<readonly SpentOnModel[]>;
  /** By UTC day from `day` on, oldest first. */
  spentByDay(day: string): Promise<readonly { readonly day: string; readonly microUsd: MicroUsd }[]>;
}
