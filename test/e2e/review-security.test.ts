import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { completeItems } from '../support/items.ts';
import { World } from '../support/world.ts';
import { cookieOf, type Review, reviewing } from './review-desk.ts';

let world: World;
let review: Review;
let approver: string;
let viewer: string;
let item: string;
let shown: string;
beforeAll(async () => {
  world = await World.open();
  await completeItems(world, 1);
  const ran = await world.run('list', world.photos, '--publish', 'review', '--json');
  item = String(ran.lines.find(({ type }) => type === 'item.finished')?.item);
  review = await reviewing(world);
  approver = await cookieOf(review.url);
  viewer = await cookieOf(review.viewerUrl);
  shown = /data-shown="([0-9a-f]{64})"/.exec(await (await get('', { cookie: viewer })).text())?.[1] ?? '';
  expect(shown).not.toBe('');
});
afterAll(async () => {
  await review?.stop();
  await world?.close();
});

const origin = (): string => new URL(review.base).origin;
const get = (path: string, headers: Record<string, string>): Promise<Response> =>
  fetch(review.base + path, { headers, redirect: 'manual' });

/** By Node.js itself: `fetch` sets Host and Origin as it likes. */
function send(
  headers: Readonly<Record<string, string>>,
  { method = 'POST', path = 'do/skip', body = JSON.stringify({ item, shown }) }: { method?: string; path?: string; body?: string } = {},
): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const outgoing = request(review.base + path, { method, headers }, (incoming) => {
      let text = '';
      incoming.on('data', (chunk: Buffer) => (text += chunk.toString()));
      incoming.on('end', () => resolve({ status: incoming.statusCode ?? 0, body: text }));
    });
    outgoing.on('error', reject);
    outgoing.end(method === 'POST' ? body : undefined);
  });
}

const json = { 'content-type': 'application/json' };
const decision = async (): Promise<unknown> =>
  ((await world.run('show', item, '--json')).lines[0] as unknown as { decision: unknown }).decision;

describe('nothing can be changed', () => {
  it('without a session, or with one that is made up', async () => {
    for (const headers of [{}, { cookie: 'easyflip_review=AAAA' }, { cookie: 'easyflip_review=' }]) {
      expect((await send({ ...json, origin: origin(), ...headers })).status).toBe(403);
      expect((await get('', headers)).status).toBe(403);
      for (const path of ['page.js', 'style.css', 'events', `item/${item}`, `picture/${item}/cover`]) {
        expect((await get(path, headers)).status, path).toBe(403);
      }
    }
    expect(await decision()).toBeNull();
  });

  it('by a viewer, who sees everything', async () => {
    expect((await send({ ...json, origin: origin(), cookie: viewer })).status).toBe(403);
    for (const name of ['approve', 'hold', 'edit', 'merge', 'split', 'move']) {
      expect((await send({ ...json, origin: origin(), cookie: viewer }, { path: `do/${name}` })).status, name).toBe(403);
    }
    const page = await (await get('', { cookie: viewer })).text();
    expect(page).toContain('Test Shirt Number 1');
    expect(page).not.toMatch(/data-do="(approve|skip|hold|edit|split|move)"|<form class="edit"|type="checkbox"/);
    expect(await decision()).toBeNull();
  });

  it('from another origin, or by who does not say where from', async () => {
    const port = new URL(review.base).port;
    for (const from of [
      'http://evil.example',
      'null',
      `http://127.0.0.1:${Number(port) + 1}`,
      `https://127.0.0.1:${port}`,
      `http://localhost:${port}`,
    ]) {
      expect((await send({ ...json, origin: from, cookie: approver })).status, from).toBe(403);
    }
    expect((await send({ ...json, cookie: approver })).status).toBe(403);
    expect((await send({ ...json, cookie: approver, origin: origin(), 'sec-fetch-site': 'same-site' })).status).toBe(403);
    expect(await decision()).toBeNull();
  });

  it('under another name', async () => {
    const port = new URL(review.base).port;
    for (const host of [
      'evil.example',
      `evil.example:${port}`,
      '127.0.0.1',
      `127.0.0.1:${Number(port) + 1}`,
      `127.0.0.1.evil.example:${port}`,
    ]) {
      expect((await send({ ...json, host, origin: `http://${host}`, cookie: approver })).status, host).toBe(403);
      expect((await send({ host, cookie: approver }, { method: 'GET', path: '' })).status, host).toBe(403);
    }
    expect(await decision()).toBeNull();
  });

  it('by forms of other pages, large bodies, strange words and unknown commands', async () => {
    const own = { origin: origin(), cookie: approver };
    expect((await send({ ...own, 'content-type': 'application/x-www-form-urlencoded' })).status).toBe(400);
    expect((await send({ ...own, 'content-type': 'text/plain' })).status).toBe(400);
    expect((await send({ ...own, ...json }, { body: `"${'x'.repeat(300_000)}"` })).status).toBe(400);
    expect((await send({ ...own, ...json }, { body: '[]' })).status).toBe(400);
    expect((await send({ ...own, ...json }, { body: '{"item":7}' })).status).toBe(400);
    for (const path of ['do/constructor', 'do/__proto__', 'do/toString', 'do/nothing']) {
      expect((await send({ ...own, ...json }, { path })).status, path).toBe(404);
    }
    for (const name of ['aspects.__proto__', '__proto__', 'constructor']) {
      const body = `{"items":["${item}"],"set":{"${name}":"x"}}`;
      expect((await send({ ...own, ...json }, { path: 'do/edit', body })).status, name).toBe(400);
    }
    expect(await decision()).toBeNull();
  });

  it('after looking: GET changes nothing, other methods are refused', async () => {
    expect((await get('do/skip', { cookie: approver })).status).toBe(404);
    expect((await send({ cookie: approver, origin: origin() }, { method: 'PUT' })).status).toBe(405);
    expect(await decision()).toBeNull();
  });
});

