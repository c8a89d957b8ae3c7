import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { nclxOf } from '../../src/imaging/heic/nclx.ts';
import { profileOfNclx } from '../../src/imaging/heic/profile-of-nclx.ts';
import { pngWithProfile } from '../../src/imaging/png-with-profile.ts';

/** One colour through the profile to sRGB, 0 to 255. */
async function srgbOf(color: readonly number[], profile: Buffer | undefined): Promise<number[]> {
  if (!profile) throw new Error('no profile');
  const png = await sharp(Buffer.from([...color, ...color, ...color, ...color]), { raw: { width: 2, height: 2, channels: 3 } })
    .png()
    .toBuffer();
  const { data } = await sharp(pngWithProfile(png, profile)).toColourspace('srgb').raw().toBuffer({ resolveWithObject: true });
  return [...data.subarray(0, 3)];
}

const near = (wanted: readonly number[], within = 2) => wanted.map((value) => expect.closeTo(value, -Math.log10(2 * within)));

describe('a profile for colours named by number', () => {
  it('keeps grey grey, and paper white white', async () => {
    expect(await srgbOf([128, 128, 128], profileOfNclx({ primaries: 12, transfer: 13 }))).toEqual(near([128, 128, 128]));
    expect(await srgbOf([255, 255, 255], profileOfNclx({ primaries: 9, transfer: 1 }))).toEqual(near([255, 255, 255]));
    // 203 cd/m² is 0.5806 in PQ, and 0.75 in HLG (BT.2408, table 1).
    expect(await srgbOf([148, 148, 148], profileOfNclx({ primaries: 9, transfer: 16 }))).toEqual(near([255, 255, 255], 3));
    expect(await srgbOf([191, 191, 191], profileOfNclx({ primaries: 9, transfer: 18 }))).toEqual(near([255, 255, 255], 3));
  });

  it('takes wide primaries to sRGB by the matrices between them', async () => {
    // Colours that sRGB has too, so that nothing is clipped.
    const p3 = [200, 100, 100].map((value) => light(value / 255));
    expect(await srgbOf([200, 100, 100], profileOfNclx({ primaries: 12, transfer: 13 }))).toEqual(near(through(P3, p3)));
    const wide = [180, 120, 120].map((value) => light(value / 255));
    expect(await srgbOf([180, 120, 120], profileOfNclx({ primaries: 9, transfer: 13 }))).toEqual(near(through(BT2020, wide)));
  });

  it('there is none for what is shown as sRGB, and nothing is read from what is no HEIC', () => {
    for (const primaries of [1, 2, 5, 6]) expect(profileOfNclx({ primaries, transfer: 13 })).toBeUndefined();
    expect(nclxOf(Buffer.from('no box here, though long enough for some'))).toBeUndefined();
    expect(nclxOf(Buffer.from('000000206d657461000000000000000e7069746d000000000001', 'hex'))).toBeUndefined();
  });
});

/** Linear, to sRGB's primaries (ITU-R BT.2087 for BT.2020). */
const P3 = [
  [1.2249, -0.2247, 0],
  [-0.042, 1.0419, 0],
  [-0.0197, -0.0786, 1.0979],
] as const;
const BT2020 = [
  [1.6605, -0.5876, -0.0728],
  [-0.1246, 1.1329, -0.0083],
  [-0.0182, -0.1006, 1.1187],
] as const;
const light = (value: number): number => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
const stored = (value: number): number => (value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055);
const through = (matrix: readonly (readonly number[])[], color: readonly number[]): number[] =>
  matrix.map((row) =>
    Math.round(
      255 *
        stored(
          Math.min(
            1,
            Math.max(
              0,
              row.reduce((sum, factor, at) => sum + factor * (color[at] ?? 0), 0),
            ),
          ),
        ),
    ),
  );
