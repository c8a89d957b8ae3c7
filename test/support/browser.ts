import { existsSync } from 'node:fs';
import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** Debian's names, after the one that the environment gives. */
const CANDIDATES = ['/usr/bin/chromium', '/usr/bin/chromium-headless-shell', '/usr/bin/google-chrome'];

/** A Chromium to look at pages with; undefined where there is none. On a build server there must be one. */
export function findChromium(): string | undefined {
  const named = process.env.EASYFLIP_CHROMIUM;
  const found = named ?? CANDIDATES.find((path) => existsSync(path));
  if (found !== undefined) return found;
  if (process.env.CI) throw new Error('There is no Chromium here: install Debian’s chromium, or name one with EASYFLIP_CHROMIUM.');
  process.stderr.write('No Chromium (EASYFLIP_CHROMIUM names one): pages are not looked at in a browser.\n');
  return undefined;
}

/** What axe finds wrong with a page, a sentence each. The page's context must let it in (`bypassCSP`): pages forbid other scripts. */
export async function faults(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const result = (await page.evaluate('axe.run(document, { resultTypes: ["violations"] })')) as {
    readonly violations: readonly { readonly id: string; readonly help: string; readonly nodes: readonly { readonly html: string }[] }[];
  };
  return result.violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes[0]?.html}`);
}
