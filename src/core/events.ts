import type { Reason } from './errors.ts';
import type { ItemId, Sku } from './item.ts';
import type { Money } from './money.ts';
import type { ItemEnd, OutcomeCounts } from './outcome.ts';
import type { RemovedCounts } from './removed-metadata.ts';
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
  | ItemFinished
  | RunFinished;

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
  /** Metadata that the photos of this run's items had and no picture has that was made of them; items that were live before are not looked at. */
  readonly removed: RemovedCounts;
  readonly costUsd: number;
  readonly seconds: number;
  readonly exitCode: number;
}

export type Emit = (event: RunEvent) => void;
