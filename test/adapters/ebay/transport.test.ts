import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { EasyflipError } from '../../../src/core/errors.ts';
import type { Sku } from '../../../src/core/item.ts';
import { openVault } from '../../../src/credentials/vault.ts';
import {
  type Asked,
  call,
  ebay,
  ebayErrors,
  everythingOf,
  hastyClock,
  listing,
  PRACTICE_CREDENTIALS,
  type Reply,
  type Scripted,
  scripted,
  thrownBy,
} from './support.ts';

const open: Scripted[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});
const serving = async (answer: (asked: Asked) => Reply | undefined | Promise<Reply | undefined>): Promise<Scripted> => {
  const server = await scripted(answer);
  open.push(server);
  return server;
};

const SUGGESTIONS = '/commerce/taxonomy/v1/category_tree/0/get_category_suggestions';
const tree: Reply = { body: { categoryTreeId: '0', categoryTreeVersion: '1' } };
const taxonomy = (asked: Asked): Reply | undefined => {
  if (asked.path.endsWith('/get_default_category_tree_id')) return tree;
  if (asked.path === SUGGESTIONS) return { status: 204 };
  return undefined;
};
const nothingFound: Reply = {
  body: { responses: [{ statusCode: 404, sku: 'EFA', errors: [{ errorId: 25702, message: 'SKU EFA is not available in the system' }] }] },
};

