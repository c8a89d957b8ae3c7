import { type ColorName, colorName, type Lab, labOf } from './color-name.ts';
import type { Raw } from './raw.ts';

export interface NamedColor {
  readonly name: ColorName | 'Multicolor';
  /** Share of the subject, 0 to 1. Multicolor's is the sum of the colours that make it so; they follow it. */
  readonly share: number;
}

/** Colours with a smaller share are shadows, buttons and noise. */
const LEAST_SHARE = 0.08;

/** From this many colours of this share on, eBay's word is Multicolor. */
const MANY_COLORS = 4;
const MANY_COLORS_SHARE = 0.14;

/** So many pixels, evenly spread, tell the shares to one in a hundred; this runs on the main thread. */
const SAMPLES = 2500;

/**
 * The subject's colours by eBay's names, largest share first. What lies in the middle counts most; what
 * looks like the border of the picture counts little, since that is usually table, floor or wall.
 */
export function dominantColors(small: Raw): readonly NamedColor[] {
  const pixels = pixelsOf(small);
  const background = borderColors(pixels);
  const gain = exposureGain(pixels);
  const weights = new Map<ColorName, number>();
  let total = 0;
  for (const { lab, x, y } of pixels) {
    const fromCentre = (x - 0.5) ** 2 + (y - 0.5) ** 2;
    const weight = Math.exp(-8 * fromCentre) * (1 - 0.85 * likeness(lab, background));
    const name = colorName([lab[0] * gain, lab[1], lab[2]]);
    weights.set(name, (weights.get(name) ?? 0) + weight);
    total += weight;
  }
  const shares = [...weights]
    .map(([name, weight]): NamedColor => ({ name, share: rounded(weight / total) }))
    .filter(({ share }) => share >= LEAST_SHARE)
    .sort((a, b) => b.share - a.share || (a.name < b.name ? -1 : 1));
  const many = shares.filter(({ share }) => share >= MANY_COLORS_SHARE);
  if (many.length < MANY_COLORS) return shares;
  return [{ name: 'Multicolor', share: rounded(many.reduce((sum, { share }) => sum + share, 0)) }, ...shares];
}

const rounded = (share: number): number => Number(share.toFixed(3));

const WHITE_LIGHTNESS = 94;
const MOST_GAIN = 1.2;

/** In a dim room white paper is grey: the lightest fiftieth of the picture is taken for nearly white, within reason. */
function exposureGain(pixels: readonly Pixel[]): number {
  const lightness = Float64Array.from(pixels, ({ lab }) => lab[0]).sort();
  const light = lightness[Math.floor(lightness.length * 0.98)] ?? WHITE_LIGHTNESS;
  return Math.min(MOST_GAIN, Math.max(1, WHITE_LIGHTNESS / light));
}

interface Pixel {
  readonly lab: Lab;
  /** Place in the picture, 0 to 1. */
  readonly x: number;
  readonly y: number;
}

function pixelsOf({ data, info }: Raw): readonly Pixel[] {
  const pixels: Pixel[] = [];
  const { width, height, channels } = info;
  const stride = Math.max(1, Math.floor(Math.sqrt((width * height) / SAMPLES)));
  for (let row = 0; row < height; row += stride) {
    for (let column = 0; column < width; column += stride) {
      const at = (row * width + column) * channels;
      const lab = labOf(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0);
      pixels.push({ lab, x: (column + 0.5) / width, y: (row + 0.5) / height });
    }
  }
  return pixels;
}

interface BorderColor {
  readonly lab: Lab;
  /** Share of the border, 0 to 1. */
  readonly share: number;
}

const BORDER = 0.06;
const CELL = 14;

/** The border's most frequent colours, as means over cells of Lab space. */
function borderColors(pixels: readonly Pixel[]): readonly BorderColor[] {
  const cells = new Map<number, { sum: [number, number, number]; count: number }>();
  let border = 0;
  for (const { lab, x, y } of pixels) {
    if (x > BORDER && x < 1 - BORDER && y > BORDER && y < 1 - BORDER) continue;
    border += 1;
    const key = lab.reduce((cell, value) => cell * 64 + Math.round(value / CELL) + 32, 0);
    const cell = cells.get(key) ?? { sum: [0, 0, 0], count: 0 };
    for (const part of [0, 1, 2] as const) cell.sum[part] += lab[part];
    cell.count += 1;
    cells.set(key, cell);
  }
  return [...cells.values()]
    .map(({ sum, count }): BorderColor => ({ lab: [sum[0] / count, sum[1] / count, sum[2] / count], share: count / border }))
    .filter(({ share }) => share >= 0.05)
    .sort((a, b) => b.share - a.share)
    .slice(0, 8);
}

/** 0 (nothing like the border) to 1. */
function likeness(lab: Lab, background: readonly BorderColor[]): number {
  let most = 0;
  for (const color of background) {
    const [l, a, b] = [lab[0] - color.lab[0], lab[1] - color.lab[1], lab[2] - color.lab[2]];
    // Math.hypot is many times slower.
    const distance = Math.sqrt(l * l + a * a + b * b);
    most = Math.max(most, Math.max(0, 1 - distance / 24) * Math.min(1, color.share * 4));
  }
  return most;
}
