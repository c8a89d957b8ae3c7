import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { fileShape } from '../../src/config/shape.ts';
import { sha256 } from '../../src/core/hash.ts';
import type { PhotoHash } from '../../src/core/item.ts';
import { lookDistance } from '../../src/core/looks.ts';
import { type PreparedPhoto, preparePhoto } from '../../src/imaging/prepare-photo.ts';
import { corpus, factsOf, hasCorpus, photoSettings, probed, throwAwayFolder } from './corpus.ts';

const never = new AbortController().signal;

async function prepare(path: string): Promise<{ prepared: PreparedPhoto; folder: string; picture: Buffer }> {
  const folder = await throwAwayFolder();
  const prepared = await preparePhoto(await probed(path), folder, photoSettings, never);
  return { prepared, folder, picture: await readFile(join(folder, prepared.picture.name)) };
}

const meanColor = async (picture: Buffer | string): Promise<number[]> => (await sharp(picture).stats()).channels.map(({ mean }) => mean);

/** Mean difference of two pictures of one shape, 0 to 255, over small cells. */
async function difference(a: Buffer | string, b: Buffer | string): Promise<number> {
  const [one, other] = await Promise.all(
    [a, b].map((picture) => sharp(picture).toColourspace('srgb').resize(24, 24, { fit: 'fill' }).raw().toBuffer()),
  );
  const values = [...(one ?? [])].map((value, at) => Math.abs(value - (other?.[at] ?? 0)));
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The tables of a JPEG file by which its coefficients were rounded, in hex. */
function quantisation(jpeg: Buffer): string {
  const tables: string[] = [];
  for (let at = 2; jpeg[at] === 0xff && jpeg[at + 1] !== 0xda; at += 2 + jpeg.readUInt16BE(at + 2))
    if (jpeg[at + 1] === 0xdb) tables.push(jpeg.subarray(at + 4, at + 2 + jpeg.readUInt16BE(at + 2)).toString('hex'));
  expect(tables.length).toBeGreaterThan(0);
  return tables.join(' ');
}

const WARNINGS: Readonly<Record<string, readonly string[]>> = {
  'truncated-half.jpg': ['photo.truncated'],
  'corrupt-scan-data.jpg': ['photo.truncated'],
  'one-pixel.jpg': ['photo.small'],
  'one-pixel.png': ['photo.small'],
  'strip-40x6000.jpg': ['photo.extreme-shape'],
  'small-400x400.jpg': ['photo.small'],
  'pngsuite/xhdn0g08.png': ['photo.damaged', 'photo.small'],
  'pngsuite/xcsn0g01.png': ['photo.damaged', 'photo.small'],
};

const REFUSED_AT_SCAN = /^(reject|ignore|accept or reject)/;

describe.skipIf(!hasCorpus)('preparing the odd files', () => {
  const usable = hasCorpus
    ? Object.entries(factsOf('odd')).filter(([name, facts]) => !REFUSED_AT_SCAN.test(facts.expect ?? '') || name in WARNINGS)
    : [];

  it.each(usable)('%s', async (name, facts) => {
    const { prepared, folder, picture } = await prepare(join(corpus, 'odd', name));
    expect(JSON.parse(JSON.stringify(prepared))).toEqual(prepared);
    expect(await sharp(picture).metadata()).toMatchObject({
      format: 'jpeg',
      space: 'srgb',
      channels: 3,
      width: prepared.picture.width,
      height: prepared.picture.height,
    });
    expect(prepared.picture).toMatchObject({ bytes: picture.length, sha256: sha256(picture) });
    expect((await readdir(folder)).sort()).toEqual([prepared.model.name, prepared.picture.name, prepared.thumbnail.name].sort());
    const longSide = Math.max(facts.display?.width ?? 0, facts.display?.height ?? 0);
    expect(Math.max(prepared.picture.width, prepared.picture.height)).toBe(Math.min(1600, Math.max(500, longSide)));
    const expected = WARNINGS[name] ?? (longSide < 500 ? ['photo.small'] : []);
    const lowResolution = longSide >= 500 && longSide < 1000 ? ['photo.low-resolution'] : [];
    expect(prepared.warnings.map(({ code }) => code)).toEqual([...expected, ...lowResolution]);
  });

  it('CMYK comes out in natural colours, not inverted', async () => {
    const { picture } = await prepare(join(corpus, 'odd/cmyk.jpg'));
    const original = await prepare(join(corpus, 'items/jeans-blue/56526f67-a471-4560-8e96-ac84c47706b9.jpg'));
    expect(await difference(picture, original.picture)).toBeLessThan(15);
    const [red = 0, , blue = 0] = await meanColor(
      await sharp(picture).extract({ left: 200, top: 150, width: 100, height: 100 }).toBuffer(),
    );
    expect(blue).toBeGreaterThan(red);
  });

  it('16 bits become 8 without clipping', async () => {
    const { picture } = await prepare(join(corpus, 'odd/sixteen-bit.png'));
    const eight = await prepare(join(corpus, 'odd/no-extension'));
    expect(await difference(picture, eight.picture)).toBeLessThan(2);
  });

  it('a transparent background becomes white', async () => {
    const { picture } = await prepare(join(corpus, 'odd/transparent-background.png'));
    const [red = 0, green = 0, blue = 0] = await meanColor(
      await sharp(picture).extract({ left: 0, top: 0, width: 10, height: 10 }).toBuffer(),
    );
    expect(Math.min(red, green, blue)).toBeGreaterThan(250);
  });

  it('of an animation the first picture is used', async () => {
    const { picture } = await prepare(join(corpus, 'odd/animated.gif'));
    const first = await sharp(join(corpus, 'odd/animated.gif'), { page: 0 })
      .flatten({ background: '#fff' })
      .resize(500, 500)
      .png()
      .toBuffer();
    const second = await sharp(join(corpus, 'odd/animated.gif'), { page: 1 })
      .flatten({ background: '#fff' })
      .resize(500, 500)
      .png()
      .toBuffer();
    expect(await difference(picture, first)).toBeLessThan(6);
    expect(await difference(picture, second)).toBeGreaterThan(30);
  });
});

describe.skipIf(!hasCorpus)('orientation and metadata', () => {
  it('all eight orientations of one scene come out upright and equal', async () => {
    const all = await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map((number) => prepare(join(corpus, `exif/landscape_${number}.jpg`))));
    const [first] = all;
    if (!first) throw new Error('no pictures');
    for (const { prepared, picture } of all) {
      expect([prepared.picture.width, prepared.picture.height]).toEqual([1600, 1067]);
      expect(await difference(picture, first.picture)).toBeLessThan(1.5);
      expect(lookDistance(prepared.look, first.prepared.look)).toBeLessThanOrEqual(2);
    }
    // The scene has its sky on top: a turned picture would not.
    const [top, bottom] = await Promise.all(
      [0, 900].map((from) => sharp(first.picture).extract({ left: 0, top: from, width: 1600, height: 160 }).toBuffer().then(meanColor)),
    );
    expect(top?.[2]).toBeGreaterThan((bottom?.[2] ?? 0) + 40);
  });

  it('nothing of the original metadata is in any byte of any output', async () => {
    for (const [name, facts] of Object.entries(factsOf('exif'))) {
      const { prepared, folder } = await prepare(join(corpus, 'exif', name));
      for (const { name: file } of [prepared.picture, prepared.model, prepared.thumbnail]) {
        const bytes = await readFile(join(folder, file));
        const { exif, icc, xmp, iptc, orientation } = await sharp(bytes).metadata();
        expect({ exif, icc, xmp, iptc, orientation }).toEqual({});
        for (const secret of [...(facts.stripMustRemove ?? []), 'Exif', 'http://ns.adobe.com', 'Photoshop', 'ICC_PROFILE']) {
          expect(bytes.includes(secret), `${name} → ${file} holds ${secret}`).toBe(false);
        }
      }
    }
  });

  it('a small Display P3 picture is converted to sRGB, not relabelled', async () => {
    const { picture } = await prepare(join(corpus, 'exif/display-p3.jpg'));
    const srgb = await prepare(join(corpus, 'exif/owner-and-gps.jpg'));
    const relabelled = await sharp(join(corpus, 'exif/display-p3.jpg'), { ignoreIcc: true }).jpeg().toBuffer();
    expect(await difference(picture, srgb.picture)).toBeLessThan(0.8);
    expect(await difference(relabelled, srgb.picture)).toBeGreaterThan(1.2);
  });
});