describe('tokens', () => {
  test('taxonomy goes with the application token, selling with the user token, each minted once for parallel calls', async () => {
    const server = await serving((asked) => taxonomy(asked) ?? (asked.path.includes('bulk_get') ? nothingFound : undefined));
    const market = ebay(server.url);
    await Promise.all([
      ...['a', 'b', 'c', 'd'].map((words) => market.suggestCategories(words, call())),
      ...[1, 2, 3].map(() => market.find(['EFA' as Sku], call())),
    ]);
    const mints = server.asked.filter(({ path }) => path.endsWith('/token')).map(({ body }) => new URLSearchParams(body).get('grant_type'));
    expect(mints.sort()).toEqual(['client_credentials', 'refresh_token']);
    const bearerOf = (part: string): Set<string | undefined> =>
      new Set(server.asked.filter(({ path }) => path.includes(part)).map(({ headers }) => headers.authorization));
    expect(bearerOf('/taxonomy/').size).toBe(1);
    expect(bearerOf('/sell/').size).toBe(1);
    expect([...bearerOf('/taxonomy/')]).not.toEqual([...bearerOf('/sell/')]);
    const trees = server.asked.filter(({ path }) => path.endsWith('/get_default_category_tree_id'));
    expect(trees).toHaveLength(1);
  });

  test('the scopes asked for are those that the calls need, and the real host travels along', async () => {
    const server = await serving(taxonomy);
    const market = ebay(server.url);
    await market.suggestCategories('walkman', call());
    const [mint] = server.asked;
    expect(new URLSearchParams(mint?.body).get('scope')).toBe('https://api.ebay.com/oauth/api_scope');
    expect(mint?.headers.authorization).toBe(`Basic ${Buffer.from('practice-app:practice-cert').toString('base64')}`);
    expect(new Set(server.asked.map(({ headers }) => headers['x-forwarded-host']))).toEqual(new Set(['api.ebay.com']));
  });

  test('a token is renewed before it ends', async () => {
    const clock = hastyClock();
    const server = await serving((asked) => (asked.path.includes('bulk_get') ? nothingFound : undefined));
    const market = ebay(server.url, { clock });
    await market.find(['EFA' as Sku], call());
    clock.shiftMs = 6_000_000;
    await market.find(['EFA' as Sku], call());
    expect(server.tokensMinted()).toBe(1);
    clock.shiftMs = 7_000_000;
    await market.find(['EFA' as Sku], call());
    expect(server.tokensMinted()).toBe(2);
  });

  test.each([
    ['401/1001', 401, 1001],
    ['403/1100', 403, 1100],
  ])('an expired token (%s) is renewed once for all who hold it, and the calls are repeated', async (_, status, errorId) => {
    const server = await serving((asked) => {
      if (!asked.path.includes('bulk_get')) return undefined;
      return asked.headers.authorization === 'Bearer token-1'
        ? { status, body: ebayErrors({ errorId, message: 'Invalid access token' }) }
        : nothingFound;
    });
    const market = ebay(server.url);
    await Promise.all(Array.from({ length: 5 }, () => market.find(['EFA' as Sku], call())));
    expect(server.tokensMinted()).toBe(2);
    expect(server.asked.filter(({ path }) => path.includes('bulk_get'))).toHaveLength(10);
  });

  test('both tokens ended and twenty calls at once: one new token of each kind, also for two processes on one login', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'easyflip-tokens-'));
    try {
      const ended = new Map<string, string>();
      const server = await serving((asked) => {
        if (asked.path.endsWith('/token')) return undefined;
        // The first token of each kind has ended by the time it arrives.
        const kind = asked.path.includes('/taxonomy/') ? 'application' : 'user';
        const bearer = String(asked.headers.authorization);
        if (!ended.has(kind)) ended.set(kind, bearer);
        if (ended.get(kind) === bearer) return { status: 401, body: ebayErrors({ errorId: 1001, message: 'Invalid access token' }) };
        return taxonomy(asked) ?? nothingFound;
      });
      // Two vault objects know as little of each other as two processes: they meet in the file and its lock.
      const process = () => ebay(server.url, { vault: openVault({ folder, environment: 'practice', env: {} }) });
      const grants = () =>
        server.asked.filter(({ path }) => path.endsWith('/token')).map(({ body }) => new URLSearchParams(body).get('grant_type'));
      const [first, second] = [process(), process()];
      const calls = Array.from({ length: 20 }, (_, at) => {
        const market = at % 4 < 2 ? first : second;
        return at % 2 === 0 ? market.find(['EFA' as Sku], call()) : market.suggestCategories(`words ${at}`, call());
      });
      await Promise.all(calls);
      expect(grants().sort()).toEqual(['client_credentials', 'client_credentials', 'refresh_token', 'refresh_token']);
      // A later run has both from the file.
      await process().find(['EFA' as Sku], call());
      await process().suggestCategories('later', call());
      expect(grants()).toHaveLength(4);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  test('a fresh token that eBay refuses once more is renewed again, where such tokens have worked; twice for a request at most', async () => {
    let refused = new Set<string>();
    const server = await serving((asked) => {
      if (!asked.path.includes('bulk_get')) return undefined;
      return refused.has(String(asked.headers.authorization))
        ? { status: 401, body: ebayErrors({ errorId: 1001, message: 'Invalid access token' }) }
        : nothingFound;
    });
    const market = ebay(server.url);
    await market.find(['EFA' as Sku], call());
    refused = new Set(['Bearer token-1', 'Bearer token-2']);
    await market.find(['EFA' as Sku], call());
    expect(server.tokensMinted()).toBe(3);
    refused = new Set(Array.from({ length: 20 }, (_, at) => `Bearer token-${at}`));
    expect(await thrownBy(market.find(['EFA' as Sku], call()))).toMatchObject({ code: 'provider.auth' });
    expect(server.tokensMinted()).toBe(5);
  });

  test('a missing permission costs one refresh in all, and is provider.auth', async () => {
    const server = await serving((asked) =>
      asked.path.includes('bulk_get') ? { status: 403, body: ebayErrors({ errorId: 1100, message: 'Access denied' }) } : undefined,
    );
    const market = ebay(server.url);
    for (let at = 0; at < 3; at += 1) {
      expect(await thrownBy(market.find(['EFA' as Sku], call()))).toMatchObject({ code: 'provider.auth', retryable: false });
    }
    expect(server.tokensMinted()).toBe(2);
  });

  test('a refresh token that eBay no longer takes says so, without any of the secrets', async () => {
    const server = await serving((asked) =>
      asked.path.endsWith('/token')
        ? {
            status: 400,
            body: {
              error: 'invalid_grant',
              error_description: `the grant ${PRACTICE_CREDENTIALS.refreshToken} was issued to another client ${PRACTICE_CREDENTIALS.certId}`,
            },
          }
        : undefined,
    );
    const error = await thrownBy(ebay(server.url).find(['EFA' as Sku], call()));
    expect(error).toMatchObject({ code: 'provider.auth', retryable: false });
    expect((error as EasyflipError).hint).toContain('easyflip auth');
    expect(everythingOf(error)).not.toContain(PRACTICE_CREDENTIALS.refreshToken);
    expect(everythingOf(error)).not.toContain(PRACTICE_CREDENTIALS.certId);
  });
});

