import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Photo, PhotoHash } from '../core/item.ts';
import type { FileCache, Placement, SeenFile } from '../core/ports/index.ts';
import type { Settings } from '../core/settings.ts';
import { SITES } from '../core/site.ts';
import { probePhoto, refusedByLimits } from '../imaging/probe-photo.ts';
import { type FolderList, folderList } from './folder-list.ts';
import { type SidecarRole, sidecarRole } from './folder-sidecars.ts';
import { copyOf, livePhotoVideos } from './live-and-copies.ts';
import { mapLimited } from './map-limited.ts';
import { byFileName, byPath, naturalOrder } from './natural-order.ts';
import { type PhotoIndex, photoIndex } from './photo-index.ts';
import { openRoots, refuseRoots } from './scan-roots.ts';
import { joined, parted, pathsIn, portionsOf, type ScannedFolder } from './scanned-folder.ts';
import { readSidecar, type Sidecar } from './sidecar.ts';
import { cannotRead, type FoundFolder, isInside, type RefusedFile, SPECIAL_FILE, walkFolder } from './walk-folders.ts';

export interface ScanOptions {
  readonly files: FileCache;
  readonly settings: Pick<Settings, 'photos' | 'marketplace'>;
  readonly signal: AbortSignal;
  /** Told after each file, for progress. */
  readonly onFile?: (done: number, total: number) => void;
  /** For watching: a folder may be empty at first. Default: `input.no-photos`. */
  readonly mayBeEmpty?: boolean;
  /** The seller's corrections of these photos. Absent: nobody asks for `ScannedFolder.placed`. */
  readonly placements?: (photos: readonly PhotoHash[]) => Promise<ReadonlyMap<PhotoHash, Placement>>;
}

/**
 * What lies below some folders. It keeps names and nothing else: a photo is read from the cache when it is asked for, so that
 * memory does not grow with the photos.
 */
export interface OpenScan {
  readonly roots: readonly string[];
  /** Those with photos or sidecars, in order. */
  readonly folders: FolderList;
  /** How many photos: each once. */
  readonly photos: number;
  /** Every file that is neither photo nor sidecar, with its reason; byte-identical copies too. */
  readonly refused: readonly RefusedFile[];
  /** Folder by folder, by name as a person counts. */
  photosIn(folders: Iterable<ScannedFolder>): Promise<readonly Photo[]>;
  sidecarsIn(folder: ScannedFolder): Promise<readonly ReadSidecar[]>;
  /** The photo's number in this scan, and where it lies. */
  find(photo: PhotoHash): { readonly number: number; readonly path: () => string } | undefined;
}

interface ReadSidecar {
  readonly role: SidecarRole;
  readonly sidecar: Sidecar;
}

const READS_AT_ONCE = 8;
const REMEMBERED_AT_ONCE = 200;

/**
 * Finds all photos below some folders. A file whose size and time are as remembered is not opened again.
 * Changes nothing but the cache; may be repeated at will.
 * Errors, all folders together: `usage.invalid` (a file), `input.missing-folder`, `input.no-photos`; the signal's reason when aborted.
 */
export async function openScan(directories: readonly string[], options: ScanOptions): Promise<OpenScan> {
  const { roots, problems } = await openRoots(directories);
  const refused: RefusedFile[] = [];
  const folders = folderList();
  const index = photoIndex();
  const photos = await probeAll(await foldersBelow(roots, refused, options.signal), { folders, index, refused }, options);
  refused.sort((a, b) => byPath(a.path, b.path));
  refuseRoots(problems, options.mayBeEmpty ? [] : roots, (root) => hasPhotos(folders, root), refused);
  const { currency } = SITES[options.settings.marketplace];

  return {
    roots,
    folders,
    photos,
    refused,
    async photosIn(wanted) {
      const all: Photo[] = [];
      for (const portion of portionsOf(wanted, photosOf)) {
        const paths = portion.flatMap((folder) => pathsIn(folder, folder.photos));
        const seen = await options.files.at(paths);
        for (const path of paths) {
          const result = seen.get(path)?.result;
          // Another process may have found it changed meanwhile.
          if (result && 'photo' in result) all.push({ ...result.photo, path });
        }
      }
      return all;
    },
    async sidecarsIn(folder) {
      const names = [...parted(folder.photos), ...parted(folder.sidecars)];
      return await mapLimited(pathsIn(folder, folder.sidecars), READS_AT_ONCE, options.signal, async (path) => ({
        role: sidecarRole(path, names) ?? 'named',
        sidecar: await readSidecar(path, currency),
      }));
    },
    find(photo) {
      const number = index.find(photo);
      return number === undefined ? undefined : { number, path: () => pathOf(number, folders.holding(number)) };
    },
  };
}

/** In order. */
async function foldersBelow(roots: readonly string[], refused: RefusedFile[], signal: AbortSignal): Promise<Folder[]> {
  const folders: Folder[] = [];
  for (const root of roots) {
    await walkFolder(root, signal, {
      folder: (found) => folders.push(sortedOut(found)),
      refused: (file) => refused.push(file),
    });
  }
  return folders.sort((a, b) => naturalOrder(a.path, b.path));
}

/** While a scan is under way. */
type Folder = { -readonly [Key in keyof Omit<ScannedFolder, 'at'>]: ScannedFolder[Key] };

const photosOf = ({ photos }: Pick<ScannedFolder, 'photos'>): number => parted(photos).length;

function hasPhotos(folders: FolderList, root: string): boolean {
  for (const folder of folders) if (folder.photos !== '' && isInside(folder.path, root)) return true;
  return false;
}

