import type { Raw } from './raw.ts';

/** A change to a picture, as people are told of it. The original is never touched. */
export interface Change {
  readonly what: 'brightened' | 'white-balance' | 'sharpened' | 'cropped' | 'enlarged';
  /** Such as `by 12 %`. */
  readonly note: string;
}

/** Factors for red, green and blue; all 1 where nothing is to be done. */
export interface Enhancement {
  readonly gains: readonly [red: number, green: number, blue: number];
  readonly changes: readonly Change[];
}

/** Bounds that keep a correction from changing what is sold: a stain stays a stain, cream stays cream. */
const MOST_BRIGHTENING = 1.25;
const MOST_TINT = 0.06;
/** Less is not worth a change. */
const LEAST = 0.02;
/** Where the lightest parts are brought to, of 255: nothing is driven into white. */
const LIGHT = 243;

/**
 * A modest correction of exposure and white balance from a small copy of the picture: one factor a channel, so that no spot is
 * treated unlike another. Darkens nothing, clips nothing, and leaves alone what is dark or tinted on purpose. Pure.
 */
export function enhancementOf(small: Raw): Enhancement {
  const { light, median, tint } = measure(small);
  const tinted = tint.map((factor) => clamp(factor, 1 - MOST_TINT, 1 + MOST_TINT)) as [number, number, number];
  const hasTint = tinted.some((factor) => Math.abs(factor - 1) >= LEAST);
  // A picture that is mostly dark may show a dark thing: only what has light parts that are dull is underexposed.
  const wanted = median < 150 && light > 90 && light < LIGHT ? Math.min(MOST_BRIGHTENING, LIGHT / light) : 1;
  const bright = wanted - 1 >= LEAST ? wanted : 1;
  const balance = hasTint ? tinted : ([1, 1, 1] as const);
  const changes: Change[] = [];
  if (bright > 1) changes.push({ what: 'brightened', note: `by ${Math.round((bright - 1) * 100)} %` });
  if (hasTint)
    changes.push({
      what: 'white-balance',
      note: `by up to ${Math.round(100 * Math.max(...balance.map((factor) => Math.abs(factor - 1))))} %`,
    });
  return { gains: [balance[0] * bright, balance[1] * bright, balance[2] * bright], changes };
}

interface Measured {
  /** Luma below which 99 % of the picture lies, and below which half of it does; 0 to 255. */
  readonly light: number;
  readonly median: number;
  /** What would make the light, nearly grey parts grey; all 1 where there are too few of them to tell. */
  readonly tint: readonly number[];
}

/** Paper, walls and tables: lighter than the middle and nearly without colour. Strong colours say nothing of the light. */
const NEUTRAL_SPREAD = 0.16;
const ENOUGH_NEUTRAL = 0.12;

function measure({ data, info }: Raw): Measured {
  const step = info.channels;
  const histogram = new Uint32Array(256);
  const sums = [0, 0, 0];
  let neutral = 0;
  const count = info.width * info.height;
  for (let at = 0; at + 2 < data.length; at += step) {
    const [red, green, blue] = [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0];
    const luma = Math.round(0.2126 * red + 0.7152 * green + 0.0722 * blue);
    histogram[luma] = (histogram[luma] ?? 0) + 1;
    const most = Math.max(red, green, blue);
    if (luma < 130 || most > 250 || most - Math.min(red, green, blue) > NEUTRAL_SPREAD * most) continue;
    sums[0] = (sums[0] ?? 0) + red;
    sums[1] = (sums[1] ?? 0) + green;
    sums[2] = (sums[2] ?? 0) + blue;
    neutral += 1;
  }
  const grey = sums.reduce((total, sum) => total + sum, 0) / 3;
  // Half of the cast goes: warm light may belong to the thing, such as a cream cloth that fills the picture.
  const tint = neutral >= ENOUGH_NEUTRAL * count ? sums.map((sum) => 1 + (grey / sum - 1) / 2) : [1, 1, 1];
  return { light: percentile(histogram, count, 0.99), median: percentile(histogram, count, 0.5), tint };
}

function percentile(histogram: Uint32Array, count: number, share: number): number {
  let seen = 0;
  for (let value = 0; value < 256; value += 1) {
    seen += histogram[value] ?? 0;
    if (seen >= share * count) return value;
  }
  return 255;
}

const clamp = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value));
