import type { Settings } from '../core/settings.ts';
import type { Change } from './enhance.ts';
import { improved, improvements } from './improvements.ts';
import { loadSharp } from './load-sharp.ts';
import { openablePicture } from './openable-file.ts';
import { rgbaPicture } from './read-pixels.ts';

/** A small upright JPEG without metadata, to look at. May be repeated. Errors: `photo.damaged`; the signal's reason when aborted. */
export async function thumbnailOf(path: string, longSide: number, signal: AbortSignal): Promise<Buffer> {
  const { data, width, height } = await rgbaPicture(path, { longSide, signal });
  const sharp = await loadSharp();
  return sharp(data, { raw: { width, height, channels: 4 } })
    .removeAlpha()
    .jpeg({ quality: QUALITY })
    .toBuffer();
}

export interface BeforeAndAfter {
  readonly before: Buffer;
  /** As buyers will see it; absent where that cannot be told from the original at this size. */
  readonly after?: { readonly jpeg: Buffer; readonly changes: readonly Change[] };
}

/**
 * A photo as it was taken and as it will be shown, both small. What is changed is judged from this small picture: a percent may
 * differ from what `prepare` finds in a larger one. May be repeated. Errors: `photo.damaged`; the signal's reason when aborted.
 */
export async function beforeAndAfter(
  path: string,
  longSide: number,
  settings: Settings['photos'],
  signal: AbortSignal,
): Promise<BeforeAndAfter> {
  const sharp = await loadSharp();
  const before = await thumbnailOf(path, longSide, signal);
  const { width, height } = (await sharp(await openablePicture(path), { failOn: 'none' }).metadata()).autoOrient;
  const scale = Math.min(1, settings.pictureLongSide / Math.max(width, height));
  const small = await sharp(before).raw().toBuffer({ resolveWithObject: true });
  const plan = improvements({ width, height }, { width: width * scale, height: height * scale }, small, settings);
  const changes = plan.changes.filter(({ what }) => what !== 'sharpened' && what !== 'enlarged');
  if (changes.length === 0) return { before };
  const after = await improved(small, { ...plan, sharpen: false });
  return { before, after: { jpeg: await after.jpeg({ quality: QUALITY }).toBuffer(), changes } };
}

const QUALITY = 70;
