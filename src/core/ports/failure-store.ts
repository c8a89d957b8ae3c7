import type { Reason } from '../errors.ts';
import type { ItemId } from '../item.ts';
import type { ServiceName } from '../settings.ts';

/** One time that a stage of an item failed. */
export interface Failure {
  readonly itemId: ItemId;
  readonly stage: string;
  /** Runs of this stage with the same inputs, this one included. */
  readonly attempts: number;
  readonly startedAt: string;
  readonly failedAt: string;
  readonly reason: Reason;
}

/** Calls to a service for one item, over all runs; calls that join several items are not among them. */
export interface ItemCalls {
  readonly service: ServiceName;
  /** Attempts, repetitions included. */
  readonly calls: number;
  readonly failed: number;
  readonly ms: number;
}

/**
 * What went wrong, also after it went right. A failure is added by `OutcomeStore.record` in the same transaction as its
 * outcome; the last 20 of an item are kept, and all of it goes with the item.
 */
export interface FailureStore {
  /** Oldest first. */
  ofItem(id: ItemId): Promise<readonly Failure[]>;
  addCalls(id: ItemId, calls: readonly ItemCalls[]): Promise<void>;
  callsOf(id: ItemId): Promise<readonly ItemCalls[]>;
}
