import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { PreparedPhoto } from './prepare-photo.ts';

/**
 * Removes what is only needed until the marketplace has the pictures; the small copies stay for pages that show the item, as long as
 * there is room. Whatever is wanted again is made again from the originals. May be repeated; never throws.
 */
export async function removeLargePictures(folder: string, photos: readonly PreparedPhoto[]): Promise<void> {
  const names = photos.flatMap(({ picture, plain, full }) => [picture.name, plain.name, ...(full ? [full] : [])]);
  await Promise.all([...new Set(names)].map((name) => rm(join(folder, name), { force: true }).catch(() => undefined)));
}

/** An item may be on its way with pictures this young; older ones are made again when they are wanted. */
const KEPT_MS = 60 * 60 * 1000;

/**
 * Brings the folder of prepared pictures under `maxBytes`, oldest first, and clears away what a killed program left half written.
 * Pictures of the last hour stay. Answers the bytes that were freed. May be repeated; never throws.
 */
export async function trimPictures(folder: string, maxBytes: number, now: number): Promise<number> {
  const names = await readdir(folder).catch((): string[] => []);
  const files: { path: string; bytes: number; modifiedMs: number; unfinished: boolean }[] = [];
  for (const name of names) {
    const path = join(folder, name);
    const facts = await stat(path).catch(() => undefined);
    if (facts?.isFile()) files.push({ path, bytes: facts.size, modifiedMs: facts.mtimeMs, unfinished: name.endsWith('.tmp') });
  }
  let over = files.reduce((sum, { bytes }) => sum + bytes, 0) - maxBytes;
  let freed = 0;
  for (const file of files.filter(({ modifiedMs }) => modifiedMs < now - KEPT_MS).sort((a, b) => a.modifiedMs - b.modifiedMs)) {
    if (over <= 0 && !file.unfinished) continue;
    await rm(file.path, { force: true }).catch(() => undefined);
    over -= file.bytes;
    freed += file.bytes;
  }
  return freed;
}
