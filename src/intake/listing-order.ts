import { basename } from 'node:path';
import type { Photo } from '../core/item.ts';
import { nameParts } from './name-words.ts';
import { byFileName, stemOf } from './natural-order.ts';

export interface ListingOrder {
  readonly photos: readonly Photo[];
  /** The names say the order: nothing that looks at the pictures may change it. */
  readonly bySeller: boolean;
}

/**
 * By numbers that begin all names (`01-back.jpg`, `2.jpg`): nobody writes them but to put photos in order. Else front and
 * cover first, labels and details last, by name as a person counts in between; a name that says which photo is the cover
 * says the order, too. A number behind a name (`mug_2`, `IMG_0002`) is a counter of cameras and importers: it tells the
 * order of the shots, and looking may find a better one. Pure.
 */
export function inListingOrder(photos: readonly Photo[]): ListingOrder {
  const numbers = photos.map(({ path }) => leadingNumber(stemOf(path)));
  const numbered = photos.length > 1 && numbers.every((one) => one !== undefined) && new Set(numbers).size === photos.length;
  const ranked = photos.map((photo, at) => ({ photo, rank: numbered ? (numbers[at] ?? 0) : rankOf(photo) }));
  const sorted = ranked.sort((a, b) => a.rank - b.rank || byFileName(a.photo.path, b.photo.path)).map(({ photo }) => photo);
  return { photos: sorted, bySeller: numbered || ranked.some(({ photo }) => viewOf(photo) === 'cover') };
}

/** The photos that are named (with or without ending), in that order, then the others; and the names that fit none. Pure. */
export function inSaidOrder(photos: readonly Photo[], names: readonly string[]): { photos: readonly Photo[]; unknown: readonly string[] } {
  const left = [...photos];
  const unknown: string[] = [];
  const first = names.flatMap((name) => {
    const at = left.findIndex(({ path }) => same(basename(path), name) || same(stemOf(path), name));
    if (at === -1) unknown.push(name);
    return at === -1 ? [] : left.splice(at, 1);
  });
  return { photos: [...first, ...left], unknown };
}

const same = (a: string, b: string): boolean => a.normalize('NFC').toLowerCase() === b.normalize('NFC').toLowerCase();

/** Up to two digits that stand alone: `2019 mug` and `IMG_1` begin with none. */
function leadingNumber(stem: string): number | undefined {
  const found = /^(\d{1,2})(?![\p{L}\d])/u.exec(stem.trim())?.[1];
  return found === undefined ? undefined : Number(found);
}

const RANKS = { cover: 0, detail: 2, other: 1 } as const;

const viewOf = ({ path }: Photo): ReturnType<typeof nameParts>['view'] => nameParts(stemOf(path)).view;
const rankOf = (photo: Photo): number => RANKS[viewOf(photo) ?? 'other'];
