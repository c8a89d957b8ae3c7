import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import type { Grey } from '../../src/imaging/grey.ts';
import { modelPicture } from '../../src/imaging/model-picture.ts';
import { greenPicture, greyPicture, rgbaPicture } from '../../src/imaging/read-pixels.ts';
import { corpus, hasCorpus, throwAwayFolder } from './corpus.ts';

/** Upright it is 60 x 40: red on the left half, blue on the right; stored as a camera held sideways stores it. */
async function sideways(): Promise<string> {
  const path = join(await throwAwayFolder(), 'a.png');
  const blue = await sharp({ create: { width: 30, height: 40, channels: 3, background: '#0000ff' } })
    .png()
    .toBuffer();
  const upright = sharp({ create: { width: 60, height: 40, channels: 3, background: '#ff0000' } }).composite([
    { input: blue, left: 30, top: 0 },
  ]);
  const stored = await sharp(await upright.png().toBuffer())
    .rotate(-90)
    .withMetadata({ orientation: 6 })
    .png()
    .toBuffer();
  await writeFile(path, stored);
  return path;
}

const pixel = ({ data, width }: { data: Uint8ClampedArray; width: number }, x: number, y: number): number[] => [
  ...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4),
];

describe('reading pixels', () => {
  it('turns first, so that boxes mean the upright picture', async () => {
    const path = await sideways();
    const whole = await rgbaPicture(path, { longSide: 1000 });
    expect([whole.width, whole.height, whole.data.length]).toEqual([60, 40, 60 * 40 * 4]);
    expect(pixel(whole, 5, 20)).toEqual([255, 0, 0, 255]);
    expect(pixel(whole, 55, 20)).toEqual([0, 0, 255, 255]);
    const right = await rgbaPicture(path, { longSide: 1000, crop: { left: 0.5, top: 0.25, width: 0.5, height: 0.5 } });
    expect([right.width, right.height]).toEqual([30, 20]);
    expect(pixel(right, 2, 2)).toEqual([0, 0, 255, 255]);
  });

  it('rotates after cropping and resizing, with white corners', async () => {
    const path = await sideways();
    const turned = await rgbaPicture(path, { longSide: 30, rotate: 90 });
    expect([turned.width, turned.height]).toEqual([20, 30]);
    expect(pixel(turned, 10, 3)).toEqual([255, 0, 0, 255]);
    expect(pixel(turned, 10, 27)).toEqual([0, 0, 255, 255]);
    const tilted = await rgbaPicture(path, { longSide: 60, rotate: 45 });
    expect(pixel(tilted, 0, 0)).toEqual([255, 255, 255, 255]);
  });

  it('a grey file has four channels too', async () => {
    const path = join(await throwAwayFolder(), 'grey.jpg');
    await writeFile(
      path,
      await sharp({ create: { width: 20, height: 10, channels: 3, background: '#707070' } })
        .greyscale()
        .toColourspace('b-w')
        .jpeg()
        .toBuffer(),
    );
    expect((await sharp(path).metadata()).channels).toBe(1);
    const { data, width, height } = await rgbaPicture(path, { longSide: 100 });
    expect(data.length).toBe(width * height * 4);
    expect([...data.subarray(0, 4)]).toEqual([0x70, 0x70, 0x70, 255]);
    const green = await greenPicture(path, { longSide: 100 });
    expect([green.data.length, green.data[0]]).toEqual([20 * 10, 0x70]);
  });

  it('green is the second of the three, one byte a pixel', async () => {
    const path = join(await throwAwayFolder(), 'colours.png');
    await sharp({ create: { width: 8, height: 4, channels: 4, background: { r: 200, g: 90, b: 30, alpha: 1 } } }).toFile(path);
    const { data, width, height } = await greenPicture(path, { longSide: 100 });
    expect([width, height, [...new Set(data)]]).toEqual([8, 4, [90]]);
  });

  it('even light makes shade and sun the same, and leaves ink dark', async () => {
    const path = join(await throwAwayFolder(), 'shade.png');
    const part = (width: number, height: number, background: string) =>
      sharp({ create: { width, height, channels: 3, background } })
        .png()
        .toBuffer();
    const inks = [
      { input: await part(200, 200, '#383838'), left: 0, top: 0 },
      { input: await part(6, 100, '#080808'), left: 100, top: 50 },
      { input: await part(6, 100, '#202020'), left: 300, top: 50 },
    ];
    await sharp(await part(400, 200, '#e0e0e0'))
      .composite(inks)
      .toFile(path);
    const { data, width } = await greyPicture(path, { longSide: 400, light: 'even' });
    const at = (x: number): number => data[100 * width + x] ?? 0;
    expect(Math.abs(at(40) - at(360))).toBeLessThan(10);
    expect(at(103)).toBeLessThan(at(40) / 2);
    expect(at(303)).toBeLessThan(at(360) / 2);
  });

  it('grey for text recognition: one byte a pixel, stretched when asked, enlarged only when allowed', async () => {
    const path = await sideways();
    const plain = await greyPicture(path, { longSide: 500 });
    expect(plain).toMatchObject({ width: 60, height: 40 });
    expect(plain.data).toHaveLength(60 * 40);
    const large = await greyPicture(path, { longSide: 500, enlarge: 2, light: 'stretched' });
    expect(large).toMatchObject({ width: 120, height: 80 });
    const range = ({ data }: Grey): number => Math.max(...data) - Math.min(...data);
    expect(range(large)).toBeGreaterThan(range(plain) + 50);
  });

  it('a wide gamut changes colours, not what is light and dark', async () => {
    const path = join(await throwAwayFolder(), 'wide.jpg');
    const stripes = await sharp({
      create: { width: 64, height: 64, channels: 3, background: '#d02010', noise: { type: 'gaussian', mean: 128, sigma: 40 } },
    })
      .withIccProfile('p3')
      .jpeg({ quality: 95 })
      .toBuffer();
    await writeFile(path, stripes);
    const [asStored, converted] = [
      await greyPicture(path, { longSide: 64 }),
      await sharp(path).greyscale().toColourspace('b-w').raw().toBuffer(),
    ];
    const off = [...asStored.data].map((value, at) => Math.abs(value - (converted[at] ?? 0)));
    expect(Math.max(...off)).toBeLessThan(12);
  });

  it('boxes beyond the picture are brought inside', async () => {
    const { width, height } = await rgbaPicture(await sideways(), { longSide: 100, crop: { left: 0.9, top: -1, width: 3, height: 0 } });
    expect([width, height]).toEqual([6, 1]);
  });

  it('what cannot be decoded is photo.damaged; an SVG is never drawn', async () => {
    const path = join(await throwAwayFolder(), 'a.svg');
    await writeFile(path, '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>');
    await expect(rgbaPicture(path, { longSide: 100 })).rejects.toMatchObject({ code: 'photo.damaged' });
  });
});

