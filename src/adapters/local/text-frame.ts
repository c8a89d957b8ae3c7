import type { CropBox } from '../../imaging/read-pixels.ts';
import type { ReadWord } from './ocr-workers.ts';

/** How one reading pass looked at the upright photo: a part of it, turned. */
export interface Look {
  readonly crop: CropBox;
  /** Degrees clockwise that the part was turned before it was read. */
  readonly rotate: number;
  /** Size in pixels of the picture that was read. */
  readonly width: number;
  readonly height: number;
}

/**
 * A word on the photo, whichever pass read it. Lengths are shares of the photo's long side; the centre
 * is on the upright photo; `width` and `height` go along and across the writing.
 */
export interface PlacedWord {
  readonly text: string;
  readonly confidence: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Degrees clockwise to turn the photo by, so that this word lies level. */
  readonly rotate: number;
}

const SURE_AT_EDGE = 0.8;

/**
 * Without doubtful words at the edges of a photo: what the edge cuts off is half a word, and most often the weave of cloth; beside a
 * maker's name it passes for a part of it. `size` in pixels. Pure.
 */
export const withoutCutOff = (words: readonly ReadWord[], size: Pick<Look, 'width' | 'height'>): readonly ReadWord[] =>
  words.filter(
    ({ confidence, left, top, right, bottom }) =>
      confidence >= SURE_AT_EDGE || (left > 0 && top > 0 && right < size.width && bottom < size.height),
  );

/** `aspect` is the photo's width by its height. */
export function placeWords(words: readonly ReadWord[], look: Look, aspect: number): readonly PlacedWord[] {
  const photo = { width: Math.min(1, aspect), height: Math.min(1, 1 / aspect) };
  const part = { width: look.crop.width * photo.width, height: look.crop.height * photo.height };
  const turned = turn(look.rotate);
  // Turning enlarges the canvas; its width tells how many pixels one unit of the photo has.
  const scale = look.width / (part.width * Math.abs(turned.cosine) + part.height * Math.abs(turned.sine));
  const back = turn(-look.rotate);
  return words.map((word) => {
    const x = ((word.left + word.right) / 2 - look.width / 2) / scale;
    const y = ((word.top + word.bottom) / 2 - look.height / 2) / scale;
    return {
      text: word.text,
      confidence: word.confidence,
      x: x * back.cosine - y * back.sine + part.width / 2 + look.crop.left * photo.width,
      y: x * back.sine + y * back.cosine + part.height / 2 + look.crop.top * photo.height,
      width: (word.right - word.left) / scale,
      height: (word.bottom - word.top) / scale,
      rotate: look.rotate,
    };
  });
}

/** Where the word stands once the photo is turned so that the writing is level, around the photo's corner. */
export function levelled(word: PlacedWord, rotate: number): { readonly x: number; readonly y: number } {
  const { cosine, sine } = turn(rotate);
  return { x: word.x * cosine - word.y * sine, y: word.x * sine + word.y * cosine };
}

/** The part of the photo, in shares of its width and height, around some words, with a margin in letter heights. */
export function cropAround(words: readonly PlacedWord[], margin: number, aspect: number): CropBox {
  const photo = { width: Math.min(1, aspect), height: Math.min(1, 1 / aspect) };
  const boxes = words.map((word) => {
    const { cosine, sine } = turn(-word.rotate);
    const halfWidth = (word.width * Math.abs(cosine) + word.height * Math.abs(sine)) / 2;
    const halfHeight = (word.width * Math.abs(sine) + word.height * Math.abs(cosine)) / 2;
    return { left: word.x - halfWidth, right: word.x + halfWidth, top: word.y - halfHeight, bottom: word.y + halfHeight };
  });
  const left = Math.max(0, Math.min(...boxes.map((box) => box.left)) - margin) / photo.width;
  const top = Math.max(0, Math.min(...boxes.map((box) => box.top)) - margin) / photo.height;
  const right = Math.min(1, (Math.max(...boxes.map((box) => box.right)) + margin) / photo.width);
  const bottom = Math.min(1, (Math.max(...boxes.map((box) => box.bottom)) + margin) / photo.height);
  return { left, top, width: right - left, height: bottom - top };
}

function turn(degrees: number): { readonly cosine: number; readonly sine: number } {
  const radians = (degrees * Math.PI) / 180;
  return { cosine: Math.cos(radians), sine: Math.sin(radians) };
}
