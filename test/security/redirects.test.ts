import { AsyncLocalStorage } from 'node:async_hooks';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createClient as ebayClient } from '../../src/adapters/ebay/client.ts';
import { createVisionClient } from '../../src/adapters/google-vision/client.ts';
import { createClient as openaiClient, textOf } from '../../src/adapters/openai/client.ts';
import { SITES } from '../../src/core/site.ts';

const SECRETS = ['sk-hush-0123456789', 'google-hush-key', 'ebay-hush-cert', 'ebay-hush-token', 'ebay-hush-refresh'];

/** Sends everybody elsewhere, or answers without end. */
let first: Server;
/** Where a redirect would lead: nothing may ever arrive. */
let other: Server;
let status = 302;
let answer: (response: ServerResponse) => void;
let arrived: { readonly url: string; readonly headers: IncomingHttpHeaders; readonly body: string }[] = [];

const listen = async (server: Server): Promise<void> => {
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
};
const at = (server: Server, host = '127.0.0.1'): string => `http://${host}:${(server.address() as AddressInfo).port}`;

beforeAll(async () => {
  first = createServer((request, response) => void request.resume().on('end', () => answer(response)));
  other = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => (body += part));
    request.on('end', () => {
      arrived.push({ url: request.url ?? '', headers: request.headers, body });
      response.setHeader('content-type', 'application/json');
      response.end('{"choices":[],"responses":[{}],"access_token":"x","expires_in":7200,"token_type":"t"}');
    });
  });
  await Promise.all([listen(first), listen(other)]);
});
afterAll(async () => {
  for (const server of [first, other]) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});
beforeEach(() => {
  arrived = [];
  // Another host, as a client sees it, on this machine.
  answer = (response) => void response.writeHead(status, { location: `${at(other, 'localhost')}/elsewhere` }).end();
});

const openai = async (baseUrl: string): Promise<unknown> => {
  const client = await openaiClient({ apiKey: 'sk-hush-0123456789', baseUrl }, { timeoutMs: 5_000, env: {} });
  return await client.chat.completions.create({ model: 'm', messages: [{ role: 'user', content: 'a picture' }] });
};
const vision = (endpoint: string): Promise<unknown> =>
  createVisionClient({ apiKey: 'google-hush-key', endpoint }).readText([Buffer.from('a picture')], [], new AbortController().signal);
const ebay = async (kind: 'application' | 'user', base: string) =>
  await ebayClient(kind, {
    environment: 'practice',
    credentials: { appId: 'app', certId: 'ebay-hush-cert', refreshToken: 'ebay-hush-refresh' },
    base: new URL(base),
    attempts: new AsyncLocalStorage(),
    site: SITES.EBAY_US,
  });

const CLIENTS: readonly (readonly [string, (base: string) => Promise<unknown>])[] = [
  ['OpenAI', openai],
  ['Google Vision', vision],
  ['eBay, a token for the application', async (base) => (await ebay('application', base)).OAuth2.mintApplicationAccessToken()],
  ['eBay, a token for the seller', async (base) => (await ebay('user', base)).OAuth2.refreshUserAccessToken()],
  [
    'eBay, a call that reads',
    async (base) => {
      const client = await ebay('user', base);
      client.OAuth2.setCredentials({ access_token: 'ebay-hush-token', refresh_token: 'r', expires_in: 1_000 });
      return await client.sell.inventory.getInventoryItem('EF1');
    },
  ],
  [
    'eBay, a call that writes',
    async (base) => {
      const client = await ebay('user', base);
      client.OAuth2.setCredentials({ access_token: 'ebay-hush-token', refresh_token: 'r', expires_in: 1_000 });
      return await client.sell.inventory.publishOffer('1');
    },
  ],
];

describe.each(CLIENTS)('%s', (_, send) => {
  it.each([302, 307, 308])('follows no redirect %i: neither key nor body goes to another host', async (code) => {
    status = code;
    const error: unknown = await send(at(first)).then(
      () => 'it was answered',
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(Error);
    expect(arrived).toEqual([]);
  });

  it('would have reached it: the other host answers and sees what is sent to it', async () => {
    await send(at(other)).catch(() => undefined);
    expect(arrived.length).toBeGreaterThan(0);
    const basic = arrived.flatMap(({ headers }) => Buffer.from((headers.authorization ?? '').replace(/^Basic /, ''), 'base64').toString());
    const sent = JSON.stringify(arrived) + basic.join();
    expect(SECRETS.filter((secret) => sent.includes(secret)).length).toBeGreaterThan(0);
  });
});

describe('an answer without end', () => {
  const MEGABYTE = Buffer.alloc(1024 * 1024, 0x20);
  const endless = (response: ServerResponse): void => {
    response.writeHead(200, { 'content-type': 'application/json' });
    const more = (): void => {
      while (!response.destroyed && response.write(MEGABYTE));
      if (!response.destroyed) response.once('drain', more);
    };
    more();
  };

  it('of a model is read up to 16 MB and refused', async () => {
    answer = endless;
    const response = await fetch(at(first));
    await expect(textOf(response, 'host')).rejects.toMatchObject({
      code: 'provider.bad-reply',
      message: 'host answered with more than 16 MB.',
    });
  });

  it('of Google Vision and of eBay is refused', async () => {
    answer = endless;
    await expect(vision(at(first))).rejects.toMatchObject({ code: expect.stringMatching(/^provider\./) });
    const client = await ebay('application', at(first));
    client.OAuth2.setClientToken({ access_token: 'ebay-hush-token', expires_in: 1_000, token_type: 't' } as never);
    await expect(client.buy.browse.search({ q: 'mug' })).rejects.toThrow();
  });
});
