import type { Correction } from '../correction.ts';
import type { ItemId } from '../item.ts';

/** What sellers changed of what was proposed. Kept after an item is forgotten: it tells about the provider. */
export interface CorrectionsStore {
  /** Adds, or replaces what was said of the same field, item, provider and model. Repeatable. */
  record(corrections: readonly Correction[]): Promise<void>;
  /** The seller took it back: nothing was said of these fields. Repeatable. */
  forget(id: ItemId, fields: readonly string[]): Promise<void>;
  ofItem(id: ItemId): Promise<readonly Correction[]>;
  /** Said since then (ISO time), oldest first. */
  since(at: string): Promise<readonly Correction[]>;
}
