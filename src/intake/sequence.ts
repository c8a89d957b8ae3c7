import type { Photo } from '../core/item.ts';
import { byFileName, stemOf } from './natural-order.ts';

/** Photos in the order in which they were taken, and what that order rests on. */
export interface Sequence {
  readonly photos: readonly Photo[];
  /** `time`: pauses mean something; `counter`: the camera's numbers; `nothing`: the order is that of the names and tells nothing. */
  readonly by: 'time' | 'counter' | 'nothing';
}

/** A burst takes a few photos in one second; more than this at once were stamped by a program that copied them. */
const MOST_IN_A_SECOND = 6;

/** Pure; the same whatever the order of `photos`. */
export function inSequence(photos: readonly Photo[]): Sequence {
  const byTime = [...photos].sort((a, b) => (timeOf(a) ?? 0) - (timeOf(b) ?? 0) || byPlace(a, b));
  const timed = photos.every((photo) => timeOf(photo) !== undefined);
  if (timed && mostAtOnce(byTime) <= MOST_IN_A_SECOND) return { photos: byTime, by: 'time' };
  if (areCounted(photos)) return { photos: timed ? byTime : [...photos].sort(byPlace), by: 'counter' };
  return { photos: [...photos].sort(byPlace), by: 'nothing' };
}

/** Camera's local time in milliseconds; only differences mean anything. */
export function timeOf({ takenAt }: Photo): number | undefined {
  return takenAt === undefined ? undefined : Date.parse(`${takenAt}Z`);
}

export const timesOf = (photos: readonly Photo[]): number[] => photos.flatMap((photo) => timeOf(photo) ?? []).sort((a, b) => a - b);

export const pausesOf = (photos: readonly Photo[]): number[] =>
  timesOf(photos).flatMap((time, at, all) => (at === 0 ? [] : [time - (all[at - 1] ?? time)]));

export const longestPause = (photos: readonly Photo[]): number => pausesOf(photos).reduce((most, pause) => Math.max(most, pause), 0);

const byPlace = (a: Photo, b: Photo): number => byFileName(a.path, b.path);

function mostAtOnce(sorted: readonly Photo[]): number {
  let most = 0;
  let run = 0;
  for (const [at, photo] of sorted.entries()) {
    run = at > 0 && photo.takenAt === sorted[at - 1]?.takenAt ? run + 1 : 1;
    most = Math.max(most, run);
  }
  return most;
}

/** One camera's names differ in their numbers only. */
function areCounted(photos: readonly Photo[]): boolean {
  const forms = new Set(photos.map(({ path }) => stemOf(path).toLowerCase().replace(/\d+/g, '#')));
  return forms.size === 1 && [...forms].every((form) => form.includes('#'));
}
