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

export interface Walk {
  /** Those in which there is such a file. */
  readonly folders: readonly FoundFolder[];
  readonly refused: readonly RefusedFile[];
}

const AT_ONCE = 16;

/** No photo archive is deeper; a file system that pretends to be must not hold the scan forever. */
const MAX_DEPTH = 64;

/**
 * All files below a folder, each once. Real folders go first and symbolic links after them, so that a
 * link never takes the place of the folder it points to; a link to a folder above is a loop and is left out.
 * Only names are read. Rejects with the signal's reason when aborted.
 */
export async function walkFolder(root: string, signal: AbortSignal): Promise<Walk> {
  const walk = { folders: [] as FoundFolder[], refused: [] as RefusedFile[] };
  const visited = new Set<string>();
  const links: string[] = [];
  await walkReal({ path: root, real: await realpath(root) }, { ...walk, visited, links }, signal);
  const realRoot = await realpath(root);
  for (let link = links.shift(); link !== undefined; link = links.shift()) {
    const real = await realpath(link);
    if (visited.has(real) || isInside(realRoot, real)) continue;
    await walkReal({ path: link, real }, { ...walk, visited, links }, signal);
  }
  return walk;
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
  readonly folders: FoundFolder[];
  readonly refused: RefusedFile[];
  readonly visited: Set<string>;
  readonly links: string[];
}

async function walkReal(start: Folder, into: Collected, signal: AbortSignal): Promise<void> {
  let level = [start];
  for (let depth = 0; level.length > 0 && depth < MAX_DEPTH; depth += 1) {
    const fresh = level.filter(({ real }) => !into.visited.has(real));
    for (const { real } of fresh) into.visited.add(real);
    level = (await mapLimited(fresh, AT_ONCE, signal, (folder) => openFolder(folder, into))).flat();
  }
}

/** Notes the folder's files and returns its sub-folders. */
async function openFolder(folder: Folder, into: Collected): Promise<Folder[]> {
  let entries: Dirent[];
  try {
    entries = await readdir(folder.path, { withFileTypes: true });
  } catch (error) {
    into.refused.push({ path: folder.path, reason: cannotRead('folder', error) });
    return [];
  }
  const inner: Folder[] = [];
  const names: string[] = [];
  // `join` would leave pieces of longer texts behind each path, and many thousand paths are kept.
  const start = folder.path.endsWith(sep) ? folder.path : folder.path + sep;
  for (const entry of entries) {
    const path = start + entry.name;
    if (entry.isDirectory() && !isSystemFolder(entry.name))
      inner.push({ path, real: folder.real === folder.path ? path : join(folder.real, entry.name) });
    else if (entry.isDirectory()) into.refused.push({ path, reason: SYSTEM_FOLDER });
    else if (await isOrdinaryFile(path, entry, into)) names.push(entry.name);
  }
  if (names.length > 0) into.folders.push({ path: folder.path, names });
  return inner;
}

/** Notes what it is instead. Sizes are asked for when the file is looked at: a tree of many files would be held in memory else. */
async function isOrdinaryFile(path: string, entry: Dirent, into: Collected): Promise<boolean> {
  const byName = refusedByName(entry.name);
  if (byName) {
    into.refused.push({ path, reason: byName });
    return false;
  }
  if (entry.isFile()) return true;
  try {
    const facts = await stat(path);
    if (facts.isFile()) return true;
    if (facts.isDirectory()) into.links.push(path);
    else into.refused.push({ path, reason: SPECIAL_FILE });
  } catch (error) {
    into.refused.push({ path, reason: cannotRead('file', error) });
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
