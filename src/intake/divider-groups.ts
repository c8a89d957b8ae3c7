import { basename } from 'node:path';
import type { Border } from '../core/border.ts';
import type { Photo, PhotoHash } from '../core/item.ts';
import type { Divider } from './dividers.ts';
import { nameParts } from './name-words.ts';
import { stemOf } from './natural-order.ts';
import { type Rhythm, rhythmOf } from './pause-rhythm.ts';
import { countOf, type PhotoGroup } from './photo-group.ts';
import { longestPause, pausesOf, type Sequence } from './sequence.ts';
import { halved, seconds } from './time-groups.ts';

export interface Divided {
  /** Photos before the first divider: nothing yet says where they part. */
  readonly before: readonly Photo[];
  readonly groups: readonly PhotoGroup[];
}

/** A pause so many times the limit, between two dividers, looks like a divider that was forgotten. */
const FORGOTTEN = 1.5;

/** Photos after a divider, up to the next, are one item. Pure. */
export function dividerGroups(folder: string, { photos, by }: Sequence, dividers: ReadonlyMap<PhotoHash, Divider>, gapMs: number): Divided {
  const before: Photo[] = [];
  const segments: { divider: Divider; photos: Photo[] }[] = [];
  for (const photo of photos) {
    const divider = dividers.get(photo.sha256);
    const last = segments.at(-1);
    // The same card twice in a row was photographed twice.
    if (divider && last?.photos.length === 0 && last.divider.label === divider.label) continue;
    if (divider) segments.push({ divider, photos: [] });
    else (last?.photos ?? before).push(photo);
  }
  const plain = photos.filter(({ sha256 }) => !dividers.has(sha256));
  const rhythm = by === 'time' ? rhythmOf(pausesOf(plain), gapMs) : undefined;
  const groups = segments.flatMap(({ divider, photos: members }, at) =>
    groupsOf(folder, divider, members, by, rhythm).map((group) => (at < segments.length - 1 ? { ...group, closed: true } : group)),
  );
  return { before, groups };
}

function groupsOf(folder: string, divider: Divider, members: Photo[], by: Sequence['by'], rhythm: Rhythm | undefined): PhotoGroup[] {
  const parts = withoutForgotten(members, rhythm).flatMap(halved);
  return parts.map((photos, at) => {
    const { why, confidence } = belief(divider, photos, parts.length, by, rhythm);
    const border: Border =
      at === 0
        ? { kind: 'divider', why: `after ${divider.label}`, confidence: by === 'nothing' ? 0.4 : divider.confidence }
        : { kind: 'size', why: 'a long pause or too many photos, without a divider', confidence: 0.4 };
    return {
      folder,
      name: basename(photos[0]?.path ?? ''),
      photos,
      words: commonWords(photos),
      border,
      divider,
      why,
      confidence: Math.min(confidence, border.confidence),
    };
  });
}

function belief(
  divider: Divider,
  photos: readonly Photo[],
  parts: number,
  by: Sequence['by'],
  rhythm: Rhythm | undefined,
): { why: string; confidence: number } {
  const why = `${countOf(photos.length)} after ${divider.label}`;
  if (by === 'nothing') return { why: `${why}, but neither times nor names tell the order of the photos`, confidence: 0.4 };
  if (parts > 1) return { why: `${why}, with a long pause or too many photos: a divider seems to be missing`, confidence: 0.4 };
  const longest = longestPause(photos);
  if (rhythm && longest > FORGOTTEN * rhythm.limitMs)
    return { why: `${why}, with ${seconds(longest)} between two of them: a divider may be missing`, confidence: 0.45 };
  return { why, confidence: divider.confidence };
}

/** Parts where the roll's own rhythm says that the next item began: a proposal, always in doubt. */
function withoutForgotten(members: readonly Photo[], rhythm: Rhythm | undefined): Photo[][] {
  const parts: Photo[][] = [];
  for (const [at, photo] of members.entries()) {
    const pause = longestPause(members.slice(at - 1, at + 1));
    if (at === 0 || (rhythm?.clear && pause > FORGOTTEN * rhythm.limitMs)) parts.push([]);
    parts.at(-1)?.push(photo);
  }
  return parts;
}

/** Words that all names share tell of the item; a counter's do not. */
function commonWords(photos: readonly Photo[]): readonly string[] {
  const [first, ...others] = new Set(photos.map(({ path }) => nameParts(stemOf(path)).words.join(' ')));
  return first && others.length === 0 ? first.split(' ') : [];
}
