import { basename } from 'node:path';
import type { Photo, PhotoHash } from '../core/item.ts';
import { LEFT_OUT, type Placement } from '../core/ports/index.ts';
import { groupBy } from './group-by.ts';
import { countOf, type PhotoGroup } from './photo-group.ts';

export interface Placed {
  readonly groups: readonly PhotoGroup[];
  readonly leftOut: readonly Photo[];
}

/**
 * Lays the seller's own word over a grouping: photos that were put together are one group wherever they were
 * found, in the order that was said, and keep a newcomer that was grouped with nothing but them. The rest stays as it was. Pure.
 */
export function applyPlacements(groups: readonly PhotoGroup[], placements: ReadonlyMap<PhotoHash, Placement>): Placed {
  if (placements.size === 0) return { groups, leftOut: [] };
  const placeOf = ({ sha256 }: Photo): string | undefined => placements.get(sha256)?.group;
  const untouched: PhotoGroup[] = [];
  const placed: { readonly photo: Photo; readonly place: string; readonly from: PhotoGroup; readonly isNew: boolean }[] = [];
  for (const group of groups) {
    const places = new Set(group.photos.flatMap((photo) => placeOf(photo) ?? []).filter((place) => place !== LEFT_OUT));
    const [only] = places;
    const home = places.size === 1 ? only : undefined;
    const rest: Photo[] = [];
    for (const photo of group.photos) {
      const place = placeOf(photo) ?? home;
      if (place === undefined) rest.push(photo);
      else placed.push({ photo, place, from: group, isNew: placeOf(photo) === undefined });
    }
    if (rest.length === group.photos.length) untouched.push(group);
    else if (rest.length > 0) untouched.push(named({ ...group, photos: rest }, rest));
  }
  const taken = new Set(untouched.map(({ folder, name }) => `${folder}#${name ?? ''}`));
  const byPlace = groupBy(
    placed.filter(({ place }) => place !== LEFT_OUT),
    ({ place }) => place,
  );
  const together = [...byPlace.values()].map((members): PhotoGroup => {
    const positions = members.map(({ photo }) => placements.get(photo.sha256)?.at);
    const ordered = positions.some((at) => at !== undefined);
    const place = new Map(members.map(({ photo }, at) => [photo, positions[at] ?? Number.POSITIVE_INFINITY]));
    const photos = members.map(({ photo }) => photo).sort((a, b) => (ordered ? compare(place.get(a), place.get(b)) : 0));
    const [first] = members;
    const base = (first as (typeof members)[number]).from;
    const newcomers = members.filter(({ isNew }) => isNew).length;
    const joined = newcomers > 0 ? `, and ${countOf(newcomers)} that came later` : '';
    const key = `${base.folder}#${base.name ?? ''}`;
    // The first of several groups that were one keeps its name, so that its item is found by it again.
    const group = taken.has(key) ? named(base, photos) : base;
    taken.add(key);
    return {
      ...group,
      photos,
      ...(ordered ? { ordered } : {}),
      border: { kind: 'seller', why: 'you put its photos together', confidence: 1 },
      why: `${countOf(photos.length - newcomers)} put together by you${joined}`,
      confidence: newcomers > 0 ? Math.max(0.5, base.confidence) : 1,
    };
  });
  return { groups: [...untouched, ...together], leftOut: placed.filter(({ place }) => place === LEFT_OUT).map(({ photo }) => photo) };
}

const named = (group: PhotoGroup, photos: readonly Photo[]): PhotoGroup => ({ ...group, name: basename(photos[0]?.path ?? '') });

/** Two newcomers stand where they stood. */
const compare = (a = 0, b = 0): number => (a === b ? 0 : a - b);
