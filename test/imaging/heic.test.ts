import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import libheif from 'libheif-js/wasm-bundle.js';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { createHeicDecoder, heicDecoder } from '../../src/imaging/heic/decode-heic.ts';
import { isCutOff } from '../../src/imaging/heic/is-cut-off.ts';
import { nclxOf } from '../../src/imaging/heic/nclx.ts';
import { preparePhoto } from '../../src/imaging/prepare-photo.ts';
import { probePhoto } from '../../src/imaging/probe-photo.ts';
import { corpus, factsOf, hasCorpus, photoSettings, probed, throwAwayFolder } from './corpus.ts';

const never = new AbortController().signal;
const heic = (name: string): string => join(corpus, 'heic', name);

async function prepare(path: string) {
  const folder = await throwAwayFolder();
  const prepared = await preparePhoto(await probed(path), folder, photoSettings, never);
  return { prepared, folder, picture: await readFile(join(folder, prepared.picture.name)) };
}

const CELLS = 16;

/** Means over a grid of cells, RGB by RGB: small differences of edges and grain average out, turns and colours do not. */
async function cellsOf(picture: Buffer): Promise<number[]> {
  const { data, info } = await sharp(picture).toColourspace('srgb').removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const sums = new Float64Array(CELLS * CELLS * 3);
  const counts = new Float64Array(CELLS * CELLS * 3);
  for (let at = 0; at < data.length; at += 1) {
    const pixel = Math.floor(at / 3);
    const column = Math.floor(((pixel % info.width) * CELLS) / info.width);
    const row = Math.floor((Math.floor(pixel / info.width) * CELLS) / info.height);
    const cell = (row * CELLS + column) * 3 + (at % 3);
    sums[cell] = (sums[cell] ?? 0) + (data[at] ?? 0);
    counts[cell] = (counts[cell] ?? 0) + 1;
  }
  return Array.from(sums, (sum, cell) => sum / (counts[cell] ?? 1));
}

/** The pixels as libheif gives them, without our code. */
async function decodedDirectly(path: string): Promise<Buffer> {
  const images = new libheif.HeifDecoder().decode(await readFile(path));
  const image = images.find((one) => one.is_primary());
  if (!image) throw new Error('no picture');
  const [width, height] = [image.get_width(), image.get_height()];
  const data = new Uint8ClampedArray(width * height * 4);
  await new Promise((done) => image.display({ data, width, height }, done));
  for (const one of images) one.free();
  return sharp(data, { raw: { width, height, channels: 4 } })
    .png({ compressionLevel: 0 })
    .toBuffer();
}

const toLight = (value: number): number => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
const toStored = (light: number): number => (light <= 0.0031308 ? light * 12.92 : 1.055 * light ** (1 / 2.4) - 0.055);

/** Display P3 to sRGB by the matrix between their primaries (SMPTE EG 432-1, IEC 61966-2-1): no colour engine involved. */
function srgbOfP3(cells: readonly number[]): number[] {
  const matrix = [
    [1.2249, -0.2247, 0],
    [-0.042, 1.0419, 0],
    [-0.0197, -0.0786, 1.0979],
  ] as const;
  return cells.map((_, at) => {
    const pixel = cells.slice(at - (at % 3), at - (at % 3) + 3).map((value) => toLight(value / 255));
    const light = matrix[at % 3]?.reduce<number>((sum, factor, part) => sum + factor * (pixel[part] ?? 0), 0) ?? 0;
    return Math.round(255 * toStored(Math.min(1, Math.max(0, light))));
  });
}

const meanDifference = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, at) => sum + Math.abs(value - (b[at] ?? 0)), 0) / a.length;

