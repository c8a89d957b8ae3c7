import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { callWebhook } from '../../src/notify/webhook.ts';

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
});

interface Got {
  readonly url: string;
  readonly body: string;
}

/** A real receiver on this machine. `status` null: it never answers. */
async function receiver(
  status: number | null,
  headers: Record<string, string> = {},
): Promise<{ readonly base: string; readonly got: Got[] }> {
  const got: Got[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      got.push({ url: request.url ?? '', body });
      if (status !== null) response.writeHead(status, headers).end('something long and private');
    });
  });
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return { base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, got };
}

const SECRET = 'T0P/s3cretpath';
const call = (address: string, over: { readonly timeoutMs?: number; readonly signal?: AbortSignal } = {}): Promise<void> =>
  callWebhook({ address, variable: 'EASYFLIP_WEBHOOK', body: '{"a":1}', timeoutMs: 60_000, signal: new AbortController().signal, ...over });
const refusal = (address: string, over = {}): Promise<{ code: string; message: string; hint: string }> =>
  call(address, over).then(
    () => expect.unreachable(),
    (error: { code: string; message: string; hint: string }) => {
      expect(`${error.message} ${error.hint} ${JSON.stringify(error)}`).not.toMatch(/s3cret|private/);
      return { code: error.code, message: error.message, hint: error.hint };
    },
  );

it('posts the body', async () => {
  const { base, got } = await receiver(204);
  await call(`${base}/${SECRET}`);
  expect(got).toEqual([{ url: `/${SECRET}`, body: '{"a":1}' }]);
});

it('does not follow a redirect', async () => {
  const target = await receiver(200);
  const { base } = await receiver(307, { location: `${target.base}/${SECRET}` });
  expect(await refusal(`${base}/${SECRET}`)).toMatchObject({ code: 'alert.unsent', message: expect.stringContaining('307') });
  expect(target.got).toEqual([]);
});

it('tells the status of a refusal, and nothing of what it said', async () => {
  const { base } = await receiver(403);
  expect((await refusal(`${base}/${SECRET}`)).message).toBe('The webhook EASYFLIP_WEBHOOK was not told: it answered 403.');
});

it('gives up on one that never answers, and when the program is stopped', async () => {
  const { base } = await receiver(null);
  expect((await refusal(`${base}/${SECRET}`, { timeoutMs: 50 })).message).toContain('did not answer within 0.05 s');
  const stop = new AbortController();
  const refused = refusal(`${base}/${SECRET}`, { signal: stop.signal });
  stop.abort();
  expect((await refused).message).toContain('the program was stopped');
});

it('says why one cannot be reached', async () => {
  const { base } = await receiver(200);
  const [server] = servers.splice(0);
  await new Promise((done) => server?.close(done));
  expect((await refusal(`${base}/${SECRET}`)).message).toContain('ECONNREFUSED');
});

it.each([
  ['plain http elsewhere', `http://hooks.example/${SECRET}`],
  ['another scheme', `file:///${SECRET}`],
  ['no address', SECRET],
  ['a user name', `https://me:s3cret@hooks.example/${SECRET}`],
  ['a name that only begins as loopback', `http://127.0.0.1.example/${SECRET}`],
])('refuses %s', async (_, address) => {
  expect((await refusal(address)).code).toBe('alert.unsent');
});
