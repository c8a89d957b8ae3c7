import { dirname } from 'node:path';
import type { PlannedItem, Refusals } from './group-photos.ts';
import { naturalOrder } from './natural-order.ts';
import type { OpenScan } from './open-scan.ts';
import type { Whereabouts } from './register-items.ts';
import { type SkuPlaces, sameSku } from './same-sku.ts';
import type { ScannedFolder } from './scanned-folder.ts';
import type { RefusedFile } from './walk-folders.ts';

/** What can only be said of the parts of a scan when all were seen. It keeps a few bytes of each item. */
export interface Survey {
  note(folder: ScannedFolder, items: readonly PlannedItem[], refused: Refusals | undefined): void;
  readonly items: () => number;
  /** In the order of `groupPhotos`. */
  readonly refused: () => readonly RefusedFile[];
  readonly skus: SkuPlaces;
  readonly whereabouts: Whereabouts;
}

const KINDS = ['dividers', 'leftOut', 'tooMany', 'tooManyTogether', 'sidecars'] as const satisfies readonly (keyof Refusals)[];

export function surveyOf(scan: Pick<OpenScan, 'folders' | 'photos' | 'find'>): Survey {
  const refused = KINDS.map((kind) => ({ kind, files: [] as RefusedFile[] }));
  /** Items that are a whole folder are noted by its place, the others by what they are called. */
  const whole = new Uint8Array(scan.folders.length);
  const sources = new Set<string>();
  const skus = new Map<string, string[]>();
  const inItems = new Uint8Array(scan.photos);
  let items = 0;
  return {
    note(folder, found, refusals) {
      if (refusals) for (const { kind, files } of refused) files.push(...refusals[kind]);
      for (const { source, seller, photos } of found) {
        items += 1;
        if (source === folder.path) whole[folder.at] = 1;
        else sources.add(source);
        if (seller.sku !== undefined) {
          const places = skus.get(sameSku(seller.sku));
          if (places) places.push(source);
          else skus.set(sameSku(seller.sku), [source]);
        }
        for (const { sha256 } of photos) {
          const known = scan.find(sha256);
          if (known) inItems[known.number] = 1;
        }
      }
    },
    items: () => items,
    refused: () => refused.flatMap(({ files }) => files.sort((a, b) => naturalOrder(dirname(a.path), dirname(b.path)))),
    skus,
    whereabouts: {
      hasSource: (source) => sources.has(source) || whole[scan.folders.find(source)?.at ?? -1] === 1,
      pathOf(photo) {
        const known = scan.find(photo);
        return known && inItems[known.number] === 1 ? known.path() : undefined;
      },
    },
  };
}
