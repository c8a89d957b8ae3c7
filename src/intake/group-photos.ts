import { basename, dirname } from 'node:path';
import type { Reason } from '../core/errors.ts';
import { MAX_PHOTOS_PER_ITEM, type Photo, type PhotoHash } from '../core/item.ts';
import type { Placement } from '../core/ports/index.ts';
import type { GroupMode, Settings } from '../core/settings.ts';
import { attachSidecars } from './attach-sidecars.ts';
import type { Divider } from './dividers.ts';
import { groupBy } from './group-by.ts';
import { groupPile, hasSeveralItems, type PileHints } from './group-pile.ts';
import { inListingOrder } from './listing-order.ts';
import { nameParts, nameWordsOf } from './name-words.ts';
import { byPath } from './natural-order.ts';
import { countOf, type PhotoGroup } from './photo-group.ts';
import { applyPlacements } from './placements.ts';
import type { PlannedItem } from './planned-item.ts';
import { withoutSharedSkus } from './same-sku.ts';
import type { ScanResult } from './scan-folders.ts';
import { longestPause } from './sequence.ts';
import { isInside, type RefusedFile } from './walk-folders.ts';

export type { PlannedItem } from './planned-item.ts';

export interface Grouping {
  readonly items: readonly PlannedItem[];
  /** Dividers, photos beyond the 24th of an item or left out by the seller, and sidecars that fit no item. */
  readonly refused: readonly RefusedFile[];
}

/** What is known of the photos besides names, places and times. Without it grouping does without. */
export interface GroupingHints extends Pick<PileHints, 'dividers' | 'glances'> {
  /** The seller's corrections. */
  readonly placements: ReadonlyMap<PhotoHash, Placement>;
}

const NO_HINTS: GroupingHints = { dividers: new Map(), glances: new Map(), placements: new Map() };

/** Such items come after all that were found by themselves. */
export const isBySeller = ({ border }: Pick<PlannedItem, 'border'>): boolean => border.kind === 'seller';

/** What grouping refuses, in the order in which it is told. */
export interface Refusals {
  readonly dividers: readonly RefusedFile[];
  readonly leftOut: readonly RefusedFile[];
  readonly tooMany: readonly RefusedFile[];
  /** The same of items that the seller put together. */
  readonly tooManyTogether: readonly RefusedFile[];
  readonly sidecars: readonly RefusedFile[];
}

/**
 * Photos to items. `auto`: a folder of up to 24 photos is an item, also one with an item.json; a larger one, a camera folder, one
 * with divider cards, and loose photos beside folders or of several names are piles, which are parted by dividers, names, times and
 * looks. `folder`, `name`, `time` and `divider` force one way. What the seller corrected wins over all of it.
 * Every photo is in exactly one item or refused. Pure: the same scan and hints give the same items.
 */
export function groupPhotos(
  scan: ScanResult,
  mode: GroupMode,
  settings: Pick<Settings, 'photos'>,
  hints: GroupingHints = NO_HINTS,
): Grouping {
  const { items, refused } = groupPart(scan, mode, settings, hints);
  const { dividers, leftOut, tooMany, tooManyTogether, sidecars } = refused;
  return { items: withoutSharedSkus(items), refused: [...dividers, ...leftOut, ...tooMany, ...tooManyTogether, ...sidecars] };
}

/** The same for a part of a scan that concerns no other part; whether items share a SKU is not known yet. Pure. */
export function groupPart(
  scan: ScanResult,
  mode: GroupMode,
  settings: Pick<Settings, 'photos'>,
  hints: GroupingHints = NO_HINTS,
): { readonly items: readonly PlannedItem[]; readonly refused: Refusals } {
  const sorted = [...scan.photos].sort((a, b) => byPath(a.path, b.path));
  const folders = groupBy(sorted, ({ path }) => dirname(path));
  const pileHints = { ...hints, gapMs: settings.photos.gapMinutes * 60_000 };
  const found: PhotoGroup[] = [];
  const divided: RefusedFile[] = [];
  const tooMany: RefusedFile[] = [];
  const tooManyTogether: RefusedFile[] = [];
  for (const [folder, photos] of folders) {
    const whole = mode === 'folder' || (mode === 'auto' && !isPile(folder, photos, scan, folders, pileHints));
    found.push(...(whole ? [wholeFolder(folder, photos)] : groupPile(folder, photos, mode, pileHints)));
    if (!whole) divided.push(...photos.flatMap((photo) => dividerRefusal(photo, hints.dividers)));
  }
  const { groups: placed, leftOut } = applyPlacements(found, hints.placements);
  const groups = placed.map((group) => {
    const { photos, bySeller } = group.ordered ? { ...group, bySeller: true } : inListingOrder(group.photos);
    const over = photos.slice(MAX_PHOTOS_PER_ITEM).map(({ path }) => ({ path, reason: moreThanShown(photos.length) }));
    (isBySeller(group) ? tooManyTogether : tooMany).push(...over);
    return { ...group, photos: photos.slice(0, MAX_PHOTOS_PER_ITEM), ordered: bySeller };
  });
  const attached = attachSidecars(groups, scan.sidecars);
  return {
    items: attached.items,
    refused: {
      dividers: divided,
      leftOut: leftOut.map(({ path }) => ({ path, reason: LEFT_OUT_BY_SELLER })),
      tooMany,
      tooManyTogether,
      sidecars: attached.refused,
    },
  };
}

