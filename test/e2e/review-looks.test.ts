import { cpSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faults, findChromium } from '../support/browser.ts';
import { completeItems } from '../support/items.ts';
import { writeNavyShirt } from '../support/navy-shirt.ts';
import { untilTrue as until, World } from '../support/world.ts';
import { type Review, reviewing } from './review-desk.ts';

const executablePath = findChromium();
/** Where to put pictures of the page for people to look at; none are taken unless asked for. */
const screenshots = process.env.EASYFLIP_SCREENSHOTS;
const SIZES = { desktop: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } } as const;

let browser: Browser;
let world: World;
let review: Review;
let cookies: Awaited<ReturnType<Awaited<ReturnType<Browser['newContext']>>['cookies']>>;

describe.skipIf(executablePath === undefined)('the look of the review page', () => {
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: executablePath ?? '', args: ['--no-sandbox', '--disable-gpu'] });
    world = await World.open();
    await completeItems(world, 2);
    writeNavyShirt(world);
    cpSync(resolve('fixtures/photos/mens-shirt-white'), join(world.photos, 'mens-shirt-white'), { recursive: true });
    await world.run('list', world.photos, '--publish', 'review', '--provider', 'local');
    review = await reviewing(world);
    const context = await browser.newContext();
    await (await context.newPage()).goto(review.url);
    cookies = await context.cookies();
    await context.close();
  });
  afterAll(async () => {
    await browser?.close();
    await review?.stop();
    await world?.close();
  });

  for (const [size, viewport] of Object.entries(SIZES)) {
    for (const colorScheme of ['light', 'dark'] as const) {
      it(`has no fault that axe finds, and does not scroll sideways: ${size}, ${colorScheme}`, async () => {
        // The page forbids other scripts; axe is one.
        const context = await browser.newContext({ viewport, colorScheme, bypassCSP: true });
        await context.addCookies(cookies);
        const page = await context.newPage();
        const look = async (name: string): Promise<void> => {
          await pictures(page);
          if (screenshots !== undefined) await shoot(page, `${name}-${size}-${colorScheme}`);
          expect(await faults(page), `${name}, ${size}, ${colorScheme}`).toEqual([]);
          expect(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'), name).toBe(0);
        };
        await page.goto(review.base);
        await look('list');
        await page.locator('#rows > li', { hasText: 'Fenward' }).locator('a').click();
        await page.locator('#item-title', { hasText: 'Fenward' }).waitFor();
        await look('item');
        await page.keyboard.press('e');
        await page.locator('#edit details.more summary').click();
        await look('edit');
        await page.keyboard.press('Escape');
        await page.keyboard.press('?');
        await look('help');
        await page.keyboard.press('Escape');
        await page.keyboard.press('x');
        await page.keyboard.press('e');
        await page.locator('#bulk').waitFor({ state: 'visible' });
        await look('bulk');
        await page.keyboard.press('Escape');
        await page.goto(`${review.base}?states=live`);
        await look('empty');
        await page.goto(`${review.base}?states=todo`);
        await page.locator('#rows > li', { hasText: 'mens-shirt-white' }).locator('a').click();
        await page.locator('#item-title', { hasText: 'White Shirt' }).waitFor();
        await look('question');
        await context.close();
      });
    }
  }

  it('shows pictures large, label crops beside them, and every field with what it rests on', async () => {
    const context = await browser.newContext({ viewport: SIZES.desktop });
    await context.addCookies(cookies);
    const page = await context.newPage();
    await page.goto(review.base);
    await page.locator('#rows > li', { hasText: 'Fenward' }).locator('a').click();
    await page.locator('#item-title', { hasText: 'Fenward' }).waitFor();
    await pictures(page);
    const widths = (selector: string): Promise<readonly number[]> =>
      page.locator(selector).evaluateAll((images) => images.map((image) => (image as unknown as { naturalWidth: number }).naturalWidth));
    // They are loaded when they come into sight.
    for (const photo of await page.locator('.photo > a > img').all()) await photo.scrollIntoViewIfNeeded();
    await until(async () => (await widths('.photo > a > img')).every((width) => width > 0));
    for (const width of await widths('.photo > a > img')) expect(width).toBeGreaterThanOrEqual(800);
    for (const label of await page.locator('.labels img').all()) await label.scrollIntoViewIfNeeded();
    await until(async () => (await widths('.labels img')).every((width) => width > 100));
    expect(await page.locator('.labels img').count()).toBeGreaterThan(0);

    const size = page.locator('.fields tr').filter({ has: page.locator('th', { hasText: /^Size \*$/ }) });
    expect(await size.locator('.value > span').first().textContent()).toBe('M');
    expect(await size.locator('.evidence').textContent()).toMatch(/label on photo \d: "/);
    expect(await size.locator('.sure').textContent()).toMatch(/\d+ %/);
    expect(await size.locator('.allowed').textContent()).toMatch(/eBay (knows|allows only) \d+/);
    const number = await size.locator('[data-photo]').first().getAttribute('data-photo');
    await size.locator('[data-photo]').first().click();
    await page.locator(`#photo-${number}.lit`).waitFor();

    expect(await page.getByText('What others ask now').count()).toBe(0);
    await page.keyboard.press('e');
    await page.getByLabel('Price', { exact: true }).fill('');
    await page.keyboard.press('Enter');
    await page.locator('.comparables tbody tr').nth(2).waitFor();
    expect(
      await page
        .locator('#item')
        .getByText(/from \d+ asking prices/)
        .count(),
    ).toBeGreaterThan(0);
    await context.close();
  });

  it('can be read without its script', async () => {
    const context = await browser.newContext({ viewport: SIZES.desktop, javaScriptEnabled: false });
    await context.addCookies(cookies);
    const page = await context.newPage();
    await page.goto(review.base);
    await page.locator('#rows > li', { hasText: 'Test Shirt Number 2' }).locator('a').click();
    await page.locator('#item-title', { hasText: 'Test Shirt Number 2' }).waitFor();
    await context.close();
  });
});

/** All that are in view are there. */
const pictures = (page: Page): Promise<void> =>
  until(async () =>
    page
      .locator('img')
      .evaluateAll((images) =>
        (images as unknown as { complete: boolean; loading: string; naturalWidth: number }[]).every(
          ({ complete, loading, naturalWidth }) => loading === 'lazy' || (complete && naturalWidth > 0),
        ),
      ),
  );

async function shoot(page: Page, name: string): Promise<void> {
  mkdirSync(screenshots ?? '', { recursive: true });
  await page.screenshot({ path: join(screenshots ?? '', `review-${name}.png`) });
}
