import type { PhotoView } from '../../core/ports/analysis.ts';
import { lookDistance, NEAR_DUPLICATE_DISTANCE } from '../../imaging/looks.ts';
import type { PictureBilling } from './picture-tokens.ts';

export interface PlannedPicture {
  readonly view: PhotoView;
  readonly longSide: number;
  readonly shortSide: number;
}

/** The size of one tile: what fits into it costs one, a pixel more costs two. */
const TILE = 512;

/**
 * Which photos a model sees, and how large. The first is the seller's cover; then always the one that differs most from
 * those chosen, for five shots of the front tell less than one of the back. In the order of the listing. Where pictures
 * are counted in tiles, the cover gets two and every other one; patches cost so little that all keep the full size.
 */
export function planPictures(
  photos: readonly PhotoView[],
  most: number,
  billing: PictureBilling,
  longSideMax: number,
): readonly PlannedPicture[] {
  const chosen = mostDifferent(photos, most);
  return photos
    .filter((view) => chosen.has(view))
    .map((view, at) => {
      if (billing.kind === 'patches') return { view, longSide: longSideMax, shortSide: longSideMax };
      return at === 0
        ? { view, longSide: Math.min(2 * TILE, longSideMax), shortSide: Math.min(TILE, longSideMax) }
        : { view, longSide: Math.min(TILE, longSideMax), shortSide: Math.min(TILE, longSideMax) };
    });
}

function mostDifferent(photos: readonly PhotoView[], most: number): ReadonlySet<PhotoView> {
  const [cover, ...rest] = photos;
  const chosen = new Set<PhotoView>(cover ? [cover] : []);
  while (chosen.size < Math.min(most, photos.length)) {
    let best: { readonly view: PhotoView; readonly distance: number } | undefined;
    for (const view of rest) {
      if (chosen.has(view)) continue;
      const distance = Math.min(...[...chosen].map((other) => distanceOf(view, other)));
      if (!best || distance > best.distance) best = { view, distance };
    }
    // The same shot once more tells nothing, and costs as much as the first.
    if (!best || best.distance <= NEAR_DUPLICATE_DISTANCE) break;
    chosen.add(best.view);
  }
  return chosen;
}

/** Without a look two photos count as different as can be. */
const distanceOf = (a: PhotoView, b: PhotoView): number => (a.look && b.look ? lookDistance(a.look, b.look) : 64);
