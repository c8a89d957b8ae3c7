import type { ErrorCode, Reason } from './errors.ts';
import type { ItemId, Sku } from './item.ts';
import type { Money } from './money.ts';
import type { ItemEnd, OutcomeCounts } from './outcome.ts';
import type { RemovedCounts } from './removed-metadata.ts';
import type { Environment, ServiceName } from './settings.ts';

/** What happened, told once; reporters decide what of it a person or a script sees. */
export type RunEvent =
  /** The first of a run, before anything was looked at. */
  | { readonly type: 'run.begun'; readonly run: string; readonly command: string }
  | { readonly type: 'run.started'; readonly run: string; readonly environment: Environment; readonly dryRun: boolean; readonly at: string }
  | { readonly type: 'run.notice'; readonly message: string }
  | { readonly type: 'run.stopping'; readonly reason: Reason }
  | { readonly type: 'scan.finished'; readonly items: number; readonly photos: number; readonly refused: number }
  | { readonly type: 'file.refused'; readonly path: string; readonly reason: Reason }
  | { readonly type: 'file.warned'; readonly path: string; readonly item: ItemId; readonly reason: Reason }
  | { readonly type: 'item.started'; readonly item: ItemId; readonly source: string }
  | { readonly type: 'stage.started'; readonly item: ItemId; readonly stage: string }
  | {
      readonly type: 'stage.finished';
      readonly item: ItemId;
      readonly stage: string;
      readonly kind: 'done' | 'held' | 'failed' | 'reused' | 'deferred';
      /** Of `held` and `failed`: an earlier run found it out, and nothing was done. */
      readonly known?: true;
      readonly ms: number;
    }
  | CallFinished
  | {
      readonly type: 'call.retried';
      readonly service: string;
      readonly operation?: string;
      readonly item?: ItemId;
      readonly attempt: number;
      readonly waitMs: number;
      readonly reason: Reason;
    }
  | { readonly type: 'breaker.opened'; readonly service: string }
  | { readonly type: 'breaker.closed'; readonly service: string }
  /** So many calls to the service may be under way at once from now on; `most` is what is set. */
  | { readonly type: 'places.changed'; readonly service: string; readonly places: number; readonly most: number }
  | { readonly type: 'batch.sent'; readonly batch: string; readonly questions: number; readonly costUsdMax: number }
  | ({ readonly type: 'batch.progress'; readonly batch: string } & BatchCounts)
  | {
      readonly type: 'batch.finished';
      readonly batch: string;
      /** `gone`: the service knows it no more. */
      readonly status: string;
      readonly answered: number;
      readonly failed: number;
      readonly costUsd: number;
    }
  /** A folder is watched from now on. */
  | { readonly type: 'watch.started'; readonly folder: string; readonly quietSeconds: number }
  | WatchWaiting
  /** In order, and what came of it since it began. */
  | { readonly type: 'watch.stopped'; readonly folder: string; readonly counts: WatchCounts }
  /** The review page can be opened; the addresses let in whoever has them. */
  | { readonly type: 'review.started'; readonly url: string; readonly viewerUrl: string }
  /** In order: nothing of it is under way any more. */
  | { readonly type: 'review.stopped' }
  | ItemFinished
  /** The command ended by this instead of finishing. */
  | { readonly type: 'run.broke'; readonly reason: Reason }
  | RunFinished;

/** Nothing is under way, or nothing more is begun; told when it changes. */
export interface WatchWaiting {
  readonly type: 'watch.waiting';
  /** Items whose folders are not quiet yet. */
  readonly settling: number;
  /** Items that are ready and must wait. */
  readonly queued: number;
  /** What they wait for; null: nothing. */
  readonly why: 'paused' | 'window' | 'pace' | 'trouble' | null;
  /** When the next is tried, where that is known; ISO time. */
  readonly until: string | null;
  readonly counts: WatchCounts;
}

/** Items that ended since the watch began, by outcome; one that ended twice counts as it ended last. */
export interface WatchCounts {
  readonly listed: number;
  readonly held: number;
  readonly failed: number;
  readonly deferred: number;
}

/** One attempt of a call to a service, answered or not. */
export interface CallFinished {
  readonly type: 'call.finished';
  readonly service: ServiceName;
  /** `inventory.publishOffer` */
  readonly operation: string;
  /** Absent for calls that join several items. */
  readonly item?: ItemId;
  /** 1 for the first. */
  readonly attempt: number;
  readonly ms: number;
  /** HTTP status, where there was one. */
  readonly status?: number;
  /** The service's own name for the request, to be quoted in a complaint. */
  readonly requestId?: string;
  /** The service's own error numbers. */
  readonly errorIds?: readonly number[];
  /** Absent when it went well. */
  readonly code?: ErrorCode;
}

/** `status` is the service's own word, such as `in_progress`. */
interface BatchCounts {
  readonly status: string;
  readonly total: number;
  readonly completed: number;
  readonly failed: number;
}

export interface ItemFinished extends ItemEnd {
  readonly type: 'item.finished';
  readonly item: ItemId;
  readonly sku: Sku;
  readonly source: string;
  /** For the people's line; absent while no stage has made one. */
  readonly title?: string;
  /** The same for the price it has, or would have. */
  readonly price?: Money;
  /** In a dry run: the price it would have, and what the fee table says eBay takes of it. An estimate. */
  readonly estimate?: { readonly price: Money; readonly fees: Money; readonly feesAsOf: string };
}

export interface RunFinished {
  readonly type: 'run.finished';
  readonly run: string;
  readonly environment: Environment;
  readonly dryRun: boolean;
  readonly counts: OutcomeCounts;
  /** Metadata that the photos of this run's items had and no picture has that was made of them; items that were live before are not looked at. */
  readonly removed: RemovedCounts;
  readonly costUsd: number;
  readonly seconds: number;
  readonly exitCode: number;
}

export type Emit = (event: RunEvent) => void;
