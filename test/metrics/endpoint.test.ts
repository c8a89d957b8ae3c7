import { request } from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterEach, expect, it } from 'vitest';
import { type MetricsEndpoint, startEndpoint } from '../../src/metrics/endpoint.ts';

const endpoints: MetricsEndpoint[] = [];
afterEach(async () => {
  for (const endpoint of endpoints.splice(0)) await endpoint.close();
});

async function started(text: () => Promise<string> = async () => 'figures 1\n'): Promise<URL> {
  const endpoint = await startEndpoint(0, text);
  endpoints.push(endpoint);
  return new URL(endpoint.url);
}

const ask = (
  url: URL,
  { method = 'GET', path = url.pathname, ...headers }: Record<string, string> = {},
): Promise<{ status: number; body: string; type: string | undefined }> =>
  new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port: url.port, method, path, headers }, (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => (body += chunk.toString()));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body, type: response.headers['content-type'] }));
    })
      .on('error', reject)
      .end();
  });

it('answers Prometheus', async () => {
  const url = await started();
  expect(await ask(url)).toEqual({ status: 200, body: 'figures 1\n', type: 'text/plain; version=0.0.4; charset=utf-8' });
  expect(await ask(url, { host: `localhost:${url.port}` })).toMatchObject({ status: 200 });
  expect(await ask(url, { method: 'HEAD' })).toMatchObject({ status: 200, body: '' });
});

it.each(['evil.example', 'evil.example:9464', '127.0.0.1.evil.example', 'localhost.evil.example:80', '192.168.1.2:9464', '0.0.0.0'])(
  'refuses the host %s, under which a page in a browser could come',
  async (host) => {
    let asked = 0;
    const url = await started(async () => {
      asked += 1;
      return '';
    });
    expect(await ask(url, { host })).toMatchObject({ status: 403, body: 'Only for this machine.\n' });
    expect(asked).toBe(0);
  },
);

it('refuses pages, other places and other methods', async () => {
  const url = await started();
  expect(await ask(url, { origin: 'https://evil.example' })).toMatchObject({ status: 403 });
  expect(await ask(url, { path: '/' })).toMatchObject({ status: 404 });
  expect(await ask(url, { path: '/metrics/../etc' })).toMatchObject({ status: 404 });
  expect(await ask(url, { method: 'POST' })).toMatchObject({ status: 405 });
});

it('listens on the loopback address alone', async () => {
  const url = await started();
  expect(url.hostname).toBe('127.0.0.1');
  const others = Object.values(networkInterfaces())
    .flat()
    .flatMap((one) => (one && !one.internal && one.family === 'IPv4' ? [one.address] : []));
  for (const address of [...others, '127.0.0.2']) {
    const reached = await new Promise((resolve) => {
      const socket = connect(Number(url.port), address, () => resolve('connected'));
      socket.on('error', () => resolve('refused'));
      socket.on('close', () => socket.destroy());
    });
    expect([address, reached]).toEqual([address, 'refused']);
  }
});

it('says so where the figures cannot be read, and goes on', async () => {
  let works = false;
  const url = await started(async () => {
    if (!works) throw new Error('a secret of the database');
    return 'figures 2\n';
  });
  expect(await ask(url)).toMatchObject({ status: 503, body: 'The figures cannot be read at the moment.\n' });
  works = true;
  expect(await ask(url)).toMatchObject({ status: 200, body: 'figures 2\n' });
});

it('a port that is taken is told', async () => {
  const url = await started();
  await expect(startEndpoint(Number(url.port), async () => '')).rejects.toMatchObject({
    code: 'metrics.port-taken',
    message: expect.stringContaining('EADDRINUSE'),
  });
});