describe('the links', () => {
  it('the approver’s opens once; afterwards it is worthless, also to who has it from the history', async () => {
    const again = await fetch(review.url, { redirect: 'manual' });
    expect([again.status, again.headers.get('set-cookie')]).toEqual([403, null]);
    expect((await fetch(review.url, { redirect: 'manual', headers: { cookie: viewer } })).headers.get('set-cookie')).toBeNull();
    expect((await get('', { cookie: approver })).status).toBe(200);
  });

  it('the viewer’s opens as often as wanted, each time as a session of its own', async () => {
    const [one, two] = [await cookieOf(review.viewerUrl), await cookieOf(review.viewerUrl)];
    expect(one).not.toBe(two);
    expect((await get('', { cookie: one })).status).toBe(200);
  });

  it('are not used up by a browser that looks ahead, nor by HEAD', async () => {
    const other = await reviewing(world);
    expect((await fetch(other.url, { redirect: 'manual', headers: { 'sec-purpose': 'prefetch;prerender' } })).status).toBe(503);
    expect((await fetch(other.url, { redirect: 'manual', method: 'HEAD' })).status).toBe(403);
    expect((await fetch(other.url, { redirect: 'manual' })).status).toBe(303);
    await other.stop();
  });

  it('a wrong token opens nothing, and neither does the page under another folder', async () => {
    expect((await get('?token=AAAA', {})).status).toBe(403);
    expect((await fetch(`${origin()}/?token=${new URL(review.url).searchParams.get('token')}`)).status).toBe(404);
    expect((await fetch(`${origin()}/`, { headers: { cookie: approver } })).status).toBe(404);
  });

  it('the session is for this server’s pages and no script', async () => {
    const cookie = (await fetch(review.viewerUrl, { redirect: 'manual' })).headers.get('set-cookie');
    expect(cookie).toContain(`Path=${new URL(review.base).pathname};`);
    expect(cookie).toMatch(/HttpOnly; SameSite=Strict$/);
  });
});

it('pages say that nothing else may run, frame or keep them', async () => {
  for (const path of ['', `item/${item}`, 'page.js', 'style.css', 'nothing-here']) {
    const { headers } = await get(path, { cookie: approver });
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    expect([headers.get('cache-control'), headers.get('referrer-policy'), headers.get('x-content-type-options')]).toEqual([
      'no-store',
      'no-referrer',
      'nosniff',
    ]);
  }
});

it('it listens on this machine only', async () => {
  const { networkInterfaces } = await import('node:os');
  const outside = Object.values(networkInterfaces())
    .flatMap((all) => all ?? [])
    .find(({ internal, family }) => !internal && family === 'IPv4');
  if (!outside) return;
  const reached = await fetch(`http://${outside.address}:${new URL(review.base).port}/`).then(
    () => true,
    () => false,
  );
  expect(reached).toBe(false);
});

it('the approver may, and only what was shown', async () => {
  expect(
    (await send({ ...json, origin: origin(), cookie: approver }, { body: JSON.stringify({ item, shown: 'f'.repeat(64) }) })).status,
  ).toBe(409);
  expect(await decision()).toBeNull();
  expect((await send({ ...json, origin: origin(), cookie: approver })).status).toBe(200);
  expect(await decision()).toMatchObject({ kind: 'skip' });
});
