import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type App, openApp } from '../../src/app/app.ts';
import { planItems } from '../../src/app/plan.ts';
import { planFolders } from '../../src/app/planning.ts';
import { loadSettings } from '../../src/config/load.ts';
import type { PlannedItem } from '../../src/intake/group-photos.ts';
import { makePhotos } from '../intake/scan-world.ts';
import { World } from '../support/world.ts';

let world: World;
let app: App;
beforeEach(async () => {
  world = await World.open();
  const env = { EASYFLIP_PRACTICE_URL: world.practice.url, EASYFLIP_DATA_DIR: world.data, HOME: world.root };
  const { settings } = await loadSettings({ env, flags: {} });
  app = await openApp({ settings, env, dataDir: world.data });
});
afterEach(async () => {
  await app.close();
  await world.close();
});

const { signal } = new AbortController();
const both = async (...folders: readonly string[]) => {
  const whole = await planItems(app, folders, { emit: () => {}, signal });
  const parts = await planFolders(app, folders, signal);
  const items: PlannedItem[] = [];
  for await (const { item } of parts.each()) items.push(item);
  return { whole, parts, items };
};
const say = (path: string, what: unknown): void => {
  mkdirSync(dirname(join(world.photos, path)), { recursive: true });
  writeFileSync(join(world.photos, path), typeof what === 'string' ? what : JSON.stringify(what));
};
const hashOf = (items: readonly PlannedItem[], end: string) => {
  const found = items.flatMap(({ photos }) => photos).find(({ path }) => path.endsWith(end));
  if (!found) throw new Error(`no photo ${end}`);
  return found.sha256;
};

/** Everything by which one folder concerns another. */
async function oddTree(): Promise<void> {
  const many = Array.from({ length: 26 }, (_, at) => `mug/pictures/${at}.jpg`);
  await makePhotos(world.photos, [
    'loose one.jpg',
    'loose two.jpg',
    'mug-2/1.jpg',
    ...many,
    'mug/pictures 2/1.jpg',
    'shirt 10/1.jpg',
    'shirt 9/1.jpg',
    'shirt 9/2.jpg',
    'deep/er/1.jpg',
    'deep/er/side/1.jpg',
    'pile/vase_1.jpg',
    'pile/vase_2.jpg',
    'pile/bowl_1.jpg',
    'same a/1.jpg',
    'same b/1.jpg',
    'DCIM/IMG_1.jpg',
  ]);
  cpSync(join(world.photos, 'shirt 9/1.jpg'), join(world.photos, 'same b/copy.jpg'));
  cpSync(join(world.photos, 'shirt 9/2.jpg'), join(world.photos, 'shirt 9/3.jpg'));
  say('defaults.json', { condition: '3000' });
  say('deep/defaults.yaml', 'brand: Deep');
  say('deep/item.json', { title: 'Two below' });
  say('deep/er/notes.txt', 'A note');
  say('mug/item.json', { title: 'A mug' });
  say('mug/notes.txt', 'for several');
  say('empty/item.json', { title: 'Nothing here' });
  say('pile/vase.json', { title: 'A vase' });
  say('pile/nobody.json', { title: 'x' });
  say('same a/item.json', { sku: 'one' });
  say('same b/item.json', { sku: 'ONE' });
  say('shirt 9/readme.md', '# no photo');
}

it('folder by folder gives what all at once gives: items, their order, and what is in none', async () => {
  await oddTree();
  const { whole, parts, items } = await both(world.photos);
  expect(items).toEqual(whole.items);
  expect(parts.unused).toEqual(whole.unused);
  expect([parts.items, parts.photos, parts.roots]).toEqual([whole.items.length, whole.scanned.photos.length, whole.scanned.roots]);
  expect(new Set(whole.items.flatMap(({ problem }) => problem?.code ?? []))).toContain('item.same-sku');
  expect(new Set(whole.unused.map(({ reason }) => reason.code))).toEqual(
    new Set(['photo.duplicate', 'file.not-a-photo', 'sidecar.invalid']),
  );
});

it('and so it does with what the seller put together, left out and put in order, and with several folders', async () => {
  await oddTree();
  const before = (await both(world.photos)).items;
  await app.store.grouping.place(
    new Map([
      [hashOf(before, 'shirt 10/1.jpg'), { group: 'a', at: 1 }],
      [hashOf(before, 'mug-2/1.jpg'), { group: 'a', at: 0 }],
      [hashOf(before, 'pictures/3.jpg'), { group: 'b' }],
      ...Array.from({ length: 22 }, (_, at) => [hashOf(before, `pictures/${at + 4}.jpg`), { group: 'c' }] as const),
      ...['pile/bowl_1.jpg', 'same a/1.jpg', 'loose one.jpg', 'loose two.jpg'].map((end) => [hashOf(before, end), { group: 'c' }] as const),
      [hashOf(before, 'er/1.jpg'), { group: 'b' }],
      [hashOf(before, 'DCIM/IMG_1.jpg'), { group: '' }],
    ]),
  );
  for (const folders of [['.'], ['mug', 'mug-2', 'shirt 10', 'deep'], ['pile', 'DCIM', 'same a', 'mug', 'mug-2']]) {
    const { whole, parts, items } = await both(...folders.map((folder) => join(world.photos, folder)));
    expect(items).toEqual(whole.items);
    expect(parts.unused).toEqual(whole.unused);
    expect(items.some(({ border }) => border.kind === 'seller')).toBe(true);
    for (const { photos, source } of items) {
      expect(parts.whereabouts.hasSource(source)).toBe(true);
      for (const { sha256, path } of photos) expect(parts.whereabouts.pathOf(sha256)).toBe(path);
    }
  }
  const { parts } = await both(world.photos);
  expect(new Set(parts.unused.map(({ reason }) => reason.code))).toEqual(
    new Set(['photo.duplicate', 'file.not-a-photo', 'sidecar.invalid', 'photo.left-out', 'photo.too-many']),
  );
  expect(parts.whereabouts.pathOf(hashOf(before, 'DCIM/IMG_1.jpg'))).toBeUndefined();
});
