import type { ItemId } from '../item.ts';
import type { MicroUsd } from '../money.ts';
import type { ServiceName } from '../settings.ts';
import type { PaidCall, TokenUsage } from './outgoing.ts';

/** The sums that a limit may bind: of one run, of one item over all runs, of one day (UTC) over all runs. */
export type SpendScope = 'run' | 'item' | 'day';
/** Millionths of a dollar; absent or null: no limit. */
export type SpendLimits = { readonly [Scope in SpendScope]?: MicroUsd | null };

/** Calls of one day, run, item and model, summed. */
export interface Spending {
  /** UTC, `2026-03-01`. */
  readonly day: string;
  readonly runId: string;
  readonly itemId: ItemId | null;
  readonly provider: string;
  readonly model: string;
  readonly calls: number;
  /** Calls without an answer that told their cost: they count at their worst case. */
  readonly unsettled: number;
  readonly inputTokens: number;
  readonly cachedTokens: number;
  readonly outputTokens: number;
  readonly pictures: number;
  readonly microUsd: MicroUsd;
  /** Summed time of the calls, waiting for a place included. */
  readonly ms: number;
}

export interface LedgerStore {
  /**
   * Reserves the worst case if every limit allows it, in one transaction over all processes.
   * `over` names the limit that it would pass: nothing is reserved.
   */
  reserve(entry: {
    readonly runId: string;
    readonly itemId?: ItemId;
    readonly service: ServiceName;
    readonly operation: string;
    readonly microUsd: MicroUsd;
    readonly limits: SpendLimits;
    readonly paid?: PaidCall;
  }): Promise<{ readonly reservation: number } | { readonly over: SpendScope }>;
  settle(reservation: number, microUsd: MicroUsd, usage?: TokenUsage): Promise<void>;
  /** Everything that was paid for since that day (UTC, `2026-03-01`; absent: ever), newest day first. */
  spending(sinceDay?: string): Promise<readonly Spending[]>;
  /** Settled plus reserved: an unsettled call counts at its worst case. */
  spentByRun(runId: string): Promise<MicroUsd>;
  spentByItem(): Promise<ReadonlyMap<ItemId, MicroUsd>>;
}

/* ---- rate windows and daily quotas, shared by processes ---- */
