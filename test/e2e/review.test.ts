import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findChromium } from '../support/browser.ts';
import { completeItems, sidecar } from '../support/items.ts';
import { valid } from '../support/schemas.ts';
import { untilTrue as until, World } from '../support/world.ts';
import { type Review, reviewing, rowIdsOf } from './review-desk.ts';

const executablePath = findChromium();

let browser: Browser;
let world: World;
let review: Review;
let context: BrowserContext;
let page: Page;
/** What went wrong in the page: errors of scripts, and requests to elsewhere. */
let wrong: string[];

describe.skipIf(executablePath === undefined)('the review page', () => {
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: executablePath ?? '', args: ['--no-sandbox', '--disable-gpu'] });
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    world = await World.open();
    await completeItems(world, 4);
    await world.run('list', world.photos, '--publish', 'review', '--json');
    review = await reviewing(world);
    ({ context, page } = await opened(review.url));
  });
  afterEach(async () => {
    await context.close();
    const { code, lines } = await review.stop();
    for (const line of lines) valid('review-line', line);
    expect([code, lines.at(-1)?.type]).toEqual([0, 'review.stopped']);
    await world.close();
    expect(wrong).toEqual([]);
  });

  it('approves with a key: the item goes live while the next one is shown, and the page tells it by itself', async () => {
    const first = await current();
    const title = await page.locator('#item-title').textContent();
    await page.keyboard.press('a');
    await page.locator(`#item article:not([data-item="${first}"])`).waitFor();
    await page.locator(`#row-${first} .badge.live`).waitFor();
    expect(await page.locator('[data-count=live]').textContent()).toBe('1');
    expect((await world.listings()).map((one) => one.title)).toEqual([title]);
    // Nothing was loaded anew.
    expect(await page.evaluate('performance.getEntriesByType("navigation").length')).toBe(1);
    await page.keyboard.press('k');
    await page.locator(`#item article[data-item="${first}"][data-state=live]`).waitFor();
    expect(await page.locator('#item [data-do=approve]').count()).toBe(0);
    expect(review.lines().filter(({ type }) => type === 'item.finished')).toMatchObject([{ item: first, outcome: 'listed' }]);
  });

  it('approves one after the other without waiting; all of them go live', async () => {
    for (let n = 0; n < 4; n += 1) {
      const item = await current();
      await page.keyboard.press('a');
      await page.locator(`#row-${item} .badge:not(.held)`).waitFor();
      if (n < 3) await page.locator(`#item article:not([data-item="${item}"])`).waitFor();
    }
    await until(async () => (await world.listings()).length === 4);
    await until(async () => (await page.locator('#rows .badge.live').count()) === 4);
  });

  it('skips and holds with keys, and approves after all', async () => {
    const first = await current();
    await page.keyboard.press('s');
    await page.locator(`#row-${first} .badge.skipped`).waitFor();
    const second = await loadedOther(first);
    await page.keyboard.press('h');
    await page.locator(`#row-${second}`).getByText('You put it on hold').waitFor();
    expect([await decisionOf(first), await decisionOf(second)]).toEqual(['skip', 'hold']);
    expect(await world.listings()).toEqual([]);
    await loadedOther(second);
    await page.keyboard.press('k');
    await page.locator(`#item article[data-item="${second}"]`).waitFor();
    await page.keyboard.press('a');
    await page.locator(`#row-${second} .badge.live`).waitFor();
  });

  it('edits with the keyboard only: worked out anew, shown anew, and approved as it is then', async () => {
    const item = await current();
    const before = await shown();
    await page.keyboard.press('e');
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('Blue <b>Striped</b> Shirt & "Tie"');
    await page.keyboard.press('Enter');
    await page.locator('#item-title', { hasText: 'Blue <b>Striped</b> Shirt & "Tie"' }).waitFor();
    await page.locator('#item article[data-busy=""][data-state=held]').waitFor();
    expect(await shown()).not.toBe(before);
    expect(await page.locator('#item-title b').count()).toBe(0);
    await page.keyboard.press('a');
    await page.locator(`#row-${item} .badge.live`).waitFor();
    expect((await world.listings()).map((one) => one.title)).toEqual(['Blue <b>Striped</b> Shirt & "Tie"']);
  });

  it('offers what eBay allows, and an emptied field is out of the listing', async () => {
    await page.keyboard.press('e');
    const department = page.getByLabel('Department *');
    expect(await department.evaluate((node: { tagName: string }) => node.tagName)).toBe('SELECT');
    expect(await department.locator('option').allTextContents()).toContain('Men');
    expect(await page.locator('#edit datalist option').count()).toBeGreaterThan(20);
    expect(await page.getByLabel('Condition').locator('option').allTextContents()).toContain('Pre-owned - Good (3000)');
    await page.getByLabel('Color *').fill('');
    await page.keyboard.press('Enter');
    await page.locator('.questions', { hasText: 'Color is required' }).waitFor();
    expect(await page.locator('.fields tr.open', { hasText: 'Color' }).count()).toBe(1);
    await page.keyboard.press('a');
    await page.locator('#notice.trouble', { hasText: 'cannot be approved as it is' }).waitFor();
    // The field that is asked for has the focus.
    await page.keyboard.press('e');
    await page.keyboard.type('Green');
    await page.keyboard.press('Enter');
    await page.locator('.questions', { hasText: 'waits for your approval' }).waitFor();
    await page.keyboard.press('e');
    await page.getByRole('button', { name: 'Take back Color' }).press('Enter');
    await page.locator('.fields tr', { hasText: 'Color' }).locator('.value', { hasText: 'Blue' }).waitFor();
  });

  it('leaves a form with Esc, and refuses what cannot be with the reason', async () => {
    await page.keyboard.press('e');
    await page.getByLabel('Price', { exact: true }).fill('1.234,56');
    await page.keyboard.press('Enter');
    await page.locator('#notice.trouble', { hasText: 'price must be an amount' }).waitFor();
    expect(await page.locator('#edit').isVisible()).toBe(true);
    await page.keyboard.press('Escape');
    await page.locator('#edit').waitFor({ state: 'hidden' });
    expect(await page.locator('#item .facts .price').textContent()).toMatch(/^\$1\d\.99$/);
  });

  it('an approval of what is not there any more is refused, in words, and the page shows what is there', async () => {
    // The page is kept from hearing of it.
    await context.close();
    ({ context, page } = await opened((await restarted()).url, { deaf: true }));
    const item = await current();
    expect((await world.run('edit', item, '--set', 'price=99.50', '--yes')).code).toBe(0);
    await page.keyboard.press('a');
    await page.locator('#notice.trouble', { hasText: 'has changed since it was shown to you' }).waitFor();
    await page.locator('#item .facts .price', { hasText: '$99.50' }).waitFor();
    expect([await world.listings(), await decisionOf(item)]).toEqual([[], undefined]);
    await page.keyboard.press('a');
    await until(async () => (await world.listings()).length === 1);
    expect((await world.listings())[0]?.price.value).toBe('99.50');
  });

  it('shows what another program does, without being loaded anew', async () => {
    const item = await current();
    await world.run('edit', item, '--set', 'price=77.70', '--yes');
    await page.locator(`#row-${item} .price`, { hasText: '$77.70' }).waitFor();
    await page.locator('#item .facts .price', { hasText: '$77.70' }).waitFor();
  });

  it('edits many at once: selected with x, shown before, all or none', async () => {
    for (let n = 0; n < 3; n += 1) {
      const item = await current();
      await page.keyboard.press('x');
      await page.keyboard.press('j');
      await loadedOther(item);
    }
    expect(await page.locator('#bulk-count').textContent()).toBe('3 selected');
    await page.keyboard.press('a');
    await page.locator('#notice', { hasText: 'one at a time' }).waitFor();
    await page.keyboard.press('e');
    await page.keyboard.type('aspects.Pattern');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Striped');
    await page.keyboard.press('Enter');
    await page.locator('#bulk-preview tr').nth(2).waitFor();
    expect(await page.locator('#bulk-preview td').allTextContents()).toEqual(Array(3).fill('none → Striped'));
    expect(await patterns()).toEqual([]);
    await page.keyboard.press('Enter');
    await page.locator('#bulk').waitFor({ state: 'hidden' });
    await until(async () => (await patterns()).length === 3);
    expect(await page.locator('#bulk-bar').isVisible()).toBe(false);
  });

  it('holds many at once, after a question; a no changes nothing', async () => {
    const [one, two] = await rowIds();
    await page.locator(`[data-select="${one}"]`).check();
    await page.locator(`[data-select="${two}"]`).check();
    await page.keyboard.press('h');
    await page.locator('#sure').waitFor({ state: 'visible' });
    await page.keyboard.press('Escape');
    expect(await decisionOf(String(one))).toBeUndefined();
    await page.keyboard.press('h');
    await page.keyboard.press('Enter');
    await page.locator(`#row-${two}`).getByText('You put it on hold').waitFor();
    expect([await decisionOf(String(one)), await decisionOf(String(two))]).toEqual(['hold', 'hold']);
  });

  it('splits photos off: two items at once, kept for later scans', async () => {
    const item = await current();
    await page.keyboard.press('2');
    await page.keyboard.press('t');
    await page.keyboard.press('Enter');
    await until(async () => (await page.locator('#rows > li').count()) === 5);
    await until(async () => (await photosOf()).filter((count) => count === 1).length === 2);
    // Both are worked out, and the next scan leaves them as they are.
    await until(async () => (await page.locator('#rows .badge.held').count()) === 5);
    expect(await rowIds()).toContain(item);
    await world.run('list', world.photos, '--publish', 'review');
    expect((await photosOf()).sort()).toEqual([1, 1, 2, 2, 2]);
  });

  it('merges selected items, and moves a photo to another item', async () => {
    const [one, two, three, four] = await rowIds();
    await page.locator(`[data-select="${one}"]`).check();
    await page.locator(`[data-select="${two}"]`).check();
    await page.keyboard.press('m');
    await page.keyboard.press('Enter');
    await until(async () => (await page.locator('#rows > li').count()) === 3);
    await until(async () => (await photosOf()).includes(4));
    await until(async () => (await page.locator('#rows .badge.held').count()) === 3);

    await page.locator(`#rows [data-open="${three}"]`).click();
    await page.locator(`#item article[data-item="${three}"]`).waitFor();
    await page.keyboard.press('1');
    await page.keyboard.press('v');
    await page.locator('#move-to').selectOption(String(four));
    await page.locator('#move-dialog').getByRole('button', { name: 'Move' }).click();
    await until(async () => (await photosOf()).sort().join() === '1,3,4');
    await until(async () => (await page.locator('#rows .badge.held').count()) === 3);
  });

  it('a viewer sees it happen and has no key that changes anything', async () => {
    const other = await opened(review.viewerUrl);
    const viewer = other.page;
    const posts: string[] = [];
    viewer.on('request', (request) => request.method() === 'POST' && posts.push(request.url()));
    const item = await current();
    for (const key of ['a', 's', 'h', 'x', 'e', 't', 'm', 'v', '1']) await viewer.keyboard.press(key);
    await viewer.keyboard.press('j');
    await viewer.locator(`#item article:not([data-item="${item}"])`).waitFor();
    expect([posts, await decisionOf(item), await viewer.locator('button[data-do]').allTextContents()]).toEqual([[], undefined, ['Keys ?']]);
    await page.keyboard.press('s');
    await viewer.locator(`#row-${item} .badge.skipped`).waitFor();
    await other.context.close();
  });

  it('Ctrl-C finishes what is going live, and ends in order', async () => {
    const item = await current();
    await fetch(`${world.practice.url}/_practice/settings`, { method: 'POST', body: JSON.stringify({ latencyMs: 400 }) });
    await page.keyboard.press('a');
    await page.locator(`#row-${item} .badge.going`, { hasText: 'publish' }).waitFor();
    const { code, lines } = await review.stop();
    expect([code, lines.at(-1)?.type]).toEqual([0, 'review.stopped']);
    expect(lines.find(({ type }) => type === 'item.finished')).toMatchObject({ item, outcome: 'listed' });
    expect(await world.listings()).toHaveLength(1);
    await page.locator('#notice.trouble', { hasText: 'does not answer' }).waitFor();
  });

  it('runs nothing that stands in a title, a specific, a note or a name', async () => {
    const evil = '<img src=x onerror=alert(1)>"\'<script>alert(2)</script>';
    world.write('<b onclick=alert(3)>x/a.jpg', await (await import('../support/items.ts')).picture(900));
    world.write(
      '<b onclick=alert(3)>x/item.json',
      JSON.stringify({
        ...sidecar(9),
        title: evil,
        description: `${evil} text`,
        privateNote: evil,
        aspects: { ...sidecar(9).aspects, Brand: evil, [evil.slice(0, 30)]: evil },
      }),
    );
    const dialogs: string[] = [];
    page.on('dialog', (dialog) => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    await world.run('list', world.photos, '--publish', 'review');
    const row = page.locator('#rows > li', { hasText: 'onerror' });
    await row.locator('a').click();
    await page.locator('#item-title', { hasText: 'onerror' }).waitFor();
    await page.keyboard.press('e');
    expect(await page.locator('#edit [name=title]').inputValue()).toBe(evil);
    expect(await page.locator('#edit [name=privateNote]').inputValue()).toBe(evil);
    expect(await page.locator('main script, main [onclick], main [onerror], main b[onclick], #rows script, #rows [onerror]').count()).toBe(
      0,
    );
    expect(dialogs).toEqual([]);
  });
});

