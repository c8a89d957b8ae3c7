import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { CodeReader } from '../../src/core/glance.ts';
import { lookDistance } from '../../src/core/looks.ts';
import { glanceAtPhoto } from '../../src/imaging/glance.ts';
import { preparePhoto } from '../../src/imaging/prepare-photo.ts';
import { probePhoto } from '../../src/imaging/probe-photo.ts';
import { jpegCut } from '../../src/imaging/read-pixels.ts';
import { thumbnailOf } from '../../src/imaging/thumbnail.ts';
import { type Container, nikon, rawFile, sensor, stamp } from '../support/raw-files.ts';
import { photoSettings, probed, throwAwayFolder } from './corpus.ts';

const never = new AbortController().signal;
const noCodes: CodeReader = async () => [];

/** As the camera saw it, lying on its side: red above and blue below once it is turned. */
const sideways = async (side = 2400): Promise<Buffer> => {
  const half = { width: side / 2, height: (side * 3) / 4, channels: 3 } as const;
  return sharp({ create: { ...half, width: side, background: '#c83c32' } })
    .composite([{ input: { create: { ...half, background: '#2850b4' } }, left: side / 2, top: 0 }])
    .jpeg({ quality: 95 })
    .toBuffer();
};
/** Orientation 6: turned by a quarter to the right, so that the left side is above. */
const TURNED = 6;

async function file(name: string, bytes: Buffer): Promise<string> {
  const path = join(await throwAwayFolder(), name);
  await writeFile(path, bytes);
  return path;
}

async function colourAt(picture: Buffer, share: number): Promise<readonly number[]> {
  const { width, height } = await sharp(picture).metadata();
  const { data } = await sharp(picture)
    .extract({ left: Math.round(width / 2), top: Math.round(height * share), width: 1, height: 1 })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return [...data.subarray(0, 3)];
}

function expectColour(found: readonly number[], wanted: readonly number[]): void {
  for (const [at, value] of wanted.entries()) expect(Math.abs((found[at] ?? 0) - value), `${found}`).toBeLessThan(8);
}
const RED = [200, 60, 50];
const BLUE = [40, 80, 180];

/** Lossless JPEG, as Canon and DNG keep raw pixels: the same segments under another frame. */
async function lossless(): Promise<Buffer> {
  const jpeg = await sideways(3200);
  jpeg[jpeg.indexOf(Buffer.from('ffc0', 'hex')) + 1] = 0xc3;
  return jpeg;
}

const jpegOf = async (side?: number): Promise<Buffer> => sideways(side);
const LAYOUTS: Readonly<Record<string, () => Promise<Container>>> = {
  'Nikon: below the first directory': async () => ({
    directories: [{ ...stamp({ 274: TURNED }), subDirectories: [{ tags: { 259: 6 }, jpeg: await jpegOf() }, sensor({ 259: 34_713 })] }],
  }),
  'Canon: in the first directory, with raw pixels that are JPEG too': async () => ({
    canon: true,
    directories: [
      { tags: { 259: 6, 274: TURNED }, strip: await jpegOf() },
      { jpeg: await jpegOf(640) },
      stamp(),
      { tags: { 259: 6 }, strip: await lossless() },
    ],
  }),
  'Sony: named by the first directory': async () => ({
    directories: [{ tags: { 259: 6, 274: TURNED }, jpeg: await jpegOf(), subDirectories: [sensor({ 259: 32_767 })] }],
  }),
  'DNG: the largest of several previews, beside linear pixels': async () => ({
    directories: [
      {
        ...stamp({ 274: TURNED, 50706: [1, 4] }),
        subDirectories: [
          { tags: { 259: 7, 262: 34_892 }, strip: await lossless() },
          { tags: { 254: 1, 259: 7, 262: 6 }, strip: await jpegOf(1024) },
          { tags: { 254: 1, 259: 7, 262: 6 }, strip: await jpegOf() },
        ],
      },
    ],
  }),
  'Pentax: third in a chain': async () => ({
    bigEndian: true,
    directories: [{ ...sensor({ 259: 65_535, 274: TURNED }) }, stamp(), { tags: { 259: 6 }, jpeg: await jpegOf() }],
  }),
};

