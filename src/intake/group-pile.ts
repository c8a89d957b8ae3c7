import { basename } from 'node:path';
import type { Glance } from '../core/glance.ts';
import { MAX_PHOTOS_PER_ITEM, type Photo, type PhotoHash } from '../core/item.ts';
import { dividerGroups } from './divider-groups.ts';
import type { Divider } from './dividers.ts';
import { lookGroups } from './look-groups.ts';
import { namedGroups } from './name-groups.ts';
import { nameKeys } from './name-keys.ts';
import { nameParts } from './name-words.ts';
import { stemOf } from './natural-order.ts';
import { countOf, type PhotoGroup } from './photo-group.ts';
import { inSequence, timeOf, timesOf } from './sequence.ts';
import { countTimeGroups, halved, timeGroups } from './time-groups.ts';

/** What helps to part a pile, besides names and times. */
export interface PileHints {
  /** Minutes of pause that part items where a roll shows no rhythm of its own, in milliseconds. */
  readonly gapMs: number;
  readonly dividers: ReadonlyMap<PhotoHash, Divider>;
  readonly glances: ReadonlyMap<PhotoHash, Glance>;
}

/**
 * Parts a pile. Dividers win, since nobody photographs them by chance; else photos of one name are one item; of the
 * rest, those taken without a longer pause; what has neither name nor time is proposed by its looks. `name`, `time`
 * and `divider` use only that. The dividers themselves are in no group. Pure.
 */
export function groupPile(
  folder: string,
  photos: readonly Photo[],
  mode: 'auto' | 'name' | 'time' | 'divider',
  hints: PileHints,
): readonly PhotoGroup[] {
  const { dividers, gapMs } = hints;
  const divides = (mode === 'auto' || mode === 'divider') && photos.some(({ sha256 }) => dividers.has(sha256));
  const plain = photos.filter(({ sha256 }) => !dividers.has(sha256));
  if (!divides) return mode === 'divider' ? undivided(folder, plain) : groupPlain(folder, plain, mode, hints);
  const { before, groups } = dividerGroups(folder, inSequence(photos), dividers, gapMs);
  return [...(mode === 'divider' ? undivided(folder, before) : groupPlain(folder, before, mode, hints)), ...groups];
}

/** Without dividers. */
function groupPlain(
  folder: string,
  photos: readonly Photo[],
  mode: 'auto' | 'name' | 'time' | 'divider',
  hints: PileHints,
): readonly PhotoGroup[] {
  const { gapMs, glances } = hints;
  const named = mode === 'time' ? [] : namedGroups(folder, photos, gapMs);
  const taken = new Set(named.flatMap((group) => group.photos));
  const rest = photos.filter((photo) => !taken.has(photo));
  const withTime = mode === 'name' ? [] : rest.filter((photo) => timeOf(photo) !== undefined);
  const timed = inSequence(withTime).by === 'time' ? withTime : [];
  const groups = [
    ...named,
    ...timeGroups(folder, timed, gapMs, glances),
    ...lookGroups(
      folder,
      rest.filter((photo) => !timed.includes(photo)),
      mode === 'auto' ? glances : new Map(),
    ),
  ];
  return mode === 'auto' ? joinDetails(groups, gapMs) : groups;
}

/** No divider says where one item ends: all is one, and doubtful when that is more than an item can have. */
function undivided(folder: string, photos: readonly Photo[]): readonly PhotoGroup[] {
  const parts = photos.length === 0 ? [] : halved([...inSequence(photos).photos]);
  return parts.map((members, at) => ({
    folder,
    name: basename(members[0]?.path ?? ''),
    photos: members,
    words: [],
    border:
      at === 0 ? { kind: 'start', why: 'no divider before it', confidence: 0.6 } : { kind: 'size', why: 'no divider', confidence: 0.4 },
    why: `${countOf(members.length)} without a divider before ${members.length === 1 ? 'it' : 'them'}`,
    confidence: parts.length > 1 ? 0.4 : 0.6,
  }));
}

/**
 * Whether loose photos are of several things: by dividers, by their names or, when the folder itself has no telling
 * name (`photos`) and the photos have none either, by longer pauses between them.
 */
export function hasSeveralItems(photos: readonly Photo[], { gapMs, dividers }: PileHints, folderWords: readonly string[]): boolean {
  if (photos.some(({ sha256 }) => dividers.has(sha256))) return true;
  const keys = nameKeys(photos);
  if (new Set([...keys.values()].map(({ key }) => key)).size > 1) return true;
  // Names that may be those of several things are asked about, unless they repeat what the folder says.
  if ([...keys.values()].some(({ doubt, words }) => doubt !== undefined && !words.some((word) => folderWords.includes(word)))) return true;
  if (folderWords.length > 0 || keys.size > 0 || photos.some((photo) => timeOf(photo) === undefined)) return false;
  return countTimeGroups(photos, gapMs) > 1;
}

/* ---- labels on their own ---- */

/** Photos that show only labels (`shirt1_tag`) are no item: they go to what was photographed just before or after them. */
function joinDetails(groups: readonly PhotoGroup[], gapMs: number): readonly PhotoGroup[] {
  const joined = new Map(groups.map((group) => [group, group] as const));
  const times = new Map(groups.map((group) => [group, timesOf(group.photos)] as const));
  const details = new Set(groups.filter(onlyDetails));
  const things = groups.filter((group) => !details.has(group));
  for (const group of details) {
    const [target] = things
      .map((other) => ({ other, pause: pauseBetween(times.get(group) ?? [], times.get(other) ?? []) }))
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

/** The shortest time from one of these to one of those; both in order. */
function pauseBetween(mine: readonly number[], theirs: readonly number[]): number {
  let least = Number.POSITIVE_INFINITY;
  for (let a = 0, b = 0; a < mine.length && b < theirs.length; ) {
    const pause = (mine[a] ?? 0) - (theirs[b] ?? 0);
    least = Math.min(least, Math.abs(pause));
    if (pause < 0) a += 1;
    else b += 1;
  }
  return least;
}
