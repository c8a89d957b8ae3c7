import { basename, extname } from 'node:path';
import type { Item } from '../core/item.ts';
import { lookDistance, NEAR_DUPLICATE_DISTANCE } from '../core/looks.ts';
import type { Description, PhotoRole } from '../core/ports/index.ts';
import type { PreparedPhoto } from '../imaging/prepare-photo.ts';

type Shown = Pick<PreparedPhoto, 'look' | 'quality' | 'warnings'>;

export interface OrderSource {
  /** As the item has them; a photo's number is its place here, from 1. */
  readonly photos: readonly Shown[];
  readonly described: Pick<Description, 'roles' | 'cover' | 'problems'>;
  /** Numbers of photos whose writing holds the item. */
  readonly held: ReadonlySet<number>;
  /** Numbers in the order that the seller has said: it stands. */
  readonly said: readonly number[] | undefined;
}

/** How a buyer looks at a thing: all of it, its sides, what comes with it, then what proves size, make and condition. */
const PLACES: readonly PhotoRole[] = ['front', 'back', 'side', 'box', 'other', 'detail', 'measurement', 'label', 'flaw'];
/** Photos that may stand first where nobody has named a better one. */
const COVERS: ReadonlySet<PhotoRole> = new Set<PhotoRole>(['front', 'side', 'box', 'other']);
/** A first picture like this sells nothing. */
const UNFIT_COVER: ReadonlySet<string> = new Set(['photo.blurred', 'photo.dark', 'photo.overexposed', 'photo.border', 'photo.screenshot']);

/**
 * The numbers of the photos in the order of the listing, the cover first. The seller's order stands; photos whose role nobody
 * knows stay as they are, behind the first that is fit to be the cover (without a model only labels are known). Never leaves one out. Pure.
 */
export function pictureOrder({ photos, described, held, said }: OrderSource): readonly number[] {
  const numbers = photos.map((_, at) => at + 1);
  const { roles = [] } = described;
  if (said) return said;
  const roleOf = (number: number): PhotoRole => roleLike(number, photos, roles) ?? 'other';
  const sorted = [...numbers].sort((a, b) => PLACES.indexOf(roleOf(a)) - PLACES.indexOf(roleOf(b)) || a - b);
  const first = coverOf(sorted, roleOf, { photos, described, held });
  return [first, ...sorted.filter((number) => number !== first)];
}

/** Its own role; a photo that no model saw is taken for the same shot that one did see. */
function roleLike(number: number, photos: readonly Shown[], roles: NonNullable<Description['roles']>): PhotoRole | undefined {
  const own = roles.find(({ photo }) => photo === number);
  const look = photos[number - 1]?.look ?? '';
  const same = own ?? roles.find(({ photo }) => lookDistance(photos[photo - 1]?.look ?? '', look) <= NEAR_DUPLICATE_DISTANCE);
  return same?.role;
}

/** The model's choice, unless it is a bad picture; else the sharpest front, else the first picture that is fit. */
function coverOf(
  sorted: readonly number[],
  roleOf: (number: number) => PhotoRole,
  { photos, described: { cover, problems = [] }, held }: Omit<OrderSource, 'said'>,
): number {
  const isFit = (number: number): boolean =>
    !held.has(number) &&
    !problems.some(({ photo }) => photo === number) &&
    !(photos[number - 1]?.warnings ?? []).some(({ code }) => UNFIT_COVER.has(code));
  const fit = sorted.filter(isFit);
  if (cover !== undefined && fit.includes(cover)) return cover;
  const sharpness = (number: number): number => photos[number - 1]?.quality.sharpness ?? 0;
  const fronts = fit.filter((number) => roleOf(number) === 'front').sort((a, b) => sharpness(b) - sharpness(a));
  return fronts[0] ?? fit.find((number) => COVERS.has(roleOf(number))) ?? fit[0] ?? sorted[0] ?? 1;
}

/** The numbers of the photos as the seller's names put them; those that are not named follow. Undefined where none are. Pure. */
export function saidOrder(
  photos: readonly Pick<PreparedPhoto, 'source'>[],
  { seller, photos: originals }: Pick<Item, 'seller' | 'photos'>,
): readonly number[] | undefined {
  if (!seller.photos) return undefined;
  const names = photos.map(({ source }) => basename(originals.find(({ sha256 }) => sha256 === source)?.path ?? ''));
  const left = new Set(photos.map((_, at) => at + 1));
  const named = seller.photos.flatMap((wanted) => {
    const number = [...left].find((one) => isNamed(names[one - 1] ?? '', wanted));
    if (number !== undefined) left.delete(number);
    return number === undefined ? [] : [number];
  });
  return [...named, ...left];
}

const isNamed = (file: string, wanted: string): boolean =>
  [file, basename(file, extname(file))].some((name) => name.normalize('NFC').toLowerCase() === wanted.normalize('NFC').toLowerCase());
