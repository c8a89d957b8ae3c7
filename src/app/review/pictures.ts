import { join } from 'node:path';
import type { StageOutcome, StoredItem } from '../../core/ports/index.ts';
import { jpegCut } from '../../imaging/read-pixels.ts';
import { thumbnailOf } from '../../imaging/thumbnail.ts';
import { readKept } from '../../sealing/sealed-folders.ts';
import type { Prepared } from '../../stages/prepare.ts';
import type { Read } from '../../stages/read.ts';
import type { App } from '../app.ts';

/** `label-1` is the part of the photo with the most writing. */
export type PictureUse = 'small' | 'large' | `label-${number}`;

const SMALL_SIDE = 320;
const LARGE_SIDE = 1600;
const LABEL_SIDE = 900;
/** Beyond that, crops tell nothing new. */
const LABELS_MAX = 4;
/** Of the part's own size, on each side: what stands around a label helps to read it. */
const MARGIN = 0.15;

/**
 * JPEG bytes of a photo of an item, without metadata: as buyers will see it where that is there, else made from the original.
 * Undefined: there is no such photo or part. Errors: `photo.damaged`; the signal's reason when aborted.
 */
export async function reviewPicture(
  app: App,
  stored: StoredItem,
  outcomes: readonly StageOutcome[],
  hash: string,
  use: PictureUse,
  signal: AbortSignal,
): Promise<Buffer | undefined> {
  const photo = stored.item.photos.find(({ sha256 }) => sha256 === hash);
  if (!photo) return undefined;
  const prepared = preparedIn(outcomes).find(({ source }) => source === hash);
  const folder = app.folders.pictures;
  const label = /^label-(\d)$/.exec(use)?.[1];
  if (label !== undefined) {
    const place = placesOf(outcomes, hash)[Number(label) - 1];
    if (!place) return undefined;
    const [x, y] = [place.width * MARGIN, place.height * MARGIN];
    const left = Math.max(0, place.left - x);
    const top = Math.max(0, place.top - y);
    const crop = { left, top, width: Math.min(1 - left, place.width + 2 * x), height: Math.min(1 - top, place.height + 2 * y) };
    const path = prepared?.full ? join(folder, prepared.full) : photo.path;
    return await jpegCut(path, { longSide: LABEL_SIDE, enlarge: 2, crop, signal });
  }
  const names = prepared ? (use === 'small' ? [prepared.thumbnail.name] : [prepared.picture.name, prepared.model.name]) : [];
  for (const name of names) {
    const kept = await readKept(join(folder, name)).catch(() => undefined);
    if (kept && kept.length > 0) return kept;
  }
  return await thumbnailOf(photo.path, use === 'small' ? SMALL_SIDE : LARGE_SIDE, signal);
}

const preparedIn = (outcomes: readonly StageOutcome[]): Prepared['photos'] =>
  (outcomes.find(({ stage }) => stage === 'prepare')?.output as Partial<Prepared> | undefined)?.photos ?? [];

/** Where there is writing on a photo, the richest first. Grain of leather looks like letters: where nothing was made of it, it is left out. Pure. */
export function placesOf(outcomes: readonly StageOutcome[], hash: string): NonNullable<Read['texts'][number]['places']> {
  const number = preparedIn(outcomes).findIndex(({ source }) => source === hash) + 1;
  if (number === 0) return [];
  const read = outcomes.find(({ stage }) => stage === 'read')?.output as Partial<Read> | undefined;
  return (read?.texts ?? [])
    .filter(({ photo, lines, unreadable }) => photo === number && (lines.length > 0 || unreadable))
    .flatMap(({ places }) => places ?? [])
    .slice(0, LABELS_MAX);
}
