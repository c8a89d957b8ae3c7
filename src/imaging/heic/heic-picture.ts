import type { Sharp } from 'sharp';
import { EasyflipError } from '../../core/errors.ts';
import { loadSharp } from '../load-sharp.ts';
import { pngWithProfile } from '../png-with-profile.ts';
import type { Raw } from '../raw.ts';
import { type PictureSize, reduction } from '../reduction.ts';
import { heicDecoder } from './decode-heic.ts';
import { isCutOff } from './is-cut-off.ts';
import { nclxOf } from './nclx.ts';
import { profileOfNclx } from './profile-of-nclx.ts';

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
 * again; it drops the colour profile, which sharp can still read from the file. Colours that are named by number get a profile made.
 * Errors: `photo.truncated`, `photo.damaged`, `photo.too-many-pixels`; the signal's reason.
 */
export async function heicPicture(bytes: Buffer, size: PictureSize, maxPixels: number, signal: AbortSignal): Promise<HeicPicture> {
  const pixels = await decode(bytes, maxPixels, signal);
  const full = await (await pixels()).jpeg({ quality: FULL_QUALITY, optimiseCoding: false }).toBuffer();
  return { raw: await toSrgb(bytes, await pixels(), size), full };
}

/** The same without the copy of all pixels, for a look in passing. Errors as above. */
export async function smallHeicPicture(bytes: Buffer, size: PictureSize, maxPixels: number, signal: AbortSignal): Promise<Raw> {
  const pixels = await decode(bytes, maxPixels, signal);
  return toSrgb(bytes, await pixels(), size);
}

async function decode(bytes: Buffer, maxPixels: number, signal: AbortSignal): Promise<() => Promise<Sharp>> {
  if (isCutOff(bytes)) {
    throw new EasyflipError('photo.truncated', 'The HEIC file is cut off, and what is left of it shows no whole picture.', {
      hint: 'Copy the photo again from the phone; the transfer was broken off.',
    });
  }
  const { data, width, height } = await heicDecoder().decode(bytes, maxPixels, signal);
  // Flattened before the resize, also where nothing is transparent: sharp would multiply by alpha first, which costs time, and
  // enlarged pictures come out with wrong colours.
  return async () => (await loadSharp())(data, { raw: { width, height, channels: 4 } }).flatten({ background: '#ffffff' });
}

async function toSrgb(bytes: Buffer, pixels: Sharp, size: PictureSize): Promise<Raw> {
  const sharp = await loadSharp();
  const { icc: own } = await sharp(bytes, { failOn: 'none' }).metadata();
  const nclx = own ? undefined : nclxOf(bytes);
  const icc = own ?? (nclx && profileOfNclx(nclx));
  const resized = pixels.resize(reduction(size));
  if (!icc) return resized.raw().toBuffer({ resolveWithObject: true });
  const png = await resized.png({ compressionLevel: 0 }).toBuffer();
  return sharp(pngWithProfile(png, icc)).toColourspace('srgb').raw().toBuffer({ resolveWithObject: true });
}
