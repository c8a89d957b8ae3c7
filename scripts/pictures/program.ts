// `npm run pictures`: the pictures of README.md, made from the real program. Needs util-linux's `script` and a Chromium.
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { chromium } from 'playwright-core';
import sharp from 'sharp';
import { reviewing } from '../../test/e2e/review-desk.ts';
import { findChromium } from '../../test/support/browser.ts';
import { hasPseudoTerminal, onTerminal } from '../../test/support/pseudo-terminal.ts';
import { World } from '../../test/support/world.ts';
import { createScreen } from './screen.ts';
import { screenSvg } from './svg.ts';

const [COLUMNS, ROWS] = [96, 31] as const;
const FOLDER = resolve('docs/pictures');
/** The picture is of a run about half way. */
const LISTED_IN_PICTURE = 6;
/** In its title: an item with a label that tells much. */
const REVIEWED = 'Fenward';
const MOST_BYTES = 300_000;

const executablePath = findChromium();
if (!executablePath || !hasPseudoTerminal()) throw new Error('The pictures need a Chromium and `script` of util-linux.');
mkdirSync(FOLDER, { recursive: true });
save('run.svg', await picturedRun());
save('review.webp', await picturedReview(executablePath));

function save(name: string, content: string | Buffer): void {
  if (content.length > MOST_BYTES) throw new Error(`${name} has ${content.length} bytes, more than ${MOST_BYTES}.`);
  writeFileSync(join(FOLDER, name), content);
  console.log(`docs/pictures/${name}: ${content.length} bytes`);
}

/** The demo on a terminal, as it stands when some items are live and others still under way. */
async function picturedRun(): Promise<string> {
  const world = await World.open();
  try {
    const screen = createScreen(COLUMNS, ROWS);
    screen.write('\u001b[32m$\u001b[39m easyflip list photos\n');
    cpSync(resolve('fixtures/photos'), world.photos, { recursive: true });
    let picture = '';
    const { ended } = onTerminal({
      command: [process.execPath, resolve('bin/easyflip.js'), 'list', 'photos', '--provider', 'local'],
      columns: COLUMNS,
      rows: ROWS,
      cwd: world.root,
      env: world.env,
      onText(text) {
        screen.write(text);
        const lines = screen.lines();
        const listed = lines.filter((line) => line.startsWith('✓ listed')).length;
        const whole = lines.at(-1)?.includes('ETA') && lines.some((line) => line.startsWith('▸ publish'));
        if (picture === '' && whole && listed >= LISTED_IN_PICTURE)
          picture = screenSvg(screen.cells(), COLUMNS, 'easyflip lists a folder of photos');
      },
    });
    const code = await ended;
    if (code !== 0 || picture === '') throw new Error(`The run ended with ${code}:\n${screen.lines().join('\n')}`);
    return picture;
  } finally {
    await world.close();
  }
}

/** The page with a held item open. */
async function picturedReview(browserPath: string): Promise<Buffer> {
  const world = await World.open();
  const browser = await chromium.launch({ executablePath: browserPath, args: ['--no-sandbox', '--disable-gpu'] });
  try {
    cpSync(resolve('fixtures/photos'), world.photos, { recursive: true });
    rmSync(join(world.photos, 'mens-polo-shirt-striped-green'), { recursive: true });
    await world.run('list', 'photos', '--publish', 'review', '--provider', 'local');
    const review = await reviewing(world);
    const page = await (await browser.newContext({ viewport: { width: 1280, height: 1160 }, colorScheme: 'light' })).newPage();
    await page.goto(review.url);
    await page.locator('#rows > li', { hasText: REVIEWED }).locator('a').click();
    await page.locator('#item-title', { hasText: REVIEWED }).waitFor();
    await page.waitForLoadState('networkidle');
    const shot = await page.screenshot();
    await review.stop();
    return await sharp(shot).webp({ quality: 82 }).toBuffer();
  } finally {
    await browser.close();
    await world.close();
  }
}
