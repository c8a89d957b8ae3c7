import { basename, dirname } from 'node:path';
import { EasyflipError, type Reason } from '../core/errors.ts';
import { MAX_PHOTOS_PER_ITEM, type Photo } from '../core/item.ts';
import type { GroupMode, Settings } from '../core/settings.ts';
import { attachSidecars } from './attach-sidecars.ts';
import { groupBy } from './group-by.ts';
import { groupPile, hasSeveralItems } from './group-pile.ts';
import { inListingOrder } from './listing-order.ts';
import { nameParts, nameWordsOf } from './name-words.ts';
import { countOf, type PhotoGroup } from './photo-group.ts';
import type { PlannedItem } from './planned-item.ts';
import type { ScanResult } from './scan-folders.ts';
import { isInside, type RefusedFile } from './walk-folders.ts';

export type { PlannedItem } from './planned-item.ts';

export interface Grouping {
  readonly items: readonly PlannedItem[];
  /** Photos beyond the 24th of an item, and sidecars that fit no item. */
  readonly refused: readonly RefusedFile[];
}

/**
 * Photos to items. `auto`: a folder of up to 24 photos is an item; a larger one, a camera folder, and
 * loose photos beside folders or of several names are piles, which are parted by name, then by time.
 * `folder`, `name` and `time` force one way. Pure: the same scan gives the same items.
 * Errors: `usage.invalid` for `divider`, which does not exist yet.
 */
export function groupPhotos(scan: ScanResult, mode: GroupMode, settings: Pick<Settings, 'photos'>): Grouping {
  if (mode === 'divider') {
    throw new EasyflipError('usage.invalid', 'Grouping by divider photos does not exist yet.', {
      hint: 'Use --group auto, folder, name or time.',
    });
  }
  const folders = groupBy(scan.photos, ({ path }) => dirname(path));
  const gapMs = settings.photos.gapMinutes * 60_000;
  const refused: RefusedFile[] = [];
  const groups: PhotoGroup[] = [];
  for (const [folder, photos] of folders) {
    const pile = mode === 'name' || mode === 'time' || (mode === 'auto' && isPile(folder, photos, scan.roots, folders, gapMs));
    for (const group of pile ? groupPile(folder, photos, mode, gapMs) : [wholeFolder(folder, photos)]) {
      const ordered = inListingOrder(group.photos);
      groups.push({ ...group, photos: ordered.slice(0, MAX_PHOTOS_PER_ITEM) });
      refused.push(...ordered.slice(MAX_PHOTOS_PER_ITEM).map(({ path }) => ({ path, reason: tooMany(ordered.length) })));
    }
  }
  const attached = attachSidecars(groups, scan.sidecars);
  return { items: attached.items, refused: [...refused, ...attached.refused] };
}

/** Folders that cameras, phones and importers make: DCF names (100APPLE, 101MSDCF), dates, and the usual words. */
const CAMERA_FOLDER =
  /^(dcim|camera( roll)?|camera uploads|all photos|photos|pictures|images|my photos|downloads?|screenshots?|whatsapp images|recents?|\d{3}[a-z0-9_]{5}|\d{4}([-_. ]?\d{2}){1,2}_*|\d{6}_+)$/i;

function isPile(
  folder: string,
  photos: readonly Photo[],
  roots: readonly string[],
  folders: ReadonlyMap<string, unknown>,
  gapMs: number,
): boolean {
  if (photos.length > MAX_PHOTOS_PER_ITEM) return true;
  if (!roots.includes(folder)) return CAMERA_FOLDER.test(basename(folder));
  // The folder that was asked for: nobody has said yet that it holds one thing.
  const besideFolders = [...folders.keys()].some((other) => other !== folder && isInside(other, folder));
  return besideFolders || hasSeveralItems(photos, gapMs, nameParts(basename(folder)).words.length > 0);
}

function wholeFolder(folder: string, photos: readonly Photo[]): PhotoGroup {
  const { bin } = nameParts(basename(folder));
  return {
    folder,
    photos,
    words: nameWordsOf(folder, photos),
    ...(bin ? { bin } : {}),
    why: `${countOf(photos.length)} in one folder`,
    confidence: 1,
  };
}

const tooMany = (count: number): Reason => ({
  code: 'photo.too-many',
  message: `The item has ${count} photos; eBay shows ${MAX_PHOTOS_PER_ITEM}, and this one comes after them.`,
  hint: 'Remove photos from the item, or part them into folders if they are several items.',
});