describe('a camera raw file', () => {
  it.each(
    Object.entries(LAYOUTS).flatMap(([what, container]) =>
      (['a.dng', 'a.tif', 'without ending'] as const).map((name) => [what, name, container] as const),
    ),
  )('%s, named %s: its largest picture, turned, in its colours', async (_what, name, container) => {
    const path = await file(name, rawFile(await container()));
    const photo = await probed(path);
    expect(photo).toMatchObject({ kind: 'raw', width: 1800, height: 2400 });
    const folder = await throwAwayFolder();
    const prepared = await preparePhoto(photo, folder, photoSettings, never);
    expect(prepared.picture).toMatchObject({ width: 1200, height: 1600 });
    for (const { name: kept } of [prepared.picture, prepared.model, prepared.thumbnail]) {
      const picture = await readFile(join(folder, kept));
      expectColour(await colourAt(picture, 0.2), RED);
      expectColour(await colourAt(picture, 0.8), BLUE);
    }
    // Small print is cut from all pixels, upright.
    const full = join(folder, prepared.full ?? '');
    const cut = await jpegCut(full, { longSide: 3000, crop: { left: 0, top: 0.75, width: 1, height: 0.25 } });
    expect(await sharp(cut).metadata()).toMatchObject({ width: 1800, height: 600 });
    expectColour(await colourAt(cut, 0.5), BLUE);
  });

  it('is looked at in passing as it will be shown: in piles and on the contact sheet', async () => {
    const jpeg = await sideways();
    const path = await file('DSC_0001.NEF', nikon(jpeg, TURNED));
    const plain = await file('a.jpg', await sharp(jpeg).rotate(90).jpeg({ quality: 95 }).toBuffer());
    const [raw, same] = await Promise.all([path, plain].map((one) => glanceAtPhoto(one, noCodes, never)));
    expect(lookDistance(raw?.look ?? '', same?.look ?? '')).toBeLessThanOrEqual(2);
    const small = await thumbnailOf(path, 240, never);
    expect(await sharp(small).metadata()).toMatchObject({ width: 180, height: 240 });
    expectColour(await colourAt(small, 0.2), RED);
  });

  it('tells when it was taken, and nothing of its place, its owner or its camera gets out', async () => {
    const path = await file('DSC_0001.NEF', nikon(await sideways(), TURNED));
    const photo = await probed(path);
    expect(photo.takenAt).toBe('2021-03-04T05:06:07');
    const folder = await throwAwayFolder();
    const prepared = await preparePhoto(photo, folder, photoSettings, never);
    expect(prepared.removed).toEqual(expect.arrayContaining(['location', 'names', 'camera', 'serial-numbers']));
    for (const name of [prepared.picture.name, prepared.model.name, prepared.thumbnail.name, prepared.full ?? '']) {
      const bytes = await readFile(join(folder, name));
      for (const secret of ['SECRET-PLACE', '4711', 'Private', 'NIKON']) expect(bytes.includes(secret), `${name}: ${secret}`).toBe(false);
    }
  });

  it('without a word on its orientation, what the picture in it says stands', async () => {
    const own = await sharp(await sideways())
      .withMetadata({ orientation: TURNED })
      .jpeg()
      .toBuffer();
    const path = await file('a.dng', rawFile({ directories: [{ ...stamp(), subDirectories: [{ jpeg: own }, sensor()] }] }));
    expect(await probed(path)).toMatchObject({ width: 1800, height: 2400 });
    // A picture that was turned twice would lie again.
    const both = await file('b.dng', nikon(own, TURNED));
    const folder = await throwAwayFolder();
    const { picture } = await preparePhoto(await probed(both), folder, photoSettings, never);
    expect(picture).toMatchObject({ width: 1200, height: 1600 });
  });

  it.each([
    ['only a stamp', async () => [{ ...stamp(), subDirectories: [{ jpeg: await sideways(320) }, sensor()] }]],
    ['nothing but its sensor', async () => [sensor()]],
    [
      'raw pixels that are lossless JPEG',
      async () => [{ ...stamp(), subDirectories: [{ tags: { 259: 7 }, strip: await lossless() }, sensor()] }],
    ],
  ] as const)('%s in it: refused with the way out, never shown as a stamp', async (_what, directories) => {
    for (const name of ['a.nef', 'a.tif'])
      expect(await probePhoto(await file(name, rawFile({ directories: await directories() })), photoSettings)).toMatchObject({
        refused: {
          code: 'photo.format-unsupported',
          message: expect.stringContaining('camera raw'),
          hint: 'Export it as JPEG, then run again.',
        },
      });
  });

  it('a scanned TIFF stays a TIFF', async () => {
    const tiff = await sharp(await sideways())
      .tiff({ compression: 'jpeg' })
      .toBuffer();
    expect(await probed(await file('scan.tif', tiff))).toMatchObject({ kind: 'tiff', width: 2400, height: 1800 });
  });

  it('that is broken in any place is refused or used, and never ends or hangs the program', async () => {
    const whole = nikon(await sideways(800), TURNED, { bigEndian: true });
    const head = 1_200;
    let used = 0;
    for (let at = 4; at < head; at += 7) {
      const broken = Buffer.from(whole);
      broken.writeUInt32BE(at % 2 === 0 ? 0xffff_fff0 : 8, at);
      const probe = await probePhoto(await file('a.nef', broken), photoSettings);
      if ('photo' in probe) used += 1;
      else expect(probe.refused.message).toMatch(/\.$/);
    }
    expect(used).toBeGreaterThan(10);
    for (const length of [9, 20, 100, 500, whole.length - 1_000])
      await probePhoto(await file('a.nef', whole.subarray(0, length)), photoSettings);
  }, 120_000);
});

describe('names that libvips would read options in', () => {
  it.each(['x[1]', 'x[n=-1]', 'x[page=9999]', 'photo.jpg[shrink=8]', 'IMG_1[1].jpg', 'a[n=-1]/b.jpg', 'a[1]/b[2]'])(
    '%s is a name',
    async (name) => {
      const folder = await throwAwayFolder();
      const path = join(folder, name);
      await mkdir(join(path, '..'), { recursive: true });
      await writeFile(path, await sideways(800));
      // What libvips would open in its place.
      await writeFile(
        path.replace(/\[[^\]]*\]$/, ''),
        await sharp(await sideways(600))
          .negate()
          .jpeg()
          .toBuffer(),
      ).catch(() => undefined);
      await writeFile(path, await sideways(800));
      const photo = await probed(path);
      expect(photo).toMatchObject({ width: 800, height: 600 });
      expect(await sharp(await thumbnailOf(path, 200, never)).metadata()).toMatchObject({ width: 200, height: 150 });
      const prepared = await preparePhoto(photo, await throwAwayFolder(), photoSettings, never);
      expect(prepared.picture).toMatchObject({ width: 800, height: 600 });
    },
  );
});
