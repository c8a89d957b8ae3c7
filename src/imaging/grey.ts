import type { Raw } from './raw.ts';

/** One byte a pixel, 0 (black) to 255 (white). */
export interface Grey {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/**
 * As bright as the eye sees it: by luminance in linear light (IEC 61966-2-1), as libvips has it, from tables, which takes a
 * tenth of the time. A picture of one channel stays as it is. Pure.
 */
export function greyOf({ data, info: { width, height, channels } }: Raw): Grey {
  const grey = new Uint8Array(width * height);
  if (channels < 3) {
    for (let at = 0; at < grey.length; at += 1) grey[at] = data[at * channels] ?? 0;
    return { data: grey, width, height };
  }
  for (let at = 0, from = 0; at < grey.length; at += 1, from += channels) {
    const light = (RED[data[from] ?? 0] ?? 0) + (GREEN[data[from + 1] ?? 0] ?? 0) + (BLUE[data[from + 2] ?? 0] ?? 0);
    grey[at] = ENCODED[light >> FINER] ?? 0;
  }
  return { data: grey, width, height };
}

/** Of the darkest and the lightest hundredth, as many are left as a reader can do without. */
const DARK_SHARE = 0.01;
const LIGHT_SHARE = 0.99;

/** Of so many pixels one is counted; an odd number, so that all columns have their turn. */
const COUNTED = 5;

/** Contrast stretched over the whole range, evenly for the eye (CIE lightness). Pure. */
export function stretched({ data, width, height }: Grey): Grey {
  const counts = new Uint32Array(256);
  for (let at = 0; at < data.length; at += COUNTED) counts[data[at] ?? 0] = (counts[data[at] ?? 0] ?? 0) + 1;
  const counted = data.length / COUNTED;
  const [dark, light] = [lightness(percentile(counts, counted * DARK_SHARE)), lightness(percentile(counts, counted * LIGHT_SHARE))];
  if (light - dark <= 1) return { data, width, height };
  const table = Uint8Array.from(counts, (_, value) => greyAt((100 * (lightness(value) - dark)) / (light - dark)));
  const even = new Uint8Array(data.length);
  for (let at = 0; at < data.length; at += 1) even[at] = table[data[at] ?? 0] ?? 0;
  return { data: even, width, height };
}

function percentile(counts: Uint32Array, wanted: number): number {
  let value = 0;
  for (let seen = counts[0] ?? 0; seen < wanted && value < 255; seen += counts[value] ?? 0) value += 1;
  return value;
}

/** sRGB, 0 to 1 each way. */
const linear = (encoded: number): number => (encoded <= 0.04045 ? encoded / 12.92 : ((encoded + 0.055) / 1.055) ** 2.4);
const encoded = (light: number): number => (light <= 0.0031308 ? light * 12.92 : 1.055 * light ** (1 / 2.4) - 0.055);

/** Light in so many steps, and the fewer by which it is looked up. */
const STEPS = 65_535;
const FINER = 2;
const share = (of: number): Uint16Array => Uint16Array.from({ length: 256 }, (_, value) => Math.floor(of * STEPS * linear(value / 255)));
const RED = share(0.2126);
const GREEN = share(0.7152);
const BLUE = share(0.0722);
const ENCODED = Uint8Array.from({ length: (STEPS >> FINER) + 1 }, (_, at) => Math.round(255 * encoded((at << FINER) / STEPS)));

/** CIE L*, 0 to 100. */
function lightness(grey: number): number {
  const light = linear(grey / 255);
  return light > 216 / 24_389 ? 116 * Math.cbrt(light) - 16 : (light * 24_389) / 27;
}

function greyAt(wanted: number): number {
  const bounded = Math.min(100, Math.max(0, wanted));
  const light = bounded > 8 ? ((bounded + 16) / 116) ** 3 : (bounded * 27) / 24_389;
  return Math.round(255 * encoded(light));
}
