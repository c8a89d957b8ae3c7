import { packedTexts } from '../core/packed-texts.ts';
import { naturalOrder } from './natural-order.ts';
import type { ScannedFolder } from './scanned-folder.ts';

/** The folders of a scan, in order. Each is put together anew when it is asked for, so that thousands cost little more than their names. */
export interface FolderList extends Iterable<ScannedFolder> {
  readonly length: number;
  /** In the order of their paths, and of the numbers of their photos. */
  add(folder: Omit<ScannedFolder, 'at'>): void;
  find(path: string): ScannedFolder | undefined;
  /** The one with the photo of this number. */
  holding(photo: number): ScannedFolder | undefined;
}

/** Texts that are kept of each folder: path, photos, sidecars. */
const TEXTS = 3;

export function folderList(): FolderList {
  const texts = packedTexts();
  const firsts: number[] = [];
  const placed = new Set<number>();

  const at = (position: number): ScannedFolder => ({
    at: position,
    path: texts.at(position * TEXTS),
    photos: texts.at(position * TEXTS + 1),
    sidecars: texts.at(position * TEXTS + 2),
    first: firsts[position] ?? 0,
    placed: placed.has(position),
  });
  /** The last one that is not behind what is looked for. */
  const lastThat = (isNotBehind: (position: number) => boolean): ScannedFolder | undefined => {
    let [from, to] = [-1, firsts.length];
    while (to - from > 1) {
      const middle = (from + to) >> 1;
      if (isNotBehind(middle)) from = middle;
      else to = middle;
    }
    return from < 0 ? undefined : at(from);
  };

  return {
    get length() {
      return firsts.length;
    },
    add(folder) {
      for (const text of [folder.path, folder.photos, folder.sidecars]) texts.add(text);
      if (folder.placed) placed.add(firsts.length);
      firsts.push(folder.first);
    },
    find(path) {
      const found = lastThat((position) => naturalOrder(texts.at(position * TEXTS), path) <= 0);
      return found?.path === path ? found : undefined;
    },
    holding: (photo) => lastThat((position) => (firsts[position] ?? 0) <= photo),
    *[Symbol.iterator]() {
      for (let position = 0; position < firsts.length; position += 1) yield at(position);
    },
  };
}
