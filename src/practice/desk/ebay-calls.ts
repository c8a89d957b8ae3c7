import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { MediaWindow } from '../commerce/media-window.ts';
import type { Market } from '../ground/market.ts';
import type { Reply } from '../wire/wire.ts';
import { dispatch, operationName } from './dispatch.ts';
import type { Faults, Strike } from './faults.ts';
import { type Journal, maskHeaders, readableBody } from './journal.ts';
import { readBody } from './read-body.ts';

export interface EbayCallsOptions {
  readonly market: Market;
  readonly journal: Journal;
  readonly faults: Faults;
  /** Before the work of every call: what the network and eBay's machines take. */
  readonly latencyMs: number;
}

type Serve = (incoming: IncomingMessage, outgoing: ServerResponse) => Promise<void>;

/** Serves one call of the eBay API: journal, faults, latency, work and answer. */
export function ebayCalls({ market, journal, faults, latencyMs }: EbayCallsOptions): Serve {
  const window = new MediaWindow();
  return async (incoming, outgoing) => {
    const bytes = await readBody(incoming);
    const method = incoming.method ?? 'GET';
    const path = incoming.url ?? '/';
    const operation = operationName(method, path);
    const forwarded = incoming.headers['x-forwarded-host'];
    const forwardedHost = Array.isArray(forwarded) ? forwarded[0] : forwarded;
    const host = forwardedHost ?? incoming.headers.host ?? '';
    const contentType = incoming.headers['content-type'] ?? '';
    const n = journal.begin({
      at: market.now(),
      operation,
      method,
      host,
      path,
      headers: maskHeaders(incoming.headers),
      body: readableBody(contentType, bytes),
    });
    const strike = faults.strike({ method, path, operation });
    const label = strike?.action.type ?? null;
    try {
      if (latencyMs > 0) await sleep(latencyMs);
      await waitBefore(faults, strike);
      const replacement = strike === undefined ? undefined : insteadOfWork(strike);
      if (replacement !== undefined) {
        journal.write(n, replacement === 'reset' ? 0 : replacement.status, label);
        if (replacement === 'reset') outgoing.destroy();
        else send(outgoing, replacement);
        return;
      }
      const url = new URL(path, 'http://practice');
      const request = {
        operation: operation ?? '',
        method,
        host,
        path,
        params: {},
        query: url.searchParams,
        headers: incoming.headers,
        bytes,
      };
      // Work and journal are written together: after a kill, either both are there or neither.
      const reply = market.state.transaction(() => {
        const done = dispatch(market, window, request, forwardedHost);
        journal.write(n, done.status, label);
        return done;
      });
      await waitAfter(faults, strike);
      if (label === 'drop-after') outgoing.destroy();
      else send(outgoing, reply, label === 'malformed-json');
    } finally {
      journal.end(n);
    }
  };
}

/** JSON unless the body is text; nothing at all for 204 and empty answers. */
export function send(outgoing: ServerResponse, reply: Reply, malformed = false): void {
  if (outgoing.destroyed) return;
  const isText = typeof reply.body === 'string';
  const whole = reply.body === undefined ? '' : isText ? String(reply.body) : JSON.stringify(reply.body);
  const text = malformed ? `${whole.slice(0, Math.floor(whole.length / 2))}<` : whole;
  outgoing.writeHead(reply.status, {
    ...(text === '' ? {} : { 'Content-Type': isText ? 'text/html; charset=utf-8' : 'application/json' }),
    'Content-Length': Buffer.byteLength(text),
    ...reply.headers,
  });
  outgoing.end(text);
}

async function waitBefore(faults: Faults, strike: Strike | undefined): Promise<void> {
  if (strike?.action.type === 'delay') await sleep(strike.action.ms);
  if (strike?.action.type === 'hold') await faults.hold(strike.id);
}

async function waitAfter(faults: Faults, strike: Strike | undefined): Promise<void> {
  if (strike?.action.type === 'delay-after') await sleep(strike.action.ms);
  if (strike?.action.type === 'hold-after') await faults.hold(strike.id);
}

function insteadOfWork({ action }: Strike): Reply | 'reset' | undefined {
  if (action.type === 'reset') return 'reset';
  if (action.type === 'html-503')
    return { status: 503, body: '<html><head><title>503</title></head><body><h1>Service Unavailable</h1></body></html>' };
  if (action.type !== 'answer') return undefined;
  return {
    status: action.status,
    ...(action.body === undefined ? {} : { body: action.body }),
    ...(action.headers === undefined ? {} : { headers: action.headers }),
  };
}
