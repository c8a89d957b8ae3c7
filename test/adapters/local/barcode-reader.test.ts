import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import bwip from 'bwip-js/node';
import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { createBarcodeReader } from '../../../src/adapters/local/barcode-reader.ts';
import { callNow, expectedOf, haveSharedPhotos, sharedPhotos, viewOf } from './shared-photos.ts';

describe.skipIf(!haveSharedPhotos)('barcode reader on real photos', () => {
  const reader = createBarcodeReader();
  const files = haveSharedPhotos ? Object.entries(expectedOf('barcodes').files) : [];
  const hard = { read: 0, all: 0 };

  it.each(files)('%s', async (file, { barcodes = [], readability }) => {
    const found = await reader.readBarcodes([viewOf(`${sharedPhotos}barcodes/${file}`, 3)], callNow);
    const printed = barcodes.map(({ value, gtin14, isProductCode }) => (isProductCode ? gtin14 : value));
    const read = found.map(({ text, gtin14 }) => gtin14 ?? text);
    for (const value of read) expect(printed).toContain(value);
    if (readability === 'easy') expect(read).toEqual(printed);
    if (readability === 'hard') hard.all += 1;
    if (readability === 'hard' && read.length > 0) hard.read += 1;
    for (const code of found) expect(code.photo).toBe(3);
    for (const { value, isProductCode } of barcodes) {
      if (!isProductCode) expect(found.find(({ text }) => text === value)).not.toHaveProperty('gtin14');
    }
    if (process.env.SHOW_RECALL) process.stderr.write(`${file} ${readability} ${JSON.stringify(found)}\n`);
  });

  it('at least half of the hard ones are read', () => {
    expect(hard.all).toBe(5);
    expect(hard.read / hard.all).toBeGreaterThanOrEqual(0.5);
  });

  const items = haveSharedPhotos ? Object.entries(expectedOf('items').files) : [];
  it.each(items)('item photo %s has no code but the printed one', async (file, { barcodes = [] }) => {
    const found = await reader.readBarcodes([viewOf(`${sharedPhotos}items/${file}`)], callNow);
    const printed = barcodes.map(({ value }) => value.padStart(14, '0'));
    for (const { gtin14 } of found) expect(printed).toContain(gtin14);
    if (process.env.SHOW_RECALL && printed.length > 0) process.stderr.write(`${file} ${JSON.stringify(found)}\n`);
  });
});

describe('the original of a photo', () => {
  const reader = createBarcodeReader();
  const folder = mkdtempSync(join(tmpdir(), 'easyflip-codes-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const photo = async (name: string, width: number, blur: number, code?: Buffer): Promise<string> => {
    const path = join(folder, name);
    const cloth = sharp({ create: { width: 4 * width, height: 3 * width, channels: 3, background: '#607080' } });
    if (code)
      cloth.composite([
        {
          input: await sharp(code)
            .resize({ width: Math.round(width / 2) })
            .toBuffer(),
          left: width,
          top: width,
        },
      ]);
    await sharp(await cloth.png().toBuffer())
      .blur(blur)
      .jpeg({ quality: 92 })
      .toFile(path);
    return path;
  };

  it('is opened where the smaller picture shows bars, and not where it shows none', async () => {
    const code = await bwip.toBuffer({
      bcid: 'ean13',
      text: '4006381333931',
      scale: 4,
      height: 22,
      paddingwidth: 12,
      backgroundcolor: 'ffffff',
    });
    const original = await photo('original.jpg', 1000, 0.5, code);
    const seen = await photo('seen.jpg', 400, 1.2, code);
    const empty = await photo('empty.jpg', 400, 1.2);
    const codesOf = async (picturePath: string): Promise<readonly string[]> => {
      const found = await reader.readBarcodes([{ ...viewOf(picturePath), originalPath: original }], callNow);
      return found.map(({ text }) => text);
    };
    expect(await reader.readBarcodes([viewOf(seen)], callNow)).toEqual([]);
    expect(await codesOf(seen)).toEqual(['4006381333931']);
    expect(await codesOf(empty)).toEqual([]);
  });
});
