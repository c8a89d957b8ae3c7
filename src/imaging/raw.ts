import type { OutputInfo } from 'sharp';

/** Pixels in memory: 8-bit sRGB, three channels, upright. */
export interface Raw {
  readonly data: Buffer;
  readonly info: OutputInfo;
}
