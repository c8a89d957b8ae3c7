import { EasyflipError } from '../core/errors.ts';
import { decodeGate } from './decode-gate.ts';
import { loadSharp } from './load-sharp.ts';
import { openablePicture } from './openable-file.ts';
import { type CropBox, pixelBox } from './read-pixels.ts';

export interface ModelPicture {
  /** JPEG without metadata, upright, sRGB, on white. */
  readonly jpeg: Buffer;
  readonly width: number;
  readonly height: number;
}

export interface ModelPictureSize {
  /** Largest width and height in pixels, whichever way the picture lies; never enlarged. */
  readonly longSide: number;
  readonly shortSide: number;
  readonly crop?: CropBox;
}

/** Small print suffers below; above it only the bytes grow. */
const QUALITY = 85;

/**
 * A picture, or a part of one, in the size that a model is to see. The same file and size give the same bytes. An original
 * may be read: nothing of its metadata is in the result. Errors: `photo.damaged`; the signal's reason when aborted.
 */
export async function modelPicture(
  path: string,
  { longSide, shortSide, crop }: ModelPictureSize,
  signal: AbortSignal,
): Promise<ModelPicture> {
  const sharp = await loadSharp();
  try {
    const source = await openablePicture(path);
    const { width, height } = (await sharp(source, { failOn: 'none' }).metadata()).autoOrient;
    return await decodeGate.run(width * height, signal, async () => {
      const box = pixelBox(crop, width, height);
      const landscape = box.width >= box.height;
      const upright = sharp(source, { failOn: 'none' }).autoOrient();
      // A cut, even one of everything, makes sharp decode all pixels first.
      const shown = crop ? upright.extract(box) : upright;
      const { data, info } = await shown
        .flatten({ background: '#ffffff' })
        .resize({
          width: landscape ? longSide : shortSide,
          height: landscape ? shortSide : longSide,
          fit: 'inside',
          withoutEnlargement: true,
        })
        .toColourspace('srgb')
        .jpeg({ quality: QUALITY })
        .toBuffer({ resolveWithObject: true });
      return { jpeg: data, width: info.width, height: info.height };
    });
  } catch {
    if (signal.aborted) throw signal.reason;
    throw new EasyflipError('photo.damaged', 'The pixels of a photo cannot be read.', { hint: 'Copy the photo again, or take it anew.' });
  }
}
