import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { PhotoHash } from '../../src/core/item.ts';
import { removeLargePictures, trimPictures } from '../../src/imaging/picture-store.ts';
import type { PreparedPhoto } from '../../src/imaging/prepare-photo.ts';
import { throwAwayFolder } from './corpus.ts';

const HOUR = 3_600_000;
const MINE = 'a1'.repeat(8);
const OTHER = 'b2'.repeat(8);
const NOW = Date.UTC(2026, 0, 1);

async function folderWith(files: Readonly<Record<string, number>>): Promise<string> {
  const folder = await throwAwayFolder();
  for (const [name, ageHours] of Object.entries(files)) {
    await writeFile(join(folder, name), Buffer.alloc(1000));
    const time = (NOW - ageHours * HOUR) / 1000;
    await utimes(join(folder, name), time, time);
  }
  return folder;
}

const nobody = { now: NOW, inWork: async () => [] };

it('the oldest go first, thumbnails last, until the rest fits with a little room', async () => {
  const folder = await folderWith({ 'a-model.jpg': 3, [`${OTHER}-thumbnail-1.jpg`]: 9, 'c.jpg': 4, 'd.jpg': 0.1 });
  expect(await trimPictures(folder, { ...nobody, maxBytes: 4000 })).toBe(4000);
  expect(await trimPictures(folder, { ...nobody, maxBytes: 3999 })).toBe(3000);
  expect((await readdir(folder)).sort()).toEqual([`${OTHER}-thumbnail-1.jpg`, 'a-model.jpg', 'd.jpg'].sort());
  // A twentieth more than has to: else each new picture would make the folder be looked through.
  expect(await trimPictures(folder, { ...nobody, maxBytes: 2000 })).toBe(1000);
  expect(await readdir(folder)).toEqual([`${OTHER}-thumbnail-1.jpg`]);
  expect(await trimPictures(folder, { ...nobody, maxBytes: 999 })).toBe(0);
});

it('of photos in work nothing goes, however old their pictures are; who is in work is asked again on the way', async () => {
  const names = (hash: string) => ['picture-1', 'whole-1', 'model-1', 'thumbnail-1', 'full'].map((use) => `${hash}-${use}.jpg`);
  const others = Array.from({ length: 50 }, (_, at) => `${OTHER}-${String(at).padStart(3, '0')}.jpg`);
  const folder = await folderWith(Object.fromEntries([...names(MINE).map((name) => [name, 99]), ...others.map((name) => [name, 1])]));
  let asked = 0;
  const inWork = async (): Promise<PhotoHash[]> => {
    asked += 1;
    // The other photo's item is begun while the folder is being cleared.
    return [`${MINE}${'0'.repeat(48)}` as PhotoHash, ...(asked > 1 ? [`${OTHER}${'0'.repeat(48)}` as PhotoHash] : [])];
  };
  const left = await trimPictures(folder, { maxBytes: 1000, now: NOW, inWork });
  const kept = await readdir(folder);
  expect(kept).toEqual(expect.arrayContaining(names(MINE)));
  expect(asked).toBeGreaterThan(1);
  expect(kept.length).toBeGreaterThan(names(MINE).length + 25);
  expect(left).toBe(kept.length * 1000);
});

it('what a killed program left half written goes, also when there is room', async () => {
  const folder = await folderWith({ '.x.tmp': 2, '.young.tmp': 0.1, 'a.jpg': 9 });
  await mkdir(join(folder, 'a folder'));
  await trimPictures(folder, { ...nobody, maxBytes: 1_000_000 });
  expect((await readdir(folder)).sort()).toEqual(['.young.tmp', 'a folder', 'a.jpg']);
  expect(await trimPictures(join(folder, 'none'), { ...nobody, maxBytes: 0 })).toBe(0);
});

it('what is live keeps its small copies only', async () => {
  const folder = await folderWith({ 'p.jpg': 0, 'whole.jpg': 0, 'f.jpg': 0, 'm.jpg': 0, 't.jpg': 0, 'other.jpg': 0 });
  const photo = {
    picture: { name: 'p.jpg' },
    whole: { name: 'whole.jpg' },
    full: 'f.jpg',
    model: { name: 'm.jpg' },
    thumbnail: { name: 't.jpg' },
  };
  await removeLargePictures(folder, [photo as unknown as PreparedPhoto]);
  await removeLargePictures(folder, [photo as unknown as PreparedPhoto]);
  expect((await readdir(folder)).sort()).toEqual(['m.jpg', 'other.jpg', 't.jpg']);
});
