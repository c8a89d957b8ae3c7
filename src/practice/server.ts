import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { control } from './desk/control.ts';
import { ebayCalls, send } from './desk/ebay-calls.ts';
import { Faults } from './desk/faults.ts';
import { Journal } from './desk/journal.ts';
import { isLocalHost, isOwnOrigin } from './desk/local-only.ts';
import type { Market } from './ground/market.ts';
import { seedIfEmpty } from './ground/seed.ts';
import { readSettings } from './ground/settings.ts';
import { State } from './ground/state.ts';
import { pages } from './pages/pages.ts';

export interface PracticeOptions {
  /** The SQLite file that holds everything; made when absent. */
  readonly state: string;
  /** 0 or absent: any free one. */
  readonly port?: number;
  /** Added to every eBay call. */
  readonly latencyMs?: number;
  /** Ends itself when no request came for so long. */
  readonly idleExitMs?: number;
  /** Epoch milliseconds; for tests. */
  readonly now?: () => number;
  /** Called once when the server ends by itself: on POST stop, or after idling. */
  readonly onEnd?: () => void;
}

export interface Practice {
  readonly url: string;
  /** Stops listening, cuts what is open, closes the state file. Repeatable. */
  close(): Promise<void>;
}

/**
 * Starts the practice marketplace on 127.0.0.1. Errors: StateBusy when another process holds the state file;
 * the system's own error when the port is taken.
 */
export async function startPractice(options: PracticeOptions): Promise<Practice> {
  const state = new State(options.state);
  const clock = options.now ?? Date.now;
  const market: Market = { state, now: () => clock() + readSettings(state).clockOffsetMs };
  const server = createServer({ keepAliveTimeout: 5_000 });
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closing ??= closeServer(server).then(() => state.close());
    return closing;
  };
  try {
    seedIfEmpty(market);
    const end = () => {
      void close().then(() => options.onEnd?.());
    };
    const idle = idleWatch(options.idleExitMs, end);
    const handle = handler(market, options.latencyMs ?? 0, () => setImmediate(end));
    server.on('request', (incoming, outgoing) => {
      idle.begin();
      outgoing.once('close', idle.finish);
      handle(incoming, outgoing).catch(() => {
        // The client went away in mid-request, or there is a bug here: eBay's own words for "our fault".
        if (!outgoing.headersSent) send(outgoing, { status: 500, body: SYSTEM_ERROR });
        else outgoing.destroy();
      });
    });
    const port = await listen(server, options.port ?? 0);
    return { url: `http://127.0.0.1:${port}`, close };
  } catch (error) {
    await close();
    throw error;
  }
}

const SYSTEM_ERROR = {
  errors: [
    { errorId: 25001, domain: 'API_INVENTORY', subdomain: 'Selling', category: 'APPLICATION', message: 'A system error has occurred.' },
  ],
};

function handler(
  market: Market,
  latencyMs: number,
  stop: () => void,
): (incoming: IncomingMessage, outgoing: ServerResponse) => Promise<void> {
  const journal = new Journal(market);
  const faults = new Faults(market.now);
  const serveEbay = ebayCalls({ market, journal, faults, latencyMs });
  const serveControl = control({ market, journal, faults, stop });
  const servePage = pages(market);
  return async (incoming, outgoing) => {
    // Also where its clock is set off.
    outgoing.setHeader('date', new Date(market.now()).toUTCString());
    // A page in a browser may not reach this server under another name (DNS rebinding).
    if (!isLocalHost(incoming.headers.host)) return send(outgoing, { status: 403, body: { message: 'Only for this machine.' } });
    const pathname = new URL(incoming.url ?? '/', 'http://practice').pathname;
    if (pathname.startsWith('/_practice/')) {
      if (!isOwnOrigin(incoming.headers)) return send(outgoing, { status: 403, body: { message: 'Not from another site.' } });
      return send(outgoing, await serveControl(incoming, pathname));
    }
    if (await servePage(incoming, outgoing, pathname)) return;
    await serveEbay(incoming, outgoing);
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

/** What is being answered gets a moment; held calls and idle connections are cut. */
function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    if (!server.listening) return resolve();
    const cut = setTimeout(() => server.closeAllConnections(), 250);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    server.closeIdleConnections();
  });
}

function idleWatch(idleMs: number | undefined, end: () => void): { begin: () => void; finish: () => void } {
  let open = 0;
  let timer: NodeJS.Timeout | undefined;
  const arm = () => {
    // Unreferenced: in a test it must not keep the process alive once the server is closed.
    if (idleMs !== undefined) timer = setTimeout(end, idleMs).unref();
  };
  arm();
  return {
    begin: () => {
      open += 1;
      clearTimeout(timer);
    },
    finish: () => {
      open -= 1;
      if (open === 0) arm();
    },
  };
}
