import { lookDistance, NEAR_DUPLICATE_DISTANCE } from '../../core/looks.ts';
import type { PhotoText, PhotoView } from '../../core/ports/analysis.ts';
import type { PictureBilling } from './picture-tokens.ts';

export interface PlannedPicture {
  readonly view: PhotoView;
  readonly longSide: number;
  readonly shortSide: number;
}

/** The size of one tile: what fits into it costs one, a pixel more costs two. */
const TILE = 512;

/**
 * Which photos a model sees, and how large. What is known of their roles before anybody looked comes first: the seller's cover,
 * then the label, which is the photo with most words on it. Then always the one that differs most from those chosen, for five
 * shots of the front tell less than one of the back. In the order of the listing. Where pictures are counted in tiles, the cover
 * gets two and every other one; patches cost so little that all keep the full size.
 */
export function planPictures(
  photos: readonly PhotoView[],
  texts: readonly PhotoText[],
  most: number,
  billing: PictureBilling,
  longSideMax: number,
): readonly PlannedPicture[] {
  const chosen = mostTelling(photos, labelAmong(texts), most);
  return photos
    .filter((view) => chosen.has(view))
    .map((view, at) => {
      if (billing.kind === 'patches') return { view, longSide: longSideMax, shortSide: longSideMax };
      return at === 0
        ? { view, longSide: Math.min(2 * TILE, longSideMax), shortSide: Math.min(TILE, longSideMax) }
        : { view, longSide: Math.min(TILE, longSideMax), shortSide: Math.min(TILE, longSideMax) };
    });
}

/** The number of the photo with most words on it; undefined where none has any. */
function labelAmong(texts: readonly PhotoText[]): number | undefined {
  const words = ({ lines }: PhotoText): number => lines.reduce((sum, line) => sum + line.words.length, 0);
  const [most] = [...texts].sort((a, b) => words(b) - words(a));
  return most && words(most) > 0 ? most.photo : undefined;
}

function mostTelling(photos: readonly PhotoView[], label: number | undefined, most: number): ReadonlySet<PhotoView> {
  const [cover, ...rest] = photos;
  const known = [cover, rest.find(({ number }) => number === label)].filter((view) => view !== undefined);
  const chosen = new Set<PhotoView>(known.slice(0, most));
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
