import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { readCardCodes } from '../../src/adapters/registry.ts';
import { type DividerCard, dividerText, readDividerText } from '../../src/core/divider-card.ts';
import type { Glance } from '../../src/core/glance.ts';
import { greyPng } from '../../src/imaging/encode-png.ts';
import { glanceAtPhoto } from '../../src/imaging/glance.ts';
import { isSameShot, likenessOf } from '../../src/imaging/likeness.ts';
import { thumbnailOf } from '../../src/imaging/thumbnail.ts';
import { cardsPdf, drawCard } from '../../src/report/divider-cards.ts';
import { corpus, hasCorpus, throwAwayFolder } from './corpus.ts';

const glance = (path: string): Promise<Glance> => glanceAtPhoto(path, readCardCodes, new AbortController().signal);

async function glanceOf(picture: Sharp): Promise<Glance> {
  const path = join(await throwAwayFolder(), 'photo.jpg');
  await writeFile(path, await picture.jpeg({ quality: 80 }).toBuffer());
  return glance(path);
}

/** A card as it lies on a table: turned, small in the picture, shadowed, slightly out of focus. */
async function photographed(card: DividerCard, { turn, side, dark }: { turn: number; side: number; dark: number }): Promise<Sharp> {
  const table = '#8a7a66';
  const upright = await sharp(await greyPng(await drawCard(card)))
    .resize(side)
    .toColourspace('srgb')
    .png()
    .toBuffer();
  const turned = await sharp(upright).rotate(turn, { background: table }).blur(1.2).modulate({ brightness: dark }).png().toBuffer();
  const scene = sharp({ create: { width: 3000, height: 2250, channels: 3, background: table } });
  return sharp(
    await scene
      .composite([{ input: turned, left: 400, top: 300 }])
      .png()
      .toBuffer(),
  );
}

describe('divider cards', () => {
  const full: DividerCard = { number: 12, sku: 'Shelf 4/ü & Co', bin: 'A01-7', cost: '3.00' };

  it('say what they were given', () => {
    expect(readDividerText(dividerText(full))).toEqual(full);
    expect(readDividerText(dividerText({ number: 1 }))).toEqual({ number: 1 });
    expect(readDividerText('easyflip-divider:7?colour=red')).toEqual({ number: 7 });
    for (const other of ['https://example.com', 'easyflip-divider:', 'easyflip-divider:x', '4006381333931'])
      expect(readDividerText(other)).toBeUndefined();
  });

  it.each([
    { turn: 0, side: 1400, dark: 1 },
    { turn: 7, side: 1200, dark: 0.8 },
    { turn: 90, side: 1200, dark: 1 },
    { turn: 180, side: 1000, dark: 0.6 },
    { turn: 33, side: 1200, dark: 0.9 },
  ])('are read from a photo: %o', async (how) => {
    const { codes } = await glanceOf(await photographed({ number: 12, bin: 'A01-7', cost: '3.00' }, how));
    expect(codes.map(readDividerText)).toEqual([{ number: 12, bin: 'A01-7', cost: '3.00' }]);
  });

  it('go to print as a PDF, four to a page', async () => {
    const pdf = await cardsPdf(
      Array.from({ length: 9 }, (_, at) => ({ number: at + 1 })),
      'A4',
    );
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(pdf.toString('latin1').match(/\/Type \/Page\b/g)).toHaveLength(3);
  });
});

describe('covered frames', () => {
  const noise = (mean: number, sigma: number, background: string) =>
    sharp({ create: { width: 1600, height: 1200, channels: 3, background, noise: { type: 'gaussian', mean, sigma } } });

  it('black, and a hand over the lens', async () => {
    expect((await glanceOf(noise(6, 3, '#000000'))).covered).toBe('black');
    // Light shines through the fingers in the middle.
    const [width, height] = [800, 600];
    const hand = Buffer.alloc(width * height * 3);
    for (let at = 0; at < width * height; at += 1) {
      const far = Math.hypot((at % width) / width - 0.5, Math.floor(at / width) / height - 0.5);
      hand.set([150 - 80 * far, 60 - 30 * far, 45 - 25 * far], at * 3);
    }
    expect((await glanceOf(sharp(hand, { raw: { width, height, channels: 3 } }).blur(5))).covered).toBe('hand');
  });

  it.skipIf(!hasCorpus)(
    'no photo of a real item, label or code is taken for one, nor for a card',
    async () => {
      const files = (
        await Promise.all(
          ['items', 'labels', 'barcodes'].map(async (group) =>
            (await readdir(join(corpus, group), { recursive: true })).map((file) => join(corpus, group, file)),
          ),
        )
      )
        .flat()
        .filter((file) => /\.(jpe?g|png)$/i.test(file));
      expect(files.length).toBeGreaterThan(80);
      for (const file of files) {
        const { covered, codes } = await glance(file);
        expect([file, covered, codes.filter((code) => readDividerText(code))]).toEqual([file, undefined, []]);
      }
    },
    120_000,
  );
});

it.skipIf(!hasCorpus)('the same shot saved anew is known, another item is not', async () => {
  const [bear, rabbit] = [join(corpus, 'items/baby-bodysuit-bear'), join(corpus, 'items/baby-bodysuit-rabbit')];
  const first = async (folder: string): Promise<string> => join(folder, (await readdir(folder)).find((name) => /jpe?g$/i.test(name)) ?? '');
  const original = await glance(await first(bear));
  expect(
    isSameShot(
      likenessOf(
        original,
        await glanceOf(
          sharp(await first(bear))
            .resize(300)
            .jpeg({ quality: 60 }),
        ),
      ),
    ),
  ).toBe(true);
  expect(isSameShot(likenessOf(original, await glance(await first(rabbit))))).toBe(false);
});

describe.skipIf(!hasCorpus)('a HEIC photo', () => {
  const heic = join(corpus, 'heic', 'sign-no-pets.HEIC');

  it('has a look like any other, upright', async () => {
    const seen = await glance(heic);
    const shown = await glanceOf(sharp(await thumbnailOf(heic, 800, new AbortController().signal)));
    expect(isSameShot(likenessOf(seen, shown))).toBe(true);
  });

  it('has a thumbnail for pages', async () => {
    const { format, width, height, exif, icc } = await sharp(await thumbnailOf(heic, 280, new AbortController().signal)).metadata();
    expect({ format, width, height, exif, icc }).toEqual({ format: 'jpeg', width: 210, height: 280 });
  });
});
