import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { type Grey, greyOf, stretched } from '../../src/imaging/grey.ts';

const colours = await sharp({
  create: { width: 96, height: 64, channels: 3, background: '#808080', noise: { type: 'gaussian', mean: 128, sigma: 60 } },
})
  .tint('#c08060')
  .raw()
  .toBuffer({ resolveWithObject: true });

const asSharp = async (picture: Sharp): Promise<Buffer> => picture.greyscale().toColourspace('b-w').raw().toBuffer();
const farthest = ({ data }: Grey, other: Uint8Array): number => Math.max(...data.map((value, at) => Math.abs(value - (other[at] ?? 0))));

describe('grey', () => {
  it('is what libvips makes of a colour, to two steps of brightness', async () => {
    const grey = greyOf(colours);
    expect(grey).toMatchObject({ width: 96, height: 64 });
    expect(farthest(grey, await asSharp(sharp(colours.data, { raw: colours.info })))).toBeLessThanOrEqual(2);
  });

  it('stretches as sharp does, which counts in whole steps of lightness, and leaves one flat colour alone', async () => {
    const dull: Grey = { data: Uint8Array.from({ length: 2048 }, (_, at) => 40 + Math.floor((at % 256) * 0.6)), width: 256, height: 8 };
    const raw = { width: dull.width, height: dull.height, channels: 1 } as const;
    const all = stretched(dull);
    expect([Math.min(...all.data), Math.max(...all.data)]).toEqual([0, 255]);
    expect(farthest(all, await asSharp(sharp(dull.data, { raw }).normalise()))).toBeLessThanOrEqual(8);
    const flat: Grey = { data: new Uint8Array(64).fill(90), width: 8, height: 8 };
    expect(stretched(flat)).toEqual(flat);
  });

  it('takes one channel as it is', () => {
    const one = { data: Buffer.from([0, 7, 255, 90]), info: { width: 2, height: 2, channels: 1 } } as Parameters<typeof greyOf>[0];
    expect([...greyOf(one).data]).toEqual([0, 7, 255, 90]);
  });
});