describe.skipIf(!hasCorpus)('a small copy of a large JPEG is decoded at a fraction of its size', () => {
  // libjpeg's own reduction leaves its mark on the pixels: they tell which way a picture went.
  const photos = ['exif/iphone5-upside-down-gps.jpg', 'exif/canon-orientation-8-large.jpg', 'exif/landscape_6.jpg'].map((name) =>
    join(corpus, name),
  );

  it.each(photos)('%s', async (path) => {
    const { width, height } = (await sharp(path).metadata()).autoOrient;
    const finished = (picture: Sharp): Sharp =>
      picture.flatten({ background: '#ffffff' }).resize({ width: 400, height: 400, fit: 'inside' }).toColourspace('srgb');
    const reduced = (): Sharp => finished(sharp(path).autoOrient());
    const whole = (): Sharp => finished(sharp(path).autoOrient().extract({ left: 0, top: 0, width, height }));
    const [raw, rawOfWhole] = await Promise.all([reduced, whole].map((way) => way().ensureAlpha().raw().toBuffer()));
    expect(raw?.equals(rawOfWhole ?? Buffer.alloc(0))).toBe(false);
    expect(Buffer.from((await rgbaPicture(path, { longSide: 400 })).data).equals(raw ?? Buffer.alloc(0))).toBe(true);
    const shown = await modelPicture(path, { longSide: 400, shortSide: 400 }, new AbortController().signal);
    expect(shown.jpeg.equals(await reduced().jpeg({ quality: 85 }).toBuffer())).toBe(true);
  });
});
