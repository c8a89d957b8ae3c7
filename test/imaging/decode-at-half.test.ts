import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { decodePicture } from '../../src/imaging/decode-picture.ts';
import { readOriginal } from '../../src/imaging/read-original.ts';
import { photoSettings, probed, throwAwayFolder } from './corpus.ts';

const never = new AbortController().signal;
const SIZE = { width: 4032, height: 3024 };

/** Bars of many widths and colours, stored as by a phone that is held upright. */
async function photo(profile?: string): Promise<Buffer> {
  const bars = Array.from({ length: 60 }, (_, at) => ({
    input: { create: { width: at + 2, height: 1800, channels: 3 as const, background: `hsl(${at * 23}, 60%, 50%)` } },
    left: at * at,
    top: at * 20,
  }));
  const drawn = sharp({ create: { ...SIZE, channels: 3, background: '#d8d8d8' } }).composite(bars);
  return drawn
    .withMetadata({ orientation: 6, ...(profile && { icc: profile }) })
    .jpeg({ quality: 95 })
    .toBuffer();
}

/** The same as sharp makes it from all pixels. */
const fromAllPixels = (bytes: Buffer): Promise<Buffer> =>
  sharp(bytes).autoOrient().resize(1600, 1600, { fit: 'inside' }).toColourspace('srgb').raw().toBuffer();

function difference(a: Buffer, b: Buffer): number {
  expect(a.length).toBe(b.length);
  let sum = 0;
  for (let at = 0; at < a.length; at += 1) sum += Math.abs((a[at] ?? 0) - (b[at] ?? 0));
  return sum / a.length;
}

describe('a 12-megapixel JPEG, of which half as many pixels each way are unpacked', () => {
  it.each([
    ['sRGB', 'plain.jpg', undefined],
    ['wide gamut', 'wide.jpg', 'p3'],
    ['a name that libvips might take for options', 'it [n=2] "a\\b".jpg', undefined],
    ['a name that ends like options', 'a.jpg[page=1]', undefined],
    ['a name of another kind', 'шорты, n=2 (1) #% é.JPG', undefined],
  ] as const)('has the pixels that all of them would have given: %s', async (_, name, profile) => {
    const path = join(await throwAwayFolder(), name);
    const bytes = await photo(profile);
    await writeFile(path, bytes);
    const one = await probed(path);
    const { raw, warnings, sharpened } = await decodePicture(await readOriginal(one), one, photoSettings, never);
    expect({ width: raw.info.width, height: raw.info.height, channels: raw.info.channels, warnings, sharpened }).toEqual({
      width: 1200,
      height: 1600,
      channels: 3,
      warnings: [],
      sharpened: false,
    });
    expect(difference(raw.data, await fromAllPixels(bytes))).toBeLessThan(1.5);
  });

  it.each([
    ['is overwritten', (path: string, other: Buffer) => writeFile(path, other)],
    [
      'gets another in its place',
      async (path: string, other: Buffer) => {
        await writeFile(`${path}.new`, other);
        await rename(`${path}.new`, path);
      },
    ],
  ])('is still the one that was scanned when its file %s meanwhile', async (_, change) => {
    const path = join(await throwAwayFolder(), 'a.jpg');
    const bytes = await photo();
    await writeFile(path, bytes);
    const one = await probed(path);
    const original = await readOriginal(one);
    await change(
      path,
      await sharp({ create: { ...SIZE, channels: 3, background: '#c02020' } })
        .jpeg()
        .toBuffer(),
    );
    expect(await original.isStillTheFile()).toBe(false);
    const { raw } = await decodePicture(original, one, photoSettings, never);
    expect(difference(raw.data, await fromAllPixels(bytes))).toBeLessThan(1.5);
  });

  it('that is gone meanwhile is decoded from what was read', async () => {
    const path = join(await throwAwayFolder(), 'a.jpg');
    const bytes = await photo();
    await writeFile(path, bytes);
    const one = await probed(path);
    const original = await readOriginal(one);
    await rename(path, `${path}.away`);
    const { raw } = await decodePicture(original, one, photoSettings, never);
    expect(difference(raw.data, await fromAllPixels(bytes))).toBeLessThan(1.5);
  });

  it('that is cut off is used as far as it goes, with a warning', async () => {
    const path = join(await throwAwayFolder(), 'a.jpg');
    const bytes = await photo();
    await writeFile(path, bytes.subarray(0, Math.round(bytes.length * 0.6)));
    const one = await probed(path);
    const { warnings } = await decodePicture(await readOriginal(one), one, photoSettings, never);
    expect(warnings.map(({ code }) => code)).toEqual(['photo.truncated']);
  });
});