async function opened(url: string, { deaf = false } = {}): Promise<{ context: BrowserContext; page: Page }> {
  const fresh = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const tab = await fresh.newPage();
  wrong = [];
  tab.on('pageerror', (error) => wrong.push(error.message));
  tab.on('request', (request) => {
    if (!request.url().startsWith(new URL(url).origin)) wrong.push(`asks for ${request.url()}`);
  });
  if (deaf) await tab.route('**/events', (route) => route.fulfill({ status: 204 }));
  await tab.goto(url);
  return { context: fresh, page: tab };
}

/** An approver's link opens once. */
async function restarted(): Promise<Review> {
  await review.stop();
  review = await reviewing(world);
  return review;
}

const current = async (): Promise<string> => (await page.locator('#item article').getAttribute('data-item')) ?? '';
const shown = (): Promise<string | null> => page.locator('#item article').getAttribute('data-shown');

async function loadedOther(than: string): Promise<string> {
  await page.locator(`#item article:not([data-item="${than}"])`).waitFor();
  return current();
}

const rowIds = (): Promise<readonly string[]> => rowIdsOf(page);

interface StatusLine {
  readonly items: readonly { readonly id: string; readonly photos: number }[];
}

const status = async (): Promise<StatusLine> => (await world.run('status', '--json')).lines[0] as unknown as StatusLine;
const photosOf = async (): Promise<number[]> => (await status()).items.map(({ photos }) => photos);

const showLine = async (item: string) =>
  (await world.run('show', item, '--json')).lines[0] as unknown as {
    readonly decision: { readonly kind: string } | null;
    readonly aspects: readonly { readonly name: string; readonly values: readonly string[] }[];
  };

const decisionOf = async (item: string): Promise<string | undefined> => (await showLine(item)).decision?.kind;

const patterns = async (): Promise<readonly string[]> => {
  const all = await Promise.all((await status()).items.map(({ id }) => showLine(id)));
  return all.flatMap(({ aspects }) => aspects.filter(({ name }) => name === 'Pattern').flatMap(({ values }) => values));
};
