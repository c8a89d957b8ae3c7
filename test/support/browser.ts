import { existsSync } from 'node:fs';

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
