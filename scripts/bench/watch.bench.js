// A watch that has nothing to do, and an item whose copying ends: how long from its closing until it is live, with a model that
// takes 6 s and a marketplace that takes 0.5 s for every call. An item is closed by a divider shot, or by a quiet folder.
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import sharp from 'sharp';
import { program, round } from './program.js';

export const title = "watch: seconds from an item's closing until it is live; the bar is 30 (model 6 s, eBay 0.5 s a call)";

const BAR_SECONDS = 30;
const MODEL_MS = 6_000;
const EBAY_MS = 500;
/** A folder is closed when it has been quiet for so long; how long that is set to does not count. */
const QUIET_SECONDS = 4;

export async function run({ built, folder, short }) {
  const { world, market, server, items } = await built({
    world: 'test/support/world.ts',
    market: 'test/crash/marketplace.ts',
    server: 'test/support/openai-server.ts',
    items: 'test/support/items.ts',
  });
  const tools = { ...(await import(world)), ...(await import(market)), ...(await import(server)), ...(await import(items)) };
  // Builds the program.
  program(folder);
  const slow = short ? 0.1 : 1;
  const [one, many] = short ? [1, 2] : [5, 10];
  const rows = [];
  const add = async (name, rounds, atOnce, write, env) => {
    const seconds = await within(tools, slow, env, (place) => toLive(place, rounds, atOnce, write));
    rows.push(summary(name, seconds));
  };
  const quiet = { EASYFLIP_QUIET_SECONDS: String(QUIET_SECONDS) };
  await add('closed by quiet, one item', one, 1, inFolders(soft), quiet);
  await add('closed by quiet, one item with a label to read', one, 1, inFolders(withLabel), quiet);
  await add('closed by quiet, several items at once', 1, many, inFolders(soft), quiet);
  await add('closed by a divider shot', one, 1, inPile(soft), {});
  return rows;
}

/** Seconds of each item. A round begins when the items of the one before are live. */
async function toLive(place, rounds, atOnce, write) {
  const { watch } = place;
  const all = [];
  for (let at = 0; at < rounds; at += 1) {
    const names = Array.from({ length: atOnce }, (_, n) => at * atOnce + n + 1);
    const closedMs = await write(place, names);
    const live = () => watch.lines().filter(({ type, outcome }) => type === 'item.finished' && outcome === 'listed').length;
    for (let n = 1; n <= atOnce; n += 1) {
      await watch.until(() => live() >= at * atOnce + n || hasTrouble(watch));
      if (hasTrouble(watch)) throw new Error(`not listed: ${JSON.stringify(hasTrouble(watch))}`);
      all.push((Date.now() - closedMs) / 1000);
    }
  }
  return all.sort((a, b) => a - b);
}

const hasTrouble = (watch) => watch.lines().find(({ type, outcome }) => type === 'item.finished' && outcome !== 'listed');

function summary(name, seconds) {
  const at = (share) => round(seconds[Math.min(seconds.length - 1, Math.ceil(share * seconds.length) - 1)], 1);
  return { run: name, items: seconds.length, p50: at(0.5), max: at(1), 'times the bar': round(at(1) / BAR_SECONDS) };
}

/** A folder for each item, with a sidecar that leaves the colour to the model. */
const inFolders = (photosOf) => async (place, names) => {
  for (const n of names) {
    for (const [name, bytes] of await photosOf(place, n)) place.world.write(`item-${n}/${name}`, bytes);
    place.world.write(`item-${n}/item.json`, JSON.stringify(place.told(n)));
  }
  return Date.now() + QUIET_SECONDS * 1000;
};

/** One pile: the card that closes the item is the last that is written, and opens the next. */
const inPile = (photosOf) => async (place, names) => {
  const { world } = place;
  for (const n of names) {
    const first = n * 10;
    const name = (at) => `IMG_${String(first + at).padStart(4, '0')}`;
    if (n === 1) world.write(`${name(-1)}.png`, place.card(n));
    const photos = await photosOf(place, n);
    for (const [at, [, bytes]] of photos.entries()) world.write(`${name(at)}.jpg`, bytes);
    world.write(`${name(0)}.json`, JSON.stringify(place.told(n)));
    world.write(`${name(9)}.png`, place.card(n + 1));
  }
  return Date.now();
};

/** Without writing: what is measured is the way, not this machine's reading. */
const soft = async ({ picture }, n) =>
  await Promise.all([1, 2, 3].map(async (at) => [`${at}.jpg`, await large(await picture(n * 10 + at))]));

/** Clothes with a label that is read on this machine before the model is asked. */
const CLOTHES = [
  'mens-tshirt-navy',
  'mens-shirt-white',
  'womens-tshirt-pink',
  'mens-polo-shirt-striped-green',
  'mens-button-down-shirt-red-plaid',
];
const withLabel = async (_place, n) => {
  const folder = resolve('fixtures/photos', CLOTHES[n - 1]);
  return readdirSync(folder)
    .filter((name) => name.endsWith('.jpg'))
    .map((name) => [name, readFileSync(join(folder, name))]);
};

const large = async (bytes) => await sharp(bytes).resize(1600, 1200).blur(12).jpeg({ quality: 90 }).toBuffer();

async function within({ World, MarketplaceProcess, OpenAiServer, onlyColour, picture, sidecar }, slow, env, measure) {
  const world = new World();
  mkdirSync(world.photos);
  world.practice = await MarketplaceProcess.open(join(world.root, 'market.sqlite'));
  const openai = await OpenAiServer.open(() => onlyColour);
  openai.delayMs = MODEL_MS * slow;
  const rules = [{ id: 'slow', match: {}, rate: 1, action: { type: 'delay', ms: EBAY_MS * slow } }];
  await fetch(`${world.practice.url}/_practice/faults`, { method: 'POST', body: JSON.stringify(rules) });
  const cards = await world.run('divider', '--png', join(world.root, 'card.png'), '--count', '12', '--json');
  const { files } = cards.lines[0];
  const { child, ended, lines, until } = world.start(['watch', world.photos, '--json'], { ...openai.env, ...env });
  try {
    await until(() => lines().some(({ type }) => type === 'watch.started'));
    const told = (n) => {
      const { aspects, ...others } = sidecar(n);
      const { Color: _color, ...rest } = aspects;
      return { ...others, aspects: rest };
    };
    return await measure({ world, watch: { lines, until }, told, picture, card: (n) => readFileSync(files[n - 1]) });
  } finally {
    child.kill('SIGTERM');
    await ended;
    await openai.close();
    await world.close();
  }
}