describe.skipIf(!hasCorpus)('preparing HEIC', () => {
  const decodable = hasCorpus
    ? Object.entries(factsOf('heic')).filter(([, facts]) => facts.kind === 'heic' && !/reject/.test(facts.expect ?? ''))
    : [];

  it.each(decodable)('%s: size, turn and colours as the reference', async (name, facts) => {
    const { prepared, picture } = await prepare(heic(name));
    const { width = 0, height = 0 } = facts.display ?? {};
    const scale = Math.max(width, height) < 500 ? 500 / Math.max(width, height) : Math.min(1, 1600 / Math.max(width, height));
    expect([prepared.picture.width, prepared.picture.height]).toEqual([Math.round(width * scale), Math.round(height * scale)]);
    expect(await sharp(picture).metadata()).toMatchObject({ format: 'jpeg', space: 'srgb', channels: 3 });
    const stored = await cellsOf(await decodedDirectly(heic(name)));
    const wide = facts.icc === 'Display P3';
    const cells = await cellsOf(picture);
    // Mean over 16 x 16 cells, of 255.
    expect(meanDifference(cells, wide ? srgbOfP3(stored) : stored)).toBeLessThan(1.5);
  });

  it('wide-gamut colours are converted, not relabelled', async () => {
    const cells = await cellsOf((await prepare(heic('sign-no-pets.HEIC'))).picture);
    const stored = await cellsOf(await decodedDirectly(heic('sign-no-pets.HEIC')));
    expect(meanDifference(cells, stored)).toBeGreaterThan(2 * meanDifference(cells, srgbOfP3(stored)));
  });

  describe('colours named by number instead of by a profile', () => {
    /** The phone's own photo, its profile replaced in place: what is behind the numbers is ignored by readers. */
    async function named(primaries: number, transfer: number): Promise<string> {
      const bytes = await readFile(heic('sign-no-pets.HEIC'));
      const at = bytes.indexOf('colrprof');
      bytes.fill(0, at + 4, at - 4 + bytes.readUInt32BE(at - 4));
      // Matrix BT.601 and full range, as libheif assumes for the photo as it is.
      Buffer.from([...Buffer.from('nclx'), 0, primaries, 0, transfer, 0, 6, 0x80]).copy(bytes, at + 4);
      const path = join(await throwAwayFolder(), 'named.heic');
      await writeFile(path, bytes);
      expect((await sharp(bytes).metadata()).icc).toBeUndefined();
      return path;
    }

    it('Display P3 comes out as with its profile', async () => {
      const path = await named(12, 13);
      expect(nclxOf(await readFile(path))).toEqual({ primaries: 12, transfer: 13 });
      const cells = await cellsOf((await prepare(path)).picture);
      expect(meanDifference(cells, await cellsOf((await prepare(heic('sign-no-pets.HEIC'))).picture))).toBeLessThan(0.5);
    });

    it('sRGB is left as it is', async () => {
      const path = await named(1, 13);
      expect(meanDifference(await cellsOf((await prepare(path)).picture), await cellsOf(await decodedDirectly(path)))).toBeLessThan(1.5);
    });
  });

  it('EXIF and the container both say "turn": it is turned once', async () => {
    const { prepared, picture } = await prepare(heic('arrow-orientation6.heic'));
    expect([prepared.picture.width, prepared.picture.height]).toEqual([1200, 1600]);
    // The arrow points up: its strokes lie wider apart in the upper half than in the lower.
    const { data, info } = await sharp(picture).greyscale().resize(60, 80).threshold(90).raw().toBuffer({ resolveWithObject: true });
    const widthOfStrokes = (row: number): number => {
      const dark = [...data.subarray(row * info.width, (row + 1) * info.width)].flatMap((value, x) => (value === 0 ? [x] : []));
      return dark.length === 0 ? 0 : Math.max(...dark) - Math.min(...dark);
    };
    const rows = Array.from({ length: info.height }, (_, row) => widthOfStrokes(row));
    expect(Math.max(...rows.slice(0, 45))).toBeGreaterThan(1.5 * Math.max(...rows.slice(45)));
  });

  it('of several pictures in one file the main one is used, wherever it stands', async () => {
    const bytes = await readFile(heic('sign-no-pets.HEIC'));
    // The first tile of the photo, no longer hidden: it is a picture of its own now, before the main one (ISO 14496-12, infe flags).
    const first = bytes.indexOf('infe');
    expect(bytes[first + 7]).toBe(1);
    bytes[first + 7] = 0;
    const pictures = new libheif.HeifDecoder().decode(bytes);
    expect(pictures.map((one) => [one.get_width(), one.is_primary()])).toEqual([
      [512, false],
      [3024, true],
    ]);
    for (const one of pictures) one.free();
    const path = join(await throwAwayFolder(), 'two.heic');
    await writeFile(path, bytes);
    const { prepared, picture } = await prepare(path);
    expect(prepared.picture).toMatchObject({ width: 1200, height: 1600 });
    expect(meanDifference(await cellsOf(picture), await cellsOf((await prepare(heic('sign-no-pets.HEIC'))).picture))).toBe(0);
  });

  it('all pixels are kept for reading labels, and nothing of the metadata', async () => {
    const { prepared, folder } = await prepare(heic('sign-no-pets-gps-at-end.heic'));
    const full = await readFile(join(folder, prepared.full ?? 'none'));
    const { width, height, exif, xmp, icc, orientation } = await sharp(full).metadata();
    expect({ width, height, exif, xmp, icc, orientation }).toEqual({ width: 3024, height: 4032 });
  });

  it.each(['corrupted.heic', 'corrupted.hif'])('%s is refused at the scan', async (name) => {
    expect(await probePhoto(heic(name), photoSettings)).toMatchObject({ refused: { code: 'photo.damaged' } });
  });

  it('what is cut off is refused: the decoder would show flat green without a word', async () => {
    await expect(prepare(heic('arrow-cut-short.heic'))).rejects.toMatchObject({ code: 'photo.truncated', retryable: false });
    const whole = await readFile(heic('town.heic'));
    expect(isCutOff(whole)).toBe(false);
    expect(isCutOff(whole.subarray(0, whole.length - 1))).toBe(true);
    expect(isCutOff(Buffer.concat([whole, Buffer.from('a maker appends this')]))).toBe(false);
  });
});

