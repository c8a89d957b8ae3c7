import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256 } from '../../src/core/hash.ts';
import { itemIdOf, skuOf } from '../../src/core/identity.ts';
import type { PhotoHash } from '../../src/core/item.ts';
import { openStore } from '../../src/store/sqlite-store.ts';
import { findChromium } from '../support/browser.ts';
import { completeItems } from '../support/items.ts';
import { untilTrue as until, World } from '../support/world.ts';
import { type Review, reviewing } from './review-desk.ts';

const executablePath = findChromium();
const MANY = 1_000;

let browser: Browser;
let world: World;
let review: Review;

describe.skipIf(executablePath === undefined)('a thousand held items', () => {
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: executablePath ?? '', args: ['--no-sandbox', '--disable-gpu'] });
    world = await World.open();
    await completeItems(world, 1);
    await world.run('list', world.photos, '--publish', 'review', '--json');
    await multiply(MANY - 1);
    review = await reviewing(world);
  });
  afterAll(async () => {
    await browser?.close();
    await review?.stop();
    await world?.close();
  });

  it('come in pages; moving, deciding and hearing of it cost what one item costs', async () => {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    const took: Record<string, number> = {};
    const timed = async (name: string, work: () => Promise<unknown>): Promise<void> => {
      const began = performance.now();
      await work();
      took[name] = Math.round(performance.now() - began);
    };
    await timed('first page', () => page.goto(review.url));
    expect(await page.locator('[data-count=todo]').textContent()).toBe(String(MANY));
    expect(await page.locator('#rows > li').count()).toBe(50);
    expect(await page.locator('.pager').textContent()).toContain('page 1 of 20');
    await timed('page again', () => page.reload());

    const first = (await page.locator('#item article').getAttribute('data-item')) ?? '';
    await timed('next item', async () => {
      await page.keyboard.press('j');
      await page.locator(`#item article:not([data-item="${first}"])`).waitFor();
    });
    // A key that is kept down: only the last item is loaded.
    await timed('30 items down', async () => {
      for (let n = 0; n < 30; n += 1) await page.keyboard.press('j');
      const wanted = await page.locator('#rows [aria-current]').getAttribute('data-open');
      await page.locator(`#item article[data-item="${wanted}"]`).waitFor();
    });
    const here = (await page.locator('#item article').getAttribute('data-item')) ?? '';
    await timed('skip, and hear of it', async () => {
      await page.keyboard.press('s');
      await page.locator(`#row-${here} .badge.skipped`).waitFor();
    });
    expect(await page.locator('[data-count=todo]').textContent()).toBe(String(MANY - 1));
    // Beyond the last line is the next page.
    for (let n = 0; n < 20; n += 1) await page.keyboard.press('j');
    await until(async () => (await page.locator('.pager').textContent())?.includes('page 2 of 20') === true);
    await timed('last page', () => page.goto(`${review.base}?states=all&page=20`));
    expect(await page.locator('#rows > li').count()).toBe(50);
    if (process.env.EASYFLIP_MEASURE) process.stderr.write(`${JSON.stringify(took)} ms\n`);
    await page.close();
  });
});

/** Items like the one that is there, each with photos of its own name. */
async function multiply(times: number): Promise<void> {
  const store = await openStore(join(world.data, 'practice.sqlite'), {
    environment: 'practice',
    backups: { folder: join(world.data, 'backups'), kept: 1 },
  });
  try {
    const [model] = await store.items.all();
    if (!model) throw new Error('There is no item.');
    const outcomes = await store.outcomes.ofItem(model.item.id);
    for (let n = 0; n < times; n += 1) {
      const photos = model.item.photos.map((photo, at) => ({ ...photo, sha256: sha256(`${n} ${at}`) as PhotoHash }));
      const anchor = photos.map((photo) => photo.sha256).sort()[0] as PhotoHash;
      const id = itemIdOf(anchor);
      const seller = { ...model.item.seller, title: `Shirt Number ${n + 1} of Many` };
      await store.items.save(
        { ...model.item, id, anchor, sku: skuOf(anchor), source: `${model.item.source}-${n}`, photos, seller },
        undefined,
      );
      const claim = await store.claims.take(id, 60_000);
      if (!claim) throw new Error('The item is in other hands.');
      // Their pictures are the same files.
      const renamed = photos.reduce(
        (text, photo, at) => text.replaceAll(model.item.photos[at]?.sha256 ?? '', photo.sha256),
        JSON.stringify(outcomes),
      );
      for (const outcome of JSON.parse(renamed) as typeof outcomes) await store.outcomes.record({ ...outcome, itemId: id }, claim);
      await store.claims.release(claim);
    }
  } finally {
    await store.close();
  }
}