describe('what goes wrong on the way', () => {
  test('an abort ends the HTTP request itself', async () => {
    let reached: (asked: Asked) => void = () => {};
    const arrived = new Promise<Asked>((resolve) => {
      reached = resolve;
    });
    const server = await serving(async (asked) => {
      if (!asked.path.includes('bulk_get')) return undefined;
      reached(asked);
      await asked.gone;
      return nothingFound;
    });
    const controller = new AbortController();
    const work = thrownBy(ebay(server.url).find(['EFA' as Sku], call(controller.signal)));
    const asked = await arrived;
    const reason = new Error('stopped by the test');
    controller.abort(reason);
    expect(await work).toBe(reason);
    await asked.gone;
  });

  test('a lost answer to a write may have happened, a lost answer to a read does not matter', async () => {
    let lost = 'bulk_get_inventory_item';
    const server = await serving((asked) => {
      if (asked.path.endsWith(lost)) asked.hangUp();
      return asked.path.endsWith('bulk_get_inventory_item') ? nothingFound : undefined;
    });
    const market = ebay(server.url, { outgoingSettings: { tries: 1 } });
    const read = await thrownBy(market.find(['EFA' as Sku], call()));
    expect(read).toMatchObject({ code: 'provider.unavailable', retryable: true, mayHaveHappened: false });
    lost = 'bulk_create_or_replace_inventory_item';
    const write = await thrownBy(market.publish(listing('EFA'), call()));
    expect(write).toMatchObject({ code: 'provider.unavailable', retryable: true, mayHaveHappened: true });
  });

  test('a refused connection is unavailable, and nothing has happened', async () => {
    const server = await serving(() => undefined);
    await server.close();
    const error = await thrownBy(ebay(server.url, { outgoingSettings: { tries: 1 } }).publish(listing('EFA'), call()));
    expect(error).toMatchObject({ code: 'provider.unavailable', retryable: true, mayHaveHappened: false });
  });

  test('a page, broken JSON and a wrong shape are told apart from data', async () => {
    let reply: Reply = {};
    const server = await serving((asked) => (/bulk_get|inventory_item\/EFA$/.test(asked.path) ? reply : undefined));
    const market = ebay(server.url, { outgoingSettings: { tries: 1 } });
    reply = { status: 503, headers: { 'content-type': 'text/html' }, body: '<html><body>down for <b>maintenance</b></body></html>' };
    const page = await thrownBy(market.find(['EFA' as Sku], call()));
    expect(page).toMatchObject({ code: 'provider.unavailable', retryable: true });
    expect((page as Error).message).not.toContain('<');
    reply = { status: 404, headers: { 'content-type': 'text/html' }, body: '<html>no such host</html>' };
    expect(await thrownBy(market.find(['EFA' as Sku], call()))).toMatchObject({ code: 'provider.refused' });
    reply = { body: '{"responses":[{"statusCode":2' };
    expect(await thrownBy(market.find(['EFA' as Sku], call()))).toMatchObject({ code: 'provider.bad-reply', retryable: true });
    reply = { body: { responses: 'none' } };
    expect(await thrownBy(market.find(['EFA' as Sku], call()))).toMatchObject({ code: 'provider.bad-reply' });
    reply = { body: { responses: [] } };
    expect(await thrownBy(market.find(['EFA' as Sku], call()))).toMatchObject({ code: 'provider.bad-reply' });
  });

  test('Retry-After is read as seconds and as a date', async () => {
    const clock = hastyClock();
    let after = '7';
    const server = await serving((asked) =>
      asked.path.includes('bulk_get')
        ? {
            status: 429,
            headers: { 'retry-after': after },
            body: ebayErrors({ errorId: 2001, domain: 'ACCESS', message: 'Too many requests.' }),
          }
        : undefined,
    );
    const market = ebay(server.url, { clock, outgoingSettings: { tries: 1 } });
    expect(await thrownBy(market.find(['EFA' as Sku], call()))).toMatchObject({
      code: 'provider.rate-limited',
      retryable: true,
      retryAfterMs: 7_000,
    });
    after = new Date(clock.now() + 60_000).toUTCString();
    const error = (await thrownBy(market.find(['EFA' as Sku], call()))) as EasyflipError;
    expect(error.retryAfterMs).toBeGreaterThan(50_000);
    expect(error.retryAfterMs).toBeLessThanOrEqual(60_000);
  });

  test('no error ever carries a token, wherever it comes from', async () => {
    const echo = 'v^1.1#i^1#secret-looking-token';
    const replies: Reply[] = [
      { status: 401, body: ebayErrors({ errorId: 1001, message: `Invalid access token token-1 token-2 ${echo} Bearer token-2` }) },
      {
        status: 500,
        body: ebayErrors({
          errorId: 25001,
          message: 'A system error',
          longMessage: `while reading Bearer token-1 for ${PRACTICE_CREDENTIALS.refreshToken}`,
        }),
      },
      { status: 400, body: { responses: [{ errors: [{ errorId: 25709, message: `bad ${echo}` }] }] } },
      {
        body: {
          responses: [{ statusCode: 400, sku: 'EFA', errors: [{ errorId: 25707, message: `token-1 ${PRACTICE_CREDENTIALS.certId}` }] }],
        },
      },
    ];
    for (const reply of replies) {
      const server = await serving((asked) => (asked.path.includes('/sell/') ? reply : undefined));
      const market = ebay(server.url, { outgoingSettings: { tries: 1 } });
      const works = [market.find(['EFA' as Sku], call()), market.publish(listing('EFA'), call()), market.policies(call())];
      for (const result of await Promise.allSettled(works)) {
        expect(result.status).toBe('rejected');
        const text = result.status === 'rejected' ? everythingOf(result.reason) : '';
        for (const secret of ['token-1', 'token-2', 'secret-looking', PRACTICE_CREDENTIALS.certId, PRACTICE_CREDENTIALS.refreshToken])
          expect(text).not.toContain(secret);
      }
    }
  });
});

describe('where requests may go', () => {
  const at = (environment: 'practice' | 'sandbox' | 'production', baseUrl: string | undefined) => () =>
    ebay('http://127.0.0.1:1', { environment, ...(baseUrl === undefined ? {} : { baseUrl }) });

  test.each(['http://192.0.2.7:80', 'https://127.0.0.1:4', 'http://127.0.0.1.example.com', 'ftp://127.0.0.1', 'nonsense'])(
    'practice refuses %s',
    (url) => {
      expect(at('practice', url)).toThrow(expect.objectContaining({ code: 'config.invalid' }));
    },
  );

  test('real credentials never go to another address', () => {
    expect(at('production', 'http://127.0.0.1:9')).toThrow(expect.objectContaining({ code: 'config.invalid' }));
    expect(at('sandbox', 'http://127.0.0.1:9')).toThrow(expect.objectContaining({ code: 'config.invalid' }));
  });
});
