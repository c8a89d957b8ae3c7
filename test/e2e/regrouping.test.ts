import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type App, openApp } from '../../src/app/app.ts';
import { mergeItems, movePhoto, splitItem } from '../../src/app/group.ts';
import { list } from '../../src/app/list.ts';
import { writePlan } from '../../src/app/plan-file.ts';
import { resume } from '../../src/app/resume.ts';
import { type ScanResult, scan } from '../../src/app/scan.ts';
import { loadSettings } from '../../src/config/load.ts';
import type { OutcomeCounts } from '../../src/core/outcome.ts';
import { createRunControl } from '../../src/pipeline/run-control.ts';
import type { Checked } from '../../src/stages/check.ts';
import { picture, sidecar } from '../support/items.ts';
import { World } from '../support/world.ts';

// In one process, since a correction is followed by many runs. Drawn before the program forbids sharp to draw.
const PICTURES = await Promise.all([1, 2, 3, 4, 5].map(picture));

let world: World;
let app: App;
beforeEach(async () => {
  world = await World.open();
  const env = { EASYFLIP_PRACTICE_URL: world.practice.url, EASYFLIP_DATA_DIR: world.data, HOME: world.root };
  const { settings } = await loadSettings({ env, flags: { publish: 'review' } });
  app = await openApp({ settings, env, dataDir: world.data });
  // Three items: 2, 2 and 1 photos.
  world.write('defaults.json', JSON.stringify(sidecar(1)));
  for (const [at, second] of [0, 8, 600, 608, 1200].entries()) {
    const time = new Date(Date.UTC(2024, 0, 1, 10, 0, second)).toISOString().slice(0, 19).replace('T', ' ').replaceAll('-', ':');
    const exif = { IFD2: { DateTimeOriginal: time } };
    world.write(`DCIM/${at + 1}.jpg`, await sharp(PICTURES[at]).withExif(exif).jpeg().toBuffer());
  }
});
afterEach(async () => {
  await app.close();
  await world.close();
});

const again = () => ({ dryRun: false, emit: () => {}, control: createRunControl(() => {}) });
const run = async (): Promise<OutcomeCounts> => (await list(app, { directories: [world.photos], ...again() })).counts;

/** What `scan` shows. */
async function scanned(): Promise<ScanResult> {
  const found = await scan(app, [world.photos], { emit: () => {}, signal: new AbortController().signal });
  const items = [];
  for await (const item of found.items()) items.push(item);
  return { items, plan: found.plan };
}

/** Item ids by the numbers of their photos: `1 2`. */
async function grouped(): Promise<Readonly<Record<string, string>>> {
  const { items } = await scanned();
  const numbers = (files: readonly { readonly path: string }[]): string => files.map(({ path }) => /(\d)\.jpg$/.exec(path)?.[1]).join(' ');
  return Object.fromEntries(items.map(({ item, files }) => [numbers(files), item]));
}

/** What waits for approval is looked at in every run; all that costs anything must stand still. */
const worked = async (id: string): Promise<unknown> =>
  (await app.store.outcomes.ofItem(id as never)).filter(({ stage }) => stage !== 'check');

it('merge, split and move are kept, and only what they touch is worked on again', async () => {
  await run();
  const before = await grouped();
  expect(Object.keys(before).sort()).toEqual(['1 2', '3 4', '5']);
  const [first, second, third] = ['1 2', '3 4', '5'].map((photos) => before[photos]) as [string, string, string];
  const untouched = await worked(second);

  await mergeItems(app, [first, third]);
  // Until the next scan nothing of it goes live.
  expect((await resume(app, again())).counts).toMatchObject({ items: 3, held: 3 });
  expect((await app.store.items.get(third as never))?.intakeHold?.code).toBe('item.regrouped');
  expect(await run()).toMatchObject({ items: 2, held: 2 });
  const merged = await grouped();
  expect(Object.keys(merged).sort()).toEqual(['1 2 5', '3 4']);
  expect(await app.store.items.all()).toHaveLength(2);
  expect(await worked(second)).toEqual(untouched);

  await splitItem(app, merged['1 2 5'] as string, ['2.jpg']);
  expect(await run()).toMatchObject({ items: 3, held: 3 });
  expect(Object.keys(await grouped()).sort()).toEqual(['1 5', '2', '3 4']);
  expect(await worked(second)).toEqual(untouched);

  await movePhoto(app, join(world.photos, 'DCIM/2.jpg'), second);
  expect(await run()).toMatchObject({ items: 2 });
  const after = await grouped();
  expect(Object.keys(after).sort()).toEqual(['1 5', '2 3 4']);
  expect(after['2 3 4']).toBe(second);
  expect(await app.store.items.all()).toHaveLength(2);
});

it('the part with the anchor stays the item, whichever part that is, and nothing of the other part is written over', async () => {
  await run();
  const item = (await grouped())['1 2'] as string;
  for (const photo of ['1', '2']) {
    await splitItem(app, item, [photo]);
    await run();
    const parts = await grouped();
    expect(Object.keys(parts).sort()).toEqual(['1', '2', '3 4', '5']);
    expect(new Set(Object.values(parts)).size).toBe(4);
    const anchor = (await app.store.items.get(item as never))?.item;
    expect(anchor?.photos.map(({ sha256 }) => sha256)).toEqual([anchor?.anchor]);
    await mergeItems(app, [parts['1'] as string, parts['2'] as string]);
    await run();
    expect((await grouped())['1 2']).toBe(item);
    expect(await app.store.items.all()).toHaveLength(3);
  }
});

it('the order in an edited plan is the order of the listing, for later scans too; the rest of the plan touches nothing', async () => {
  await run();
  const before = await grouped();
  const file = join(world.root, 'plan.json');
  await writePlan(file, await scanned());
  const plan = JSON.parse(readFileSync(file, 'utf8')) as { items: { photos: string[] }[] };
  plan.items[0]?.photos.reverse();
  writeFileSync(file, JSON.stringify(plan));
  const untouched = await worked(before['3 4'] as string);
  await list(app, { directories: [], plan: file, ...again() });
  const after = await grouped();
  expect(Object.keys(after).sort()).toEqual(['2 1', '3 4', '5']);
  expect(after['2 1']).toBe(before['1 2']);
  expect(await worked(before['3 4'] as string)).toEqual(untouched);

  const item = (await app.store.items.get(after['2 1'] as never))?.item;
  const checked = (await app.store.outcomes.ofItem(after['2 1'] as never)).find(({ stage }) => stage === 'check')?.partial as Checked;
  expect(item?.photos.map(({ path }) => path.at(-5))).toEqual(['2', '1']);
  expect(checked.content.photos).toEqual(item?.photos.map(({ sha256 }) => sha256));
  await run();
  expect(Object.keys(await grouped())).toContain('2 1');
});
