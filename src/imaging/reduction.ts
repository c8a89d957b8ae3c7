import type { ResizeOptions } from 'sharp';

export interface PictureSize {
  /** Pixels of the long side. */
  readonly side: number;
  /** May be enlarged to `side`. */
  readonly small: boolean;
  /** Gives back the edges that reducing takes. */
  readonly sharpen: boolean;
}

/**
 * How pixels become fewer. Magic Kernel Sharp of 2013 reduces and then sharpens a little, in one pass that takes no longer than
 * Lanczos; sharpening a picture that is reduced already takes a fifth of all the work of preparing it. Pure.
 */
export function reduction({ side, small, sharpen }: PictureSize): ResizeOptions {
  return { width: side, height: side, fit: 'inside', withoutEnlargement: !small, kernel: sharpen ? 'mks2013' : 'lanczos3' };
}
