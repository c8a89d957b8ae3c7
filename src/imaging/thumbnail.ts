import type { Settings } from '../core/settings.ts';
import { sizeFor } from './decode-picture.ts';
import type { Change } from './enhance.ts';
import { altersPixels, improved, improvements } from './improvements.ts';
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
  /** As buyers will see it; absent where that looks the same at this size. */
  readonly after?: Buffer;
  /** All that is changed, also what only shows in the large picture (sharpened, enlarged). */
  readonly changes: readonly Change[];
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
  const { side, small: isEnlarged, sharpen } = sizeFor({ width, height }, settings);
  const scale = isEnlarged ? side / Math.max(width, height) : Math.min(1, side / Math.max(width, height));
  const small = await sharp(before).raw().toBuffer({ resolveWithObject: true });
  const picture = { width: Math.round(width * scale), height: Math.round(height * scale), sharpened: sharpen };
  const plan = improvements({ photo: { width, height }, picture, small }, settings);
  const { changes } = plan;
  if (!altersPixels(plan)) return { before, changes };
  const after = await improved(small, plan);
  return { before, after: await after.jpeg({ quality: QUALITY }).toBuffer(), changes };
}

const QUALITY = 70;
