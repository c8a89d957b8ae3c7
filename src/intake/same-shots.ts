import type { Glance } from '../core/glance.ts';
import type { Photo, PhotoHash } from '../core/item.ts';
import { isSameShot, likenessOf } from '../imaging/likeness.ts';

/**
 * For each photo of an item the number (from 1) of an earlier one that shows the same shot, or null. Such photos
 * stay pictures of the listing; whoever pays for looking at them may leave them out. Pure.
 */
export function sameShots(photos: readonly Photo[], glances: ReadonlyMap<PhotoHash, Glance>): readonly (number | null)[] {
  return photos.map((photo, at) => {
    const glance = glances.get(photo.sha256);
    const earlier = photos.slice(0, at).findIndex(({ sha256 }) => isSameShot(likenessOf(glances.get(sha256), glance)));
    return earlier < 0 ? null : earlier + 1;
  });
}
