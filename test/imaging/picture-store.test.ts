import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { removeLargePictures, trimPictures } from '../../src/imaging/picture-store.ts';
import type { PreparedPhoto } from '../../src/imaging/prepare-photo.ts';
import { throwAwayFolder } from './corpus.ts';

const HOUR = 3_600_000;
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

it('the oldest go first, until the rest fits; the last hour stays whatever the limit', async () => {
  const folder = await folderWith({ 'a.jpg': 5, 'b.jpg': 4, 'c.jpg': 3, 'd.jpg': 0.5 });
  expect(await trimPictures(folder, 4000, NOW)).toBe(0);
  expect(await trimPictures(folder, 2500, NOW)).toBe(2000);
  expect((await readdir(folder)).sort()).toEqual(['c.jpg', 'd.jpg']);
  await trimPictures(folder, 0, NOW);
  expect(await readdir(folder)).toEqual(['d.jpg']);
});

it('what a killed program left half written goes, also when there is room', async () => {
  const folder = await folderWith({ '.x.tmp': 2, '.young.tmp': 0.1, 'a.jpg': 9 });
  await mkdir(join(folder, 'a folder'));
  await trimPictures(folder, 1_000_000, NOW);
  expect((await readdir(folder)).sort()).toEqual(['.young.tmp', 'a folder', 'a.jpg']);
  expect(await trimPictures(join(folder, 'none'), 0, NOW)).toBe(0);
});

it('what is live keeps its small copies only', async () => {
  const folder = await folderWith({ 'p.jpg': 0, 'plain.jpg': 0, 'f.jpg': 0, 'm.jpg': 0, 't.jpg': 0, 'other.jpg': 0 });
  const photo = {
    picture: { name: 'p.jpg' },
    plain: { name: 'plain.jpg' },
    full: 'f.jpg',
    model: { name: 'm.jpg' },
    thumbnail: { name: 't.jpg' },
  };
  await removeLargePictures(folder, [photo as unknown as PreparedPhoto]);
  await removeLargePictures(folder, [photo as unknown as PreparedPhoto]);
  expect((await readdir(folder)).sort()).toEqual(['m.jpg', 'other.jpg', 't.jpg']);
});
