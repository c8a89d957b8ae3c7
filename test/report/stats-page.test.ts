import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { statsView } from '../../src/app/stats/stats.ts';
import { statsPage } from '../../src/report/stats-page.ts';
import type { StatsView } from '../../src/report/stats-view.ts';
import { emptyStore, handMade, SINCE } from '../app/stats/history.ts';
import { faults, findChromium } from '../support/browser.ts';
import { defaultSettings } from '../support/settings.ts';

const executablePath = findChromium();
/** Where to put pictures of the page for people to look at; none are taken unless asked for. */
const screenshots = process.env.EASYFLIP_SCREENSHOTS;
const SIZES = { desktop: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } } as const;
const EVIL = '"><script>alert(1)</script><img src=//evil.example/x.png onerror=alert(1)>\'&\u001b';

const settings = defaultSettings();
const full = async (): Promise<StatsView> => statsView({ ...(await handMade()), settings }, { since: SINCE, staleDays: 30 });
const hostile = (view: StatsView): StatsView => ({
  ...view,
  business: {
    ...view.business,
    stale: { ...view.business.stale, oldest: view.business.stale.oldest.map((one) => ({ ...one, item: EVIL, title: EVIL })) },
  },
  work: { ...view.work, spend: [{ operation: EVIL, calls: 1, microUsd: 12_345 }] },
  accuracy: {
    ...view.accuracy,
    total: { reviewed: 3, kept: 2, changed: 1, removed: 0, added: 0, accuracy: 2 / 3 },
    fields: [{ field: EVIL, reviewed: 3, kept: 2, changed: 1, removed: 0, added: 0, accuracy: 2 / 3 }],
  },
});

it('says the figures of `stats`, escapes what is not ours, and needs nothing from elsewhere', async () => {
  const page = statsPage(hostile(await full()), 'production');
  for (const told of [
    '$600.00',
    '$305.00',
    '48.4 %',
    '25 %',
    '34 listings a day instead of 2',
    'from 5 to 10',
    '45 listings live for 30 days',
  ])
    expect(page).toContain(told);
  expect(page).not.toMatch(/<script|<img|<link|@import|url\(|https?:\/\//);
  expect(page).not.toContain('\u001b');
  expect(page).toContain("default-src 'none'");
  expect(page).not.toContain('practice marketplace');
  expect(page.match(/<svg/g)?.length).toBeGreaterThan(5);
});

it('says what is not known, and why', async () => {
  const page = statsPage(await statsView({ ...(await emptyStore()), settings }, { since: SINCE, staleDays: 30 }), 'practice');
  expect(page).toContain('unknown: nothing is known of sales yet');
  expect(page).toContain('nothing of this was really sold');
  expect(page).not.toMatch(/NaN|Infinity|undefined|null/);
});

describe.skipIf(executablePath === undefined)('in a browser without network', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: executablePath ?? '', args: ['--no-sandbox', '--disable-gpu'] });
  });
  afterAll(() => browser?.close());

  for (const [size, viewport] of Object.entries(SIZES)) {
    for (const colorScheme of ['light', 'dark'] as const) {
      it(`axe finds nothing, nothing is asked for, and it does not scroll sideways: ${size}, ${colorScheme}`, async () => {
        const pages = {
          full: statsPage(await full(), 'production'),
          hostile: statsPage(hostile(await full()), 'practice'),
          empty: statsPage(await statsView({ ...(await emptyStore()), settings }, { since: SINCE, staleDays: 30 }), 'practice'),
        };
        // The page forbids scripts; axe is one.
        const context = await browser.newContext({ viewport, colorScheme, bypassCSP: true, offline: true });
        const page = await context.newPage();
        const seen: string[] = [];
        page.on('request', (request) => seen.push(request.url()));
        page.on('dialog', (dialog) => {
          seen.push(dialog.message());
          void dialog.dismiss();
        });
        page.on('console', (message) => message.type() === 'error' && seen.push(message.text()));
        for (const [name, html] of Object.entries(pages)) {
          await page.setContent(html, { waitUntil: 'load' });
          if (screenshots !== undefined) {
            mkdirSync(screenshots, { recursive: true });
            await page.screenshot({ path: join(screenshots, `report-${name}-${size}-${colorScheme}.png`), fullPage: true });
          }
          expect(await faults(page), `${name}, ${size}, ${colorScheme}`).toEqual([]);
          expect(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'), name).toBe(0);
        }
        expect(seen).toEqual([]);
        await context.close();
      });
    }
  }
});
