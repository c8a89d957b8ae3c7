import { basename } from 'node:path';
import type { Border } from '../core/border.ts';
import type { Glance } from '../core/glance.ts';
import { MAX_PHOTOS_PER_ITEM, type Photo, type PhotoHash } from '../core/item.ts';
import { isSameShot, likenessOf } from '../imaging/likeness.ts';
import { byFileName } from './natural-order.ts';
import { type Rhythm, rhythmOf } from './pause-rhythm.ts';
import { countOf, type PhotoGroup } from './photo-group.ts';
import { longestPause, pausesOf, timeOf } from './sequence.ts';

/** Below 0.5 an item is held until a person has looked (register-items.ts). */
const DOUBTFUL = 0.4;

/** Parts photos where the pause is longer than the roll's own rhythm allows, or than `gapMs` where it has none. Pure. */
export function timeGroups(
  folder: string,
  photos: readonly Photo[],
  gapMs: number,
  glances: ReadonlyMap<PhotoHash, Glance>,
): readonly PhotoGroup[] {
  const rhythm = rhythmOf(pausesOf(photos), gapMs);
  const clusters = clustersOf(photos, rhythm);
  const borders = clusters.map((cluster, at) => borderOf(clusters[at - 1], cluster, rhythm, glances));
  return clusters.map((cluster, at) => {
    const border = borders[at] as Border;
    // A border in doubt puts both of its sides in doubt.
    const weakest = Math.min(border.confidence, borders[at + 1]?.confidence ?? 1);
    const { why, confidence } = belief(cluster, rhythm);
    const doubt = weakest < 0.5 && weakest < confidence;
    return {
      folder,
      name: basename(cluster[0]?.path ?? ''),
      photos: cluster,
      words: [],
      border,
      why: doubt ? `${why}; ${border.confidence < 0.5 ? border.why : (borders[at + 1]?.why ?? '')}` : why,
      confidence: doubt ? weakest : confidence,
    };
  });
}

/** In how many parts the pauses part these photos. */
export const countTimeGroups = (photos: readonly Photo[], gapMs: number): number =>
  clustersOf(photos, rhythmOf(pausesOf(photos), gapMs)).length;

function clustersOf(photos: readonly Photo[], { limitMs }: Rhythm): Photo[][] {
  const sorted = [...photos].sort((a, b) => (timeOf(a) ?? 0) - (timeOf(b) ?? 0) || byFileName(a.path, b.path));
  const clusters: Photo[][] = [];
  let lastTime = Number.NEGATIVE_INFINITY;
  for (const photo of sorted) {
    const time = timeOf(photo) ?? 0;
    if (time - lastTime > limitMs) clusters.push([]);
    clusters.at(-1)?.push(photo);
    lastTime = time;
  }
  return clusters.flatMap(halved);
}

/** What exceeds an item is parted at its longest pause. */
export function halved(cluster: Photo[]): Photo[][] {
  // Times are read once and parts kept in a list: a roll of thousands would take minutes, and as many calls in each other.
  const times = cluster.map(timeOf);
  const parts: Photo[][] = [];
  const open: (readonly [from: number, to: number])[] = [[0, cluster.length]];
  for (let part = open.pop(); part; part = open.pop()) {
    const [from, to] = part;
    const cut = to - from > MAX_PHOTOS_PER_ITEM ? from + longestPauseAt(times.slice(from, to)) : to;
    if (cut === to) parts.push(cluster.slice(from, to));
    else open.push([cut, to], [from, cut]);
  }
  return parts;
}

/** Before which photo the longest pause is; where nothing tells, an item is full. */
function longestPauseAt(times: readonly (number | undefined)[]): number {
  let cut = MAX_PHOTOS_PER_ITEM;
  let longest = 0;
  for (let at = 1; at < times.length; at += 1) {
    const pause = (times[at] ?? Number.NaN) - (times[at - 1] ?? Number.NaN);
    if (pause > longest) [longest, cut] = [pause, at];
  }
  return cut;
}

function borderOf(
  before: readonly Photo[] | undefined,
  after: readonly Photo[],
  { limitMs, clear, usualMs }: Rhythm,
  glances: ReadonlyMap<PhotoHash, Glance>,
): Border {
  const [last, first] = [before?.at(-1), after[0]];
  if (!last || !first) return { kind: 'start', why: 'the first photo', confidence: 1 };
  const pause = (timeOf(first) ?? 0) - (timeOf(last) ?? 0);
  const why = `${seconds(pause)} after the photo before${clear ? `, usual within an item are ${seconds(usualMs)}` : ''}`;
  if (pause <= limitMs)
    return { kind: 'size', why: `${why}; more than ${MAX_PHOTOS_PER_ITEM} photos without a pause`, confidence: DOUBTFUL };
  const likeness = likenessOf(glances.get(last.sha256), glances.get(first.sha256));
  if (isSameShot(likeness))
    return { kind: 'time', why: `${why}, but ${basename(last.path)} and ${basename(first.path)} look the same`, confidence: DOUBTFUL };
  // Half of it from how far the pause is over the limit, a little from pictures that differ.
  const over = Math.min(1, Math.log2(pause / limitMs) / 2);
  const differs = likeness !== undefined && likeness.colors > 0.2 ? 0.05 : 0;
  return { kind: 'time', why, confidence: round((clear ? 0.75 : 0.6) + 0.2 * over + differs) };
}

function belief(cluster: readonly Photo[], { sureMs, clear }: Rhythm): { why: string; confidence: number } {
  if (cluster.length === 1) return { why: '1 photo, with a pause before and after it', confidence: clear ? 0.7 : 0.5 };
  const longest = longestPause(cluster);
  const why = `${countOf(cluster.length)} taken together, ${seconds(longest)} apart at most`;
  if (longest > sureMs) return { why, confidence: DOUBTFUL };
  return { why, confidence: clear ? 0.85 : 0.75 };
}

const round = (value: number): number => Math.round(Math.min(value, 0.99) * 100) / 100;

export const seconds = (ms: number): string => (ms < 120_000 ? `${Math.round(ms / 1000)} s` : `${Math.round(ms / 60_000)} min`);
