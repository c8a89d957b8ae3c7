import { createServer, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createEbayMarketplace, type EbayMarketplaceOptions } from '../../../src/adapters/ebay/marketplace.ts';
import type { Clock } from '../../../src/core/clock.ts';
import { systemClock } from '../../../src/core/clock.ts';
import type { PhotoHash, Sku } from '../../../src/core/item.ts';
import type { ListingContent } from '../../../src/core/listing.ts';
import type { Call, JournalEntry, JournalStore, LedgerStore, Outgoing, RateStore, ReadyListing } from '../../../src/core/ports/index.ts';
import type { ServiceName, ServiceSettings, Settings } from '../../../src/core/settings.ts';
import { SERVICES } from '../../../src/core/settings.ts';
import { SITES } from '../../../src/core/site.ts';
import { createOutgoing } from '../../../src/resilience/guard.ts';

export const PRACTICE_CREDENTIALS = { appId: 'practice-app', certId: 'practice-cert', refreshToken: 'practice-refresh-token' };

export const noPolicies: Settings['listing'] = {
  quantity: 1,
  defaultCondition: null,
  fulfillmentPolicyId: null,
  paymentPolicyId: null,
  returnPolicyId: null,
  merchantLocationKey: null,
  descriptionFooter: '',
  descriptionTemplate: null,
  storeCategories: [],
  startAt: null,
  useCatalogText: false,
  packageProfiles: {},
  regulatory: {},
};

export const call = (signal: AbortSignal = new AbortController().signal): Call => ({ signal, priority: 1 });

/** Real time for lingering and for timeouts; the pauses between tries shrink to nothing. `shiftMs` moves now(). */
export function hastyClock(): Clock & { shiftMs: number } {
  const clock = {
    shiftMs: 0,
    now: () => Date.now() + clock.shiftMs,
    sleep: (ms: number, signal?: AbortSignal) => systemClock.sleep(ms > 50 && ms < 5_000 ? 1 : ms, signal),
  };
  return clock;
}

export interface MemoryJournal extends JournalStore {
  readonly rows: Map<string, { scope: string; entry: JournalEntry }>;
}

export function memoryJournal(): MemoryJournal {
  const rows: MemoryJournal['rows'] = new Map();
  const at = '2026-11-23T00:00:00.000Z';
  return {
    rows,
    read: async (key) => rows.get(key)?.entry,
    sent: async (key, scope) => void rows.set(key, { scope, entry: { state: 'sent', at } }),
    answered: async (key, scope, answer) =>
      void rows.set(key, { scope, entry: { state: 'answered', at, answer: structuredClone(answer) } }),
    ofScope: async (wanted) => [...rows].flatMap(([key, { entry, scope }]) => (scope === wanted ? [{ key, ...entry }] : [])),
    drop: async (key) => void rows.delete(key),
    dropScope: async (scope) => {
      for (const [key, row] of rows) if (row.scope === scope) rows.delete(key);
    },
  };
}

const freeRates: RateStore = { take: async () => ({ waitMs: 0 }), count: async () => true };
const freeLedger: LedgerStore = {
  reserve: async () => ({ reservation: 1 }),
  settle: async () => {},
  spending: async () => [],
  spentByRun: async () => 0,
  spentByItem: async () => new Map(),
};

/** The real guard, with retries that do not wait. */
function impatientOutgoing(clock: Clock, change: Partial<ServiceSettings> = {}): Outgoing {
  const one: ServiceSettings = {
    concurrency: 5,
    tries: 5,
    strategy: 'immediate',
    timeoutMs: 20_000,
    failuresInARow: 5,
    firstProbeMs: 30_000,
    longestProbeMs: 30_000,
    window: null,
    dailyQuota: null,
    ...change,
  };
  const services = Object.fromEntries(SERVICES.map((name) => [name, one])) as Record<ServiceName, ServiceSettings>;
  return createOutgoing({
    settings: { services },
    rates: freeRates,
    ledger: freeLedger,
    clock,
    emit: () => {},
    runId: 'test',
    spendLimits: {},
  });
}

