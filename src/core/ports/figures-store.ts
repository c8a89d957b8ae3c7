import type { ItemId, Sku } from '../item.ts';
import type { MicroUsd, Money } from '../money.ts';
import type { ListingEnd } from '../sale.ts';
import type { ServiceName } from '../settings.ts';

/** How one stage fared among the results of a period that still stand: a result that was made anew counts once. */
export interface StageFigure {
  readonly stage: string;
  readonly done: number;
  readonly held: number;
  readonly failed: number;
  /** From the stage's start to its end, waiting for services included; of those that were done. Milliseconds. */
  readonly medianMs: number;
  readonly p95Ms: number;
}

/** What was paid for one kind of call: `vision.readText`, `model.describe`. */
export interface OperationSpend {
  readonly service: ServiceName;
  readonly operation: string;
  readonly calls: number;
  readonly microUsd: MicroUsd;
}

/** How busy a service was in the runs of a period. */
export interface ServiceUse {
  readonly service: ServiceName;
  /** Its places in the newest of these runs. */
  readonly atOnce: number;
  /** Attempts, repetitions included. */
  readonly calls: number;
  readonly failed: number;
  /** Summed time of the attempts, waiting for a place left out. */
  readonly busyMs: number;
  /** Places × time of the run, summed over the runs it was used in: what it could have been busy. */
  readonly capacityMs: number;
}

/** Runs that came to an end, dry runs left out. */
export interface RunUse {
  readonly runs: number;
  readonly wallMs: number;
  /** Items that were worked on to an end: listed, held or failed. */
  readonly items: number;
  readonly services: readonly ServiceUse[];
}

/** What is needed of a listing to reckon with it. */
export interface ListingFigure {
  readonly itemId: ItemId;
  readonly sku: Sku;
  readonly title: string | undefined;
  readonly listingId: string;
  /** ISO time; undefined: it was found on the marketplace and taken over. */
  readonly listedAt: string | undefined;
  readonly price: Money | undefined;
  /** What one piece cost the seller; undefined: not told. */
  readonly cost: Money | undefined;
  readonly end: ListingEnd | undefined;
  readonly withdrawnAt: string | undefined;
  readonly traffic: { readonly impressions: number; readonly views: number; readonly until: string } | undefined;
}

/**
 * Sums for reports and metrics, by queries of their own. Times are ISO, UTC; a period is from `since` on. Reads only; may be asked at will.
 */
export interface FiguresStore {
  /** Listings that went live, by day (`2026-03-01`, UTC), oldest first; days without any are left out. */
  listedByDay(since: string): Promise<readonly { readonly day: string; readonly listed: number }[]>;
  stages(since: string): Promise<readonly StageFigure[]>;
  /** Settled or reserved, whatever is known; dearest first. */
  spendByOperation(since: string): Promise<readonly OperationSpend[]>;
  runUse(since: string): Promise<RunUse>;
  /** What `sum` makes of every item that is or was live, also withdrawn ones, the longest listed first. It is called anew when the database was busy. */
  listings<T>(sum: (all: Iterable<ListingFigure>) => T): Promise<T>;
}

/** What a run reports of its services. */
export type RunServiceUse = Pick<ServiceUse, 'service' | 'atOnce' | 'calls' | 'failed' | 'busyMs'>;
