// Whole runs against stand-ins that take their time, as eBay and a model do; the wall time is held against a bound that no program
// could beat: what services and cores have to do, at the limits that are set, with the shortest way in and out. Beside it the same
// job done by a plain script with the same libraries, one item after the other.
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { control, startMarket } from './market.js';
import { naively } from './naive.js';
import { buildOnce, closing, program, round } from './program.js';

export const title = 'overhead: wall time against the lower bound; the bar is 1.10. Photos to live: the bar is 30 s at p95';

const PHOTOS = 3;
const cores = availableParallelism();
/** Milliseconds. A call draws one of the three, each as likely. */
const MODEL = [2_000, 5_000, 8_000];
const UPLOAD = [400, 800, 1_200];
const EBAY = [150, 300, 500];
/** eBay's window of the Media API (CONTRACTS 2.8). */
const [WINDOW_CALLS, WINDOW_SECONDS] = [50, 5];
const LIMITS = { table: { model: 5, media: 3, inventory: 3 }, 50: { model: 50, media: 50, inventory: 50 } };

export async function run({ built, folder, short }) {
  const { server, items: made } = await built({ server: 'test/support/openai-server.ts', items: 'test/support/items.ts' });
  const tools = { ...(await import(server)), ...(await import(made)) };
  const count = Number(process.env.BENCH_ITEMS ?? (short ? 4 : 200));
  const slow = short ? 0.1 : 1;
  const rows = [];
  const place = (name, items, latency, measure) => within(join(folder, name), tools, items, scaled(latency, slow), measure);
  const usual = { model: MODEL, upload: UPLOAD, ebay: EBAY };
  const limits = (process.env.BENCH_LIMITS ?? 'table,50').split(',');
  if (limits.includes('table'))
    await place('table', count, usual, async (here) => {
      rows.push(await overhead(here, count, 'table'));
      rows.push(await alone(here, short ? 2 : 5, rows[0]));
    });
  if (limits.includes('50')) await place('50', count, usual, async (here) => rows.push(await overhead(here, count, '50')));
  const steady = { model: [6_000], upload: [500], ebay: [500] };
  await place('one', 1, steady, async (here) => rows.push(await toLive(here, 'one item on an idle program', 1, 'table')));
  const many = short ? 4 : 50;
  await place('many', many, steady, async (here) => rows.push(await toLive(here, `${many} items at once`, many, '50')));
  return rows;
}

const scaled = (latency, by) => Object.fromEntries(Object.entries(latency).map(([of, all]) => [of, all.map((ms) => Math.round(ms * by))]));
const flags = (limits) => (limits === 'table' ? [] : ['--concurrency', limits]);

async function overhead(place, count, limits) {
  const ran = await place.run('list', 'photos', '--json', ...flags(limits));
  closing(ran, ({ counts }) => counts?.listed === count);
  const { bound, by } = await lowerBound(place, ran, LIMITS[limits], count * PHOTOS);
  const { calls } = await place.told();
  return {
    run: `${count} items of ${PHOTOS} photos, limits: ${limits}`,
    seconds: round(ran.seconds, 1),
    bound: round(bound, 1),
    'bounded by': by,
    'times the bound': round(ran.seconds / bound),
    'items per minute': round((60 * count) / ran.seconds, 1),
    'ms of a core per item': Math.round((1000 * ran.cpuSeconds) / count),
    'peak memory in MB': ran.peakMegabytes,
    'eBay calls per item': round(calls / count),
    'kB to eBay per item': round(sentTo(ran, place.practice) / count / 1000, 1),
    'kB to the model per item': round(sentTo(ran, place.openai.url) / count / 1000, 1),
    'model calls per item': round(place.openai.billed.length / count),
    'model USD per item': round(place.openai.billed.reduce((sum, { microUsd }) => sum + microUsd, 0) / count / 1e6, 4),
  };
}

const sentTo = ({ sent }, url) => sent[new URL(url).port] ?? 0;

/** Of each resource: what it has to do at its limit, after the shortest way to it and before the shortest way on from it. */
/** `pictures`: each is sent once; what eBay's window refuses and is sent again is ours. */
async function lowerBound({ told, openai, latency }, { cpuSeconds }, limits, pictures) {
  const { inventory, uploadMs, inventoryMs } = await told();
  const [model, upload, ebay] = [latency.model, latency.upload, latency.ebay].map((all) => Math.min(...all) / 1000);
  const steps = 3 * ebay;
  const windows = Math.max(0, Math.ceil(pictures / WINDOW_CALLS) - 1) * WINDOW_SECONDS;
  const bounds = {
    model: openai.spentMs / 1000 / limits.model + upload + steps,
    'uploads at once': model + uploadMs / 1000 / limits.media + steps,
    "eBay's window for pictures": model + windows + upload + steps,
    'listing calls': model + upload + inventoryMs / 1000 / limits.inventory,
    cores: cpuSeconds / cores,
    'the way of one item': model + upload + steps,
  };
  const [by, bound] = Object.entries(bounds).sort(([, a], [, b]) => b - a)[0];
  return { bound, by, inventory };
}

