import { dirname } from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import { readCardCodes } from '../adapters/registry.ts';
import type { Glance } from '../core/glance.ts';
import type { Photo, PhotoHash } from '../core/item.ts';
import { SITES } from '../core/site.ts';
import { dividersAmong } from '../intake/dividers.ts';
import { collectSidecars, type FolderSidecars, sidecarRole } from '../intake/folder-sidecars.ts';
import { glanceAt } from '../intake/glance-at.ts';
import { groupBy } from '../intake/group-by.ts';
import { groupPart, isBySeller, type PlannedItem, photosToGlanceAt, type Refusals } from '../intake/group-photos.ts';
import { type OpenScan, openScan } from '../intake/open-scan.ts';
import type { Whereabouts } from '../intake/register-items.ts';
import { withoutSharedSku } from '../intake/same-sku.ts';
import type { ScanResult } from '../intake/scan-folders.ts';
import { sharedParts } from '../intake/scan-parts.ts';
import { foldersAbove, parted, portionsOf, type ScannedFolder } from '../intake/scanned-folder.ts';
import { surveyOf } from '../intake/survey.ts';
import { isInside, type RefusedFile } from '../intake/walk-folders.ts';
import type { App } from './app.ts';

/** A plan of many thousand items, of which it holds a few at a time. */
export interface Planning {
  readonly roots: readonly string[];
  readonly items: number;
  readonly photos: number;
  /** Every file that is in no item, with its reason. */
  readonly unused: readonly RefusedFile[];
  readonly whereabouts: Whereabouts;
  /** All items in order; from the beginning each time it is asked, worked out anew from what the store remembers of the photos. */
  each(): AsyncGenerator<GlancedItem>;
}

export interface GlancedItem {
  readonly item: PlannedItem;
  /** Of its photos and others, where it was worth looking at them. */
  readonly glances: ReadonlyMap<PhotoHash, Glance>;
}

/**
 * Folders to items, as `planItems` does it, but folder by folder, and twice over all of them: what no item uses, and whether two
 * items share a SKU, is only known when all were seen. Errors: those of `openScan`.
 */
export async function planFolders(app: App, directories: readonly string[], signal: AbortSignal): Promise<Planning> {
  const { store, settings } = app;
  const { files, grouping } = store;
  const scan = await openScan(directories, { files, settings, signal, placements: (photos) => grouping.placements(photos) });
  const survey = surveyOf(scan);
  for await (const { folder, items, refused } of grouped(app, scan, signal)) survey.note(folder, items, refused);
  return {
    roots: scan.roots,
    items: survey.items(),
    photos: scan.photos,
    unused: [...scan.refused, ...survey.refused()],
    whereabouts: survey.whereabouts,
    async *each() {
      for await (const { items, glances } of grouped(app, scan, signal)) {
        for (const item of items) yield { item: withoutSharedSku(item, survey.skus), glances };
      }
    },
  };
}

interface GroupedFolder {
  readonly folder: ScannedFolder;
  readonly items: readonly PlannedItem[];
  /** Once for each part of the scan. */
  readonly refused?: Refusals;
  readonly glances: ReadonlyMap<PhotoHash, Glance>;
}

type Part = Omit<GroupedFolder, 'folder'>;

/** The items of each folder in turn, and at the end those that the seller put together. */
async function* grouped(app: App, scan: OpenScan, signal: AbortSignal): AsyncGenerator<GroupedFolder> {
  const shared = sharedParts(scan.folders);
  const groupPartOf = grouper(app, scan, signal);
  const parts = new Map<readonly ScannedFolder[], Part>();
  for (const portion of portionsOf(scan.folders, ({ photos }) => parted(photos).length)) {
    // The store answers at once, so that nothing else would ever come to its turn: no Ctrl-C, no heartbeat.
    await breathe();
    signal.throwIfAborted();
    const photos = groupBy(await scan.photosIn(portion.filter((folder) => !shared.has(folder.path))), ({ path }) => dirname(path));
    for (const folder of portion) {
      const members = shared.get(folder.path);
      if (!members) {
        yield { folder, ...(await groupPartOf([folder], photos.get(folder.path) ?? [])) };
        continue;
      }
      const known = parts.get(members);
      const part = known ?? (await groupPartOf(members, await scan.photosIn(members)));
      parts.set(members, part);
      const items = part.items.filter((item) => !isBySeller(item) && dirname(item.photos[0]?.path ?? '') === folder.path);
      yield { folder, items, glances: part.glances, ...(known || !part.refused ? {} : { refused: part.refused }) };
      if (folder.path === members.at(-1)?.path && !part.items.some(isBySeller)) parts.delete(members);
    }
  }
  for (const [[folder], { items, glances }] of parts) if (folder) yield { folder, items: items.filter(isBySeller), glances };
}

/** Groups folders that concern no others. */
function grouper({ store, settings }: App, scan: OpenScan, signal: AbortSignal) {
  const { currency } = SITES[settings.marketplace];
  const { roots } = scan;
  const besideFolders = new Set<string>();
  const withDefaults = new Map<string, ScannedFolder>();
  for (const folder of scan.folders) {
    const { path, photos, sidecars } = folder;
    if (photos !== '') for (const root of roots) if (path !== root && isInside(path, root)) besideFolders.add(root);
    if (parted(sidecars).some((name) => sidecarRole(name, []) === 'defaults')) withDefaults.set(path, folder);
  }
  const readDefaults = new Map<string, FolderSidecars>();

  const defaultsAbove = async (folders: readonly ScannedFolder[]): Promise<ReadonlyMap<string, FolderSidecars>> => {
    const found = new Map<string, FolderSidecars>();
    if (withDefaults.size === 0) return found;
    for (const path of folders.flatMap((folder) => [...foldersAbove(folder.path)])) {
      const above = withDefaults.get(path);
      if (!above || found.has(path)) continue;
      const known = readDefaults.get(path) ?? onlyDefaults(collectSidecars(await scan.sidecarsIn(above)).get(path));
      readDefaults.set(path, known);
      found.set(path, known);
    }
    return found;
  };

  return async (folders: readonly ScannedFolder[], photos: readonly Photo[]): Promise<Part> => {
    const own = [];
    for (const folder of folders) if (folder.sidecars !== '') own.push(...(await scan.sidecarsIn(folder)));
    const sidecars = new Map([...(await defaultsAbove(folders)), ...collectSidecars(own)]);
    const part: ScanResult = { roots, photos, refused: [], sidecars, problems: [], besideFolders };
    const looked = photosToGlanceAt(part, settings.group, settings);
    const glances = await glanceAt(looked, { store: store.grouping, readCodes: readCardCodes, signal });
    const dividers = await dividersAmong(looked, glances, { dividerCodes: settings.grouping.dividerCodes, currency });
    const isPlaced = folders.some(({ placed }) => placed);
    const placements = isPlaced ? await store.grouping.placements(photos.map(({ sha256 }) => sha256)) : new Map();
    return { ...groupPart(part, settings.group, settings, { glances, dividers, placements }), glances };
  };
}

const onlyDefaults = (sidecars: FolderSidecars | undefined): FolderSidecars => ({
  defaults: sidecars?.defaults ?? [],
  item: [],
  notes: [],
  named: [],
});
