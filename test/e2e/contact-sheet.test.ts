import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasSharedPhotos, sharedPhotos } from '../support/shared-photos.ts';
import { World } from '../support/world.ts';

interface Figure {
  readonly pictures: readonly Buffer[];
  readonly alts: readonly string[];
  readonly words: string | undefined;
}

/** What a page shows of one photo. */
function figureOf(page: string, name: string): Figure {
  const figure = page.match(/<figure.*?<\/figure>/gs)?.find((one) => one.includes(name)) ?? '';
  return {
    pictures: [...figure.matchAll(/src="data:image\/jpeg;base64,([^"]+)"/g)].map(([, bytes = '']) => Buffer.from(bytes, 'base64')),
    alts: [...figure.matchAll(/alt="([^"]+)"/g)].map(([, alt = '']) => alt.replace(/^.*\//, '')),
    words: /<span class="better">([^<]*)</.exec(figure)?.[1],
  };
}

const meanOf = async (picture: Buffer | string): Promise<number> => {
  const { channels } = await sharp(picture).autoOrient().stats();
  return channels.slice(0, 3).reduce((sum, { mean }) => sum + mean, 0) / 3;
};

describe.skipIf(!hasSharedPhotos)('the contact sheet over real photos', () => {
  let world: World;
  let page: string;
  const REAL = {
    'dull/pants.jpg': 'items/pants-red/0a7e5fe0-d592-40e6-b9b8-75aac9a2d685.jpg',
    'large/print.JPG': 'items/sweatshirt-black-print/front.JPG',
    'both/tag.JPG': 'items/sweatshirt-black-print/tag.JPG',
    'small/vest.jpg': 'odd/small-400x400.jpg',
    'phone/sign.HEIC': 'heic/sign-no-pets.HEIC',
  };
  beforeAll(async () => {
    world = await World.open();
    for (const [name, photo] of Object.entries(REAL)) {
      mkdirSync(join(world.photos, name, '..'), { recursive: true });
      cpSync(sharedPhotos(photo), join(world.photos, name));
    }
    const ran = await world.run('scan', world.photos, '--html', join(world.root, 'sheet.html'));
    expect(ran.code, ran.err).toBe(0);
    page = readFileSync(join(world.root, 'sheet.html'), 'utf8');
  });
  afterAll(() => world.close());

  it('a dull one stands beside what buyers see, which is lighter by what is said', async () => {
    const { pictures, alts, words } = figureOf(page, 'pants.jpg');
    expect([alts, words]).toEqual([['pants.jpg, as taken', 'pants.jpg, as buyers see it'], 'right, for buyers: brightened by 25 %']);
    const [before = 0, after = 0] = await Promise.all(pictures.map(meanOf));
    // JPEG and what reaches white cost a little.
    expect(Math.abs(before - (await meanOf(join(world.photos, 'dull/pants.jpg'))))).toBeLessThan(2);
    expect(after / before).toBeGreaterThan(1.2);
    expect(after / before).toBeLessThan(1.26);
  });

  it('of one of 8 megapixels the words say that it is sharpened, with one picture where nothing else changes', () => {
    expect(figureOf(page, 'print.JPG')).toMatchObject({ alts: ['print.JPG'], words: 'for buyers: sharpened after reducing it' });
    const both = figureOf(page, 'tag.JPG');
    expect(both.pictures).toHaveLength(2);
    expect(both.words).toBe('right, for buyers: brightened by 14 %, white balance changed by up to 2 %, sharpened after reducing it');
  });

  it('of one below what eBay asks for they say that it is enlarged', () => {
    expect(figureOf(page, 'vest.jpg')).toMatchObject({ alts: ['vest.jpg'], words: 'for buyers: enlarged to 500 x 500 pixels' });
  });

  it('HEIC is shown like any other, and no picture carries metadata', async () => {
    expect(figureOf(page, 'sign.HEIC')).toMatchObject({ pictures: [expect.any(Buffer), expect.any(Buffer)] });
    const all = Object.keys(REAL).flatMap((name) => figureOf(page, name.replace(/^.*\//, '')).pictures);
    expect(all.length).toBeGreaterThan(6);
    for (const picture of all) {
      const { exif, iptc, xmp, width, height } = await sharp(picture).metadata();
      expect([exif, iptc, xmp, Math.max(width, height)]).toEqual([undefined, undefined, undefined, 280]);
    }
  });
});
