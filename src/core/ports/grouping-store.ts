import type { Glance } from '../glance.ts';
import type { PhotoHash } from '../item.ts';

/** The seller's own word about a photo. */
export interface Placement {
  /** Photos with the same name of a group are one item, `LEFT_OUT` is none. */
  readonly group: string;
  /** Where it stands in the listing, from 0, when the seller has said the order too. */
  readonly at?: number;
}

/** What grouping remembers by a photo's content, so that it holds wherever the photo lies. */
export interface GroupingStore {
  /** Glances of these photos that this version made. */
  glances(photos: readonly PhotoHash[]): Promise<ReadonlyMap<PhotoHash, Glance>>;
  /** Adds or replaces. Repeatable. */
  rememberGlances(glances: ReadonlyMap<PhotoHash, Glance>): Promise<void>;
  placements(photos: readonly PhotoHash[]): Promise<ReadonlyMap<PhotoHash, Placement>>;
  /** Replaces what was said of these photos before. Repeatable. */
  place(placements: ReadonlyMap<PhotoHash, Placement>): Promise<void>;
}

/** The group of photos that the seller left out of every item. */
export const LEFT_OUT = '';
