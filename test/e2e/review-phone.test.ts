import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findChromium } from '../support/browser.ts';
import { completeItems } from '../support/items.ts';
import { untilTrue as until, World } from '../support/world.ts';
import { type Review, reviewing, rowIdsOf } from './review-desk.ts';

const executablePath = findChromium();

let browser: Browser;
let world: World;
let review: Review;
let context: BrowserContext;
let page: Page;

describe.skipIf(executablePath === undefined)('the review page on a phone, by touch alone', () => {
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: executablePath ?? '', args: ['--no-sandbox', '--disable-gpu'] });
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    world = await World.open();
    await completeItems(world, 4);
    await world.run('list', world.photos, '--publish', 'review', '--json');
    review = await reviewing(world);
    context = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
    page = await context.newPage();
    await page.goto(review.url);
  });
  afterEach(async () => {
    await context.close();
    await review.stop();
    await world.close();
  });

  it('opens an item from the list, edits it, and approves it as it is then', async () => {
    const [first] = await rowIds();
    await open(first);
    await tap('edit');
    await page.locator('#edit [name=title]').fill('Shirt From a Phone');
    await page.locator('#edit').getByRole('button', { name: 'Save' }).tap();
    await page.locator('#item-title', { hasText: 'Shirt From a Phone' }).waitFor();
    await page.locator('#item article[data-busy=""][data-state=held]').waitFor();
    await tap('approve');
    await until(async () => (await titles()).includes('Shirt From a Phone'));
    expect(await titles()).toEqual(['Shirt From a Phone']);
  });

  it('holds and skips', async () => {
    const [one, two] = await rowIds();
    await open(one);
    await tap('hold');
    await until(async () => (await shown(one)).decision?.kind === 'hold');
    await back();
    await open(two);
    await tap('skip');
    await until(async () => (await shown(two)).decision?.kind === 'skip');
    expect(await titles()).toEqual([]);
  });

  it('splits a photo off and moves one to another item', async () => {
    const [one, two, , four] = await rowIds();
    await open(one);
    await page.locator('[data-photo-choice]').last().tap();
    await tap('split');
    await page.locator('#sure').getByRole('button').first().tap();
    await until(async () => (await photoCounts()).join() === '1,1,2,2,2');
    await until(async () => (await page.locator('#rows .badge.held').count()) === 5);
    await back();
    await open(two);
    await page.locator('[data-photo-choice]').first().tap();
    await tap('move');
    await page.locator('#move-to').selectOption(four);
    await page.locator('#move-dialog').getByRole('button', { name: 'Move' }).tap();
    await until(async () => (await photoCounts()).includes(3));
  });

  it('edits several at once, shown before', async () => {
    const chosen = (await rowIds()).slice(0, 3);
    await select(chosen);
    expect(await page.locator('#bulk-count').textContent()).toBe('3 selected');
    await tap('edit-selected');
    await page.locator('#bulk-field').fill('aspects.Pattern');
    await page.locator('#bulk-value').fill('Striped');
    await page.locator('#bulk-go').tap();
    await page.locator('#bulk-preview tr').nth(2).waitFor();
    await page.locator('#bulk-go').tap();
    await page.locator('#bulk').waitFor({ state: 'hidden' });
    for (const item of chosen) {
      await until(async () => (await shown(item)).aspects.some(({ name, values }) => name === 'Pattern' && values.join() === 'Striped'));
    }
  });

  it('merges two', async () => {
    await select((await rowIds()).slice(0, 2));
    await tap('merge');
    await page.locator('#sure').getByRole('button').first().tap();
    await until(async () => (await photoCounts()).join() === '2,2,4');
  });
});

const tap = (action: string): Promise<void> => page.locator(`[data-do=${action}]:visible`).tap();

async function open(item: string): Promise<void> {
  await page.locator(`#rows [data-open="${item}"]`).tap();
  await page.locator(`#item article[data-item="${item}"]`).waitFor();
}

async function select(items: readonly string[]): Promise<void> {
  for (const item of items) await page.locator(`[data-select="${item}"]`).tap();
}

const back = (): Promise<void> => tap('back');

const rowIds = async () => (await rowIdsOf(page)) as [string, string, string, string];

const titles = async (): Promise<readonly string[]> => (await world.listings()).map(({ title }) => title);

interface Shown {
  readonly decision: { readonly kind: string } | null;
  readonly aspects: readonly { readonly name: string; readonly values: readonly string[] }[];
}

const shown = async (item: string): Promise<Shown> => (await world.run('show', item, '--json')).lines[0] as unknown as Shown;

const photoCounts = async (): Promise<readonly number[]> =>
  ((await world.run('status', '--json')).lines[0] as unknown as { items: readonly { photos: number }[] }).items
    .map(({ photos }) => photos)
    .sort();
