import { basename } from 'node:path';
import { MAX_PHOTOS_PER_ITEM, type Photo } from '../core/item.ts';
import { groupBy } from './group-by.ts';
import { type NameParts, nameParts } from './name-words.ts';
import { byFileName, stemOf } from './natural-order.ts';
import { countOf, type PhotoGroup } from './photo-group.ts';

/** Taken in one go, at most this share of the allowed pause apart: surely one item. Longer pauses are doubtful. */
const SURE_PAUSE = 1 / 3;

/**
 * Parts a pile: photos of one name are one item; of the rest, those taken without a longer pause; what has
 * neither name nor time is an item each. `name` and `time` use only that. Pure.
 */
export function groupPile(
  folder: string,
  photos: readonly Photo[],
  mode: 'auto' | 'folder' | 'name' | 'time',
  gapMs: number,
): readonly PhotoGroup[] {
  const named = mode === 'time' ? [] : namedGroups(folder, photos, gapMs);
  const taken = new Set(named.flatMap((group) => group.photos));
  const rest = photos.filter((photo) => !taken.has(photo));
  const timed = mode === 'name' ? [] : rest.filter((photo) => timeOf(photo) !== undefined);
  const groups = [
    ...named,
    ...parted(timed, gapMs).map((cluster) => timeGroup(folder, cluster, gapMs)),
    ...rest.filter((photo) => !timed.includes(photo)).map((photo) => loneGroup(folder, photo)),
  ];
  return mode === 'auto' ? joinDetails(groups, gapMs) : groups;
}

/**
 * Whether loose photos are of several things: by their names or, when the folder itself has no telling
 * name (`photos`) and the photos have none either, by a longer pause between them.
 */
export function hasSeveralItems(photos: readonly Photo[], gapMs: number, folderIsNamed: boolean): boolean {
  const keys = keysOf(photos);
  if (new Set(keys.values()).size > 1) return true;
  if (folderIsNamed || keys.size > 0 || photos.some((photo) => timeOf(photo) === undefined)) return false;
  return parted(photos, gapMs).length > 1;
}

/* ---- by name ---- */

function namedGroups(folder: string, photos: readonly Photo[], gapMs: number): PhotoGroup[] {
  const keys = keysOf(photos);
  const groups = groupBy(
    photos.filter((photo) => keys.has(photo)),
    (photo) => keys.get(photo) ?? '',
  );
  return [...groups].map(([name, members]) => {
    const parts = nameParts(stemOf(members[0]?.path ?? ''));
    const scattered = members.every((photo) => timeOf(photo) !== undefined) && longestPause(members) > 5 * gapMs;
    return {
      folder,
      name,
      photos: members,
      words: parts.words,
      ...(parts.bin ? { bin: parts.bin } : {}),
      why: `${countOf(members.length)} named "${name}"${scattered ? ', taken far apart' : ''}`,
      confidence: members.length === 1 ? 0.8 : scattered ? 0.6 : 0.9,
    };
  });
}

/** The name of the item that each named photo shows. Photos with a counter name only (`IMG_1234`) are left out. */
function keysOf(photos: readonly Photo[]): ReadonlyMap<Photo, string> {
  const named = photos
    .map((photo) => ({ photo, parts: nameParts(stemOf(photo.path)) }))
    .filter(({ parts }) => parts.words.length > 0 || parts.bin);
  const keys = new Map<Photo, string>();
  for (const [base, members] of groupBy(named, ({ parts }) => baseOf(parts))) {
    const all = members.map(({ parts }) => parts);
    for (const { photo, parts } of members) {
      keys.set(photo, parts.counter && !countsShots(all) ? `${base} ${parts.counter.value}` : base);
    }
  }
  return keys;
}

const baseOf = ({ bin, words }: NameParts): string => [...(bin ? [bin] : []), ...words].join(' ');

/** Whether the numbers behind one name count shots of one thing (`mug_1`, `mug_2`) or name things (`levis 501`, `mug2_front`). */
function countsShots(parts: readonly NameParts[]): boolean {
  if (parts.some(({ countsItems }) => countsItems)) return false;
  if (parts.some(({ counter }) => !counter || counter.sure)) return true;
  const values = [...new Set(parts.flatMap(({ counter }) => (counter ? [counter.value] : [])))].sort((a, b) => a - b);
  const [least = 0] = values;
  const unbroken = (values.at(-1) ?? 0) - least === values.length - 1;
  return least <= 1 || (unbroken && values.length >= 3);
}

