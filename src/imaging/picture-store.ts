import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { PhotoHash } from '../core/item.ts';
import type { PreparedPhoto } from './prepare-photo.ts';

/**
 * Removes what is only needed until the marketplace has the pictures; the small copies stay for pages that show the item, as long as
 * there is room. Whatever is wanted again is made again from the originals. May be repeated; never throws.
 */
export async function removeLargePictures(folder: string, photos: readonly PreparedPhoto[]): Promise<void> {
  const names = photos.flatMap(({ picture, whole, full }) => [picture.name, whole.name, ...(full ? [full] : [])]);
  await Promise.all([...new Set(names)].map((name) => rm(join(folder, name), { force: true }).catch(() => undefined)));
}

/** Files of a photo begin with so much of its hash. */
const NAMED_BY = 16;
/** What is begun anew at this age is no longer being written. */
const UNFINISHED_MS = 60 * 60 * 1000;
/** Freed below the limit, so that not each new picture makes the whole folder be looked through. */
export const ROOM_SHARE = 0.05;
/** Removed between two questions what is in work. */
const AT_ONCE = 20;

export interface Trim {
  readonly maxBytes: number;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Photos of items that somebody works on at this moment: none of their pictures is touched. Asked again and again. */
  readonly inWork: () => Promise<Iterable<PhotoHash>>;
}

/**
 * Brings the folder of prepared pictures under `maxBytes` and clears away what a killed program left half written. Oldest first, but
 * thumbnails last: pages that show many items live on them. What is wanted again is made again. Answers the bytes that are left.
 * May be repeated, also by several processes; throws only what `inWork` throws.
 */
export async function trimPictures(folder: string, { maxBytes, now, inWork }: Trim): Promise<number> {
  const names = await readdir(folder).catch((): string[] => []);
  const files: KeptFile[] = [];
  let left = 0;
  for (const name of names) {
    const facts = await stat(join(folder, name)).catch(() => undefined);
    if (!facts?.isFile()) continue;
    left += facts.size;
    if (!name.endsWith('.tmp')) files.push({ name, bytes: facts.size, modifiedMs: facts.mtimeMs });
    else if (facts.mtimeMs < now - UNFINISHED_MS && (await removed(folder, name))) left -= facts.size;
  }
  if (left <= maxBytes) return left;
  files.sort((a, b) => Number(isThumbnail(a)) - Number(isThumbnail(b)) || a.modifiedMs - b.modifiedMs);
  for (let at = 0; at < files.length && left > maxBytes * (1 - ROOM_SHARE); ) {
    const spared = new Set(Array.from(await inWork(), (hash) => hash.slice(0, NAMED_BY)));
    for (let gone = 0; at < files.length && gone < AT_ONCE && left > maxBytes * (1 - ROOM_SHARE); at += 1) {
      const { name, bytes } = files[at] as KeptFile;
      if (spared.has(name.slice(0, NAMED_BY)) || !(await removed(folder, name))) continue;
      left -= bytes;
      gone += 1;
    }
  }
  return left;
}

interface KeptFile {
  readonly name: string;
  readonly bytes: number;
  readonly modifiedMs: number;
}

const isThumbnail = ({ name }: KeptFile): boolean => name.slice(NAMED_BY).startsWith('-thumbnail');

const removed = (folder: string, name: string): Promise<boolean> =>
  rm(join(folder, name), { force: true }).then(
    () => true,
    () => false,
  );