function sortedOut({ path, names }: FoundFolder): Folder {
  const sorted = [...names].sort(byFileName);
  const sidecars = sorted.filter((name) => sidecarRole(name, names));
  const others = sidecars.length === 0 ? sorted : sorted.filter((name) => !sidecars.includes(name));
  return { path, photos: joined(others), first: 0, sidecars: joined(sidecars), placed: false };
}

const pathOf = (number: number, folder: Omit<ScannedFolder, 'at'> | undefined): string =>
  folder ? (pathsIn(folder, folder.photos)[number - folder.first] ?? '') : '';

/** One after another, none of which is kept here any longer. */
function* takenFrom(folders: Folder[]): Generator<Folder> {
  folders.reverse();
  for (let folder = folders.pop(); folder; folder = folders.pop()) yield folder;
}

/**
 * Cached results where nothing changed; everything else is opened and remembered in batches, also when interrupted. What is no
 * photo, or another one's copy, goes from the folder to the refused. Answers how many photos are left; the folders go from `found` to `folders`.
 */
async function probeAll(
  found: Folder[],
  { folders, index, refused }: { readonly folders: FolderList; readonly index: PhotoIndex; readonly refused: RefusedFile[] },
  options: ScanOptions,
): Promise<number> {
  const total = options.onFile ? found.reduce((sum, folder) => sum + photosOf(folder), 0) : 0;
  let fresh: SeenFile[] = [];
  let done = 0;
  let photos = 0;
  const flush = async (): Promise<void> => {
    const batch = fresh;
    fresh = [];
    if (batch.length > 0) await options.files.remember(batch);
  };
  const look = async (path: string, remembered: ReadonlyMap<string, SeenFile>): Promise<SeenFile> => {
    const seen = await seenNow(path, remembered.get(path), options);
    if (seen.isFresh && !mayChangeItsMind(seen.file)) fresh.push(seen.file);
    if (fresh.length >= REMEMBERED_AT_ONCE) await flush();
    done += 1;
    options.onFile?.(done, total);
    const { result } = seen.file;
    const tooLarge = 'photo' in result ? refusedByLimits(result.photo, options.settings.photos) : undefined;
    return tooLarge ? { ...seen.file, result: { refused: tooLarge } } : seen.file;
  };
  try {
    for (const portion of portionsOf(takenFrom(found), photosOf)) {
      const paths = portion.flatMap((folder) => pathsIn(folder, folder.photos));
      const remembered = await options.files.at(paths);
      const seen = await mapLimited(paths, READS_AT_ONCE, options.signal, (path) => look(path, remembered));
      const companions = livePhotoVideos(seen);
      const looked = seen.values();
      const settled: Folder[] = [];
      for (const folder of portion) {
        const names: string[] = [];
        settled.push(folder);
        folder.first = photos;
        for (const name of parted(folder.photos)) {
          const { path, result } = looked.next().value as SeenFile;
          const original = 'photo' in result ? index.add(result.photo.sha256, photos) : undefined;
          if ('refused' in result) refused.push({ path, reason: companions.get(path) ?? result.refused });
          else if (original !== undefined) {
            const near = settled.findLast(({ first }) => first <= original);
            if (near === folder) folder.photos = joined(names);
            refused.push({ path, reason: copyOf(pathOf(original, near ?? folders.holding(original))) });
          } else {
            names.push(name);
            photos += 1;
          }
        }
        folder.photos = joined(names);
      }
      if (options.placements) await notePlaced(portion, seen, options.placements);
      for (const folder of settled) if (folder.photos !== '' || folder.sidecars !== '') folders.add(folder);
    }
  } finally {
    await flush();
  }
  return photos;
}

/** As remembered, where size and time are the same; else looked at. */
async function seenNow(
  path: string,
  known: SeenFile | undefined,
  { settings }: ScanOptions,
): Promise<{ readonly file: SeenFile; readonly isFresh: boolean }> {
  const file = await factsOf(path);
  if ('result' in file) return { file, isFresh: false };
  const isKnown = known?.bytes === file.bytes && known.modifiedMs === file.modifiedMs && !mayChangeItsMind(known);
  if (isKnown) return { file: known, isFresh: false };
  return { file: { ...file, result: await probePhoto(path, settings.photos) }, isFresh: true };
}

/** Size and time, or what is wrong with it. */
async function factsOf(path: string): Promise<Omit<SeenFile, 'result'> | SeenFile> {
  try {
    const facts = await stat(path);
    const file = { path, bytes: facts.size, modifiedMs: Math.floor(facts.mtimeMs) };
    return facts.isFile() ? file : { ...file, result: { refused: SPECIAL_FILE } };
  } catch (error) {
    return { path, bytes: 0, modifiedMs: 0, result: { refused: cannotRead('file', error) } };
  }
}

/** Refusals that settings, permissions or a newer easyflip can lift although the file stays the same. */
const NOT_FINAL = new Set(['photo.too-many-pixels', 'photo.too-large', 'photo.unreadable-file', 'photo.format-unsupported']);

const mayChangeItsMind = ({ result }: SeenFile): boolean => 'refused' in result && NOT_FINAL.has(result.refused.code);

async function notePlaced(
  folders: readonly Folder[],
  seen: readonly SeenFile[],
  placements: NonNullable<ScanOptions['placements']>,
): Promise<void> {
  const found = seen.flatMap(({ path, result }) => ('photo' in result ? [{ folder: dirname(path), hash: result.photo.sha256 }] : []));
  const said = await placements(found.map(({ hash }) => hash));
  if (said.size === 0) return;
  const placed = new Set(found.filter(({ hash }) => said.has(hash)).map(({ folder }) => folder));
  for (const folder of folders) if (placed.has(folder.path)) folder.placed = true;
}
