import { readCardCodes } from '../adapters/registry.ts';
import type { Emit } from '../core/events.ts';
import type { Glance } from '../core/glance.ts';
import type { PhotoHash } from '../core/item.ts';
import { SITES } from '../core/site.ts';
import { dividersAmong } from '../intake/dividers.ts';
import { glanceAt } from '../intake/glance-at.ts';
import { groupPhotos, type PlannedItem, photosToGlanceAt } from '../intake/group-photos.ts';
import { type ScanResult, scanFolders } from '../intake/scan-folders.ts';
import type { RefusedFile } from '../intake/walk-folders.ts';
import type { App } from './app.ts';

export interface Plan {
  readonly scanned: ScanResult;
  readonly items: readonly PlannedItem[];
  /** Every file that is in no item, with its reason. */
  readonly unused: readonly RefusedFile[];
  readonly glances: ReadonlyMap<PhotoHash, Glance>;
}

/** Folders to items, before it is known which of them are new. Tells of every file that is not used. */
export async function planItems(
  app: App,
  directories: readonly string[],
  { emit, signal, mayBeEmpty = false }: { readonly emit: Emit; readonly signal: AbortSignal; readonly mayBeEmpty?: boolean },
): Promise<Plan> {
  const { store, settings } = app;
  const scanned = await scanFolders(directories, { files: store.files, settings, signal, mayBeEmpty });
  const looked = photosToGlanceAt(scanned, settings.group, settings);
  const glances = await glanceAt(looked, { store: store.grouping, readCodes: readCardCodes, signal });
  const dividers = await dividersAmong(looked, glances, {
    dividerCodes: settings.grouping.dividerCodes,
    currency: SITES[settings.marketplace].currency,
  });
  const placements = await store.grouping.placements(scanned.photos.map(({ sha256 }) => sha256));
  const { items, refused } = groupPhotos(scanned, settings.group, settings, { glances, dividers, placements });
  const unused = [...scanned.refused, ...refused];
  for (const { path, reason } of unused) emit({ type: 'file.refused', path, reason });
  emit({ type: 'scan.finished', items: items.length, photos: scanned.photos.length, refused: unused.length });
  return { scanned, items, unused, glances };
}
