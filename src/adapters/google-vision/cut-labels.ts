import { isEasyflipError } from '../../core/errors.ts';
import type { PhotoView, TextPlace } from '../../core/ports/analysis.ts';
import { jpegCut } from '../../imaging/read-pixels.ts';

export interface LabelCut {
  /** Without metadata. */
  readonly jpeg: Buffer;
  /** Its long side as a share of the photo's. */
  readonly share: number;
}

/** Google asks for about 1024 x 768 for text; more only makes small print larger. */
const LONG_SIDE = 1600;
/** A label and a second one. */
const MOST_CUTS = 2;
/** Of the place on each side: doubtful words rarely mark all of a label. */
const MARGIN = 0.25;

/**
 * Where writing was suspected, cut from the original at full resolution; the whole picture where nobody knows.
 * Errors: `photo.damaged`; the signal's reason.
 */
export async function cutLabels(photo: PhotoView, places: readonly TextPlace[], signal: AbortSignal): Promise<readonly LabelCut[]> {
  const boxes = places.length > 0 ? places.slice(0, MOST_CUTS).map(widened) : [{ left: 0, top: 0, width: 1, height: 1 }];
  return Promise.all(
    boxes.map(async (crop) => {
      const options = { longSide: LONG_SIDE, crop, enlarge: 2, signal };
      const cut = await cutFrom(photo, options);
      const whole = { width: photo.width || 1, height: photo.height || 1 };
      const share = Math.max(crop.width * whole.width, crop.height * whole.height) / Math.max(whole.width, whole.height);
      return { jpeg: cut, share: Math.min(1, share) };
    }),
  );
}

function widened({ left, top, width, height }: TextPlace): TextPlace {
  const from = { x: Math.max(0, left - width * MARGIN), y: Math.max(0, top - height * MARGIN) };
  return {
    left: from.x,
    top: from.y,
    width: Math.min(1, left + width * (1 + MARGIN)) - from.x,
    height: Math.min(1, top + height * (1 + MARGIN)) - from.y,
  };
}

/** HEIC originals have no decoder here: the prepared picture has the same content with fewer pixels. */
async function cutFrom(photo: PhotoView, options: Parameters<typeof jpegCut>[1]): Promise<Buffer> {
  try {
    return await jpegCut(photo.originalPath, options);
  } catch (error) {
    if (!isEasyflipError(error) || photo.picturePath === photo.originalPath) throw error;
    return jpegCut(photo.picturePath, options);
  }
}
