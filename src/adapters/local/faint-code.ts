import type { Grey } from '../../imaging/read-pixels.ts';
import { type FittedCode, fitCode } from './bar-fit.ts';
import type { RawCode } from './barcode-engine.ts';

/** The picture is cut into bands across the bars; each is averaged over some rows and read by itself, middle first. */
const BANDS = 10;
const ORDER = [5, 3, 7, 4, 6, 2, 8];
const ROWS = 24;
/** Measured: chance fits of cloth and text reach 0.78, and right ones on blurred and shiny codes start at 0.81. */
const LEAST_FIT = 0.86;
const LEAST_MARGIN = 0.02;
/** Each has a right check digit and parity of its own, so that three that agree by chance are out of the question. */
const LEAST_BANDS = 3;
/** A fit this good that says something else makes all doubtful. */
const RIVAL_FIT = 0.8;
/** Bands without anything that looks like guards: the place is no code. */
const EMPTY_BANDS = 3;

/**
 * The EAN-13 or UPC-A that is too blurred or too pale for scan lines, from a cut-out in which its bars stand about
 * upright; undefined unless several parts of the picture say the same and none says something else. May be repeated.
 */
export function readFaintCode(picture: Grey): RawCode | undefined {
  const height = Math.floor(picture.height / BANDS);
  const rows = Math.min(height, ROWS);
  if (rows < 1) return undefined;
  const found: FittedCode[] = [];
  for (const [at, band] of ORDER.entries()) {
    if (at === EMPTY_BANDS && found.length === 0) return undefined;
    const code = fitCode(darkness(picture, band * height, rows));
    if (code) found.push(code);
  }
  const sure = found.filter(({ fit, margin }) => fit >= LEAST_FIT && margin >= LEAST_MARGIN);
  const text = sure[0]?.text;
  if (text === undefined || sure.length < LEAST_BANDS) return undefined;
  if (found.some((other) => other.text !== text && other.fit >= RIVAL_FIT)) return undefined;
  return sure.every((other) => other.text === text) ? { format: 'EAN13', text, lines: sure.length * rows } : undefined;
}

/** Darkness along the band, from the green channel. */
function darkness({ data, width }: Grey, top: number, rows: number): Float32Array {
  const profile = new Float32Array(width);
  for (let y = top; y < top + rows; y += 1) {
    for (let x = 0; x < width; x += 1) profile[x] = (profile[x] ?? 0) - (data[y * width + x] ?? 0);
  }
  return profile;
}