/**
 * Photos that are worth a small decode: those of piles and of folders that may be some. A folder that is plainly
 * one item costs none, so that sellers who sort into folders pay nothing for dividers. Pure.
 */
export function photosToGlanceAt(scan: ScanResult, mode: GroupMode, settings: Pick<Settings, 'photos'>): readonly Photo[] {
  if (mode !== 'auto' && mode !== 'divider') return [];
  const folders = groupBy(scan.photos, ({ path }) => dirname(path));
  const hints = { ...NO_HINTS, gapMs: settings.photos.gapMinutes * 60_000 };
  return [...folders].flatMap(([folder, photos]) =>
    mode === 'divider' || scan.roots.includes(folder) || isPile(folder, photos, scan, folders, hints) || longestPause(photos) > hints.gapMs
      ? photos
      : [],
  );
}

/** Folders that cameras, phones and importers make: DCF names (100APPLE, 101MSDCF), dates, and the usual words. */
const CAMERA_FOLDER =
  /^(dcim|camera( roll)?|camera uploads|all photos|photos|pictures|images|my photos|downloads?|screenshots?|whatsapp images|recents?|\d{3}[a-z0-9_]{5}|\d{4}([-_. ]?\d{2}){1,2}_*|\d{6}_+)$/i;

function isPile(
  folder: string,
  photos: readonly Photo[],
  { roots, sidecars, besideFolders }: ScanResult,
  folders: ReadonlyMap<string, unknown>,
  hints: PileHints,
): boolean {
  if (photos.length > MAX_PHOTOS_PER_ITEM) return true;
  const dividers = photos.flatMap(({ sha256 }) => hints.dividers.get(sha256) ?? []);
  if (!roots.includes(folder)) {
    // The seller has said what it is: one thing, whatever its pictures look like.
    if (sidecars.get(folder)?.item.length) return false;
    // In a folder of its own a dark frame is a bad photo; only a card is meant.
    return CAMERA_FOLDER.test(basename(folder)) || dividers.some(({ kind }) => kind === 'card' || kind === 'own-card');
  }
  if (dividers.length > 0) return true;
  // The folder that was asked for: nobody has said yet that it holds one thing.
  const isBeside = besideFolders?.has(folder) ?? [...folders.keys()].some((other) => other !== folder && isInside(other, folder));
  return isBeside || hasSeveralItems(photos, hints, nameParts(basename(folder)).words);
}

function wholeFolder(folder: string, photos: readonly Photo[]): PhotoGroup {
  const { bin } = nameParts(basename(folder));
  return {
    folder,
    photos,
    words: nameWordsOf(folder, photos),
    ...(bin ? { bin } : {}),
    border: { kind: 'folder', why: 'a folder of its own', confidence: 1 },
    why: `${countOf(photos.length)} in one folder`,
    confidence: 1,
  };
}

const moreThanShown = (count: number): Reason => ({
  code: 'photo.too-many',
  message: `The item has ${count} photos; eBay shows ${MAX_PHOTOS_PER_ITEM}, and this one comes after them.`,
  hint: 'Remove photos from the item, or part them into folders if they are several items.',
});

function dividerRefusal({ sha256, path }: Photo, dividers: ReadonlyMap<PhotoHash, Divider>): RefusedFile[] {
  const divider = dividers.get(sha256);
  if (!divider) return [];
  const reason: Reason = {
    code: 'file.divider',
    message: `The photo was used as a divider: ${divider.label}. It is never listed.`,
    hint: 'Nothing is to be done; use `--group name` or `--group time` if it shows something to sell.',
  };
  return [{ path, reason }];
}

const LEFT_OUT_BY_SELLER: Reason = {
  code: 'photo.left-out',
  message: 'Your plan leaves the photo out of every item.',
  hint: 'Put it into an item with `easyflip group move`, or into the plan.',
};
