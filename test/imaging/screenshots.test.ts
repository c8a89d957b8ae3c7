import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Photo } from '../../src/core/item.ts';
import { looksLikeScreenshot } from '../../src/imaging/looks-like-screenshot.ts';
import { corpus, factsOf, hasCorpus } from './corpus.ts';

const photo = (path: string, kind: string, width: number, height: number): Photo => ({ path, kind, width, height }) as Photo;

describe('a screenshot', () => {
  it.each([
    ['Screenshot_20260101-101010_Chrome.jpg', 'jpeg', 1000, 900],
    ['Bildschirmfoto 2026-01-01 um 10.10.10.png', 'png', 900, 700],
    ['Capture d’écran 2026-01-01.png'.normalize('NFD'), 'png', 900, 700],
    ['Screen Shot 2026-01-01 at 10.10.10.heic', 'heic', 900, 700],
    ['IMG_0001.PNG', 'png', 1170, 2532],
    ['a.jpg', 'jpeg', 1170, 2532],
    ['a.jpg', 'jpeg', 3200, 1440],
    ['a.heic', 'heic', 1290, 2796],
  ])('%s, %s of %i x %i', (name, kind, width, height) => {
    expect(looksLikeScreenshot(photo(`/photos/${name}`, kind, width, height), [])).toBe(true);
  });

  it.each([
    ['IMG_0001.JPG', 'jpeg', 3024, 4032],
    ['a film’s frame', 'jpeg', 1080, 1920],
    ['a full-screen photo that a messenger sent on', 'jpeg', 720, 1600],
    ['the same as a phone made it', 'jpeg', 4000, 1800],
    ['IMG_0001.PNG', 'png', 3000, 2000],
    ['shirt with a screenshot print.jpg', 'jpeg', 3000, 2000],
  ])('not %s, %s of %i x %i', (name, kind, width, height) => {
    expect(looksLikeScreenshot(photo(`/photos/${name}`, kind, width, height), [])).toBe(false);
  });

  it('not where the camera is named in it', () => {
    expect(looksLikeScreenshot(photo('/photos/a.jpg', 'jpeg', 1170, 2532), ['camera'])).toBe(false);
  });

  it.skipIf(!hasCorpus)('none of the real photos, whether their camera is known or not', () => {
    const all = ['items', 'barcodes', 'labels', 'exif', 'heic', 'odd'].flatMap((group) =>
      Object.entries(factsOf(group)).flatMap(([name, { kind, display }]) =>
        display ? [photo(join(corpus, group, name), kind, display.width, display.height)] : [],
      ),
    );
    expect(all.length).toBeGreaterThan(140);
    expect(all.filter((one) => looksLikeScreenshot(one, [])).map(({ path }) => path)).toEqual([]);
  });
});
