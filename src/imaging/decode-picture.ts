import { sep } from 'node:path';
import type { Sharp, SharpOptions } from 'sharp';
import { EasyflipError, type Reason } from '../core/errors.ts';
import type { Photo } from '../core/item.ts';
import type { Settings } from '../core/settings.ts';
import { rawPreview } from './camera-raw/raw-preview.ts';
import { heicPicture } from './heic/heic-picture.ts';
import { loadSharp } from './load-sharp.ts';
import type { Raw } from './raw.ts';
import type { Original } from './read-original.ts';
import { type PictureSize, reduction } from './reduction.ts';

export interface Decoded {
  readonly raw: Raw;
  /** The upright picture with all its pixels, as JPEG, where sharp cannot read the original (HEIC, camera raw): label crops are cut from it. */
  readonly full?: Buffer;
  /** Sharpened while it was reduced. */
  readonly sharpened: boolean;
  readonly warnings: readonly Reason[];
}

/** eBay's picture policy asks for at least 500 pixels on the longest side. */
const LEAST_LONG_SIDE = 500;

/** Below this reduction a picture has lost no edge that sharpening could give back. */
const REDUCED = 0.8;

/** Wider or higher than this, a picture is a strip of which a buyer sees nothing. */
const EXTREME_RATIO = 5;

/**
 * Decodes once, to the size of the picture that eBay gets. A damaged photo is decoded as far as it goes and warned of.
 * Errors: `photo.damaged` when there is nothing to be had; `photo.truncated` for a HEIC file that is cut off; the signal's reason.
 */
export async function decodePicture(original: Original, photo: Photo, settings: Settings['photos'], signal: AbortSignal): Promise<Decoded> {
  const { bytes } = original;
  const shape = shapeWarnings(photo);
  if (photo.kind === 'heic') {
    const size = sizeFor(photo, settings);
    return { ...(await heicPicture(bytes, size, settings.maxPixels, signal)), sharpened: size.sharpen, warnings: shape };
  }
  const halved = await decodeAtHalf(original, photo, settings);
  if (halved) return { ...halved, warnings: shape };
  if (photo.kind !== 'raw') return decodeLeniently(bytes, shape, settings);
  const preview = await rawPreview(bytes);
  if (!preview) throw nothingToBeHad();
  return { ...(await decodeLeniently(preview.jpeg, shape, settings)), full: preview.jpeg };
}

async function decodeLeniently(bytes: Buffer, shape: readonly Reason[], settings: Settings['photos']): Promise<Decoded> {
  try {
    return { ...(await decodeOnce(bytes, settings, { failOn: 'warning' })), warnings: shape };
  } catch (strict) {
    try {
      return { ...(await decodeOnce(bytes, settings, { failOn: 'none' })), warnings: [damageWarning(strict), ...shape] };
    } catch {
      // The decoder's own words name paths and internals; they help nobody here.
      throw nothingToBeHad();
    }
  }
}

/** Reductions for which sharp by itself has all pixels of a JPEG unpacked, though half as many in each direction are enough to reduce from. */
const LEAST_HALVED = 2.4;
const MOST_HALVED = 3;
/** What libvips might take for something else than a part of a name. */
const UNPLAIN = /[[\]'"\\]/;

/**
 * A 12-megapixel JPEG with half as many pixels each way, as libjpeg makes them of its waves, reduced to the picture: what sharp does with 48 megapixels.
 * libvips can only be asked for it behind the name of a file, so that the file has to be the same before and after. Undefined where it
 * does not apply or something is odd about the photo.
 */
async function decodeAtHalf(original: Original, photo: Photo, settings: Settings['photos']): Promise<DecodedOnce | undefined> {
  const times = Math.max(photo.width, photo.height) / sizeFor(photo, settings).side;
  const name = photo.path.replaceAll(sep, '/');
  if (photo.kind !== 'jpeg' || times < LEAST_HALVED || times >= MOST_HALVED || UNPLAIN.test(name)) return undefined;
  try {
    const decoded = await decodeOnce(`${name}[shrink=2]`, settings, { failOn: 'warning', halved: true });
    return (await original.isStillTheFile()) ? decoded : undefined;
  } catch {
    return undefined;
  }
}

const nothingToBeHad = (): EasyflipError =>
  new EasyflipError('photo.damaged', 'No picture can be had from the file: its data is damaged.', {
    hint: 'Copy the photo again from the camera or phone, or take it anew.',
  });

type DecodedOnce = Pick<Decoded, 'raw' | 'sharpened'>;

interface Way {
  readonly failOn: 'warning' | 'none';
  /** The source gives half of the photo's pixels in each direction. */
  readonly halved?: boolean;
}

async function decodeOnce(source: string | Buffer, settings: Settings['photos'], { failOn, halved = false }: Way): Promise<DecodedOnce> {
  const sharp = await loadSharp();
  const options: SharpOptions = { failOn, limitInputPixels: settings.maxPixels };
  const { hasProfile, space, width, height } = await sharp(source, options).metadata();
  const whole = halved ? { width: 2 * width, height: 2 * height } : { width, height };
  const size = sizeFor(whole, settings);
  const resized = (ignoreIcc: boolean): Sharp =>
    sharp(source, { ...options, ignoreIcc })
      .autoOrient()
      .resize(reduction(size))
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb');
  // By itself sharp converts colours before it resizes, and takes 16 bits through Display P3. With the profile ignored on the way in
  // and sRGB asked for on the way out, only the pixels that are left are converted, from the profile that is still with them.
  const late = hasProfile && (space === 'srgb' || space === 'rgb16');
  const picture = late ? resized(true).withIccProfile('srgb', { attach: false }) : resized(false);
  return { raw: await picture.raw().toBuffer({ resolveWithObject: true }), sharpened: size.sharpen };
}

/** The picture that is made. Those below what eBay asks for are enlarged to it (`small`); none is enlarged beyond. Pure. */
export function sizeFor({ width, height }: Pick<Photo, 'width' | 'height'>, settings: Settings['photos']): PictureSize {
  const longSide = Math.max(width, height);
  const small = longSide < LEAST_LONG_SIDE;
  const side = small ? LEAST_LONG_SIDE : settings.pictureLongSide;
  return { side, small, sharpen: settings.enhance && side < REDUCED * longSide };
}

function damageWarning(error: unknown): Reason {
  const text = error instanceof Error ? error.message : '';
  const cutOff = /premature end|truncated|end of (file|stream|input)|not enough data|unexpected end/i.test(text);
  const hint = 'Look at the picture in the listing, and copy or take the photo again if something is missing.';
  return cutOff
    ? { code: 'photo.truncated', message: 'The photo is cut off: its lower part is missing and shown grey.', hint }
    : { code: 'photo.damaged', message: 'The photo is damaged; parts of it may look wrong.', hint };
}

function shapeWarnings({ width, height }: Photo): Reason[] {
  const warnings: Reason[] = [];
  const longSide = Math.max(width, height);
  if (longSide < LEAST_LONG_SIDE) {
    warnings.push({
      code: 'photo.small',
      message: `The photo has ${width} x ${height} pixels and was enlarged; eBay asks for ${LEAST_LONG_SIDE} on the longest side.`,
      hint: 'Take a larger photo; 1600 pixels let the buyer zoom.',
    });
  }
  if (longSide > EXTREME_RATIO * Math.min(width, height)) {
    warnings.push({
      code: 'photo.extreme-shape',
      message: `The photo is an extreme strip of ${width} x ${height} pixels.`,
      hint: 'Crop it so that the item fills the picture.',
    });
  }
  return warnings;
}
