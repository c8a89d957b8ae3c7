import { copyFileSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StateBusy } from '../../src/practice/ground/state.ts';
import { startPractice } from '../../src/practice/server.ts';
import { INVENTORY, openWorld, prepare, publishPath, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const privilege = '/sell/account/v1/privilege';
const journal = async () => (await world.call('GET', '/_practice/requests')).body;

describe('journal', () => {
  it('keeps every call in order, without a secret', async () => {
    const token = await world.token({ grant_type: 'refresh_token', refresh_token: 'practice-refresh-token' });
    await world.call('GET', `${privilege}?a=b`, undefined, {
      'X-Forwarded-Host': 'api.ebay.com',
      Authorization: `Bearer ${token.body.access_token}`,
    });
    await world.call('PUT', `${INVENTORY}/inventory_item/A1`, { condition: 'USED' });
    await world.picture();
    await world.call('GET', '/unknown/path');
    const entries = await journal();
    const text = JSON.stringify(entries);
    for (const secret of [
      'practice-refresh-token',
      'practice-cert',
      token.body.access_token,
      Buffer.from('practice-app:practice-cert').toString('base64'),
    ]) {
      expect(text).not.toContain(secret);
    }
    const numbers = entries.map((entry: { n: number }) => entry.n);
    expect(numbers).toEqual(numbers.map((_: number, index: number) => index + 1));
    expect(entries[0]).toMatchObject({
      method: 'POST',
      path: '/identity/v1/oauth2/token',
      status: 200,
      body: { grant_type: 'refresh_token', refresh_token: '***' },
    });
    expect(entries[1]).toMatchObject({
      method: 'GET',
      host: 'api.ebay.com',
      path: `${privilege}?a=b`,
      body: null,
      status: 200,
      headers: { authorization: '***' },
    });
    expect(entries.find((entry: { method: string }) => entry.method === 'PUT')).toMatchObject({ status: 400, body: { condition: 'USED' } });
    const upload = entries.find((entry: { path: string }) => entry.path.endsWith('create_image_from_file'));
    expect(upload.body.parts).toMatchObject([
      { name: 'image', filename: 'photo.jpg', size: expect.any(Number), sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    ]);
  });
});

describe('settings', () => {
  const set = (body: unknown) => world.call('POST', '/_practice/settings', body);

  it('are changed by name, kept over an end and a start, and put back by null or a reset', async () => {
    const defaults = (await world.call('GET', '/_practice/settings')).body;
    expect(defaults).toMatchObject({ clockOffsetMs: 0, latencyMs: 0, consistencyCalls: 0, sellingLimitQuantity: 100_000 });
    expect((await set({ latencyMs: 5, callLimits: { 'sell.inventory': 3 } })).body).toMatchObject({ latencyMs: 5 });
    expect((await set({ sellingLimitQuantity: 7 })).body).toMatchObject({ latencyMs: 5, sellingLimitQuantity: 7 });
    await world.practice.close();
    const again = await openWorld({ state: world.stateFile });
    try {
      expect((await again.call('GET', '/_practice/settings')).body).toMatchObject({ latencyMs: 5, sellingLimitQuantity: 7 });
      expect((await again.call('POST', '/_practice/settings', { latencyMs: null })).body).toMatchObject({
        latencyMs: 0,
        sellingLimitQuantity: 7,
      });
      await again.call('POST', '/_practice/reset', {});
      expect((await again.call('GET', '/_practice/settings')).body).toEqual(defaults);
    } finally {
      await again.close();
    }
  });

  it('that are wrong change nothing, and all are named', async () => {
    const wrong = await set({ latencyMs: 'long', sellingLimitAmount: 'much', speed: 1, consistencyCalls: 2 });
    expect(wrong.status).toBe(400);
    for (const name of ['latencyMs', 'sellingLimitAmount', 'speed']) expect(wrong.body.problems.join('\n')).toContain(name);
    expect((await world.call('GET', '/_practice/settings')).body.consistencyCalls).toBe(0);
  });

  it('move the server’s clock: an access token of two hours has run out', async () => {
    expect((await world.call('GET', privilege)).status).toBe(200);
    await set({ clockOffsetMs: 7_200_000 });
    expect((await world.call('GET', privilege)).body.errors[0].errorId).toBe(1001);
  });
});

describe('the journal', () => {
  const ask = async (query: string) => (await world.call('GET', `/_practice/requests?${query}`)).body;

  it('is searched by path, operation and status, and read on from a number', async () => {
    for (let n = 0; n < 3; n += 1) await world.call('GET', privilege);
    await world.call('GET', `${INVENTORY}/inventory_item/NONE`);
    expect(await ask('search=privilege')).toHaveLength(3);
    expect(await ask('search=GET+getinventoryitem&status=4xx')).toMatchObject([{ status: 404 }]);
    expect(await ask('status=404')).toHaveLength(1);
    expect(await ask('status=5xx')).toEqual([]);
    const [first, second] = await ask('search=privilege&limit=2');
    expect(await ask(`search=privilege&after=${second.n}`)).toMatchObject([{ n: second.n + 1 }]);
    expect(await ask(`search=privilege&before=${second.n}`)).toEqual([first]);
  });

  it('tells what a refused call was answered, wholly or in part, and nothing of others', async () => {
    await world.call('GET', privilege);
    await world.call('GET', `${INVENTORY}/inventory_item/NONE`);
    await world.call('POST', `${INVENTORY}/bulk_get_inventory_item`, { requests: [{ sku: 'NONE' }] });
    await world.token({ grant_type: 'luck' });
    const answers = (await journal()).slice(-4).map((entry: { answer: unknown }) => entry.answer);
    expect(answers).toMatchObject([
      null,
      { errors: [{ errorId: 25710 }] },
      { responses: [{ statusCode: 404, errors: [{ errorId: 25702 }] }] },
      { error: 'unsupported_grant_type' },
    ]);
    const page = await (await fetch(`${world.practice.url}/_practice/journal?status=4xx`)).text();
    expect(page).toContain('25710');
  });

  it('keeps only so many calls', async () => {
    await world.call('POST', '/_practice/settings', { journalMax: 10 });
    for (let n = 0; n < 70; n += 1) await world.call('GET', privilege);
    const numbers = (await journal()).map((entry: { n: number }) => entry.n);
    expect(numbers[0]).toBe(41);
    expect(numbers.at(-1)).toBe(71);
  });

  it('has a page for people, searchable, with everything escaped and no secret', async () => {
    await world.call('PUT', `${INVENTORY}/inventory_item/J1`, { product: { title: '<script>alert(1)</script>' } });
    await world.call('GET', '/sell/inventory/v1/inventory_item/%3Cimg%20src=x%3E');
    const page = await fetch(`${world.practice.url}/_practice/journal?search=inventory_item`);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    const html = await page.text();
    expect(html).toContain('sell_inventory.createOrReplaceInventoryItem');
    expect(html).toContain('&#60;script&#62;');
    expect(html).not.toMatch(/<script|<img|Bearer v\^/);
    expect(html).not.toContain('identity/v1/oauth2/token');
    expect(await (await fetch(`${world.practice.url}/_practice/journal?status=5xx`)).text()).toContain('No call fits');
  });
});

describe('the control desk', () => {
  it('says what is wrong with a body, and does nothing', async () => {
    const wrong = [
      ['sales', { quantity: 0, sku: 'A' }, 'quantity'],
      ['sales', { skus: 'A' }, '"skus"'],
      ['sales', {}, 'give sku or listingId'],
      ['endings', { listingId: 7 }, 'listingId'],
      ['consents', { scopes: 'all' }, 'scopes'],
      ['faults/release', { name: 'x' }, '"name"'],
      ['reset', { seller: 'old' }, 'seller'],
      ['settings', [], 'object'],
    ] as const;
    for (const [name, body, told] of wrong) {
      const answer = await world.call('POST', `/_practice/${name}`, body);
      expect([answer.status, answer.body.problems?.join()], name).toEqual([400, expect.stringContaining(told)]);
    }
    expect((await world.call('POST', '/_practice/sales', '{')).body.message).toContain('not JSON');
    expect((await world.call('POST', '/_practice/health', {})).status).toBe(405);
    expect((await world.call('POST', '/_practice/nonsense', {})).status).toBe(404);
    expect((await world.call('POST', '/_practice/sales', { sku: 'NONE' })).status).toBe(409);
  });
});

describe('the state file', () => {
  it('has one holder at a time', async () => {
    await expect(startPractice({ state: world.stateFile })).rejects.toThrow(StateBusy);
  });

  it('keeps everything over an end and a start', async () => {
    const offerId = await prepare(world, 'C1');
    const { listingId } = (await world.call('POST', publishPath(offerId))).body;
    const calls = (await journal()).length;
    await world.practice.close();
    const copy = `${world.stateFile}.copy`;
    copyFileSync(world.stateFile, copy);
    const again = await openWorld({ state: copy });
    expect((await again.call('POST', publishPath(offerId))).body.listingId).toBe(listingId);
    expect((await again.call('GET', '/_practice/requests')).body.length).toBe(calls + 2);
    await again.close();
    const bytes = readFileSync(copy).toString('latin1');
    expect(bytes).not.toContain('practice-refresh-token');
    expect(bytes).not.toContain('v^1.1#practice#user');
  });

  it('starts afresh after a reset, with new listing ids', async () => {
    const first = await world.call('POST', publishPath(await prepare(world, 'C2')));
    await world.call('POST', '/_practice/reset', {});
    expect((await world.call('GET', '/_practice/listings')).body).toEqual([]);
    expect(await journal()).toEqual([]);
    expect((await world.call('GET', privilege)).status).toBe(401);
    world.forgetToken();
    const second = await world.call('POST', publishPath(await prepare(world, 'C2')));
    expect(second.status).toBe(200);
    expect(Number(second.body.listingId)).toBeGreaterThan(Number(first.body.listingId));
    expect((await journal())[0].n).toBe(1);
  });
});

describe('strangers', () => {
  const ask = (headers: Readonly<Record<string, string>>, path: string) =>
    new Promise<number>((resolve, reject) => {
      const { hostname, port } = new URL(world.practice.url);
      request({ hostname, port, path, method: 'POST', headers }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      })
        .on('error', reject)
        .end();
    });

  it('from other pages and under other names are refused', async () => {
    const own = new URL(world.practice.url);
    expect(await ask({ Origin: 'https://evil.example' }, '/_practice/reset')).toBe(403);
    expect(await ask({ Origin: 'null' }, '/_practice/reset')).toBe(403);
    expect(await ask({ 'Sec-Fetch-Site': 'cross-site' }, '/_practice/reset')).toBe(403);
    expect(await ask({ Host: 'evil.example' }, '/_practice/reset')).toBe(403);
    expect(await ask({ Host: `evil.example:${own.port}` }, '/sell/inventory/v1/offer')).toBe(403);
    expect(await ask({ Origin: own.origin }, '/_practice/reset')).toBe(200);
  });
});

describe('rate limits', () => {
  it('count what was called today', async () => {
    await world.call('GET', '/commerce/taxonomy/v1/get_default_category_tree_id?marketplace_id=EBAY_US');
    await world.call('GET', '/commerce/taxonomy/v1/category_tree/0/get_category_suggestions?q=mug');
    const { rateLimits } = (await world.call('GET', '/developer/analytics/v1_beta/rate_limit/?api_name=taxonomy')).body;
    expect(rateLimits).toMatchObject([
      { apiContext: 'commerce', resources: [{ rates: [{ count: 2, limit: 5000, remaining: 4998, timeWindow: 86400 }] }] },
    ]);
  });
});
