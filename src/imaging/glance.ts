import type { CodeReader, Glance } from '../core/glance.ts';
import { type RgbaPicture, rgbaPicture } from './read-pixels.ts';

/** Enough for a code that fills a sixth of the picture, and a JPEG is decoded at a fraction of its size. */
const LONG_SIDE = 800;
const LAYOUT_SIDE = 6;
const COVER_SIDE = 24;
/** Pixels. No camera makes less; what is smaller is an icon or a stray pixel, and says nothing of a lens. */
const FRAME_LEAST_SIDE = 200;

/**
 * Looks at a photo with one small decode. May be repeated; decodes wait for their turn.
 * Errors: `photo.damaged`; the signal's reason when aborted.
 */
export async function glanceAtPhoto(path: string, readCodes: CodeReader, signal: AbortSignal): Promise<Glance> {
  const picture = await rgbaPicture(path, { longSide: LONG_SIDE, signal });
  const covered = coverOf(picture);
  // A covered lens shows no code, and many dark frames in a row should cost nothing more.
  const codes = covered ? [] : await readCodes(picture, signal);
  return { look: differenceHash(picture), layout: layoutOf(picture), ...(covered ? { covered } : {}), codes };
}

/** Mean red, green and blue of each place of a grid laid over the picture, row by row. */
function means({ data, width, height }: RgbaPicture, columns: number, rows: number): Float64Array {
  const sums = new Float64Array(columns * rows * 3);
  const counts = new Float64Array(columns * rows);
  for (let y = 0; y < height; y += 1) {
    const row = Math.floor((y * rows) / height);
    for (let x = 0; x < width; x += 1) {
      const place = row * columns + Math.floor((x * columns) / width);
      const at = (y * width + x) * 4;
      for (let channel = 0; channel < 3; channel += 1) {
        const slot = place * 3 + channel;
        sums[slot] = (sums[slot] ?? 0) + (data[at + channel] ?? 0);
      }
      counts[place] = (counts[place] ?? 0) + 1;
    }
  }
  return sums.map((sum, slot) => sum / Math.max(1, counts[Math.floor(slot / 3)] ?? 1));
}

const lumaOf = (colors: Float64Array): number[] =>
  Array.from({ length: colors.length / 3 }, (_, at) => {
    const [red = 0, green = 0, blue = 0] = colors.subarray(at * 3, at * 3 + 3);
    return 0.299 * red + 0.587 * green + 0.114 * blue;
  });

/** dHash over 8 x 8 places: one bit each, set where the picture grows brighter to the right. */
function differenceHash(picture: RgbaPicture): string {
  const grey = lumaOf(means(picture, 9, 8));
  let bits = 0n;
  for (let row = 0; row < 8; row += 1)
    for (let column = 0; column < 8; column += 1)
      bits = (bits << 1n) | ((grey[row * 9 + column + 1] ?? 0) > (grey[row * 9 + column] ?? 0) ? 1n : 0n);
  return bits.toString(16).padStart(16, '0');
}

const layoutOf = (picture: RgbaPicture): string => Buffer.from(means(picture, LAYOUT_SIDE, LAYOUT_SIDE).map(Math.round)).toString('hex');

/**
 * Strict on purpose, because a photo that is taken for a divider is not listed: a black garment that fills the
 * frame has folds and threads, a covered lens has neither.
 */
function coverOf(picture: RgbaPicture): Glance['covered'] {
  if (Math.min(picture.width, picture.height) < FRAME_LEAST_SIDE) return undefined;
  const colors = means(picture, COVER_SIDE, COVER_SIDE);
  const luma = lumaOf(colors);
  const mean = average(luma);
  const spread = Math.sqrt(average(luma.map((value) => (value - mean) ** 2)));
  if (mean < 16 && spread < 6 && Math.max(...luma) < 40) return 'black';
  const [red = 0, green = 0, blue = 0] = [0, 1, 2].map((channel) => average([...colors].filter((_, at) => at % 3 === channel)));
  const skin = red > 1.2 * green && red > 1.3 * blue && red > 30;
  const smooth = steps(luma) < 4 && fineDetail(picture) < 1.3;
  return smooth && spread < 30 && mean < 150 && (skin || mean < 40) ? 'hand' : undefined;
}

/** Mean difference between neighbouring places, in steps of brightness. */
function steps(luma: readonly number[]): number {
  const rows = luma.flatMap((value, at) => (at % COVER_SIDE === 0 ? [] : [Math.abs(value - (luma[at - 1] ?? 0))]));
  const columns = luma.flatMap((value, at) => (at < COVER_SIDE ? [] : [Math.abs(value - (luma[at - COVER_SIDE] ?? 0))]));
  return average([...rows, ...columns]);
}

/** Mean difference between neighbouring pixels: what is out of focus has next to none. */
function fineDetail({ data, width, height }: RgbaPicture): number {
  let sum = 0;
  let count = 0;
  for (let y = 0; y < height; y += 2) {
    for (let x = 1; x < width; x += 2) {
      const at = (y * width + x) * 4 + 1;
      sum += Math.abs((data[at] ?? 0) - (data[at - 4] ?? 0));
      count += 1;
    }
  }
  return sum / Math.max(1, count);
}

const average = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
