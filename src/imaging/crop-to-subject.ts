import type { Raw } from './raw.ts';

/** Shares of width and height, 0 to 1. */
export interface SubjectBox {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Around the subject, of the picture's long side. */
const MARGIN = 0.06;
/** A crop that gains less is not made. */
const MOST_KEPT = 0.7;
/** The edge of the picture may differ from its own mean by this, in levels: paper and walls do, tables and carpets do not. */
const PLAIN = 7;
/** What differs from the ground by this is not ground, a stain or a shadow's core included: nothing of it is cut off. */
const DIFFERENT = 18;

/**
 * Where the subject lies on a plain ground, with a margin; undefined when the ground is not plain or little would be gained.
 * Only plain ground is ever outside. Pure.
 */
export function subjectBox({ data, info }: Raw): SubjectBox | undefined {
  const { width, height, channels } = info;
  const at = (x: number, y: number, part: number): number => data[(y * width + x) * channels + part] ?? 0;
  const edge: (readonly [number, number])[] = [];
  for (let x = 0; x < width; x += 1) edge.push([x, 0], [x, 1], [x, height - 2], [x, height - 1]);
  for (let y = 0; y < height; y += 1) edge.push([0, y], [1, y], [width - 2, y], [width - 1, y]);
  const ground = [0, 1, 2].map((part) => edge.reduce((sum, [x, y]) => sum + at(x, y, part), 0) / edge.length);
  const distance = (x: number, y: number): number => Math.max(...ground.map((mean, part) => Math.abs(at(x, y, part) - mean)));
  const spread = Math.sqrt(edge.reduce((sum, [x, y]) => sum + distance(x, y) ** 2, 0) / edge.length);
  if (spread > PLAIN) return undefined;

  let [left, top, right, bottom] = [width, height, -1, -1];
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if (distance(x, y) < DIFFERENT) continue;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }
  }
  if (right < left) return undefined;
  const margin = Math.round(MARGIN * Math.max(width, height));
  left = Math.max(0, left - margin);
  top = Math.max(0, top - margin);
  right = Math.min(width - 1, right + margin);
  bottom = Math.min(height - 1, bottom + margin);
  const box = { left: left / width, top: top / height, width: (right - left + 1) / width, height: (bottom - top + 1) / height };
  return box.width * box.height > MOST_KEPT ? undefined : box;
}
