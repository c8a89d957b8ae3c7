import { basename, dirname } from 'node:path';
import type { Reason } from '../core/errors.ts';
import type { Photo } from '../core/item.ts';
import type { FileCache, SeenFile } from '../core/ports/index.ts';
import type { Settings } from '../core/settings.ts';
import { SITES } from '../core/site.ts';
import { probePhoto, refusedByLimits } from '../imaging/probe-photo.ts';
import { collectSidecars, type FolderSidecars, type SidecarRole, sidecarRole } from './folder-sidecars.ts';
import { groupBy } from './group-by.ts';
import { mapLimited } from './map-limited.ts';
import { byFileName, byPath, naturalOrder } from './natural-order.ts';
import { openRoots, refuseRoots } from './scan-roots.ts';
import { readSidecar } from './sidecar.ts';
import { type FoundFile, type RefusedFile, walkFolder } from './walk-folders.ts';

export interface ScanOptions {
  readonly files: FileCache;
  readonly settings: Pick<Settings, 'photos' | 'marketplace'>;
  readonly signal: AbortSignal;
  /** Told after each file, for progress. */
  readonly onFile?: (done: number, total: number) => void;
  /** For watching: a folder may be empty at first. Default: `input.no-photos`. */
  readonly mayBeEmpty?: boolean;
}

export interface ScanResult {
  /** The folders that were asked for, absolute; one inside another is left out. */
  readonly roots: readonly string[];
  /** Each photo once, in a stable order: folder by folder, by name as a person counts. */
  readonly photos: readonly Photo[];
  /** Every file that is neither photo nor sidecar, with its reason; byte-identical copies too. */
  readonly refused: readonly RefusedFile[];
  /** By absolute folder. */
  readonly sidecars: ReadonlyMap<string, FolderSidecars>;
  /** Mistakes in sidecars, whole sentences with their path. The items concerned carry them too (`PlannedItem.problem`). */
  readonly problems: readonly string[];
}

const READS_AT_ONCE = 8;
const REMEMBERED_AT_ONCE = 200;

/**
 * Finds all photos below some folders. A file whose size and time are as remembered is not opened again.
 * Changes nothing but the cache; may be repeated at will.
 * Errors, all folders together: `usage.invalid` (a file), `input.missing-folder`, `input.no-photos`; the signal's reason when aborted.
 */
export async function scanFolders(folders: readonly string[], options: ScanOptions): Promise<ScanResult> {
  const { roots, problems } = await openRoots(folders);
  const walks = [];
  for (const root of roots) walks.push({ root, ...(await walkFolder(root, options.signal)) });
  const { photoFiles, sidecarFiles } = sortOut(walks.flatMap(({ files }) => files));

  const remembered = new Map<string, SeenFile>();
  for (const root of roots) for (const [path, seen] of await options.files.below(root)) remembered.set(path, seen);
  const seen = await probeAll(photoFiles, remembered, options);
  const { photos, copies } = withoutCopies(seen);
  const companions = livePhotoVideos(seen);
  const refused = [
    ...walks.flatMap((walk) => walk.refused),
    ...refusalsOf(seen).map(({ path, reason }) => ({ path, reason: companions.get(path) ?? reason })),
    ...copies,
  ].sort((a, b) => byPath(a.path, b.path));
  refuseRoots(problems, options.mayBeEmpty ? [] : roots, photos, refused);

  const sidecars = await mapLimited(sidecarFiles, READS_AT_ONCE, options.signal, async ({ path, role }) => ({
    role,
    sidecar: await readSidecar(path, SITES[options.settings.marketplace].currency),
  }));
  return {
    roots,
    photos,
    refused,
    sidecars: collectSidecars(sidecars),
    problems: sidecars.flatMap(({ sidecar }) => sidecar.problems.map((problem) => `${sidecar.path}: ${problem}`)),
  };
}

