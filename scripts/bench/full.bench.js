// Whole runs over more and more items, of which each is really taken in, prepared, checked, uploaded and published; and the same
// number of items with fewer and more of them at once. Instead of photos of 12 megapixels small drawn ones, and every fact is given,
// so that no text is read and no model asked: that is the stand-in for imaging and OCR.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startMarket } from './market.js';
import { buildOnce, closing, program, round } from './program.js';

export const title =
  'full: whole runs, one small drawn photo an item, all facts given (a stand-in for imaging and OCR); the bar for growth is 1.05, for memory 20 %';

const sizesOf = (short) => (process.env.BENCH_FULL_SIZES ?? (short ? '3,9' : '250,1000,4000')).split(',').map(Number);
const atOnceOf = (short) => (process.env.BENCH_AT_ONCE ?? (short ? '3' : '3,10,50')).split(',').filter(Boolean);

export async function run({ built, folder, short }) {
  const tools = await import((await built({ items: 'test/support/items.ts' })).items);
  const rows = [];
  const sizes = sizesOf(short);
  let smaller;
  for (const items of sizes) {
    const ran = await listed(join(folder, String(items)), items, tools);
    rows.push({ ...rowOf(items, 'as set', ran), ...(smaller ? growth(smaller, { items, ran }) : {}) });
    smaller = { items, ran };
  }
  for (const atOnce of atOnceOf(short)) {
    const [, middle = sizes[0]] = sizes;
    const ran = await listed(join(folder, `at-once-${atOnce}`), middle, tools, '--concurrency', atOnce);
    rows.push(rowOf(middle, `${atOnce} for every service`, ran));
  }
  return rows;
}

async function listed(root, items, { picture, sidecar }, ...flags) {
  for (let n = 1; n <= items; n += 1) {
    const folder = join(root, 'photos', `item-${n}`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, '1.jpg'), await picture(n));
    writeFileSync(join(folder, 'item.json'), JSON.stringify(sidecar(n)));
  }
  buildOnce();
  const market = await startMarket(root);
  try {
    const run = program(root, { EASYFLIP_PRACTICE_URL: market.url });
    const ran = await run('list', 'photos', '--json', ...flags);
    // Drawn from so many seeds, some look alike, and are held as they must be.
    const { counts } = closing(ran, ({ counts: all }) => all?.listed + all?.held === items && all.listed >= 0.9 * items);
    return { ...ran, listed: counts.listed };
  } finally {
    market.close();
    rmSync(join(root, 'photos'), { recursive: true, force: true });
  }
}

const rowOf = (items, limits, ran) => ({
  items,
  'calls at once': limits,
  listed: ran.listed,
  seconds: round(ran.seconds, 1),
  'seconds of a core': round(ran.cpuSeconds, 1),
  'ms of a core per item': round((1000 * ran.cpuSeconds) / items, 1),
  'peak memory in MB': ran.peakMegabytes,
});

/** By processor time, without what the start of a program takes at any size. */
function growth(before, now) {
  const start = 0.8;
  const taken = ({ ran }) => Math.max(0.01, ran.cpuSeconds - start);
  const exponent = Math.log(taken(now) / taken(before)) / Math.log(now.items / before.items);
  return { 'growth exponent': round(exponent), 'memory, times the smaller': round(now.ran.peakMegabytes / before.ran.peakMegabytes) };
}
