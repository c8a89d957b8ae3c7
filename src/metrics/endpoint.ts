import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { EasyflipError } from '../core/errors.ts';
import { CONTENT_TYPE } from './prometheus-text.ts';

export interface MetricsEndpoint {
  /** `http://127.0.0.1:9464/metrics` */
  readonly url: string;
  /** Cuts what is open. Repeatable. */
  close(): Promise<void>;
}

/** This machine alone: whoever wants the figures elsewhere puts Prometheus or a proxy before it. */
const ADDRESS = '127.0.0.1';

/**
 * `GET /metrics` on the loopback address. `text` is asked for each answer. A page in a browser may not reach it under another
 * name (DNS rebinding): any other Host is refused. `port` 0: any free one. Errors: `metrics.port-taken`.
 */
export async function startEndpoint(port: number, text: () => Promise<string>): Promise<MetricsEndpoint> {
  const server = createServer({ keepAliveTimeout: 5_000, requestTimeout: 10_000, maxHeaderSize: 8_192 }, (request, response) => {
    answer(request, response, text).catch(() => {
      if (!response.headersSent) end(response, 503, 'The figures cannot be read at the moment.\n');
      else response.destroy();
    });
  });
  await listen(server, port);
  // What happens to one connection is nobody else's business.
  server.on('error', () => {});
  server.unref();
  return {
    url: `http://${ADDRESS}:${(server.address() as AddressInfo).port}/metrics`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, text: () => Promise<string>): Promise<void> {
  if (!isLoopbackHost(request.headers.host)) return end(response, 403, 'Only for this machine.\n');
  if (request.headers.origin !== undefined) return end(response, 403, 'Not for pages.\n');
  if (request.url?.split('?')[0] !== '/metrics') return end(response, 404, 'Ask for /metrics.\n');
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('allow', 'GET, HEAD');
    return end(response, 405, 'Only GET.\n');
  }
  end(response, 200, await text(), CONTENT_TYPE);
}

function end(response: ServerResponse, status: number, body: string, type = 'text/plain; charset=utf-8'): void {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
  response.end(response.req.method === 'HEAD' ? undefined : body);
}

const isLoopbackHost = (host: string | undefined): boolean => /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/i.test(host ?? '');

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) =>
      reject(
        new EasyflipError('metrics.port-taken', `Port ${port} of ${ADDRESS} cannot be used for metrics (${cause.code ?? 'unknown'}).`, {
          hint: 'Choose another with --metrics-port, or end the program that has it.',
          cause,
        }),
      ),
    );
    server.listen(port, ADDRESS, () => {
      server.removeAllListeners('error');
      resolve();
    });
  });
}
