import { readFile } from 'node:fs/promises';
import type { Sharp } from 'sharp';
import { EasyflipError } from '../core/errors.ts';
import { decodeGate } from './decode-gate.ts';
import { type Grey, greyOf, stretched } from './grey.ts';
import { smallHeicPicture } from './heic/heic-picture.ts';
import { loadSharp } from './load-sharp.ts';
import { openablePicture } from './openable-file.ts';
import type { Raw } from './raw.ts';

export type { Grey } from './grey.ts';

/** A part of the upright picture; all four are shares of its width or height, 0 to 1. */
export interface CropBox {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface ReadPixels {
  /** Pixels of the result's long side before `rotate`; a smaller part is not enlarged unless `enlarge` is set. */
  readonly longSide: number;
  /** Degrees clockwise, applied last; corners that appear are white. */
  readonly rotate?: number;
  readonly crop?: CropBox;
  /** Allows up to this factor of enlargement (small print reads better). Default 1. */
  readonly enlarge?: number;
  /** Aborts while waiting for a turn. */
  readonly signal?: AbortSignal;
}

/** `stretched` stretches the contrast; `even` takes shadows and gradients away, so that one threshold suits the whole picture. */
export type Light = 'stretched' | 'even';

/**
 * A grey picture for text recognition, upright; without `light` as bright as it is. A damaged picture is read as far as it
 * goes. May be repeated. Errors: `photo.damaged`.
 */
export function greyPicture(path: string, options: ReadPixels & { readonly light?: Light }): Promise<Grey> {
  return read(path, { ...options, colors: 'as stored' }, async (picture) => {
    const grey = greyOf(await picture.toColourspace('srgb').raw().toBuffer({ resolveWithObject: true }));
    return options.light === 'even' ? evenLight(grey) : options.light === 'stretched' ? stretched(grey) : grey;
  });
}

/** In pixels: wider than a line of print is high, narrower than a shadow. */
const SURROUNDINGS = 25;
/** What the surroundings become; ink is darker, and light that glances off has some room above. */
const PAPER = 190;
const DARKEST = 8;

/** Each pixel by the brightness of its surroundings. */
async function evenLight({ data, width, height }: Grey): Promise<Grey> {
  const sharp = await loadSharp();
  const raw = { width, height, channels: 1 } as const;
  const around = await sharp(data, { raw }).median(5).blur(SURROUNDINGS).toColourspace('b-w').raw().toBuffer();
  return { data: data.map((value, at) => Math.min(255, Math.round((value * PAPER) / Math.max(around[at] ?? 0, DARKEST)))), width, height };
}

/** A cut-out in colour for a reader on another machine, upright, as JPEG without any metadata. May be repeated. Errors: `photo.damaged`. */
export function jpegCut(path: string, options: ReadPixels): Promise<Buffer> {
  return read(path, options, (picture) => picture.toColourspace('srgb').jpeg({ quality: 90 }).toBuffer());
}

/**
 * The green of a picture, which carries most of its light, for readers of codes and of the lie of lines; upright. A quarter of
 * the bytes of all colours, and nothing to compute. May be repeated. Errors: `photo.damaged`.
 */
export function greenPicture(path: string, options: ReadPixels): Promise<Grey> {
  return read(path, { ...options, colors: 'as stored' }, async (picture) => {
    // A grey file gets its three channels first.
    const { data, info } = await picture.toColourspace('srgb').extractChannel('green').raw().toBuffer({ resolveWithObject: true });
    if (info.channels !== 1) throw new RangeError(`expected 1 channel, got ${info.channels}`);
    return { data, width: info.width, height: info.height };
  });
}

export interface RgbaPicture {
  /** Four bytes a pixel: red, green, blue, alpha (always 255). */
  readonly data: Uint8ClampedArray<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
}

/** All pixels, upright. May be repeated. Errors: `photo.damaged`. */
export function rgbaPicture(path: string, options: ReadPixels): Promise<RgbaPicture> {
  return read(path, options, async (picture) => {
    // A grey picture would come out with fewer channels, and readers take any bytes for pixels without a word.
    const { data, info } = await picture.toColourspace('srgb').ensureAlpha().raw().toBuffer({ resolveWithObject: true });
    if (info.channels !== 4) throw new RangeError(`expected 4 channels, got ${info.channels}`);
    return {
      data: new Uint8ClampedArray(data.buffer as ArrayBuffer, data.byteOffset, data.length),
      width: info.width,
      height: info.height,
    };
  });
}

const WHITE = '#ffffff';

/** Codes and text are read from any colours; making true ones of a phone's takes as long as all the rest. */
type Colors = { readonly colors?: 'as stored' };

async function read<T>(path: string, options: ReadPixels & Colors, finish: (picture: Sharp) => Promise<T>): Promise<T> {
  const sharp = await loadSharp();
  try {
    const source = await openablePicture(path);
    const header = await sharp(source, { failOn: 'none' }).metadata();
    const { width, height } = header.autoOrient;
    return await decodeGate.run(width * height, options.signal, async () => {
      const heic = header.compression === 'hevc' ? await heicPixels(path, options, header.autoOrient) : undefined;
      const ignoreIcc = options.colors === 'as stored';
      const open = (): Sharp => (heic ? sharp(heic.data, { raw: heic.info }) : sharp(source, { failOn: 'none', ignoreIcc }));
      const box = pixelBox(options.crop, heic?.info.width ?? width, heic?.info.height ?? height);
      const side = Math.round(Math.min(options.longSide, Math.max(box.width, box.height) * (options.enlarge ?? 1)));
      // Of a whole picture nothing is cut out: a cut, even one of everything, makes sharp decode all pixels of a JPEG first.
      const shown = options.crop ? open().autoOrient().extract(box) : open().autoOrient();
      const upright = shown.flatten({ background: WHITE }).resize({ width: side, height: side, fit: 'inside' });
      if (!options.rotate) return finish(upright);
      // sharp turns before it resizes, whatever the order of the calls: hence two steps.
      const { data, info } = await upright.toColourspace('srgb').raw().toBuffer({ resolveWithObject: true });
      return finish(sharp(data, { raw: info }).rotate(options.rotate, { background: WHITE }));
    });
  } catch (error) {
    if (options.signal?.aborted) throw options.signal.reason;
    if (error instanceof RangeError) throw error;
    throw new EasyflipError('photo.damaged', 'The pixels of a photo cannot be read.', { hint: 'Copy the photo again, or take it anew.' });
  }
}

/** sharp's build reads no HEVC: such a file is decoded whole, which takes about a second. */
async function heicPixels(
  path: string,
  { crop, longSide, signal }: ReadPixels,
  { width, height }: { width: number; height: number },
): Promise<Raw> {
  const side = crop ? Math.max(width, height) : longSide;
  return smallHeicPicture(
    await readFile(path),
    { side, small: false, sharpen: false },
    width * height,
    signal ?? new AbortController().signal,
  );
}

/** Never empty and never outside, whatever a detector asked for. */
export function pixelBox(crop: CropBox | undefined, width: number, height: number): CropBox {
  if (!crop) return { left: 0, top: 0, width, height };
  const left = clamp(Math.round(crop.left * width), 0, width - 1);
  const top = clamp(Math.round(crop.top * height), 0, height - 1);
  return {
    left,
    top,
    width: clamp(Math.round(crop.width * width), 1, width - left),
    height: clamp(Math.round(crop.height * height), 1, height - top),
  };
}

const clamp = (value: number, least: number, most: number): number => Math.min(Math.max(value, least), most);