describe('preparing made pictures', () => {
  const red = { create: { width: 2400, height: 1800, channels: 3, background: { r: 200, g: 60, b: 50 } } } as const;

  async function made(name: string, bytes: Buffer): Promise<string> {
    const path = join(await throwAwayFolder(), name);
    await writeFile(path, bytes);
    return path;
  }

  it('the fast way for large wide-gamut photos gives the colours of a direct conversion', async () => {
    const p3 = await sharp(red).withMetadata({ orientation: 6 }).withIccProfile('p3').jpeg({ quality: 95 }).toBuffer();
    const stored = await meanColor(await sharp(p3, { ignoreIcc: true }).png().toBuffer());
    const { prepared, picture } = await prepare(await made('p3.jpg', p3));
    expect([prepared.picture.width, prepared.picture.height]).toEqual([1200, 1600]);
    const out = await meanColor(picture);
    for (const [at, value] of [200, 60, 50].entries()) expect(Math.abs((out[at] ?? 0) - value)).toBeLessThan(4);
    // The stored numbers differ from sRGB's, so that relabelling would show.
    expect(Math.abs((stored[0] ?? 0) - 200)).toBeGreaterThan(8);
  });

  it('is written in the quality that eBay recommends, by its own tables; less cannot be set', async () => {
    const path = await made('a.jpg', await sharp(red).jpeg().toBuffer());
    const folder = await throwAwayFolder();
    const { picture, whole } = await preparePhoto(await probed(path), folder, fileShape.parse({}).photos, never);
    const of = async (quality: number): Promise<string> => quantisation(await sharp(red).jpeg({ quality }).toBuffer());
    expect(await of(89)).not.toBe(await of(90));
    for (const { name } of [picture, whole]) expect(quantisation(await readFile(join(folder, name)))).toBe(await of(90));
    expect(fileShape.safeParse({ photos: { pictureQuality: 89 } }).success).toBe(false);
    expect(fileShape.safeParse({ photos: { pictureQuality: 100 } }).success).toBe(true);
  });

  it('the same photo and settings give the same files', async () => {
    const path = await made('a.jpg', await sharp(red).jpeg().toBuffer());
    expect((await prepare(path)).prepared).toEqual((await prepare(path)).prepared);
  });

  it('a grey picture becomes three channels', async () => {
    const grey = await sharp(red).greyscale().toColourspace('b-w').jpeg().toBuffer();
    expect(await sharp(grey).metadata()).toMatchObject({ channels: 1 });
    const { picture } = await prepare(await made('grey.jpg', grey));
    expect(await sharp(picture).metadata()).toMatchObject({ channels: 3, space: 'srgb' });
  });

  it('a photo that changed after the scan is not passed off as the scanned one', async () => {
    const path = await made('a.jpg', await sharp(red).jpeg().toBuffer());
    const photo = await probed(path);
    await writeFile(path, await sharp(red).negate().jpeg().toBuffer());
    await expect(preparePhoto(photo, await throwAwayFolder(), photoSettings, never)).rejects.toMatchObject({
      code: 'photo.changed',
      retryable: false,
    });
    await expect(preparePhoto({ ...photo, path: `${path}x` }, await throwAwayFolder(), photoSettings, never)).rejects.toMatchObject({
      code: 'photo.unreadable-file',
    });
  });

  it('no pixels to be had is photo.damaged, in plain words without the decoder’s', async () => {
    const whole = await sharp(red).png().toBuffer();
    const cut = whole.subarray(0, 60);
    const path = await made('cut.png', cut);
    const photo = { sha256: sha256(cut) as PhotoHash, path, bytes: cut.length, kind: 'png', width: 2400, height: 1800 } as const;
    const problem = await preparePhoto(photo, await throwAwayFolder(), photoSettings, never).catch((error: unknown) => error);
    expect(problem).toMatchObject({ code: 'photo.damaged' });
    expect(String(problem)).not.toMatch(/vips|png:|\/tmp/i);
  });

  it('an unusable folder is a store error, and nothing half written stays', async () => {
    const path = await made('a.jpg', await sharp(red).jpeg().toBuffer());
    await expect(preparePhoto(await probed(path), join(path, 'inside-a-file'), photoSettings, never)).rejects.toMatchObject({
      code: 'store.unusable',
    });
  });

  it('an aborted signal ends it with its reason', async () => {
    const path = await made('a.jpg', await sharp(red).jpeg().toBuffer());
    const reason = new Error('stopped');
    await expect(preparePhoto(await probed(path), await throwAwayFolder(), photoSettings, AbortSignal.abort(reason))).rejects.toBe(reason);
  });

  it('quality tells a blurred picture from a sharp one and a dark one from a light one', async () => {
    const noise = await sharp({
      create: { width: 900, height: 900, channels: 3, background: '#808080', noise: { type: 'gaussian', mean: 128, sigma: 30 } },
    })
      .png()
      .toBuffer();
    const sharpOne = await prepare(await made('sharp.png', noise));
    const blurred = await prepare(await made('blurred.png', await sharp(noise).blur(4).png().toBuffer()));
    const dark = await prepare(await made('dark.png', await sharp(noise).linear(0.3, 0).png().toBuffer()));
    expect(sharpOne.prepared.quality.sharpness).toBeGreaterThan(8);
    expect(blurred.prepared.quality.sharpness).toBeLessThan(4);
    expect(sharpOne.prepared.quality.brightness).toBeCloseTo(0.5, 1);
    expect(dark.prepared.quality.brightness).toBeLessThan(0.2);
  });
});
