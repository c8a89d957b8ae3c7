import type { Raw } from './raw.ts';

export interface Quality {
  /** Standard deviation of the Laplacian in the sharpest of five spots of the picture, in grey levels. Below about 4 a picture looks blurred. */
  readonly sharpness: number;
  /** Mean luma, 0 (black) to 1 (white). */
  readonly brightness: number;
  /** Luma below which the darkest twentieth lies, 0 to 1: high only in a picture without any depth. */
  readonly darkest: number;
  /** Luma below which 99 % of it lies, 0 to 1: low only where no light fell on anything. */
  readonly lightest: number;
}

/** `picture` at full size for sharpness, since reducing a picture hides its blur; `small` for brightness. */
export function qualityOf(picture: Raw, small: Raw): Quality {
  const [darkest, lightest] = lumaAt(small, [0.05, 0.99]);
  return {
    sharpness: round(sharpestSpot(picture), 2),
    brightness: round(meanLuma(small) / 255, 3),
    darkest: round(darkest / 255, 3),
    lightest: round(lightest / 255, 3),
  };
}

const SPOT = 192;
const PLACES = [
  [0.5, 0.5],
  [0.3, 0.3],
  [0.7, 0.3],
  [0.3, 0.7],
  [0.7, 0.7],
] as const;

function sharpestSpot(picture: Raw): number {
  const { width, height } = picture.info;
  const spots = PLACES.map(([x, y]) => {
    const left = Math.max(1, Math.round(x * width - SPOT / 2));
    const top = Math.max(1, Math.round(y * height - SPOT / 2));
    return laplacianDeviation(picture, left, top, Math.min(left + SPOT, width - 1), Math.min(top + SPOT, height - 1));
  });
  return Math.max(...spots);
}

/** On the green channel, which carries most of what the eye calls sharp. */
function laplacianDeviation({ data, info }: Raw, left: number, top: number, right: number, bottom: number): number {
  const step = info.channels;
  const row = info.width * step;
  const green = Math.min(1, step - 1);
  let sum = 0;
  let squares = 0;
  let count = 0;
  for (let y = top; y < bottom; y += 1) {
    for (let x = left, at = y * row + left * step + green; x < right; x += 1, at += step) {
      const edge = 4 * (data[at] ?? 0) - (data[at - step] ?? 0) - (data[at + step] ?? 0) - (data[at - row] ?? 0) - (data[at + row] ?? 0);
      sum += edge;
      squares += edge * edge;
      count += 1;
    }
  }
  return count === 0 ? 0 : Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2));
}

/** The luma, 0 to 255, below which these shares of the picture lie. */
function lumaAt({ data, info }: Raw, shares: readonly [number, number]): [number, number] {
  const histogram = new Uint32Array(256);
  for (let at = 0; at + 2 < data.length; at += info.channels) {
    const luma = Math.round(0.2126 * (data[at] ?? 0) + 0.7152 * (data[at + 1] ?? 0) + 0.0722 * (data[at + 2] ?? 0));
    histogram[luma] = (histogram[luma] ?? 0) + 1;
  }
  const below = (wanted: number): number => {
    let luma = 0;
    for (let seen = histogram[0] ?? 0; seen < wanted && luma < 255; seen += histogram[luma] ?? 0) luma += 1;
    return luma;
  };
  const count = info.width * info.height;
  return [below(shares[0] * count), below(shares[1] * count)];
}

function meanLuma({ data, info }: Raw): number {
  const step = info.channels;
  let sum = 0;
  for (let at = 0; at + 2 < data.length; at += step)
    sum += 0.2126 * (data[at] ?? 0) + 0.7152 * (data[at + 1] ?? 0) + 0.0722 * (data[at + 2] ?? 0);
  return sum / Math.max(1, info.width * info.height);
}

const round = (value: number, digits: number): number => Number(value.toFixed(digits));