/* ---- by time ---- */

/** Camera's local time in milliseconds; only differences mean anything. */
function timeOf({ takenAt }: Photo): number | undefined {
  return takenAt === undefined ? undefined : Date.parse(`${takenAt}Z`);
}

const timesOf = (photos: readonly Photo[]): number[] => photos.flatMap((photo) => timeOf(photo) ?? []).sort((a, b) => a - b);

const pausesOf = (photos: readonly Photo[]): number[] =>
  timesOf(photos).flatMap((time, at, all) => (at === 0 ? [] : [time - (all[at - 1] ?? time)]));

const longestPause = (photos: readonly Photo[]): number => Math.max(0, ...pausesOf(photos));

/** Parts where the pause is longer than allowed; what then still exceeds an item, at its longest pause again. */
function parted(photos: readonly Photo[], gapMs: number): Photo[][] {
  const sorted = [...photos].sort((a, b) => (timeOf(a) ?? 0) - (timeOf(b) ?? 0) || byFileName(a.path, b.path));
  const clusters: Photo[][] = [];
  let lastTime = Number.NEGATIVE_INFINITY;
  for (const photo of sorted) {
    const time = timeOf(photo) ?? 0;
    if (time - lastTime > gapMs) clusters.push([]);
    clusters.at(-1)?.push(photo);
    lastTime = time;
  }
  return clusters.flatMap(halved);
}

function halved(cluster: Photo[]): Photo[][] {
  if (cluster.length <= MAX_PHOTOS_PER_ITEM) return [cluster];
  const pauses = pausesOf(cluster);
  const cut = pauses.indexOf(Math.max(...pauses)) + 1;
  return [...halved(cluster.slice(0, cut)), ...halved(cluster.slice(cut))];
}

function timeGroup(folder: string, cluster: readonly Photo[], gapMs: number): PhotoGroup {
  const [first] = cluster;
  const name = basename(first?.path ?? '');
  if (cluster.length === 1) {
    return { folder, name, photos: cluster, words: [], why: '1 photo, with a pause before and after it', confidence: 0.5 };
  }
  const pause = longestPause(cluster);
  return {
    folder,
    name,
    photos: cluster,
    words: [],
    why: `${countOf(cluster.length)} taken together, ${Math.round(pause / 1000)} s apart at most`,
    confidence: pause <= gapMs * SURE_PAUSE ? 0.75 : 0.4,
  };
}

const loneGroup = (folder: string, photo: Photo): PhotoGroup => ({
  folder,
  name: basename(photo.path),
  photos: [photo],
  words: nameParts(stemOf(photo.path)).words,
  why: '1 photo without a telling name or a time',
  confidence: 0.3,
});

/* ---- labels on their own ---- */

/** Photos that show only labels (`shirt1_tag`) are no item: they go to what was photographed just before or after them. */
function joinDetails(groups: readonly PhotoGroup[], gapMs: number): readonly PhotoGroup[] {
  const joined = new Map(groups.map((group) => [group, group] as const));
  for (const group of groups) {
    if (!onlyDetails(group)) continue;
    const [target] = groups
      .filter((other) => other !== group && !onlyDetails(other))
      .map((other) => ({ other, pause: pauseBetween(group, other) }))
      .filter(({ pause }) => pause <= gapMs)
      .sort((a, b) => a.pause - b.pause);
    const current = target && joined.get(target.other);
    if (!target || !current || current.photos.length + group.photos.length > MAX_PHOTOS_PER_ITEM) continue;
    joined.set(target.other, {
      ...current,
      photos: [...current.photos, ...group.photos],
      why: `${current.why}, with ${countOf(group.photos.length)} of a label taken ${Math.round(target.pause / 1000)} s apart`,
      confidence: Math.min(current.confidence, 0.5),
    });
    joined.delete(group);
  }
  return [...joined.values()];
}

const onlyDetails = ({ photos }: PhotoGroup): boolean => photos.every(({ path }) => nameParts(stemOf(path)).view === 'detail');

function pauseBetween(a: PhotoGroup, b: PhotoGroup): number {
  const [mine, theirs] = [timesOf(a.photos), timesOf(b.photos)];
  return Math.min(Number.POSITIVE_INFINITY, ...mine.flatMap((time) => theirs.map((other) => Math.abs(time - other))));
}
