import type { Photo } from '../core/item.ts';
import { collectSidecars, type FolderSidecars } from './folder-sidecars.ts';
import { openScan, type ScanOptions } from './open-scan.ts';
import type { RefusedFile } from './walk-folders.ts';

export type { ScanOptions } from './open-scan.ts';

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
  /** Where this is only a part of a scan: those of its roots that have photos in folders below. */
  readonly besideFolders?: ReadonlySet<string>;
}

/**
 * Finds all photos below some folders, and holds all of them at once; `openScan` does not. Changes nothing but the cache; may be
 * repeated at will. Errors: those of `openScan`.
 */
export async function scanFolders(folders: readonly string[], options: ScanOptions): Promise<ScanResult> {
  const { roots, refused, ...scan } = await openScan(folders, options);
  const sidecars = [];
  for (const folder of scan.folders) sidecars.push(...(await scan.sidecarsIn(folder)));
  return {
    roots,
    photos: await scan.photosIn(scan.folders),
    refused,
    sidecars: collectSidecars(sidecars),
    problems: sidecars.flatMap(({ sidecar }) => sidecar.problems.map((problem) => `${sidecar.path}: ${problem}`)),
  };
}
