import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Glance } from '../../src/core/glance.ts';
import type { PhotoHash } from '../../src/core/item.ts';
import { glanceAt } from '../../src/intake/glance-at.ts';
import { throwAwayFolder } from '../imaging/corpus.ts';
import { makePhotos, scan } from './scan-world.ts';

it('decodes each photo once ever, by its content', async () => {
  const folder = await throwAwayFolder();
  await makePhotos(folder, ['a.jpg', 'b.jpg', 'c.jpg']);
  const { photos } = await scan([folder]);
  const kept = new Map<PhotoHash, Glance>();
  const store = {
    glances: (hashes: readonly PhotoHash[]) => Promise.resolve(new Map([...kept].filter(([hash]) => hashes.includes(hash)))),
    rememberGlances: async (fresh: ReadonlyMap<PhotoHash, Glance>) => {
      for (const [hash, glance] of fresh) kept.set(hash, glance);
    },
  };
  let decodes = 0;
  const readCodes = () => Promise.resolve([`code ${++decodes}`]);
  const { signal } = new AbortController();
  const first = await glanceAt(photos, { store, readCodes, signal });
  expect([first.size, decodes]).toEqual([3, 3]);
  const elsewhere = photos.map((photo) => ({ ...photo, path: join('/gone', photo.sha256) }));
  expect(await glanceAt(elsewhere, { store, readCodes, signal })).toEqual(first);
  expect(decodes).toBe(3);
});