describe('the threads that decode HEIC', () => {
  /** How often the event loop came round while this was done: what blocks the main thread lets it come round hardly ever. */
  async function turnsDuring(work: () => Promise<unknown>): Promise<number> {
    let turns = 0;
    let over = false;
    const turn = (): void => {
      turns += 1;
      if (!over) setImmediate(turn);
    };
    setImmediate(turn);
    await work();
    over = true;
    return turns;
  }

  it.skipIf(!hasCorpus)('a real photo of 12 megapixels leaves the main thread free; decoded here it would not', async () => {
    const bytes = await readFile(heic('sign-no-pets.HEIC'));
    const here = await turnsDuring(async () => {
      const [image] = new libheif.HeifDecoder().decode(bytes);
      const [width = 0, height = 0] = [image?.get_width(), image?.get_height()];
      await new Promise((done) => image?.display({ data: new Uint8ClampedArray(width * height * 4), width, height }, done));
      image?.free();
    });
    const inThread = await turnsDuring(async () => {
      expect(await heicDecoder().decode(bytes, 20_000_000, never)).toMatchObject({ width: 3024, height: 4032 });
    });
    expect(inThread).toBeGreaterThan(10 * Math.max(here, 10));
  });

  async function decoderOf(program: string, timeoutMs = 60_000, threads = 1) {
    const path = join(await throwAwayFolder(), 'thread.mjs');
    await writeFile(path, `import { parentPort } from 'node:worker_threads';\n${program}`);
    return createHeicDecoder({ threads, timeoutMs, program: path });
  }
  const ANSWER = 'parentPort.postMessage({ data: new Uint8ClampedArray(4), width: 1, height: 1 });';

  it('one that hangs is ended, and the next picture gets another', async () => {
    const decoder = await decoderOf(`parentPort.on('message', ({ bytes }) => { if (bytes[0] === 1) for (;;); ${ANSWER} });`, 5_000);
    await expect(decoder.decode(Uint8Array.of(1), 9, never)).rejects.toMatchObject({ code: 'photo.damaged', retryable: false });
    expect(await decoder.decode(Uint8Array.of(0), 9, never)).toMatchObject({ width: 1 });
  });

  it('one that dies costs a try, and the next picture gets another', async () => {
    const decoder = await decoderOf(`parentPort.on('message', ({ bytes }) => { if (bytes[0] === 1) process.exit(3); ${ANSWER} });`);
    await expect(decoder.decode(Uint8Array.of(1), 9, never)).rejects.toMatchObject({ code: 'photo.damaged', retryable: true });
    expect(await decoder.decode(Uint8Array.of(0), 9, never)).toMatchObject({ width: 1 });
  });

  it('an abort ends a decode that is under way, and one that waits', async () => {
    const decoder = await decoderOf("parentPort.on('message', () => { for (;;); });");
    const [first, second] = [new AbortController(), new AbortController()];
    const running = decoder.decode(Uint8Array.of(1), 9, first.signal);
    const waiting = decoder.decode(Uint8Array.of(1), 9, second.signal);
    const reason = new Error('stopped');
    second.abort(reason);
    await expect(waiting).rejects.toBe(reason);
    first.abort(reason);
    await expect(running).rejects.toBe(reason);
  });

  it('never more than allowed at once, whatever is asked', async () => {
    const shared = new SharedArrayBuffer(8);
    const decoder = await decoderOf(
      `import { setTimeout as sleep } from 'node:timers/promises';
       parentPort.on('message', async ({ bytes }) => {
         const counts = new Int32Array(bytes.buffer);
         const now = Atomics.add(counts, 0, 1) + 1;
         if (now > Atomics.load(counts, 1)) Atomics.store(counts, 1, now);
         await sleep(20);
         Atomics.sub(counts, 0, 1);
         ${ANSWER}
       });`,
      60_000,
      2,
    );
    await Promise.all(Array.from({ length: 12 }, () => decoder.decode(new Uint8Array(shared), 9, new AbortController().signal)));
    expect(new Int32Array(shared)[1]).toBe(2);
  });
});