function sortOut(found: readonly FoundFile[]): { photoFiles: FoundFile[]; sidecarFiles: { path: string; role: SidecarRole }[] } {
  const byFolder = [...groupBy(found, ({ path }) => dirname(path))].sort(([a], [b]) => naturalOrder(a, b));
  const photoFiles: FoundFile[] = [];
  const sidecarFiles: { path: string; role: SidecarRole }[] = [];
  for (const [, files] of byFolder) {
    const names = files.map(({ path }) => path);
    for (const file of files.sort((a, b) => byFileName(a.path, b.path))) {
      const role = sidecarRole(file.path, names);
      if (role) sidecarFiles.push({ path: file.path, role });
      else photoFiles.push(file);
    }
  }
  return { photoFiles, sidecarFiles };
}

/** Cached results where nothing changed; everything else is opened and remembered in batches, also when interrupted. */
async function probeAll(files: readonly FoundFile[], remembered: ReadonlyMap<string, SeenFile>, options: ScanOptions): Promise<SeenFile[]> {
  const limits = options.settings.photos;
  let fresh: SeenFile[] = [];
  let done = 0;
  const flush = async (): Promise<void> => {
    const batch = fresh;
    fresh = [];
    if (batch.length > 0) await options.files.remember(batch);
  };
  try {
    return await mapLimited(files, READS_AT_ONCE, options.signal, async (file) => {
      const known = remembered.get(file.path);
      const valid = known?.bytes === file.bytes && known.modifiedMs === file.modifiedMs && !mayChangeItsMind(known);
      const seen: SeenFile = valid ? known : { ...file, result: await probePhoto(file.path, limits) };
      if (!valid && !mayChangeItsMind(seen)) fresh.push(seen);
      if (fresh.length >= REMEMBERED_AT_ONCE) await flush();
      done += 1;
      options.onFile?.(done, files.length);
      const refused = 'photo' in seen.result ? refusedByLimits(seen.result.photo, limits) : undefined;
      return refused ? { ...seen, result: { refused } } : seen;
    });
  } finally {
    await flush();
  }
}

/** Refusals that settings, permissions or a newer easyflip can lift although the file stays the same. */
const NOT_FINAL = new Set(['photo.too-many-pixels', 'photo.too-large', 'photo.unreadable-file', 'photo.format-unsupported']);

const mayChangeItsMind = ({ result }: SeenFile): boolean => 'refused' in result && NOT_FINAL.has(result.refused.code);

function refusalsOf(seen: readonly SeenFile[]): RefusedFile[] {
  return seen.flatMap(({ path, result }) => ('refused' in result ? [{ path, reason: result.refused }] : []));
}

/** An iPhone saves a short film beside each Live Photo, under the same name: IMG_0001.HEIC and IMG_0001.MOV. */
function livePhotoVideos(seen: readonly SeenFile[]): ReadonlyMap<string, Reason> {
  const stem = (path: string): string => path.replace(/\.[^.]+$/, '');
  const photos = new Map(seen.flatMap(({ path, result }) => ('photo' in result ? [[stem(path), path] as const] : [])));
  const companions = new Map<string, Reason>();
  for (const { path, result } of seen) {
    const photo = photos.get(stem(path));
    if (!photo || !('refused' in result) || !/\.(mov|mp4)$/i.test(path)) continue;
    companions.set(path, {
      code: 'file.live-photo',
      message: `The file is the moving part of the Live Photo ${basename(photo)}, which is used without it.`,
      hint: 'Nothing needs to be done.',
    });
  }
  return companions;
}

/** A byte-identical second file is no second photo, wherever it lies: the first in order stays. */
function withoutCopies(seen: readonly SeenFile[]): { photos: Photo[]; copies: RefusedFile[] } {
  const first = new Map<string, Photo>();
  const copies: RefusedFile[] = [];
  for (const { path, result } of seen) {
    if ('refused' in result) continue;
    const original = first.get(result.photo.sha256);
    if (!original) first.set(result.photo.sha256, { ...result.photo, path });
    else copies.push({ path, reason: copyOf(original.path) });
  }
  return { photos: [...first.values()], copies };
}

const copyOf = (original: string) =>
  ({
    code: 'photo.duplicate',
    message: `The file is an exact copy of ${original}, which is used instead.`,
    hint: 'Delete one of the two.',
  }) as const;
