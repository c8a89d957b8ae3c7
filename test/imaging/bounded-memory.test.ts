import { execFile } from 'node:child_process';
import { cp, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { crc32 } from 'node:zlib';
import { build } from 'esbuild';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { probePhoto } from '../../src/imaging/probe-photo.ts';
import { corpus, hasCorpus, photoSettings, throwAwayFolder } from './corpus.ts';

/** What a machine of 2 GB can spare. Nothing here asks how long anything takes. */
const MEGABYTES = 1_200;

let modules: Readonly<Record<string, string>>;
beforeAll(async () => {
  // Below the project, so that the packages are found.
  const outdir = resolve('node_modules/.cache/easyflip-memory');
  const entryPoints = { prepare: 'src/imaging/prepare-photo.ts', probe: 'src/imaging/probe-photo.ts', shape: 'src/config/shape.ts' };
  await build({
    entryPoints: { ...entryPoints, 'heic-thread': 'src/imaging/heic/heic-thread.ts' },
    ...{ outdir, bundle: true, splitting: true, format: 'esm', platform: 'node', packages: 'external', logLevel: 'warning' },
  });
  modules = Object.fromEntries(Object.keys(entryPoints).map((name) => [name, pathToFileURL(join(outdir, `${name}.js`)).href]));
});

/** Prepares them all at the same time in a process of its own; the peak of its resident memory. */
async function peakOf(files: readonly string[]): Promise<number> {
  const job = JSON.stringify({ modules, files, out: await throwAwayFolder() });
  const { stdout } = await promisify(execFile)(process.execPath, ['scripts/bench/prepare-at-once.js', job]);
  return (JSON.parse(stdout) as { peakMegabytes: number }).peakMegabytes;
}

/** Measured on two cores: 540 MB for the HEIC photos; 290, 840, 130 and 750 MB for the pairs below. */
describe('the memory that photos take', () => {
  it.skipIf(!hasCorpus)('twelve HEIC photos of 12 megapixels at once', async () => {
    const files = ['sign-no-pets.HEIC', 'sign-no-pets-gps-at-end.heic', 'arrow-orientation6.heic'].map((name) =>
      join(corpus, 'heic', name),
    );
    const peak = await peakOf([...files, ...files, ...files, ...files]);
    expect(peak).toBeLessThan(MEGABYTES);
  });

  const width = 20_000;
  const height = Math.floor(photoSettings.maxPixels / width);
  const drawn = { create: { width, height, channels: 3 as const, background: '#7aa05a' }, limitInputPixels: false as const };
  it.each([
    ['PNG', (file: string) => sharp(drawn).png({ compressionLevel: 1 }).toFile(file)],
    ['interlaced PNG', (file: string) => sharp(drawn).png({ compressionLevel: 1, progressive: true }).toFile(file)],
    ['JPEG', (file: string) => sharp(drawn).jpeg().toFile(file)],
    ['progressive JPEG', (file: string) => sharp(drawn).jpeg({ progressive: true }).toFile(file)],
  ])('the largest picture that is taken, two of them at once: %s', async (_kind, draw) => {
    const folder = await throwAwayFolder();
    await draw(join(folder, 'a'));
    await cp(join(folder, 'a'), join(folder, 'b'));
    const peak = await peakOf([join(folder, 'a'), join(folder, 'b')]);
    expect(peak).toBeLessThan(MEGABYTES);
  });

  it.each([
    ['16 bits for each colour, all of it allowed pixels', { width, height, interlaced: true }, 'photo.too-many-pixels'],
    ['the same in strips', { width, height, interlaced: false }, undefined],
    ['the same with a fifth of the pixels', { width, height: height / 5, interlaced: true }, undefined],
  ])('an interlaced PNG is refused by its header where it would take more: %s', async (_what, size, code) => {
    const path = join(await throwAwayFolder(), 'a.png');
    await writeFile(path, await claimed(size));
    const probe = await probePhoto(path, photoSettings);
    expect('refused' in probe ? probe.refused.code : undefined).toBe(code);
  });

  /** A small PNG of 16 bits with transparency whose header claims another size. */
  async function claimed(size: { readonly width: number; readonly height: number; readonly interlaced: boolean }): Promise<Buffer> {
    const png = await sharp({ create: { width: 16, height: 16, channels: 4, background: '#7aa05a80' } })
      .toColourspace('rgb16')
      .png({ progressive: size.interlaced })
      .toBuffer();
    png.writeUInt32BE(size.width, 16);
    png.writeUInt32BE(size.height, 20);
    png.writeUInt32BE(crc32(png.subarray(12, 29)), 29);
    expect(await sharp(png, { limitInputPixels: false }).metadata()).toMatchObject({
      depth: 'ushort',
      channels: 4,
      isProgressive: size.interlaced,
    });
    return png;
  }
});
