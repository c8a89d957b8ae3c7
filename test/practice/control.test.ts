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
const arm = async (...rules: unknown[]) => {
  const answer = await world.call('POST', '/_practice/faults', rules);
  expect(answer.status).toBe(200);
};
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

describe('faults', () => {
  it('answer in the place of the work, only for the nth call', async () => {
    await arm({
      match: { path: 'privilege' },
      nth: 2,
      action: { type: 'answer', status: 429, body: { errors: [{ errorId: 2001 }] }, headers: { 'Retry-After': '7' } },
    });
    expect((await world.call('GET', privilege)).status).toBe(200);
    const struck = await world.call('GET', privilege);
    expect([struck.status, struck.headers.get('retry-after'), struck.body.errors[0].errorId]).toEqual([429, '7', 2001]);
    expect((await world.call('GET', privilege)).status).toBe(200);
  });

  it('lose the answer after the work was done', async () => {
    const offerId = await prepare(world, 'B1');
    await arm({ match: { operation: 'sell_inventory.publishOffer' }, count: 1, action: { type: 'drop-after' } });
    await expect(world.call('POST', publishPath(offerId))).rejects.toThrow();
    expect((await world.call('GET', '/_practice/listings')).body).toMatchObject([{ sku: 'B1', status: 'ACTIVE' }]);
    expect((await journal()).at(-1)).toMatchObject({ status: 200, fault: 'drop-after' });
    expect((await world.call('POST', publishPath(offerId))).status).toBe(200);
    expect((await world.call('GET', '/_practice/listings')).body).toHaveLength(1);
  });

  it('cut the line before the work', async () => {
    const offerId = await prepare(world, 'B2');
    await arm({ match: { method: 'POST', path: '/publish$' }, count: 1, action: { type: 'reset' } });
    await expect(world.call('POST', publishPath(offerId))).rejects.toThrow();
    expect((await world.call('GET', '/_practice/listings')).body).toEqual([]);
    expect((await journal()).at(-1)).toMatchObject({ status: 0, fault: 'reset' });
  });

  it('speak HTML, and break off JSON', async () => {
    await arm({ nth: 1, action: { type: 'html-503' } }, { nth: 2, action: { type: 'malformed-json' } });
    const html = await world.call('GET', privilege, undefined, { Authorization: 'Bearer x' });
    expect([html.status, html.body]).toEqual([503, expect.stringContaining('Service Unavailable')]);
    const broken = await world.call('GET', privilege, undefined, { Authorization: 'Bearer x' });
    expect([broken.status, typeof broken.body]).toEqual([401, 'string']);
  });

  it('hold a call until it is released, the work not yet done', async () => {
    const offerId = await prepare(world, 'B3');
    await arm({ id: 'gate', match: { path: '/publish$' }, action: { type: 'hold' } });
    const held = world.call('POST', publishPath(offerId));
    await expect.poll(async () => (await world.call('GET', '/_practice/faults')).body.waiting).toEqual(['gate']);
    expect((await journal()).at(-1)).toMatchObject({ path: publishPath(offerId), status: null });
    expect((await world.call('GET', '/_practice/listings')).body).toEqual([]);
    expect((await world.call('POST', '/_practice/faults/release', { id: 'gate' })).body).toEqual({ released: 1 });
    expect((await held).status).toBe(200);
  });

  it('strike the same calls for the same seed', async () => {
    const run = async (seed: number) => {
      await arm({ match: { path: 'privilege' }, rate: 0.4, seed, action: { type: 'answer', status: 500 } });
      const statuses: number[] = [];
      for (let n = 0; n < 30; n += 1) statuses.push((await world.call('GET', privilege)).status);
      return statuses.join(' ');
    };
    const first = await run(7);
    expect(await run(7)).toBe(first);
    expect(await run(8)).not.toBe(first);
    expect(first).toContain('500');
    expect(first).toContain('200');
  });

  it('say what is wrong with a rule, and leave the old ones', async () => {
    await arm({ action: { type: 'answer', status: 503 } });
    const wrong = await world.call('POST', '/_practice/faults', [{ action: { type: 'explode' } }]);
    expect([wrong.status, wrong.body.message]).toEqual([400, expect.stringContaining('rules[0].action')]);
    expect((await world.call('GET', privilege, undefined, { Authorization: 'Bearer x' })).status).toBe(503);
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
