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
  readonly sharpen: boolean;
}

/** Below this reduction a picture has lost no edge that sharpening could give back. */
const REDUCED = 0.8;
/** A crop must leave what eBay advises for zooming. */
const LEAST_CROPPED = 1000;

type Size = Pick<Photo, 'width' | 'height'>;

/** From the sizes of original and picture, and the pixels of a small copy. Pure. */
export function improvements(photo: Size, { width, height }: Size, small: Raw, { enhance, cropToSubject }: Settings['photos']): Plan {
  const crop = cropToSubject ? subjectBox(small) : undefined;
  const cropped = crop && Math.max(crop.width * width, crop.height * height) >= LEAST_CROPPED ? crop : undefined;
  const enlarged = Math.max(width, height) > Math.max(photo.width, photo.height);
  const sharpen = enhance && Math.max(width, height) < REDUCED * Math.max(photo.width, photo.height);
  const { gains, changes } = enhance ? enhancementOf(small) : { gains: [1, 1, 1] as const, changes: [] };
  return {
    gains,
    sharpen,
    ...(cropped ? { crop: cropped } : {}),
    changes: [
      ...changes,
      ...(sharpen ? [{ what: 'sharpened', note: 'after reducing it' } as const] : []),
      ...(cropped ? [{ what: 'cropped', note: `to ${Math.round(cropped.width * cropped.height * 100)} % of it` } as const] : []),
      ...(enlarged ? [{ what: 'enlarged', note: `to ${width} x ${height} pixels` } as const] : []),
    ],
  };
}

export const altersPixels = ({ gains, crop, sharpen }: Plan): boolean => sharpen || crop !== undefined || gains.some((gain) => gain !== 1);

/** The picture with its improvements, not yet encoded. */
export async function improved({ data, info }: Raw, { gains, crop, sharpen }: Plan): Promise<Sharp> {
  const sharp = await loadSharp();
  const picture = sharp(data, { raw: info });
  if (crop) picture.extract(pixelsOf(crop, info));
  const [gain] = gains;
  const even = gains.every((other) => other === gain);
  // One pass over the pixels instead of two where all channels grow alike.
  if (sharpen && even) return picture.convolve({ ...SHARPEN, kernel: SHARPEN.kernel.map((weight) => weight * gain) });
  if (!even || gain !== 1) picture.linear([...gains], [0, 0, 0]);
  return sharpen ? picture.convolve(SHARPEN) : picture;
}

/** A light unsharp mask; sharp's own works in Lab and takes longer. */
const SHARPEN = { width: 3, height: 3, kernel: [0, -1, 0, -1, 16, -1, 0, -1, 0], scale: 12 };

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
