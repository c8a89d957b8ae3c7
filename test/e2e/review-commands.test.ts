import { resolve } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { completeItems } from '../support/items.ts';
import { untilTrue as until, World } from '../support/world.ts';
import { cookieOf, type Review, reviewing } from './review-desk.ts';

let world: World;
let review: Review;
let cookie: string;
let items: readonly string[];
beforeEach(async () => {
  world = await World.open();
  await completeItems(world, 2);
  const ran = await world.run('list', world.photos, '--publish', 'review', '--json');
  items = ran.lines.filter(({ type }) => type === 'item.finished').map(({ item }) => String(item));
  review = await reviewing(world);
  cookie = await cookieOf(review.url);
});
afterEach(async () => {
  await review.stop();
  await world.close();
});

const page = async (path: string): Promise<string> => (await fetch(review.base + path, { headers: { cookie } })).text();
const shownOf = async (item: string): Promise<string> => /data-shown="([0-9a-f]{64})"/.exec(await page(`item/${item}`))?.[1] ?? '';

async function say(name: string, body: object): Promise<{ readonly status: number; readonly message: string | undefined }> {
  const answer = await fetch(`${review.base}do/${name}`, {
    method: 'POST',
    headers: { cookie, origin: new URL(review.base).origin, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const { error } = (await answer.json()) as { readonly error?: { readonly message: string } };
  return { status: answer.status, message: error?.message };
}

/** What an open page is told. */
async function listening(): Promise<{ told(): string; end(): Promise<void> }> {
  const stop = new AbortController();
  const feed = await fetch(`${review.base}events`, { headers: { cookie }, signal: stop.signal });
  let told = '';
  const reading = (async () => {
    for await (const chunk of feed.body as unknown as AsyncIterable<Uint8Array>) told += Buffer.from(chunk).toString();
  })().catch(() => {});
  await until(() => told.includes('event: hello'));
  return {
    told: () => told,
    async end() {
      stop.abort();
      await reading;
    },
  };
}

it('while an item goes live no other word about it is taken; afterwards the words of what is live hold', async () => {
  const [item = ''] = items;
  const shown = await shownOf(item);
  await fetch(`${world.practice.url}/_practice/settings`, { method: 'POST', body: JSON.stringify({ latencyMs: 500 }) });
  expect((await say('approve', { item, shown })).status).toBe(200);
  await until(async () => (await page(`item/${item}`)).includes('going live: publish'));
  for (const [name, body] of [
    ['approve', { item, shown: await shownOf(item) }],
    ['hold', { item, shown: await shownOf(item) }],
    ['skip', { item, shown: await shownOf(item) }],
    ['edit', { items: [item], set: { title: 'Another' } }],
    ['split', { item, photos: [] }],
    ['merge', { items }],
  ] as const) {
    expect(await say(name, body), name).toEqual({ status: 409, message: `Item ${item} is going live just now.` });
  }
  await until(async () => (await page(`item/${item}`)).includes('data-state="live"'));
  expect((await say('edit', { items: [item], set: { title: 'Another' } })).message).toContain('changed by `update` only');
  expect(await world.listings()).toHaveLength(1);
});

it('an edit of several is all or none', async () => {
  const [one = '', two = ''] = items;
  expect((await say('edit', { items: [one, 'NOSUCHITEM'], set: { title: 'Another Title' } })).status).toBe(404);
  expect((await say('edit', { items: [one, two], set: { price: 'cheap' } })).message).toContain('price must be an amount');
  expect(await page(`item/${one}`)).not.toContain('Another Title');
  expect((await say('edit', { items: [one, two], set: { title: 'Another Title' }, preview: true })).status).toBe(200);
  expect(await page(`item/${one}`)).not.toContain('Another Title');
});

it('what was edited waits for a word, although the settings would list it', async () => {
  const [item = ''] = items;
  expect((await say('edit', { items: [item], set: { title: 'Another Title' }, shown: await shownOf(item) })).status).toBe(200);
  await until(async () => /data-state="held" data-busy=""/.test(await page(`item/${item}`)));
  expect(await page(`item/${item}`)).toContain('waits for your approval');
  expect(await world.writingCalls()).toEqual([]);
});

it('tells of changes as they happen, over one connection', async () => {
  const [item = ''] = items;
  const feed = await listening();
  expect((await say('approve', { item, shown: await shownOf(item) })).status).toBe(200);
  await until(() => feed.told().includes(`"id":"${item}"`) && feed.told().includes('badge live'));
  await feed.end();
});

it('a port that is taken, or is none, is said before anything begins', async () => {
  const { port } = new URL(review.base);
  for (const [args, word] of [
    [['--port', port], `Port ${port} cannot be had`],
    [['--port', 'x'], '--port takes a number'],
  ] as const) {
    const ran = await world.run('review', ...args);
    expect([ran.code, ran.err.includes(word)]).toEqual([2, true]);
  }
});

it('what is put off while a service is paused is told, and tried again after a minute, unless another word was said', async () => {
  const [one = '', two = ''] = items;
  await review.stop();
  // A minute of the program is six seconds here.
  const clock = { baseMs: Date.now(), speed: 10 };
  const env = { NODE_OPTIONS: `--require ${resolve('test/chaos/clock.cjs')}`, EASYFLIP_CLOCK: JSON.stringify(clock) };
  review = await reviewing(world, [], env);
  cookie = await cookieOf(review.url);
  const feed = await listening();
  expect((await world.run('pause', 'inventory')).code).toBe(0);
  for (const item of [one, two]) expect((await say('approve', { item, shown: await shownOf(item) })).status).toBe(200);
  for (const item of [one, two]) {
    await until(() => feed.told().includes(`Item ${item} was put off.`));
    await until(async () => /data-state="waiting" data-busy=""/.test(await page(`item/${item}`)));
  }
  expect(feed.told()).toContain('It is tried again in a minute.');
  expect(await world.listings()).toEqual([]);

  expect((await say('hold', { item: two, shown: await shownOf(two) })).status).toBe(200);
  expect((await world.run('unpause', 'inventory')).code).toBe(0);
  await until(async () => (await page(`item/${one}`)).includes('data-state="live"'));
  await feed.end();
  await review.stop();
  expect((await world.listings()).map(({ status }) => status)).toEqual(['ACTIVE']);
  expect((await world.run('show', two, '--json')).lines[0]).toMatchObject({ decision: { kind: 'hold' } });
});
