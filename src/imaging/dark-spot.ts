import { loadSharp } from './load-sharp.ts';
import { type ReadPixels, type RgbaPicture, rgbaPicture } from './read-pixels.ts';

/** A box in the pixels of the picture that was looked at. */
interface PixelBox {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface SpotLetters {
  /** The letters black on white, as PNG: text recognition takes the spot itself for a symbol. */
  readonly png: Buffer;
  readonly box: PixelBox;
  /** Of the picture in which `box` stands. */
  readonly width: number;
  readonly height: number;
}

/**
 * Light letters on a dark spot, such as the size in a black disc on a label; undefined where there is no such spot.
 * May be repeated. Errors: `photo.damaged`.
 */
export async function lettersOnSpot(path: string, options: ReadPixels): Promise<SpotLetters | undefined> {
  const picture = await rgbaPicture(path, options);
  const letters = lettersOf(picture);
  return letters && { png: await drawn(letters), box: letters.box, width: picture.width, height: picture.height };
}

/** Pixels; tesseract is surest of a lone letter at this height. */
const LETTER_HEIGHT = 40;
const MARGIN = 24;

async function drawn({ data, width, height, box }: Letters): Promise<Buffer> {
  const sharp = await loadSharp();
  const cut = { left: box.left, top: box.top, width: box.right - box.left, height: box.bottom - box.top };
  const letters = await sharp(data, { raw: { width, height, channels: 1 } })
    .extract(cut)
    .resize({ height: LETTER_HEIGHT })
    .blur(0.8)
    .toColourspace('b-w')
    .png()
    .toBuffer();
  const margins = { top: MARGIN, bottom: MARGIN, left: MARGIN, right: MARGIN, background: '#ffffff' };
  return sharp(letters).extend(margins).toColourspace('b-w').png().toBuffer();
}

interface Letters {
  /** 0 where a letter is, 255 elsewhere. */
  readonly data: Buffer;
  readonly width: number;
  readonly height: number;
  readonly box: PixelBox;
}

/** In pixels: less is a speck. */
const LEAST_HEIGHT = 12;
/** Of the tallest letter; what is lower is a flaw in the spot. */
const LETTER_SHARE = 0.7;
/** A disc fills 79 % of its box; the outline of a wash tub fills little, and encloses more than it covers. */
const SPOT_FILL = 0.6;

function lettersOf(picture: RgbaPicture): Letters | undefined {
  const { width, height } = picture;
  const light = thresholded(picture);
  const parts = connected(light, width, height);
  // What is enclosed by a spot touches no edge of the picture, and neither does its spot.
  const inside = parts.filter(({ box }) => box.left > 0 && box.top > 0 && box.right < width && box.bottom < height);
  const spots = inside.filter(({ isLight }) => !isLight).sort((a, b) => b.pixels.length - a.pixels.length);
  for (const spot of spots) {
    const enclosed = inside.filter(({ isLight, box }) => isLight && within(box, spot.box));
    const tallest = Math.max(0, ...enclosed.map(({ box }) => box.bottom - box.top));
    const letters = enclosed.filter(({ box }) => box.bottom - box.top >= tallest * LETTER_SHARE);
    const covered = letters.reduce((sum, { pixels }) => sum + pixels.length, 0);
    const area = (spot.box.right - spot.box.left) * (spot.box.bottom - spot.box.top);
    if (tallest < LEAST_HEIGHT || covered >= spot.pixels.length || (spot.pixels.length + covered) / area < SPOT_FILL) continue;
    const data = Buffer.alloc(width * height, 255);
    for (const { pixels } of letters) for (const at of pixels) data[at] = 0;
    return { data, width, height, box: around(letters.map(({ box }) => box)) };
  }
  return undefined;
}

const within = (a: PixelBox, b: PixelBox): boolean => a.left > b.left && a.right < b.right && a.top > b.top && a.bottom < b.bottom;

const around = (boxes: readonly PixelBox[]): PixelBox => ({
  left: Math.min(...boxes.map(({ left }) => left)),
  top: Math.min(...boxes.map(({ top }) => top)),
  right: Math.max(...boxes.map(({ right }) => right)),
  bottom: Math.max(...boxes.map(({ bottom }) => bottom)),
});

/** 1 where it is light, by the threshold that parts the picture best (Otsu). */
function thresholded({ data, width, height }: RgbaPicture): Uint8Array {
  const grey = Uint8Array.from({ length: width * height }, (_, at) =>
    Math.round(0.299 * (data[at * 4] ?? 0) + 0.587 * (data[at * 4 + 1] ?? 0) + 0.114 * (data[at * 4 + 2] ?? 0)),
  );
  const counts = new Array<number>(256).fill(0);
  for (const value of grey) counts[value] = (counts[value] ?? 0) + 1;
  const all = counts.reduce((sum, count, value) => sum + count * value, 0);
  let [best, threshold, below, sumBelow] = [0, 127, 0, 0];
  for (const [value, count] of counts.entries()) {
    below += count;
    sumBelow += count * value;
    const above = grey.length - below;
    if (below === 0 || above === 0) continue;
    const parted = below * above * (sumBelow / below - (all - sumBelow) / above) ** 2;
    if (parted > best) [best, threshold] = [parted, value];
  }
  return grey.map((value) => (value > threshold ? 1 : 0));
}

interface Part {
  readonly isLight: boolean;
  readonly pixels: readonly number[];
  readonly box: PixelBox;
}

/** Neighbours of one brightness, side by side. */
function connected(light: Uint8Array, width: number, height: number): readonly Part[] {
  const seen = new Uint8Array(light.length);
  const parts: Part[] = [];
  for (let start = 0; start < light.length; start += 1) {
    if (seen[start]) continue;
    seen[start] = 1;
    const pixels = [start];
    let [left, right, top, bottom] = [width, 0, height, 0];
    for (const at of pixels) {
      const [x, y] = [at % width, Math.floor(at / width)];
      [left, right, top, bottom] = [Math.min(left, x), Math.max(right, x + 1), Math.min(top, y), Math.max(bottom, y + 1)];
      for (const next of [x > 0 ? at - 1 : at, x < width - 1 ? at + 1 : at, y > 0 ? at - width : at, y < height - 1 ? at + width : at]) {
        if (seen[next] || light[next] !== light[start]) continue;
        seen[next] = 1;
        pixels.push(next);
      }
    }
    parts.push({ isLight: light[start] === 1, pixels, box: { left, top, right, bottom } });
  }
  return parts;
}
