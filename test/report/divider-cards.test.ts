import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readCardCodes } from '../../src/adapters/local/card-codes.ts';
import { dividerText } from '../../src/core/divider-card.ts';
import { rgbaPicture } from '../../src/imaging/read-pixels.ts';
import { drawCard } from '../../src/report/divider-cards.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'easyflip-cards-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Longer texts make larger codes, whose modules divide the card differently. */
it.each([
  { number: 1 },
  { number: 123_456 },
  { number: 7, bin: 'A01-7' },
  { number: 7, bin: 'A01-7', cost: '3.00' },
  { number: 8, sku: 'SHELF7', bin: 'A01-7', cost: '13.00' },
  { number: 9, sku: 'A-VERY-LONG-SKU-THAT-NEEDS-ROOM-0001', bin: 'GARAGE-LEFT-03', cost: '1299.00' },
])('the card %j is read again from its picture', async (card) => {
  const { data, width, height } = await drawCard(card);
  const file = join(folder, 'card.png');
  await sharp(data, { raw: { width, height, channels: 1 } })
    .png()
    .toFile(file);
  expect(await readCardCodes(await rgbaPicture(file, { longSide: 800 }), new AbortController().signal)).toEqual([dividerText(card)]);
});
