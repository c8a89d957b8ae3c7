import type { Reason } from '../core/errors.ts';
import type { Photo } from '../core/item.ts';
import type { RemovedKind } from '../core/removed-metadata.ts';
import { looksLikeScreenshot } from './looks-like-screenshot.ts';
import type { Quality } from './quality.ts';
import type { Raw } from './raw.ts';

/** eBay advises this for zooming (picture policy); below 500 is `photo.small`. */
const ADVISED_LONG_SIDE = 1000;
const LEAST_LONG_SIDE = 500;
/** Of the sharpest spot; see `Quality`. */
const BLURRED = 4;
/** Smaller ones are enlarged so much that they are soft by nature. */
const LEAST_JUDGED = 200;
const DARK = 0.15;
/** Of the lightest hundredth: a dark thing in good light has something lighter on it or beside it, be it a seam or the table. */
const UNLIT = 0.33;
/** Edges are weaker where less light fell on them, so that a sharp picture in the dark would be called blurred; from here on they have all they need. */
const LIT = 0.5;
/** In the dark noise looks like edges: no more than this is made up for. */
const LEAST_LIT = 0.5;
/** Half of the picture's darkest twentieth: nothing in it has any depth. */
const WASHED_OUT = 0.86;

export interface Inspected {
  readonly photo: Photo;
  readonly quality: Quality;
  readonly small: Raw;
  readonly removed: readonly RemovedKind[];
}

/** What a buyer would notice and no program can mend, from pixels and form alone; all of it warns, none of it holds. Pure. */
export function pictureIssues({ photo, quality, small, removed }: Inspected): readonly Reason[] {
  const longSide = Math.max(photo.width, photo.height);
  const issues: Reason[] = [];
  if (longSide >= LEAST_LONG_SIDE && longSide < ADVISED_LONG_SIDE) {
    issues.push({
      code: 'photo.low-resolution',
      message: `The photo has ${photo.width} x ${photo.height} pixels; eBay advises ${ADVISED_LONG_SIDE} and more on the longest side.`,
      hint: 'Take a larger photo; 1600 pixels let the buyer zoom.',
    });
  }
  if (longSide >= LEAST_JUDGED && sharpnessInLight(quality) < BLURRED) {
    issues.push({
      code: 'photo.blurred',
      message: 'The photo looks blurred.',
      hint: 'Hold the camera still, tap on the item to focus, and take it anew.',
    });
  }
  if (quality.brightness < DARK || quality.lightest < UNLIT) {
    issues.push({ code: 'photo.dark', message: 'The photo is very dark.', hint: 'Take it by a window or under a lamp.' });
  }
  if (quality.darkest > WASHED_OUT) {
    issues.push({
      code: 'photo.overexposed',
      message: 'The photo is washed out: nothing in it is dark.',
      hint: 'Take it with less light on the item.',
    });
  }
  if (hasBorder(small)) {
    issues.push({
      code: 'photo.border',
      message: 'The photo has a frame or bars around it, which eBay does not allow.',
      hint: 'Use the photo without the frame.',
    });
  }
  if (looksLikeScreenshot(photo, removed)) {
    issues.push({ code: 'photo.screenshot', message: 'The photo looks like a screenshot.', hint: 'Use a photo of the item itself.' });
  }
  return issues;
}

const sharpnessInLight = ({ sharpness, lightest }: Quality): number => sharpness / Math.min(1, Math.max(LEAST_LIT, lightest / LIT));

const SAME = 6;
const OTHER = 24;
/** Of the picture's height or width. */
const LEAST_BAR = 0.015;
/** A frame ends all along its length at once; the ground behind a thing does not. */
const ALONG = 0.7;

/** Of a pixel, where its bytes begin. */
type Place = (along: number, depth: number) => number;

function hasBorder({ data, info: { width, height, channels } }: Raw): boolean {
  const place = (x: number, y: number): number => (y * width + x) * channels;
  const parts = Math.min(3, channels);
  const isOther = (at: number, first: number, least: number): boolean => {
    for (let part = 0; part < parts; part += 1) if (Math.abs((data[at + part] ?? 0) - (data[first + part] ?? 0)) > least) return true;
    return false;
  };
  const ends = (length: number, across: number, pixel: Place): boolean => {
    const first = pixel(Math.floor(length / 2), 0);
    const isPlain = (depth: number): boolean => {
      for (let along = 0; along < length; along += 1) if (isOther(pixel(along, depth), first, SAME)) return false;
      return true;
    };
    const shareOther = (depth: number): number => {
      let other = 0;
      for (let along = 0; along < length; along += 1) if (isOther(pixel(along, depth), first, OTHER)) other += 1;
      return other / length;
    };
    let depth = 0;
    while (depth < across / 3 && isPlain(depth)) depth += 1;
    if (depth < LEAST_BAR * across || depth >= across / 3) return false;
    // Reducing a picture makes a ringing and a blend of a few pixels where the two meet.
    return Math.max(...[0, 1, 2, 3].map((beyond) => shareOther(depth + beyond))) >= ALONG;
  };
  const top = ends(width, height, place);
  const bottom = ends(width, height, (x, y) => place(x, height - 1 - y));
  const left = ends(height, width, (y, x) => place(x, y));
  const right = ends(height, width, (y, x) => place(width - 1 - x, y));
  return (top && bottom) || (left && right);
}
