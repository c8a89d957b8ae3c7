// Commands over many items that are live already. One item really goes live on the practice marketplace; what its stages left in the
// database is then copied for thousands of others, which the program itself has taken in from their photos.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import sharp from 'sharp';
import { closing, program, round } from './program.js';

export const title = 'scale: commands over items that are live; the bar for growth is 1.05 (1: in step with the items), for memory 20 %';

const PHOTOS = 3;
const sizesOf = (short) => (process.env.BENCH_SIZES ?? (short ? '50,200' : '1000,10000')).split(',').map(Number);
const COMMANDS = {
  'list, nothing to do': ['list', 'photos', '--json'],
  scan: ['scan', 'photos', '--json'],
  status: ['status', '--json'],
  stats: ['stats', '--json'],
};

export async function run({ built, folder, short }) {
  const { World } = await import((await built({ world: 'test/support/world.ts' })).world);
  const world = await World.open();
  try {
    const template = await listedOnce(world);
    const rows = [];
    const smaller = {};
    for (const items of sizesOf(short)) {
      const root = join(folder, String(items));
      const run = program(root, { EASYFLIP_PRACTICE_URL: world.practice.url });
      await fill(root, items, template, run);
      for (const [name, args] of Object.entries(COMMANDS)) {
        const ran = await best(run, args, short ? 1 : 2);
        if (name.startsWith('list')) closing(ran, ({ counts }) => counts?.already === items);
        else if (ran.code !== 0) throw new Error(`${name}: ${ran.err}`);
        const before = smaller[name];
        rows.push({
          items,
          command: name,
          seconds: round(ran.seconds),
          'seconds of a core': round(ran.cpuSeconds),
          'peak memory in MB': ran.peakMegabytes,
          ...(before ? growth(before, { items, ran }) : {}),
        });
        smaller[name] = { items, ran };
      }
      rmSync(root, { recursive: true, force: true });
    }
    return rows;
  } finally {
    await world.close();
  }
}

/** The run that took the fewest seconds of a core: other work on the machine only adds. */
async function best(run, args, times) {
  const all = [];
  for (let n = 0; n < times; n += 1) all.push(await run(...args));
  return all.sort((a, b) => a.cpuSeconds - b.cpuSeconds)[0];
}

/** By processor time, without what the start of a program takes at any size. */
function growth(before, now) {
  const start = 0.3;
  const taken = ({ ran }) => Math.max(0.01, ran.cpuSeconds - start);
  const exponent = Math.log(taken(now) / taken(before)) / Math.log(now.items / before.items);
  return { 'growth exponent': round(exponent), 'memory, times the smaller': round(now.ran.peakMegabytes / before.ran.peakMegabytes) };
}

/** What the stages of one live item left: rows of `outcomes` with their outputs. */
async function listedOnce(world) {
  const told = { title: 'Bench Shirt', category: '15687', condition: '3000', price: '19.99' };
  const aspects = { Brand: 'Bench', Color: 'Blue', 'Size Type': 'Regular', Size: 'M', Department: 'Men' };
  for (let at = 0; at < PHOTOS; at += 1) world.write(`one/${at}.jpg`, await photo(at));
  world.write('one/item.json', JSON.stringify({ ...told, aspects }));
  closing(await world.run('list', world.photos, '--json'), ({ counts }) => counts?.listed === 1);
  const database = new Database(join(world.data, 'practice.sqlite'), { readonly: true });
  const rows = database.prepare('SELECT o.*, p.output FROM outcomes o LEFT JOIN outputs p ON p.outcome_id = o.id').all();
  database.close();
  return rows;
}

const photo = async (seed) =>
  await sharp({ create: { width: 640, height: 480, channels: 3, background: { r: seed * 80, g: 90, b: 120 } } })
    .jpeg()
    .toBuffer();

/** `items` folders of photos, taken in by the program while it is paused, and then live by what the template left. */
async function fill(root, items, template, run) {
  const bytes = await photo(1);
  for (let n = 0; n < items; n += 1) {
    const folder = join(root, 'photos', `item-${n}`);
    mkdirSync(folder, { recursive: true });
    // What follows a JPEG's end is passed over by every decoder: other bytes, the same picture.
    for (let at = 0; at < PHOTOS; at += 1) writeFileSync(join(folder, `${at}.jpg`), Buffer.concat([bytes, Buffer.from(`${n}-${at}`)]));
  }
  await run('pause');
  closing(await run('list', 'photos', '--json'), ({ counts }) => counts?.deferred === items);
  await run('unpause');
  const database = new Database(join(root, 'data', 'practice.sqlite'));
  const columns = Object.keys(template[0]).filter((name) => name !== 'id' && name !== 'output');
  const addOutcome = database
    .prepare(`INSERT INTO outcomes (${columns}) VALUES (${columns.map((name) => `@${name}`)}) RETURNING id`)
    .pluck();
  const addOutput = database.prepare('INSERT INTO outputs (outcome_id, output) VALUES (?, ?)');
  const ids = database.prepare('SELECT id FROM items').pluck().all();
  database.transaction(() => {
    for (const [n, id] of ids.entries()) {
      const listing = String(220_000_000_000 + n);
      for (const { output, ...row } of template) {
        const known = row.listing_id;
        const outcome = addOutcome.get({ ...row, item_id: id, ...(known ? { listing_id: listing } : {}) });
        if (output) addOutput.run(outcome, known ? output.replaceAll(known, listing) : output);
      }
    }
  })();
  database.close();
}
