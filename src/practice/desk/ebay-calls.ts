import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { MediaWindow } from '../commerce/media-window.ts';
import type { Market } from '../ground/market.ts';
import { readSettings } from '../ground/settings.ts';
import { errorReply, type Reply, type Request, refuse } from '../wire/wire.ts';
import { dispatch, operationName } from './dispatch.ts';
import { afterWork, insteadOfWork, type Silence, waitAfter, waitBefore } from './fault-answers.ts';
import type { Faults } from './faults.ts';
import type { Journal } from './journal.ts';
import { maskHeaders, readableBody } from './masking.ts';
import { readBody } from './read-body.ts';
import { UnderWay } from './under-way.ts';

export interface EbayCallsOptions {
  readonly market: Market;
  readonly journal: Journal;
  readonly faults: Faults;
  /** Before the work of every call, on top of the setting of that name: what the network and eBay's machines take. */
  readonly latencyMs: number;
}

type Serve = (incoming: IncomingMessage, outgoing: ServerResponse) => Promise<void>;

/** Serves one call of the eBay API: journal, faults, latency, work and answer. */
export function ebayCalls({ market, journal, faults, latencyMs }: EbayCallsOptions): Serve {
  const window = new MediaWindow();
  const underWay = new UnderWay();
  return async (incoming, outgoing) => {
    const bytes = await readBody(incoming);
    const method = incoming.method ?? 'GET';
    const path = incoming.url ?? '/';
    const operation = operationName(method, path);
    const forwarded = incoming.headers['x-forwarded-host'];
    const forwardedHost = Array.isArray(forwarded) ? forwarded[0] : forwarded;
    const host = forwardedHost ?? incoming.headers.host ?? '';
    const request: Request = {
      operation: operation ?? '',
      method,
      host,
      path,
      params: {},
      query: new URL(path, 'http://practice').searchParams,
      headers: incoming.headers,
      bytes,
    };
    const arrive = () =>
      journal.begin({
        at: market.now(),
        operation,
        method,
        host,
        path,
        headers: maskHeaders(incoming.headers),
        body: readableBody(incoming.headers['content-type'] ?? '', bytes),
      });
    const strike = faults.strike({ method, path, operation });
    const label = strike?.action.type ?? null;
    // Work and journal are written together: after a kill, either both are there or neither.
    const visit = underWay.enter(market, request);
    // Who hangs up to try again must not find the way barred by the first try.
    outgoing.once('close', visit.leave);
    const work = (n: number): Reply =>
      market.state.transaction(() => {
        const done = visit.isRefused ? errorReply(refuse(25025)) : dispatch(market, window, request, forwardedHost);
        journal.write(n, done, label);
        return done;
      });
    const n = arrive();
    try {
      const latency = latencyMs + readSettings(market.state).latencyMs;
      if (latency > 0) await sleep(latency);
      await waitBefore(faults, strike);
      const replacement = insteadOfWork(strike);
      if (replacement !== undefined) {
        journal.write(n, typeof replacement === 'string' ? { status: 0 } : replacement, label);
        return answer(outgoing, replacement, n);
      }
      let reply = work(n);
      if (label === 'duplicate') {
        const again = arrive();
        reply = work(again);
        journal.end(again);
      }
      await waitAfter(faults, strike);
      if (label === 'answer-twice') sayAgain(outgoing, { ...reply, headers: named(reply, n) });
      answer(outgoing, afterWork(strike, reply), n);
    } finally {
      visit.leave();
      journal.end(n);
    }
  };
}

function answer(outgoing: ServerResponse, reply: Reply | Silence, n: number): void {
  if (reply === 'cut') outgoing.destroy();
  else if (reply !== 'silent') send(outgoing, { ...reply, headers: named(reply, n) });
}

/** With a name of its own, as eBay gives every answer (`ri=DDthxqAlYQmx,…`): here it is the call's number in the journal. */
const named = (reply: Reply, n: number): Readonly<Record<string, string>> => ({ ...reply.headers, 'X-EBAY-C-REQUEST-ID': `ri=${n}` });

/** A moment later, when the line may be waiting for the answer to another call. */
const AGAIN_AFTER_MS = 5;

/** The same answer comes once more on the same line, as a broken proxy sends it. */
function sayAgain(outgoing: ServerResponse, reply: Reply): void {
  const { socket } = outgoing;
  const { headers, body } = written(reply);
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  outgoing.once('finish', () => {
    setTimeout(() => {
      if (socket?.writable) socket.write(`HTTP/1.1 ${reply.status} ${STATUS_CODES[reply.status]}\r\n${head.join('')}\r\n${body}`);
    }, AGAIN_AFTER_MS);
  });
}

/** JSON unless the body is text; nothing at all for 204 and empty answers. */
export function send(outgoing: ServerResponse, reply: Reply): void {
  if (outgoing.destroyed) return;
  const { headers, body } = written(reply);
  outgoing.writeHead(reply.status, headers);
  outgoing.end(body);
}

function written(reply: Reply): { readonly headers: Readonly<Record<string, string | number>>; readonly body: string | Buffer } {
  const isText = typeof reply.body === 'string';
  const isBytes = Buffer.isBuffer(reply.body);
  const body = reply.body === undefined ? '' : isText || isBytes ? (reply.body as string | Buffer) : JSON.stringify(reply.body);
  return {
    headers: {
      ...(body.length === 0 ? {} : { 'Content-Type': isText ? 'text/html; charset=utf-8' : 'application/json' }),
      'Content-Length': Buffer.byteLength(body),
      ...reply.headers,
    },
    body,
  };
}
