import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faults, findChromium } from '../support/browser.ts';
import { type Showcase, showcase } from './showcase.ts';
import { openWorld, type World } from './world.ts';

const executablePath = findChromium();
/** Where to put pictures of the pages for people to look at; none are taken unless asked for. */
const screenshots = process.env.EASYFLIP_SCREENSHOTS;
const SIZES = { desktop: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } } as const;

let world: World;
let shown: Showcase;
let browser: Browser;

describe.skipIf(executablePath === undefined)('the pages in a browser', () => {
  beforeAll(async () => {
    world = await openWorld();
    shown = await showcase(world);
    browser = await chromium.launch({ executablePath: executablePath ?? '', args: ['--no-sandbox', '--disable-gpu'] });
  });
  afterAll(async () => {
    await browser?.close();
    await world?.close();
  });

  const paths = (): Readonly<Record<string, string>> => ({
    index: '/',
    search: '/?q=mug&show=live',
    nothing: '/?q=nonsense',
    listing: `/itm/${shown.live}`,
    zoom: `/itm/${shown.live}#zoom-1`,
    hostile: `/itm/${shown.hostile}`,
    sold: `/itm/${shown.sold}`,
    withdrawn: `/itm/${shown.withdrawn}`,
    scheduled: `/itm/${shown.scheduled}`,
    missing: '/itm/1',
    journal: '/_practice/journal',
    consent: `/oauth2/authorize?${new URLSearchParams({
      client_id: 'practice-app',
      redirect_uri: 'practice-ru-name',
      response_type: 'code',
      scope: 'https://api.ebay.com/oauth/api_scope https://api.ebay.com/oauth/api_scope/sell.inventory',
    })}`,
  });

  for (const [size, viewport] of Object.entries(SIZES)) {
    for (const colorScheme of ['light', 'dark'] as const) {
      it(`have no fault that axe finds, and do not scroll sideways: ${size}, ${colorScheme}`, async () => {
        // Pages forbid scripts; axe is one.
        const context = await browser.newContext({ viewport, colorScheme, bypassCSP: true });
        const page = await context.newPage();
        for (const [name, path] of Object.entries(paths())) {
          const loaded = await watched(page, () => page.goto(world.practice.url + path, { waitUntil: 'load' }));
          expect(loaded, name).toEqual([]);
          if (name === 'journal') await page.locator('summary').first().click();
          if (screenshots !== undefined) await shoot(page, `${name}-${size}-${colorScheme}`);
          expect(await faults(page), `${name}, ${size}, ${colorScheme}`).toEqual([]);
          const sideways = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
          expect(sideways, `${name} scrolls sideways`).toBe(0);
        }
        await context.close();
      });
    }
  }

  it('run nothing that a seller wrote', async () => {
    const page = await browser.newPage();
    const dialogs: string[] = [];
    page.on('dialog', (dialog) => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    const outside = await watched(page, () => page.goto(`${world.practice.url}/itm/${shown.hostile}`, { waitUntil: 'networkidle' }));
    await page.getByText('Blue & white.').click();
    expect([dialogs, outside]).toEqual([[], []]);
    expect(await page.locator('main script, main iframe, main [onclick], main [onerror], main a[href^=javascript]').count()).toBe(0);
    await expect(page.getByText('No chips').isVisible()).resolves.toBe(true);
    await page.close();
  });

  it('zoom a picture and go on to the next without a script', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${world.practice.url}/itm/${shown.live}`);
    await page.locator('.strip a').first().click();
    await page.locator('#zoom-1 img').waitFor({ state: 'visible' });
    await page.locator('#zoom-1').getByText('Next').click();
    await page.locator('#zoom-2 img').waitFor({ state: 'visible' });
    await page.locator('#zoom-2').getByText('Close').click();
    await page.locator('#zoom-2').waitFor({ state: 'hidden' });
    await context.close();
  });

  it('ask for consent and give the code back in the address, as eBay does', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${world.practice.url}${paths().consent}&state=a%26b`);
    await page.getByText('Agree and continue').click();
    const agreed = new URL(page.url()).searchParams;
    expect([agreed.get('state'), agreed.get('expires_in')]).toEqual(['a&b', '299']);
    const token = await world.token({
      grant_type: 'authorization_code',
      code: agreed.get('code') ?? '',
      redirect_uri: 'practice-ru-name',
    });
    expect(token.status).toBe(200);
    await page.goto(`${world.practice.url}${paths().consent}&state=c`);
    await page.getByText('Decline').click();
    const declined = new URL(page.url()).searchParams;
    expect([declined.get('error'), declined.get('state'), declined.get('code')]).toEqual(['access_denied', 'c', null]);
    await context.close();
  });
});

/** What went wrong while a page was loaded: requests that leave this server or fail, errors on the console. */
async function watched(page: Page, load: () => Promise<unknown>): Promise<readonly string[]> {
  const wrong: string[] = [];
  const onRequest = (request: { url(): string }) => {
    if (!request.url().startsWith(world.practice.url)) wrong.push(`asks for ${request.url()}`);
  };
  const onConsole = (message: { type(): string; text(): string }) => {
    // The browser itself reports a page that is answered 404.
    if (message.type() === 'error' && !message.text().includes('404')) wrong.push(message.text());
  };
  page.on('request', onRequest);
  page.on('console', onConsole);
  await load();
  page.off('request', onRequest);
  page.off('console', onConsole);
  return wrong;
}

async function shoot(page: Page, name: string): Promise<void> {
  const folder = screenshots ?? '';
  mkdirSync(folder, { recursive: true });
  const fullPage = !name.startsWith('zoom');
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage });
}