export function ebay(baseUrl: string, change: Partial<EbayMarketplaceOptions> & { outgoingSettings?: Partial<ServiceSettings> } = {}) {
  const { outgoingSettings, ...options } = change;
  const clock = options.clock ?? hastyClock();
  const journal = options.journal ?? memoryJournal();
  const outgoing = impatientOutgoing(clock, outgoingSettings);
  return createEbayMarketplace({
    site: SITES.EBAY_US,
    environment: 'practice',
    baseUrl,
    credentials: PRACTICE_CREDENTIALS,
    outgoing,
    settings: noPolicies,
    ...options,
    clock,
    journal,
  });
}

export function listing(
  sku: string,
  change: Partial<ListingContent> = {},
  urls: readonly string[] = ['https://i.ebayimg.com/images/g/one/s-l1600.jpg'],
): ReadyListing {
  const photos = urls.map((_, at) => String(at).padStart(64, '0') as PhotoHash);
  const content: ListingContent = {
    photos,
    title: 'Sony Walkman WM-EX170 Cassette Player',
    description: 'A cassette player. Works.',
    categoryId: '15052',
    aspects: { Brand: ['Sony'], Model: ['WM-EX170'] },
    condition: { id: '3000', word: 'USED_EXCELLENT', note: 'Light scratches.' },
    price: { minor: 2499, currency: 'USD' },
    quantity: 1,
    identifiers: { brand: 'Sony' },
    policies: { fulfillmentPolicyId: 'F1', paymentPolicyId: 'P1', returnPolicyId: 'R1', merchantLocationKey: 'home' },
    ...change,
  };
  return { sku: sku as Sku, content, pictures: photos.map((photo, at) => ({ photo, url: urls[at] ?? '' })) };
}

/* ---- a server that answers as the test says ---- */

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into bodies it knows
  readonly json: any;
  /** Ends the connection without an answer. */
  readonly hangUp: () => void;
  /** Resolves when the client has gone. */
  readonly gone: Promise<void>;
}

export interface Reply {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
}

export interface Scripted {
  readonly url: string;
  readonly asked: Asked[];
  readonly tokensMinted: () => number;
  close(): Promise<void>;
}

export const ebayErrors = (...errors: readonly Record<string, unknown>[]): { errors: unknown[] } => ({
  errors: errors.map((error) => ({ domain: 'API_INVENTORY', category: 'REQUEST', ...error })),
});

/** Token calls are answered by themselves, with `token-1`, `token-2` …, unless `answer` answers them. */
export async function scripted(answer: (asked: Asked) => Reply | undefined | Promise<Reply | undefined>): Promise<Scripted> {
  const asked: Asked[] = [];
  let minted = 0;
  const server = createServer((request, response) => {
    void (async () => {
      const body = await textOf(request);
      const url = new URL(request.url ?? '/', 'http://scripted');
      const one: Asked = {
        method: request.method ?? '',
        path: url.pathname,
        query: url.searchParams,
        headers: request.headers,
        body,
        json: parsed(body),
        hangUp: () => request.socket.destroy(),
        gone: new Promise((resolve) => response.once('close', resolve)),
      };
      asked.push(one);
      const isToken = one.path === '/identity/v1/oauth2/token';
      if (isToken) minted += 1;
      const reply = (await answer(one)) ?? (isToken ? { body: { access_token: `token-${minted}`, expires_in: 7200 } } : { status: 404 });
      const text = reply.body === undefined ? '' : typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body);
      response.writeHead(reply.status ?? 200, { 'content-type': 'application/json', ...reply.headers });
      response.end(text);
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    tokensMinted: () => minted,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('latin1');
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** All of an error that could ever be printed or stored, its causes too. */
export function everythingOf(error: unknown): string {
  const parts: string[] = [];
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 10; at = at.cause, depth += 1) {
    parts.push(
      at.message,
      at.stack ?? '',
      JSON.stringify(at),
      JSON.stringify(Object.fromEntries(Object.getOwnPropertyNames(at).map((name) => [name, String(Reflect.get(at as object, name))]))),
    );
  }
  return parts.join('\n');
}

export async function thrownBy(work: Promise<unknown>): Promise<unknown> {
  return await work.then(
    () => expectedToThrow(),
    (error: unknown) => error,
  );
}

function expectedToThrow(): never {
  throw new Error('nothing was thrown');
}
