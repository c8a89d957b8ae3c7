import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isNearDuplicate, lookDistance, NEAR_DUPLICATE_DISTANCE } from '../../src/core/looks.ts';
import { type PreparedPhoto, preparePhoto } from '../../src/imaging/prepare-photo.ts';
import { corpus, corpusItems, factsOf, hasCorpus, photoSettings, probed, throwAwayFolder } from './corpus.ts';

describe('looks', () => {
  it('distance counts differing bits', () => {
    expect(lookDistance('0000000000000000', '0000000000000000')).toBe(0);
    expect(lookDistance('0000000000000001', '8000000000000000')).toBe(2);
    expect(lookDistance('ffffffffffffffff', '0000000000000000')).toBe(64);
  });
});

describe.skipIf(!hasCorpus)('looks and colours of real photos', () => {
  const prepare = async (name: string, folder: string): Promise<PreparedPhoto> =>
    preparePhoto(await probed(join(corpus, name)), folder, photoSettings, new AbortController().signal);

  it('a photo saved anew is found; no photo of another item is', async () => {
    const folder = await throwAwayFolder();
    const { items, confusable } = corpusItems();
    const looks = new Map<string, string>();
    for (const { photos } of Object.values(items))
      for (const name of photos) looks.set(name, (await prepare(`items/${name}`, folder)).look);
    const close = [...looks].flatMap(([a, lookA]) =>
      [...looks].filter(([b, lookB]) => a < b && isNearDuplicate(lookA, lookB)).map(([b]) => `${a} = ${b}`),
    );
    expect(close).toEqual([]);
    // Twice the threshold lies between the nearest pair of different items and calling them one.
    for (const pair of confusable) {
      const [one = [], other = []] = pair.items.map((item) => items[item]?.photos ?? []);
      for (const a of one)
        for (const b of other) expect(lookDistance(looks.get(a) ?? '', looks.get(b) ?? '')).toBeGreaterThan(2 * NEAR_DUPLICATE_DISTANCE);
    }
    const original = await prepare('odd/duplicates/IMG_0100.jpg', folder);
    const resaved = await prepare('odd/duplicates/IMG_0100-resaved.jpg', folder);
    expect(factsOf('odd')['duplicates/IMG_0100-resaved.jpg']).toMatchObject({ duplicateOf: 'duplicates/IMG_0100.jpg', identical: false });
    expect(isNearDuplicate(original.look, resaved.look)).toBe(true);
    expect((await readdir(folder)).length).toBeGreaterThan(100);
  });

  it('the main colour is one that a person named, nearly always', async () => {
    const folder = await throwAwayFolder();
    const wanted = Object.values(corpusItems().items).filter(({ mainColors }) => mainColors);
    const misses: string[] = [];
    for (const { mainColors = [], photos } of wanted) {
      const names = new Set(
        mainColors.map(
          (color) =>
            ({ grey: 'Gray', navy: 'Blue', teal: 'Green', cream: 'Ivory' })[color] ?? `${color[0]?.toUpperCase()}${color.slice(1)}`,
        ),
      );
      const { colors } = await prepare(`items/${photos[0]}`, folder);
      for (const { share } of colors) expect(share).toBeGreaterThan(0);
      const main = colors.find(({ name }) => name !== 'Multicolor')?.name;
      if (!main || !names.has(main)) misses.push(`${photos[0]}: ${main}, not ${[...names].join(' or ')}`);
    }
    expect(wanted.length).toBeGreaterThan(25);
    expect(misses.length, misses.join('\n')).toBeLessThanOrEqual(2);
  });
});
