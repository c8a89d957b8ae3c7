import { loadSharp } from './load-sharp.ts';

/** Grey pixels, one byte each, as a PNG. */
export async function greyPng({ data, width, height }: { data: Buffer; width: number; height: number }): Promise<Buffer> {
  const sharp = await loadSharp();
  return sharp(data, { raw: { width, height, channels: 1 } })
    .toColourspace('b-w')
    .png({ compressionLevel: 9 })
    .toBuffer();
}
