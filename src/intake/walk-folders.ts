import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { Reason } from '../core/errors.ts';
import { refusedByName } from '../imaging/refused-by-name.ts';
import { mapLimited } from './map-limited.ts';

export interface FoundFolder {
  readonly path: string;
  /** Files that may be photos or sidecars, and whatever else is not refused by its name. */
  readonly names: readonly string[];
}

export interface RefusedFile {
  readonly path: string;
  readonly reason: Reason;
}

/** Told of each folder in which there is such a file, and of every other file. In no order: folders are opened several at once. */
export interface WalkTold {
  readonly folder: (folder: FoundFolder) => void;
  readonly refused: (file: RefusedFile) => void;
}

const AT_ONCE = 16;

/** No photo archive is deeper; a file system that pretends to be must not hold the scan forever. */
const MAX_DEPTH = 64;

/**
 * All files below a folder, each once. Real folders go first and symbolic links after them, so that a
 * link never takes the place of the folder it points to; a link to a folder above is a loop and is left out.
 * Only names are read, and nothing is kept of a folder once it was told. Rejects with the signal's reason when aborted.
 */
export async function walkFolder(root: string, signal: AbortSignal, tell: WalkTold): Promise<void> {
  const links: string[] = [];
  const realRoot = await realpath(root);
  // Of the real folders below the root none is met twice, and which they were is told by their paths; only what links lead to is noted.
  await walkReal({ path: root, real: realRoot }, { tell, links, isNew: () => true }, signal);
  const visited = new Set<string>();
  const isNew = (real: string): boolean => !isWalkedFrom(realRoot, real) && visited.size < visited.add(real).size;
  for (let link = links.shift(); link !== undefined; link = links.shift()) {
    const real = await realpath(link);
    if (isInside(realRoot, real)) continue;
    await walkReal({ path: link, real }, { tell, links, isNew }, signal);
  }
}

/** Whether a walk along real folders from `root` opens `folder` (both without links). */
function isWalkedFrom(root: string, folder: string): boolean {
  if (!isInside(folder, root)) return false;
  const below = folder
    .slice(root.length)
    .split(sep)
    .filter((name) => name !== '');
  return below.length < MAX_DEPTH && !below.some(isSystemFolder);
}

/** True when `path` is `folder` or lies below it. */
export const isInside = (path: string, folder: string): boolean =>
  path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);

interface Folder {
  readonly path: string;
  /** The same without symbolic links: its identity. */
  readonly real: string;
}

interface Collected {
  readonly tell: WalkTold;
  readonly links: string[];
  /** True once for each real folder. */
  readonly isNew: (real: string) => boolean;
}

async function walkReal(start: Folder, into: Collected, signal: AbortSignal): Promise<void> {
  let level = [start];
  for (let depth = 0; level.length > 0 && depth < MAX_DEPTH; depth += 1) {
    const fresh = level.filter(({ real }) => into.isNew(real));
    level = [];
    await mapLimited(fresh, AT_ONCE, signal, async (folder) => {
      for (const inner of await openFolder(folder, into)) level.push(inner);
    });
  }
}

/** Tells the folder's files and returns its sub-folders. */
async function openFolder(folder: Folder, into: Collected): Promise<readonly Folder[]> {
  let entries: Dirent[];
  try {
    entries = await readdir(folder.path, { withFileTypes: true });
  } catch (error) {
    into.tell.refused({ path: folder.path, reason: cannotRead('folder', error) });
    return [];
  }
  const inner: Folder[] = [];
  const names: string[] = [];
  const above = folder.path.endsWith(sep) ? folder.path.slice(0, -sep.length) : folder.path;
  for (const entry of entries) {
    // A sum, or the `join` of paths, would leave pieces of longer texts behind each path, and many thousand are kept.
    const path = [above, entry.name].join(sep);
    if (entry.isDirectory() && !isSystemFolder(entry.name))
      inner.push({ path, real: folder.real === folder.path ? path : join(folder.real, entry.name) });
    else if (entry.isDirectory()) into.tell.refused({ path, reason: SYSTEM_FOLDER });
    else if (await isOrdinaryFile(path, entry, into)) names.push(entry.name);
  }
  if (names.length > 0) into.tell.folder({ path: folder.path, names });
  return inner;
}

/** Notes what it is instead. Sizes are asked for when the file is looked at: a tree of many files would be held in memory else. */
async function isOrdinaryFile(path: string, entry: Dirent, into: Collected): Promise<boolean> {
  const byName = refusedByName(entry.name);
  if (byName) {
    into.tell.refused({ path, reason: byName });
    return false;
  }
  if (entry.isFile()) return true;
  try {
    const facts = await stat(path);
    if (facts.isFile()) return true;
    if (facts.isDirectory()) into.links.push(path);
    else into.tell.refused({ path, reason: SPECIAL_FILE });
  } catch (error) {
    into.tell.refused({ path, reason: cannotRead('file', error) });
  }
  return false;
}

const isSystemFolder = (name: string): boolean =>
  name.startsWith('.') || /^(__MACOSX|@eaDir|\$RECYCLE\.BIN|System Volume Information)$/i.test(name);

const SYSTEM_FOLDER: Reason = {
  code: 'file.hidden',
  message: 'The folder is hidden or belongs to the system; it was not looked into.',
  hint: 'Rename the folder if it holds photos to list.',
};

export const SPECIAL_FILE: Reason = {
  code: 'file.not-a-photo',
  message: 'This is no ordinary file.',
  hint: 'Move it out of the photo folder.',
};

export function cannotRead(what: string, error: unknown): Reason {
  const code = (error as NodeJS.ErrnoException).code;
  const why =
    code === 'EACCES' || code === 'EPERM' ? 'no permission' : code === 'ENOENT' ? 'it points to nothing' : (code ?? 'unknown cause');
  return {
    code: 'photo.unreadable-file',
    message: `The ${what} cannot be read (${why}).`,
    hint: `Allow reading the ${what}, or remove it.`,
  };
}