async function toLive(place, name, items, limits) {
  const ran = await place.run('list', 'photos', '--json', ...flags(limits));
  closing(ran, ({ counts }) => counts?.listed === items);
  const live = ran.lines
    .filter(({ text }) => text.includes('"type":"item.finished"'))
    .map(({ seconds }) => seconds)
    .sort((a, b) => a - b);
  const at = (share) => round(live[Math.min(live.length - 1, Math.ceil(share * live.length) - 1)] ?? Number.NaN, 1);
  return { run: `photos to live: ${name}, limits: ${limits}`, seconds: round(ran.seconds, 1), p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}

async function alone(place, items, ours) {
  const seconds = await naively({ practice: place.practice, openai: place.openai.url, photos: join(place.root, 'photos'), items });
  return {
    run: `the same by a plain script, one item after the other (${items} items)`,
    'items per minute': round((60 * items) / seconds, 1),
    'easyflip is x times as fast': round(ours['items per minute'] / ((60 * items) / seconds), 1),
  };
}

async function within(root, tools, count, latency, measure) {
  const place = await open(root, tools, count, latency);
  try {
    await measure(place);
  } finally {
    await place.close();
  }
}

/** Items of which everything but the colour is told, a marketplace and a model in slow motion, and the program. */
async function open(root, { OpenAiServer, onlyColour, picture, sidecar }, count, latency) {
  mkdirSync(root, { recursive: true });
  for (let n = 1; n <= count; n += 1) {
    const item = join(root, 'photos', `item-${n}`);
    mkdirSync(item, { recursive: true });
    for (let at = 0; at < PHOTOS; at += 1) writeFileSync(join(item, `${at}.jpg`), await large(await picture(n * 10 + at)));
    const { aspects, ...told } = sidecar(n);
    const { Color: _color, ...others } = aspects;
    writeFileSync(join(item, 'item.json'), JSON.stringify({ ...told, aspects: others }));
  }
  const openai = await OpenAiServer.open(() => onlyColour);
  const draw = drawing(7);
  let spentMs = 0;
  Object.defineProperty(openai, 'delayMs', {
    get() {
      const ms = latency.model[draw(latency.model.length)];
      spentMs += ms;
      return ms;
    },
  });
  Object.defineProperty(openai, 'spentMs', { get: () => spentMs });
  buildOnce();
  const market = await startMarket(root);
  const practice = market.url;
  await control(practice, 'faults', slowly(latency));
  const run = program(root, { EASYFLIP_PRACTICE_URL: practice, ...openai.env });
  return {
    root,
    practice,
    openai,
    latency,
    run,
    told: () => told(practice),
    async close() {
      market.close();
      await openai.close();
    },
  };
}

/**
 * Soft, so that no label is looked for: reading has cores for its limit, and would be all that is measured here. For the peak of memory:
 * BENCH_MEGAPIXELS=12 draws them as large as a phone's, BENCH_EDGES=1 with edges that are looked at for letters.
 */
const WIDTH = process.env.BENCH_MEGAPIXELS === '12' ? 4032 : 1600;
const BLUR = (process.env.BENCH_EDGES ? 1 : 12) * (WIDTH / 1600);
const large = (bytes) =>
  sharp(bytes)
    .resize(WIDTH, (WIDTH * 3) / 4)
    .blur(BLUR)
    .jpeg({ quality: 90 })
    .toBuffer();

/** Always the same draws. */
function drawing(seed) {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

/** Rules are asked in turn: a third of the calls, half of the others, the rest. */
function slowly({ upload, ebay }) {
  const rules = (id, match, all, type = 'delay') =>
    all.map((ms, at) => ({ id: `${id} ${ms} ${at}`, match, rate: 1 / (all.length - at), seed: at + 1, action: { type, ms } }));
  return [
    // The window counts a call as it comes; the time is that of the picture service behind it.
    ...rules('upload', { operation: 'createImageFromFile' }, upload, 'delay-after'),
    ...rules('inventory', { operation: 'sell_inventory' }, ebay),
    ...rules('other', {}, ebay),
  ];
}

/** What the marketplace was asked for, and how long it was told to take over it. */
async function told(practice) {
  const { rules } = await (await fetch(`${practice}/_practice/faults`)).json();
  const of = (name) => rules.filter(({ id }) => id.startsWith(name));
  const calls = (name) => of(name).reduce((sum, { struck }) => sum + struck, 0);
  const ms = (name) => of(name).reduce((sum, { id, struck }) => sum + struck * Number(id.split(' ')[1]), 0);
  return {
    inventory: calls('inventory'),
    calls: calls(''),
    uploadMs: ms('upload'),
    inventoryMs: ms('inventory'),
  };
}
