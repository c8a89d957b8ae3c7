import { createServer, type IncomingHttpHeaders, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Exchange } from './exchange.ts';

export interface Recorder {
  readonly url: string;
  readonly exchanges: readonly Exchange[];
  close(): Promise<void>;
}

/** A proxy between a client and the practice marketplace that writes down what passes. A cut connection is cut on both sides. */
export async function openRecorder(target: string): Promise<Recorder> {
  const exchanges: Exchange[] = [];
  const to = new URL(target);
  const server = createServer(async (incoming, outgoing) => {
    const requestBody = Buffer.concat(await incoming.toArray());
    const { method = 'GET', url: path = '/' } = incoming;
    const note = (status: number, answerHeaders: Exchange['answerHeaders'], answerBody: Buffer): void => {
      if (path.startsWith('/_practice/')) return;
      exchanges.push({ method, path, requestHeaders: flat(incoming.headers), requestBody, status, answerHeaders, answerBody });
    };
    const onward = request({ host: to.hostname, port: to.port, method, path, headers: incoming.headers }, async (answer) => {
      const answerBody = await answer.toArray().then(Buffer.concat, () => undefined);
      if (answerBody === undefined) return outgoing.destroy();
      note(answer.statusCode ?? 0, flat(answer.headers), answerBody);
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers).end(answerBody);
    });
    onward.on('error', () => {
      // Sent, perhaps even done, and never answered.
      note(0, {}, Buffer.alloc(0));
      outgoing.destroy();
    });
    outgoing.on('close', () => onward.destroy());
    onward.end(requestBody);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    exchanges,
    close: () => {
      server.closeAllConnections();
      return new Promise((done) => server.close(() => done()));
    },
  };
}

function flat(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}
