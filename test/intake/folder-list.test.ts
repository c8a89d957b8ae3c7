import { expect, it } from 'vitest';
import { packedTexts } from '../../src/core/packed-texts.ts';
import { folderList } from '../../src/intake/folder-list.ts';
import { naturalOrder } from '../../src/intake/natural-order.ts';
import { joined, parted, pathsIn, type ScannedFolder } from '../../src/intake/scanned-folder.ts';

it('packed texts are those that were added, in order, whatever is read between', () => {
  const texts = packedTexts();
  const plain: string[] = [];
  expect([...texts]).toEqual([]);
  for (let n = 0; n < 1600; n += 1) {
    const text = n % 7 === 0 ? '' : `Ärmel "${n}"\n\ud800`;
    texts.add(text);
    plain.push(text);
    expect(texts.at(n >> 1)).toBe(plain[n >> 1]);
  }
  expect([texts.length, [...texts]]).toEqual([plain.length, plain]);
  // One after the other from two places, as a run and its look-ups do.
  for (let n = 0; n < 800; n += 13) expect([texts.at(n), texts.at(1599 - n)]).toEqual([plain[n], plain[1599 - n]]);
  expect([texts.at(1600), texts.at(5000)]).toEqual(['', '']);
});

it('a list of folders gives each back by path, by its photos, and in order', () => {
  const paths = Array.from({ length: 700 }, (_, n) => `/photos/${n % 3 === 0 ? 'Shirt' : 'shirt'} ${n}`).sort(naturalOrder);
  const folders = folderList();
  const plain: ScannedFolder[] = [];
  let first = 0;
  for (const [at, path] of paths.entries()) {
    // Some hold only the facts of an item.
    const photos = joined(Array.from({ length: at % 4 }, (_, n) => `${n}.jpg`));
    const folder = { path, photos, sidecars: at % 5 === 0 ? 'item.json' : '', first, placed: at % 11 === 0 };
    folders.add(folder);
    plain.push({ ...folder, at });
    first += at % 4;
  }
  expect([folders.length, [...folders]]).toEqual([700, plain]);
  for (const folder of plain) {
    expect(folders.find(folder.path)).toEqual(folder);
    expect(folders.find(`${folder.path}x`)).toBeUndefined();
    for (const at of parted(folder.photos).keys()) {
      const holding = folders.holding(folder.first + at);
      expect(holding && pathsIn(holding, holding.photos)[folder.first + at - holding.first]).toBe(`${folder.path}/${at}.jpg`);
    }
  }
  expect([folders.find(''), folders.find('/photos'), folderList().find('/photos'), folderList().holding(0)]).toEqual(
    Array(4).fill(undefined),
  );
});
