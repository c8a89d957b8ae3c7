import type { Photo } from '../core/item.ts';
import { nameParts } from './name-words.ts';
import { byFileName, stemOf } from './natural-order.ts';

/** Front and cover first, labels and details last, by name as a person counts in between. Pure. */
export function inListingOrder(photos: readonly Photo[]): readonly Photo[] {
  return photos
    .map((photo) => ({ photo, rank: rankOf(photo) }))
    .sort((a, b) => a.rank - b.rank || byFileName(a.photo.path, b.photo.path))
    .map(({ photo }) => photo);
}

const RANKS = { cover: 0, detail: 2, other: 1 } as const;

const rankOf = ({ path }: Photo): number => RANKS[nameParts(stemOf(path)).view ?? 'other'];
