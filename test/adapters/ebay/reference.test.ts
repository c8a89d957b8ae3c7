import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Store } from '../../../src/core/ports/index.ts';
import { openStore } from '../../../src/store/sqlite-store.ts';
import { type PracticeWorld, practiceWorld } from './practice-world.ts';
import { call, ebay, hastyClock } from './support.ts';

const DAY_MS = 86_400_000;
const folder = mkdtempSync(join(tmpdir(), 'easyflip-reference-'));
let world: PracticeWorld;
let store: Store;
const clock = hastyClock();
beforeEach(async () => {
  clock.shiftMs = 0;
  world = await practiceWorld();
  store = await openStore(join(folder, 'reference.sqlite'), { environment: 'practice', clock });
});
afterEach(async () => {
  await world.close();
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Another run of the program: nothing in memory, the same store. */
const market = () => ebay(world.url, { reference: store.reference, clock, outgoingSettings: { tries: 1 } });
const asked = async () =>
  (await world.requests()).filter(({ path }) => /taxonomy|metadata/.test(path)).map(({ path }) => path.replace(/^.*\/|\?.*$/g, ''));
const down = { match: { path: '/(commerce/taxonomy|sell/metadata)/' }, rate: 1, action: { type: 'html-503' } };

async function learn() {
  const one = market();
  return {
    suggestions: await one.suggestCategories('mens t-shirt', call()),
    category: await one.category('15687', call()),
    aspects: await one.aspects('15687', call()),
    conditions: await one.conditions('15687', call()),
  };
}

test('what eBay says of its categories is asked once, also by the next run', async () => {
  const first = await learn();
  const before = (await asked()).length;
  expect(before).toBeGreaterThan(4);
  expect(await learn()).toEqual(first);
  expect(await asked()).toHaveLength(before);
});

test('it is asked anew after its time: the tree each day, what is below it each week', async () => {
  const first = await learn();
  const before = (await asked()).length;
  clock.shiftMs = 2 * DAY_MS;
  expect(await learn()).toEqual(first);
  expect((await asked()).slice(before)).toEqual(['get_default_category_tree_id']);
  clock.shiftMs = 9 * DAY_MS;
  expect(await learn()).toEqual(first);
  expect((await asked()).length).toBeGreaterThan(before + 4);
});

test('where eBay cannot be reached the old answers serve, for a time', async () => {
  const first = await learn();
  await world.faults(down);
  clock.shiftMs = 30 * DAY_MS;
  expect(await learn()).toEqual(first);
  clock.shiftMs = 91 * DAY_MS;
  await expect(learn()).rejects.toMatchObject({ code: 'provider.unavailable' });
});

test('what was never asked is not made up, and a no is not an outage', async () => {
  await world.faults(down);
  await expect(market().aspects('15687', call())).rejects.toMatchObject({ code: 'provider.unavailable' });
  await world.faults();
  expect(await market().category('999999999', call())).toBeUndefined();
  expect(await market().category('999999999', call())).toBeUndefined();
});

test('another version of the tree is asked anew at once', async () => {
  const first = await learn();
  clock.shiftMs = 2 * DAY_MS;
  const version = { status: 200, body: { categoryTreeId: '0', categoryTreeVersion: 'next' } };
  await world.faults({ match: { path: 'get_default_category_tree_id' }, rate: 1, action: { type: 'answer', ...version } });
  const before = (await asked()).length;
  expect((await learn()).aspects).toEqual(first.aspects);
  expect((await asked()).slice(before)).toContain('get_item_aspects_for_category');
});
