import type { Border } from '../core/border.ts';
import type { Reason } from '../core/errors.ts';
import type { Photo } from '../core/item.ts';
import type { SellerFacts } from '../core/seller-facts.ts';

/** What grouping takes for one item, before it is known whether it was seen earlier. */
export interface PlannedItem {
  /** Absolute folder, or folder + `#` + group name for a part of a pile; the same on the next run. */
  readonly source: string;
  /** In listing order, the cover first; 1 to 24. */
  readonly photos: readonly Photo[];
  /** Words of the folder or the common file name, lower case, without counters, ids and camera names. */
  readonly nameWords: readonly string[];
  /** Defaults of the folders above, then its divider card, then the item's own sidecars; the nearest wins. */
  readonly seller: SellerFacts;
  /** Storage place from the name (`A01-7`); `seller.bin` wins over it. */
  readonly bin?: string;
  /** A divider shot follows its last photo: nothing more is to come. */
  readonly closed?: boolean;
  /** What tells that the item begins here. */
  readonly border: Border;
  /** Why these photos are one item: for the person who looks at `scan`. */
  readonly why: string;
  /** 0 to 1: 1 a folder of its own or the seller's word, 0.98 a divider card, 0.9 one name, up to 0.85 taken together, below 0.5 a guess. */
  readonly confidence: number;
  /** A sidecar that concerns the item cannot be used; without it the item must not be listed. */
  readonly problem?: Reason;
}
