import type { ItemId } from './item.ts';

/** What a seller made of a value that the program had proposed. `added`: there was no proposal, and one would have been right. */
export type Verdict = 'kept' | 'changed' | 'removed' | 'added';

/** One field of one item, as it was proposed and as the seller wants it: how right the analysis is, is told from these. */
export interface Correction {
  readonly itemId: ItemId;
  /** `brand`, `title`, or a specific as `aspects.Pattern`; never a private note, a cost or a parcel. */
  readonly field: string;
  /** Who had looked at the item: `openai`, `local`; `easyflip` for what rules make, such as a price. */
  readonly provider: string;
  /** Null where the provider has only one. */
  readonly model: string | null;
  /** What the proposal rested on, such as `label`; null for `added`. */
  readonly evidence: string | null;
  readonly proposed: string | null;
  readonly verdict: Verdict;
  /** Null for `removed`. */
  readonly value: string | null;
  /** What the seller did. */
  readonly by: 'approve' | 'edit' | 'import' | 'update' | 'sidecar';
  /** ISO time, UTC. */
  readonly at: string;
}
