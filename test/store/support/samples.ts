import { sha256 } from '../../../src/core/hash.ts';
import { anchorOf, itemIdOf, skuOf } from '../../../src/core/identity.ts';
import type { Item, Photo, PhotoHash } from '../../../src/core/item.ts';
import type { StageOutcome } from '../../../src/core/ports/store.ts';

export function photo(name: string, folder = '/photos'): Photo {
  return { sha256: sha256(name) as PhotoHash, path: `${folder}/${name}.jpg`, bytes: 2_345_678, kind: 'jpeg', width: 4000, height: 3000 };
}

/** An item of three photos, named after its source. */
export function item(name: string, changes: Partial<Item> = {}): Item {
  const source = changes.source ?? `/photos/${name}`;
  const photos = changes.photos ?? ['front', 'back', 'label'].map((side) => photo(`${name}-${side}`, source));
  const anchor = anchorOf(photos.map(({ sha256 }) => sha256));
  return { id: itemIdOf(anchor), sku: skuOf(anchor), anchor, source, photos, nameWords: [name], seller: {}, ...changes };
}

export function done({ id }: Item, stage: string, output: unknown = { stage }): StageOutcome {
  return {
    itemId: id,
    stage,
    fingerprint: sha256(stage),
    kind: 'done',
    output,
    attempts: 1,
    startedAt: '2026-01-02T03:04:05.000Z',
    finishedAt: '2026-01-02T03:04:06.000Z',
  };
}
