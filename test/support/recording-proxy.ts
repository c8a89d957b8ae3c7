import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

interface OutgoingRequest {
  readonly method: string;
  readonly path: string;
  /** Every byte that left, the head as it was written included. */
  readonly bytes: Buffer;
}

export interface RecordingProxy {
  readonly url: string;
  readonly requests: readonly OutgoingRequest[];
  close(): Promise<void>;
}

/** Stands between the program and a server and keeps every byte that the program sends. */
export async function recordingProxy(target: string): Promise<RecordingProxy> {
  const requests: OutgoingRequest[] = [];
  const server = createServer((incoming, answer) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const body = Buffer.concat(chunks);
      const { method = '', url: path = '', rawHeaders } = incoming;
      requests.push({ method, path, bytes: Buffer.concat([Buffer.from(`${method} ${path}\r\n${rawHeaders.join('\r\n')}\r\n\r\n`), body]) });
      // The host stays as it was asked for: answers name addresses by it.
      const onward = request(new URL(path, target), { method, headers: incoming.headers }, (reply) => {
        answer.writeHead(reply.statusCode ?? 502, reply.rawHeaders);
        reply.pipe(answer);
      });
      onward.on('error', () => answer.destroy());
      onward.end(body);
    });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}
