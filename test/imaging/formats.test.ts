import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { preparePhoto } from '../../src/imaging/prepare-photo.ts';
import { probePhoto } from '../../src/imaging/probe-photo.ts';
import { type CorpusFile, corpus, factsOf, hasCorpus, photoSettings, probed, throwAwayFolder } from './corpus.ts';

const CELLS = 16;
interface Grid {
  readonly columns: number;
  readonly rows: number;
}
const GRID: Grid = { columns: CELLS, rows: CELLS };
/** Pixels in a cell, at least: less is the edges' own affair when a tiny picture is enlarged or a strip reduced. */
const CELL_PIXELS = 8;
const gridFor = (side: number): number => Math.max(1, Math.min(CELLS, Math.floor(side / CELL_PIXELS)));

/** Means over a grid of cells of the whole picture: no reduction while decoding, which the program relies on, is involved. */
async function cellsOf(picture: Buffer, { columns, rows } = GRID): Promise<number[]> {
  const upright = sharp(picture, { failOn: 'none' }).autoOrient().flatten({ background: '#ffffff' }).toColourspace('srgb');
  const { data, info } = await upright.raw().toBuffer({ resolveWithObject: true });
  const sums = new Float64Array(columns * rows * 3);
  const counts = new Float64Array(columns * rows * 3);
  for (let y = 0; y < info.height; y += 1) {
    for (let x = 0; x < info.width; x += 1) {
      const cell = Math.floor((y * rows) / info.height) * columns + Math.floor((x * columns) / info.width);
      for (let part = 0; part < 3; part += 1) {
        sums[cell * 3 + part] =
          (sums[cell * 3 + part] ?? 0) + (data[(y * info.width + x) * info.channels + Math.min(part, info.channels - 1)] ?? 0);
        counts[cell * 3 + part] = (counts[cell * 3 + part] ?? 0) + 1;
      }
    }
  }
  return Array.from(sums, (sum, at) => sum / Math.max(1, counts[at] ?? 1));
}

const difference = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, at) => sum + Math.abs(value - (b[at] ?? 0)), 0) / a.length;

async function prepare(path: string) {
  const folder = await throwAwayFolder();
  const prepared = await preparePhoto(await probed(path), folder, photoSettings, new AbortController().signal);
  return { prepared, picture: await readFile(join(folder, prepared.picture.name)) };
}

interface Sample extends CorpusFile {
  readonly decoders?: { readonly sharpFailOnNone?: boolean };
}

const GROUPS = ['exif', 'odd', 'labels', 'barcodes', 'items', 'heic'];
const REFUSED = /^(bomb|heavy|jpeg-claims|vector)/;
const samples = hasCorpus
  ? GROUPS.flatMap((group) => Object.entries(factsOf(group)).map(([name, facts]) => [`${group}/${name}`, facts as Sample] as const))
      // HEIC has a test of its own: its reference needs another decoder.
      .filter(([, { kind }]) => kind !== 'heic')
  : [];

describe.skipIf(!hasCorpus)('every file of the corpus', () => {
  const decodable = samples.filter(
    ([name, { decoders, kind }]) => decoders?.sharpFailOnNone && !REFUSED.test(name.split('/')[1] ?? '') && kind !== 'bmp',
  );
  it('most are decodable', () => expect(decodable.length).toBeGreaterThan(120));

  it.each(decodable)('%s: size, turn and colours as the reference', async (name, facts) => {
    const path = join(corpus, name);
    const { prepared, picture } = await prepare(path);
    const { width = 0, height = 0 } = facts.display ?? {};
    const scale = Math.max(width, height) < 500 ? 500 / Math.max(width, height) : Math.min(1, 1600 / Math.max(width, height));
    expect(Math.abs(prepared.picture.width - width * scale)).toBeLessThanOrEqual(1);
    expect(Math.abs(prepared.picture.height - height * scale)).toBeLessThanOrEqual(1);
    const grid = { columns: gridFor(Math.min(width, prepared.picture.width)), rows: gridFor(Math.min(height, prepared.picture.height)) };
    // Mean over 16 x 16 cells, fewer for tiny pictures, of 255.
    expect(difference(await cellsOf(picture, grid), await cellsOf(await readFile(path), grid))).toBeLessThan(2);
  });

  const refusedOnes = samples.filter(([name, { decoders }]) => !decoders?.sharpFailOnNone || REFUSED.test(name.split('/')[1] ?? ''));
  it.each(refusedOnes)('%s is refused with its reason', async (name) => {
    const probe = await probePhoto(join(corpus, name), photoSettings);
    expect(probe).toMatchObject({ refused: { message: expect.stringMatching(/\.$/), hint: expect.stringMatching(/\.$/) } });
  });
});

describe('formats made here', () => {
  /** Red above, blue below. */
  const two = () =>
    sharp({ create: { width: 800, height: 600, channels: 3, background: '#c83c32' } }).composite([
      { input: { create: { width: 800, height: 300, channels: 3, background: '#2850b4' } }, left: 0, top: 300 },
    ]);
  const IS_TWO = [200, 60, 50, 40, 80, 180];

  async function colors(name: string, bytes: Buffer): Promise<number[]> {
    const path = join(await throwAwayFolder(), name);
    await writeFile(path, bytes);
    const { picture } = await prepare(path);
    const cells = await cellsOf(picture);
    return [...cells.slice(CELLS * 3 * 2, CELLS * 3 * 2 + 3), ...cells.slice(CELLS * 3 * 13, CELLS * 3 * 13 + 3)];
  }

  const close = (found: readonly number[]): void => {
    for (const [at, value] of IS_TWO.entries()) expect(Math.abs((found[at] ?? 0) - value), `${found}`).toBeLessThan(6);
  };

  it('MPO: two JPEGs in one file, the first is the photo', async () => {
    const [first, second] = await Promise.all([two().jpeg({ quality: 95 }).toBuffer(), two().negate().jpeg().toBuffer()]);
    close(await colors('a.mpo', Buffer.concat([first, second])));
  });

  it.each([
    ['16-bit TIFF', 'a.tif', async () => two().toColourspace('rgb16').tiff({ compression: 'lzw' }).toBuffer()],
    ['AVIF', 'a.avif', async () => two().avif({ quality: 80, effort: 0 }).toBuffer()],
    ['WebP under the name of a JPEG', 'a.jpeg', async () => two().webp({ quality: 95 }).toBuffer()],
    ['wide gamut', 'a.jpg', async () => two().withIccProfile('p3').jpeg({ quality: 95 }).toBuffer()],
    ['Display P3 with 16 bits', 'a.png', async () => two().toColourspace('rgb16').withIccProfile('p3').png().toBuffer()],
    ['animated WebP, the first frame', 'a.webp', async () => animation().then((frames) => frames.webp({ quality: 95 }).toBuffer())],
    ['animated GIF, the first frame', 'a.gif', async () => animation().then((frames) => frames.gif().toBuffer())],
  ])('%s', async (_what, name, make) => close(await colors(name, await make())));

  it('CMYK JPEG, as far as ink can show the colours', async () => {
    const found = await colors('a.jpg', await two().toColourspace('cmyk').jpeg({ quality: 95 }).toBuffer());
    for (const [at, value] of IS_TWO.entries()) expect(Math.abs((found[at] ?? 0) - value), `${found}`).toBeLessThan(35);
  });

  async function animation() {
    const frames = await Promise.all([two().png().toBuffer(), two().negate().png().toBuffer()]);
    return sharp(frames, { join: { animated: true } });
  }
});
