import type { Sharp } from 'sharp';
import type { Photo } from '../core/item.ts';
import type { Settings } from '../core/settings.ts';
import { type SubjectBox, subjectBox } from './crop-to-subject.ts';
import { type Enhancement, enhancementOf } from './enhance.ts';
import { loadSharp } from './load-sharp.ts';
import type { Raw } from './raw.ts';

/** What will be done to one picture so that it looks its best; `changes` is what people are told of it. */
export interface Plan extends Enhancement {
  readonly crop?: SubjectBox;
}

/** A crop must leave what eBay advises for zooming. */
const LEAST_CROPPED = 1000;

type Size = Pick<Photo, 'width' | 'height'>;

export interface Decision {
  readonly photo: Size;
  /** What the photo was reduced or enlarged to, and whether it was sharpened by that. */
  readonly picture: Size & { readonly sharpened: boolean };
  /** A small copy of the picture, from which all is judged. */
  readonly small: Raw;
}

/** What else is to be done to a picture, and all that people are told of. Pure. */
export function improvements({ photo, picture, small }: Decision, { enhance, cropToSubject }: Settings['photos']): Plan {
  const { width, height } = picture;
  const crop = cropToSubject ? subjectBox(small) : undefined;
  const cropped = crop && Math.max(crop.width * width, crop.height * height) >= LEAST_CROPPED ? crop : undefined;
  const enlarged = Math.max(width, height) > Math.max(photo.width, photo.height);
  const { gains, changes } = enhance ? enhancementOf(small) : { gains: [1, 1, 1] as const, changes: [] };
  return {
    gains,
    ...(cropped ? { crop: cropped } : {}),
    changes: [
      ...changes,
      ...(picture.sharpened ? [{ what: 'sharpened', note: 'after reducing it' } as const] : []),
      ...(cropped ? [{ what: 'cropped', note: `to ${Math.round(cropped.width * cropped.height * 100)} % of it` } as const] : []),
      ...(enlarged ? [{ what: 'enlarged', note: `to ${width} x ${height} pixels` } as const] : []),
    ],
  };
}

export const altersPixels = ({ gains, crop }: Plan): boolean => crop !== undefined || gains.some((gain) => gain !== 1);

/** The picture with its improvements, not yet encoded. Its pixels are changed where they are: whoever needs them as they were comes before. */
export async function improved(raw: Raw, { gains, crop }: Plan): Promise<Sharp> {
  const sharp = await loadSharp();
  if (gains.some((gain) => gain !== 1)) multiply(raw.data, gains);
  const picture = sharp(raw.data, { raw: raw.info });
  return crop ? picture.extract(pixelsOf(crop, raw.info)) : picture;
}

/** Of three channels, by one table for all. sharp's own `linear` computes with fractions and takes three times as long (docs/performance.md). */
function multiply(pixels: Buffer, gains: Plan['gains']): void {
  const table = Uint8ClampedArray.from({ length: 3 * 256 }, (_, at) => (gains[at >> 8] ?? 1) * (at & 255));
  for (let at = 0; at < pixels.length; at += 3) {
    pixels[at] = table[pixels[at] ?? 0] ?? 0;
    pixels[at + 1] = table[256 | (pixels[at + 1] ?? 0)] ?? 0;
    pixels[at + 2] = table[512 | (pixels[at + 2] ?? 0)] ?? 0;
  }
}

function pixelsOf(box: SubjectBox, { width, height }: Raw['info']): { left: number; top: number; width: number; height: number } {
  const left = Math.floor(box.left * width);
  const top = Math.floor(box.top * height);
  return {
    left,
    top,
    width: Math.min(width - left, Math.ceil(box.width * width)),
    height: Math.min(height - top, Math.ceil(box.height * height)),
  };
}
