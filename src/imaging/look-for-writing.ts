import { decodeGate } from './decode-gate.ts';
import { type Grey, greyOf, stretched } from './grey.ts';
import { loadSharp } from './load-sharp.ts';
import { openablePicture } from './openable-file.ts';
import type { Raw } from './raw.ts';

/** Long sides in pixels: small print shows in the first, letters as large as the picture in the last. */
const SIDES = [1000, 420, 220] as const;
/** Pixels of a row that are looked at together: a few letters. */
const BLOCK = 48;
/** Grey levels between neighbours that are the edge of a stroke, after the contrast was stretched. */
const EDGE = 24;
/** Changes between dark and light in a block that letters make and outlines do not. */
const BUSY = 5;
const QUIET = 2;
/** Rows: letters are no lower to be read, and a pattern of cloth is higher. */
const LEAST_ROWS = 6;
const MOST_ROWS = 70;
/** Blocks side by side that make a line. */
const LEAST_BLOCKS = 2;

/** Grey levels between neighbours, before the contrast is stretched, which nothing that is out of focus has; and in how many places. */
const SHARP_EDGE = 24;
const FEW_EDGES = 40;

/** `perhaps`: no lines of letters, but edges that some letters as large as a hand might have. */
export type Writing = 'likely' | 'perhaps' | 'none';

/**
 * Whether a picture holds writing worth reading: some milliseconds where reading takes seconds. Looks for bands, level or
 * upright, that are busy with strokes and quiet above and below. Errs towards yes on patterns and tilted edges; what is too
 * blurred to be read is `none`. Measured on photos in test/imaging. May be repeated. Errors: those of the decoder.
 */
export async function lookForWriting(path: string, signal: AbortSignal): Promise<Writing> {
  const sharp = await loadSharp();
  return decodeGate.run(SIDES[0] ** 2, signal, async () => {
    const options = { fit: 'inside', withoutEnlargement: true } as const;
    const { data, info } = await sharp(await openablePicture(path), { failOn: 'none', ignoreIcc: true })
      .resize({ width: SIDES[0], height: SIDES[0], ...options })
      .toColourspace('srgb')
      .extractChannel('green')
      .raw()
      .toBuffer({ resolveWithObject: true });
    const seen: Grey = { data, width: info.width, height: info.height };
    const large = stretched(seen);
    for (const side of SIDES) {
      const raw = { width: large.width, height: large.height, channels: 1 } as const;
      const smaller = (): Promise<Raw> =>
        sharp(large.data, { raw })
          .resize({ width: side, height: side, ...options })
          .toColourspace('b-w')
          .raw()
          .toBuffer({ resolveWithObject: true });
      const grey = side === SIDES[0] ? large : greyOf(await smaller());
      if (hasLine(grey, 'level') || hasLine(grey, 'upright')) return 'likely';
    }
    return hasEdges(seen) ? 'perhaps' : 'none';
  });
}

function hasEdges({ data, width }: Grey): boolean {
  let edges = 0;
  for (let at = width; at < data.length && edges < FEW_EDGES; at += 1) {
    const here = data[at] ?? 0;
    const left = at % width === 0 ? here : (data[at - 1] ?? 0);
    if (Math.abs(here - left) >= SHARP_EDGE || Math.abs(here - (data[at - width] ?? 0)) >= SHARP_EDGE) edges += 1;
  }
  return edges === FEW_EDGES;
}

interface Band {
  readonly from: number;
  readonly to: number;
}

function hasLine(grey: Grey, lie: 'level' | 'upright'): boolean {
  const { width, height } = grey;
  const [along, across] = lie === 'level' ? [1, width] : [width, 1];
  const [length, rows] = lie === 'level' ? [width, height] : [height, width];
  let before: readonly { readonly band: Band; readonly blocks: number }[] = [];
  for (let start = 0; start + BLOCK <= length; start += BLOCK) {
    const bands = bandsOf(busyRows(grey.data, { start, length, rows, along, across }));
    const lines = bands.map((band) => ({
      band,
      blocks: 1 + Math.max(0, ...before.filter((other) => isSameLine(other.band, band)).map(({ blocks }) => blocks)),
    }));
    if (lines.some(({ blocks }) => blocks >= LEAST_BLOCKS)) return true;
    before = lines;
  }
  return false;
}

interface Strip {
  readonly start: number;
  readonly length: number;
  readonly rows: number;
  readonly along: number;
  readonly across: number;
}

/** For each row of a block, how often it changes between dark and light. */
function busyRows(data: Uint8Array, { start, length, rows, along, across }: Strip): Uint8Array {
  const counts = new Uint8Array(rows);
  const [from, to] = [Math.max(1, start), Math.min(length - 1, start + BLOCK)];
  for (let row = 0; row < rows; row += 1) {
    let last = 0;
    let count = 0;
    for (let at = from; at < to; at += 1) {
      const place = row * across + at * along;
      const edge = (data[place + along] ?? 0) - (data[place - along] ?? 0);
      const sign = edge > EDGE ? 1 : edge < -EDGE ? -1 : 0;
      if (sign === 0 || sign === last) continue;
      last = sign;
      count += 1;
    }
    counts[row] = count;
  }
  return counts;
}

/** Runs of busy rows as high as letters, with rest above and below. */
function bandsOf(counts: Uint8Array): readonly Band[] {
  const bands: Band[] = [];
  for (let row = 0; row < counts.length; ) {
    if ((counts[row] ?? 0) < BUSY) {
      row += 1;
      continue;
    }
    let to = row;
    // One row between the strokes of a letter may be calm.
    for (let next = row; next < counts.length && next - to <= 2; next += 1) if ((counts[next] ?? 0) >= BUSY) to = next;
    const rows = to - row + 1;
    const margin = Math.max(2, Math.round(rows / 4));
    const rests = isQuiet(counts, row - margin - 1, row - 1) && isQuiet(counts, to + 2, to + 2 + margin);
    if (rows >= LEAST_ROWS && rows <= MOST_ROWS && rests) bands.push({ from: row, to });
    row = to + 1;
  }
  return bands;
}

/** Most of the rows; outside the picture there is nothing. */
function isQuiet(counts: Uint8Array, from: number, to: number): boolean {
  const rows = counts.subarray(Math.max(0, from), Math.max(0, to));
  return rows.filter((count) => count <= QUIET).length >= 0.6 * rows.length;
}

function isSameLine(a: Band, b: Band): boolean {
  const shared = Math.min(a.to, b.to) - Math.max(a.from, b.from) + 1;
  const [rowsA, rowsB] = [a.to - a.from + 1, b.to - b.from + 1];
  return shared >= 0.5 * Math.min(rowsA, rowsB) && Math.max(rowsA, rowsB) <= 2 * Math.min(rowsA, rowsB);
}
