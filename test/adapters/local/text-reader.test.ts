import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { createTextReader } from '../../../src/adapters/local/text-reader.ts';
import { recallOf } from '../../../src/app/eval/recall-text.ts';
import { greyPicture } from '../../../src/imaging/read-pixels.ts';
import { callNow, expectedOf, haveSharedPhotos, sharedPhotos, viewOf } from './shared-photos.ts';

const label = fileURLToPath(new URL('../../../fixtures/photos/womens-tshirt-pink/label.jpg', import.meta.url));
const reader = createTextReader({ ocrLanguage: 'eng', ocrWorkers: 2 });
const folder = mkdtempSync(join(tmpdir(), 'easyflip-text-'));
afterAll(async () => {
  await reader.close?.();
  rmSync(folder, { recursive: true });
});

async function wordsOf(path: string): Promise<string> {
  const [text] = await reader.readText([viewOf(path, 7)], callNow);
  expect(text?.photo).toBe(7);
  return text?.lines.map((line) => line.text).join('\n') ?? '';
}

describe.skipIf(!existsSync(label))('a woven label', () => {
  // The name is drawn anew now and then; what matters is that it is the same however the photo lies.
  it.each([90, 180, 270, 10])('turned by %i degrees', async (rotate) => {
    const [name] = (await wordsOf(label)).split('\n');
    const turned = join(folder, `turned-${rotate}.png`);
    const { data, width, height } = await greyPicture(label, { longSide: 1600, rotate });
    await sharp(data, { raw: { width, height, channels: 1 } }).toFile(turned);
    const text = await wordsOf(turned);
    expect(name).toMatch(/^[A-Z]{5,}$/);
    expect(text).toContain(name);
    expect(text).toMatch(/SIZE ?S/);
    expect(text).toMatch(/95% COTTON\n.*5% ELASTANE/);
  });

  it('gives lines from top to bottom, the name as the largest', async () => {
    const [text] = await reader.readText([viewOf(label)], callNow);
    const lines = text?.lines ?? [];
    expect(lines.map(({ top }) => top)).toEqual(lines.map(({ top }) => top).sort((a, b) => a - b));
    expect(lines.reduce((a, b) => (b.height > a.height ? b : a))).toBe(lines[0]);
    for (const { confidence } of lines) expect(confidence).toBeLessThanOrEqual(1);
  });

  it('is read from the original; the picture that buyers see, changed for their eyes, only stands in for it', async () => {
    const shown = fileURLToPath(new URL('../../../fixtures/photos/mens-tshirt-navy/IMG_0003.jpg', import.meta.url));
    const linesOf = async (originalPath: string): Promise<string> => {
      const [text] = await reader.readText([{ ...viewOf(shown), originalPath }], callNow);
      return text?.lines.map((line) => line.text).join('\n') ?? '';
    };
    expect(await linesOf(label)).toMatch(/95% COTTON/);
    expect(await linesOf(label)).not.toContain('FENWARD');
    expect(await linesOf(join(folder, 'moved-away.jpg'))).toContain('FENWARD');
  });

  it('stops between passes when told to, and starts again after closing', async () => {
    const stop = new AbortController();
    const reading = reader.readText([viewOf(label)], { ...callNow, signal: stop.signal });
    stop.abort(new Error('stopped'));
    await expect(reading).rejects.toThrow('stopped');
    await reader.close?.();
    expect(await wordsOf(label)).toContain('COTTON');
  });

  it('says which setting is wrong for a language without data', async () => {
    const foreign = createTextReader({ ocrLanguage: 'xyz', ocrWorkers: 1 });
    await expect(foreign.readText([viewOf(label)], callNow)).rejects.toMatchObject({
      code: 'config.invalid',
      hint: expect.stringContaining('npm install @tesseract.js-data/xyz'),
    });
    await foreign.close?.();
  });
});

describe.skipIf(!haveSharedPhotos)('real care tags', () => {
  const labels = haveSharedPhotos ? Object.entries(expectedOf('labels').files) : [];
  const readable = labels.filter(([, { visibleText = [] }]) => visibleText.length > 0);
  const total = { expected: 0, read: 0 };

  it.each(readable)('%s: most printed lines are read', async (file, { visibleText = [] }) => {
    const text = await wordsOf(`${sharedPhotos}labels/${file}`);
    const { expected, read } = recallOf(visibleText, text.split('\n'));
    total.expected += expected;
    total.read += read;
    expect(read / expected).toBeGreaterThanOrEqual(0.5);
    const whole = visibleText.filter((line) => text.toUpperCase().includes(line));
    if (file.startsWith('care-tag') && visibleText.length > 8) expect(whole.length / visibleText.length).toBeGreaterThanOrEqual(0.5);
  });

  it('nine tenths of all characters, less a little for engines that differ', () => {
    expect(total.expected).toBeGreaterThan(1000);
    expect(total.read / total.expected).toBeGreaterThanOrEqual(0.88);
  });

  // On its head, WASH reads as HSYM and WITH as HLIM, each of them surely.
  it.each([1, 0.96, 0.9])('a tag that stands on its head, at %f of its size', async (size) => {
    const turned = join(folder, `on-its-head-${size}.jpg`);
    await sharp(`${sharedPhotos}labels/care-tag-turned-180.jpg`)
      .resize({ width: Math.round(1000 * size) })
      .jpeg({ quality: 93 })
      .toFile(turned);
    const { visibleText = [] } = expectedOf('labels').files['care-tag-turned-180.jpg'] ?? {};
    const { expected, read } = recallOf(visibleText, (await wordsOf(turned)).split('\n'));
    expect(read / expected).toBeGreaterThanOrEqual(0.7);
  });

  it('warns where a person cannot read it either', async () => {
    const blurred = labels.filter(([, { unreadable }]) => unreadable);
    expect(blurred).toHaveLength(1);
    for (const [file] of blurred) {
      const [text] = await reader.readText([viewOf(`${sharedPhotos}labels/${file}`)], callNow);
      expect(text?.lines.length === 0 || text?.unreadable).toBe(true);
    }
  });
});

describe.skipIf(!haveSharedPhotos)('a real tag that is small in a photo of 8 megapixels', () => {
  // Where a tag fills the photo, 1600 pixels are as good as all: of four such tags 397 letters were read so, and 379 from the original.
  it('is cut from the original: more of its print is read than from the prepared picture', async () => {
    const original = join(folder, 'small-tag.jpg');
    const picturePath = join(folder, 'small-tag-prepared.jpg');
    const tag = await sharp(join(sharedPhotos, 'items/tshirt-white-fleck/tshirt_tag.JPG')).autoOrient().resize({ width: 1100 }).toBuffer();
    await sharp({ create: { width: 3264, height: 2448, channels: 3, background: '#4a5a6a' } })
      .composite([{ input: tag, left: 700, top: 500 }])
      .jpeg({ quality: 95 })
      .toFile(original);
    await sharp(original).resize(1600, 1600, { fit: 'inside' }).jpeg({ quality: 90 }).toFile(picturePath);
    const printed = expectedOf('labels').crossReferences?.['../items/tshirt-white-fleck/tshirt_tag.JPG'] ?? [];
    const readFrom = async (originalPath: string): Promise<number> => {
      const [text] = await reader.readText([{ ...viewOf(picturePath), originalPath }], callNow);
      return recallOf(
        printed,
        (text?.lines ?? []).map((line) => line.text),
      ).read;
    };
    const fromPicture = await readFrom(picturePath);
    expect(fromPicture).toBeGreaterThan(20);
    expect(await readFrom(original)).toBeGreaterThan(fromPicture);
  });
});
