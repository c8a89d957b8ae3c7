import { EasyflipError } from '../../core/errors.ts';
import { loadSharp } from '../load-sharp.ts';
import { pngWithProfile } from '../png-with-profile.ts';
import type { Raw } from '../raw.ts';
import { heicDecoder } from './decode-heic.ts';
import { isCutOff } from './is-cut-off.ts';

/** `small`: may be enlarged to `side`. */
interface Size {
  readonly side: number;
  readonly small: boolean;
}

export interface HeicPicture {
  /** 8-bit sRGB, three channels, upright, `side` pixels long; enlarged only when that is asked for. */
  readonly raw: Raw;
  /** All pixels as JPEG, upright, in the file's own colours, for reading small print: the file is never decoded again. */
  readonly full: Buffer;
}

/** Good enough for print of a few pixels, at a third of the bytes of the highest quality. */
const FULL_QUALITY = 92;

/**
 * Decodes a HEIC file once. The decoder turns the picture as the container says, so EXIF orientation must not be applied
 * again; it drops the colour profile, which sharp can still read from the file.
 * Errors: `photo.truncated`, `photo.damaged`, `photo.too-many-pixels`; the signal's reason.
 */
export async function heicPicture(bytes: Buffer, { side, small }: Size, maxPixels: number, signal: AbortSignal): Promise<HeicPicture> {
  if (isCutOff(bytes)) {
    throw new EasyflipError('photo.truncated', 'The HEIC file is cut off, and what is left of it shows no whole picture.', {
      hint: 'Copy the photo again from the phone; the transfer was broken off.',
    });
  }
  const sharp = await loadSharp();
  const { icc } = await sharp(bytes, { failOn: 'none' }).metadata();
  const { data, width, height } = await heicDecoder().decode(bytes, maxPixels, signal);
  // Flattened before the resize, also where nothing is transparent: sharp would multiply by alpha first, which costs time, and
  // enlarged pictures come out with wrong colours.
  const pixels = () => sharp(data, { raw: { width, height, channels: 4 } }).flatten({ background: '#ffffff' });
  const resized = pixels().resize({ width: side, height: side, fit: 'inside', withoutEnlargement: !small });
  const full = await pixels().jpeg({ quality: FULL_QUALITY, optimiseCoding: false }).toBuffer();
  if (!icc) return { raw: await resized.raw().toBuffer({ resolveWithObject: true }), full };
  const png = await resized.png({ compressionLevel: 0 }).toBuffer();
  const converted = sharp(pngWithProfile(png, icc)).toColourspace('srgb');
  return { raw: await converted.raw().toBuffer({ resolveWithObject: true }), full };
}
