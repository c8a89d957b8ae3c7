import type { Reason } from './errors.ts';
import type { ItemId, Sku } from './item.ts';
import type { Money } from './money.ts';
import type { ItemEnd, OutcomeCounts } from './outcome.ts';
import type { Environment } from './settings.ts';

/** What happened, told once; reporters decide what of it a person or a script sees. */
export type RunEvent =
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
      readonly ms: number;
    }
  | { readonly type: 'call.retried'; readonly service: string; readonly attempt: number; readonly waitMs: number; readonly reason: Reason }
  | { readonly type: 'breaker.opened'; readonly service: string }
  | { readonly type: 'breaker.closed'; readonly service: string }
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
  | ItemFinished
  | RunFinished;

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
  /** In a dry run: the price it would have, and what the fee table says eBay takes of it. An estimate. */
  readonly estimate?: { readonly price: Money; readonly fees: Money; readonly feesAsOf: string };
}

export interface RunFinished {
  readonly type: 'run.finished';
  readonly run: string;
  readonly environment: Environment;
  readonly dryRun: boolean;
  readonly counts: OutcomeCounts;
  readonly costUsd: number;
  readonly seconds: number;
  readonly exitCode: number;
}

export type Emit = (event: RunEvent) => void;
