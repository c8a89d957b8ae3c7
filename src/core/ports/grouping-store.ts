import type { Glance } from '../glance.ts';
import type { PhotoHash } from '../item.ts';

/** What grouping remembers by a photo's content, so that it holds wherever the photo lies. */
export interface GroupingStore {
  /** Glances of these photos that this version made. */
  glances(photos: readonly PhotoHash[]): Promise<ReadonlyMap<PhotoHash, Glance>>;
  /** Adds or replaces. Repeatable. */
  rememberGlances(glances: ReadonlyMap<PhotoHash, Glance>): Promise<void>;
  /** The seller's own word: photos with the same name of a group are one item, `LEFT_OUT` is none. */
  placements(photos: readonly PhotoHash[]): Promise<ReadonlyMap<PhotoHash, string>>;
  /** Replaces what was said of these photos before. Repeatable. */
  place(placements: ReadonlyMap<PhotoHash, string>): Promise<void>;
}

/** The group of photos that the seller left out of every item. */
export const LEFT_OUT = '';
