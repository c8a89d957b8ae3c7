import { loadSharp } from './load-sharp.ts';
import { rgbaPicture } from './read-pixels.ts';

/** A small upright JPEG without metadata, to look at. May be repeated. Errors: `photo.damaged`; the signal's reason when aborted. */
export async function thumbnailOf(path: string, longSide: number, signal: AbortSignal): Promise<Buffer> {
  const { data, width, height } = await rgbaPicture(path, { longSide, signal });
  const sharp = await loadSharp();
  return sharp(data, { raw: { width, height, channels: 4 } })
    .removeAlpha()
    .jpeg({ quality: 70 })
    .toBuffer();
}
