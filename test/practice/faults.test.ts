import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { INVENTORY, mug, offer, openWorld, prepare, publishPath, type World } from './world.ts';

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

  it('are eBay’s own errors by number', async () => {
    const answers = [
      [{ errorId: 1001 }, 401, 'OAuth', null],
      [{ errorId: 1100 }, 403, 'ACCESS', null],
      [{ errorId: 2001 }, 429, 'ACCESS', null],
      [{ errorId: 2001, retryAfterSeconds: 7 }, 429, 'ACCESS', '7'],
      [{ errorId: 25001 }, 500, 'API_INVENTORY', null],
      [{ errorId: 25025 }, 500, 'API_INVENTORY', null],
    ] as const;
    for (const [error, status, domain, retryAfter] of answers) {
      await arm({ action: { type: 'error', ...error } });
      const struck = await world.call('GET', privilege, undefined, { Authorization: 'Bearer x' });
      expect([struck.status, struck.body.errors[0].errorId, struck.body.errors[0].domain, struck.headers.get('retry-after')]).toEqual([
        status,
        error.errorId,
        domain,
        retryAfter,
      ]);
    }
  });

  it('take a call and never answer it, before or after the work', async () => {
    const offerId = await prepare(world, 'D1');
    for (const [type, live] of [
      ['half-open', 0],
      ['half-open-after', 1],
    ] as const) {
      await arm({ match: { path: '/publish$' }, action: { type } });
      const leave = new AbortController();
      const silent = fetch(`${world.practice.url}${publishPath(offerId)}`, {
        method: 'POST',
        headers: { Authorization: await world.bearer() },
        signal: leave.signal,
      });
      await expect.poll(async () => (await journal()).at(-1)).toMatchObject({ fault: type, status: live === 1 ? 200 : 0 });
      leave.abort();
      await expect(silent).rejects.toThrow();
      expect((await world.call('GET', '/_practice/listings')).body).toHaveLength(live);
    }
  });

  it('deliver a request twice, the work done twice', async () => {
    await world.call('PUT', `${INVENTORY}/inventory_item/E1`, mug([]));
    await arm({ match: { operation: 'createOffer$' }, count: 1, action: { type: 'duplicate' } });
    const second = await world.call('POST', `${INVENTORY}/offer`, offer('E1'));
    expect([second.status, second.body.errors[0].errorId]).toEqual([400, 25002]);
    expect((await world.call('GET', `${INVENTORY}/offer?sku=E1`)).body.total).toBe(1);
    const twice = (await journal()).filter((entry: { operation: string }) => entry.operation === 'sell_inventory.createOffer');
    expect(twice).toMatchObject([
      { status: 201, fault: 'duplicate' },
      { status: 400, fault: 'duplicate' },
    ]);
  });

  it('say an answer twice on one line', async () => {
    await arm({ action: { type: 'answer-twice' } });
    const { hostname, port } = new URL(world.practice.url);
    const line = connect(Number(port), hostname);
    line.write(`GET ${privilege} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nAuthorization: Bearer x\r\n\r\n`);
    let heard = '';
    line.on('data', (bytes) => (heard += String(bytes)));
    await expect.poll(() => heard.split('HTTP/1.1 401 ').length - 1).toBe(2);
    expect(new Set(heard.match(/ri=\d+/g)).size).toBe(1);
    expect(await journal()).toHaveLength(1);
    line.destroy();
  });

  it('say that JSON is HTML', async () => {
    await arm({ action: { type: 'wrong-content-type' } });
    const odd = await world.call('GET', privilege);
    expect([odd.status, odd.headers.get('content-type'), odd.body.sellerRegistrationCompleted]).toEqual([
      200,
      expect.stringContaining('text/html'),
      true,
    ]);
  });

  it('last for a span of the server’s time: a blackout', async () => {
    await world.call('GET', privilege);
    await arm({ during: { fromMs: 60_000, untilMs: 120_000 }, action: { type: 'html-503' } });
    const statuses: number[] = [];
    for (const clockOffsetMs of [0, 60_000, 119_000, 125_000]) {
      await world.call('POST', '/_practice/settings', { clockOffsetMs });
      statuses.push((await world.call('GET', privilege)).status);
    }
    expect(statuses).toEqual([200, 503, 503, 200]);
  });

  it('say all that is wrong with a script, and leave the old one', async () => {
    await arm({ action: { type: 'answer', status: 503 } });
    const wrong = await world.call('POST', '/_practice/faults', [
      { action: { type: 'explode' } },
      { match: { path: '(' }, rate: 2, action: { type: 'reset' } },
      { times: 3, action: { type: 'error', errorId: 5 } },
      'none',
    ]);
    expect(wrong.status).toBe(400);
    for (const part of ['rules[0].action', 'rules[1].match.path', 'rules[1].rate', '"times"', 'rules[2].action.errorId', 'rules[3]']) {
      expect(wrong.body.problems.join('\n')).toContain(part);
    }
    expect((await world.call('POST', '/_practice/faults', { rule: [] })).status).toBe(400);
    expect((await world.call('GET', privilege, undefined, { Authorization: 'Bearer x' })).status).toBe(503);
  });
});
