import type eBayApi from 'ebay-api';
import type { Clock } from '../../core/clock.ts';
import type { EasyflipError } from '../../core/errors.ts';
import type { Call } from '../../core/ports/outgoing.ts';
import { createBatcher } from '../../resilience/batch.ts';
import { badReply, EbayError, entryError } from './errors.ts';
import type { Transport } from './transport.ts';
import type { WireEntry } from './wire.ts';
import { bulkAnswer } from './wire.ts';

/** eBay takes 25 entries in each of its bulk calls (errors 25727, 25730). */
export const BULK_MAX = 25;
/** Long enough to join items that finish together, short beside a call of half a second. */
const LINGER_MS = 40;

export interface BulkCall<Body> {
  readonly operation: string;
  readonly writes: boolean;
  /** Unique within one request: SKU or offer id (errors 25728, 25731, 25734). */
  readonly keyOf: (body: Body) => string;
  readonly answerKeyOf: (entry: WireEntry) => string | null | undefined;
  readonly send: (ebay: eBayApi, requests: readonly Body[]) => Promise<unknown>;
  /** The same for one entry, for when eBay does not serve the bulk form. Absent: eBay has no such call. */
  readonly single?: {
    readonly operation: string;
    readonly send: (ebay: eBayApi, body: Body) => Promise<unknown>;
    /** The answer as an entry of a bulk answer; undefined when it has not the promised shape. */
    readonly read: (answer: unknown, body: Body) => WireEntry | undefined;
  };
}

/**
 * Sends entries in one bulk call and walks the answer entry by entry, whatever the status of the whole
 * (CONTRACTS 2.7). eBay refuses a whole request for one unreadable entry; then halves are sent, so that
 * the others do not suffer. Where eBay does not serve the bulk form at all, single calls take its place. Answers and errors come in the order of `bodies`; throws only what stops all.
 */
export async function sendBulk<Body>(
  transport: Transport,
  bulk: BulkCall<Body>,
  bodies: readonly Body[],
  call: Call,
): Promise<readonly (WireEntry | EasyflipError)[]> {
  try {
    const entries = await transport.request(
      {
        token: 'user',
        service: 'inventory',
        operation: bulk.operation,
        writes: bulk.writes,
        send: (ebay) => bulk.send(ebay, bodies),
        read: bulkAnswer,
      },
      call,
    );
    return bodies.map((body, at) => outcomeOf(transport, bulk, body, entries, at, bodies.length));
  } catch (error) {
    const { single } = bulk;
    if (single && isNotServed(error))
      return await Promise.all(bodies.map((body) => sendSingle(transport, { ...bulk, single }, body, call)));
    if (!refusesContent(error)) throw error;
    if (bodies.length === 1) return [error];
    const middle = Math.ceil(bodies.length / 2);
    const first = await sendBulk(transport, bulk, bodies.slice(0, middle), call);
    return [...first, ...(await sendBulk(transport, bulk, bodies.slice(middle), call))];
  }
}

async function sendSingle<Body>(
  transport: Transport,
  { single, writes }: BulkCall<Body> & Required<Pick<BulkCall<Body>, 'single'>>,
  body: Body,
  call: Call,
): Promise<WireEntry | EasyflipError> {
  const { operation } = single;
  try {
    return await transport.request(
      {
        token: 'user',
        service: 'inventory',
        operation,
        writes,
        send: (ebay) => single.send(ebay, body),
        read: (answer) => single.read(answer, body),
      },
      call,
    );
  } catch (error) {
    if (!refusesContent(error)) throw error;
    return error;
  }
}

export interface BulkQueue<Body> {
  /** Waits for others that are ready at the same time. Errors: the entry's, or those of the whole call. */
  add(body: Body, call: Call): Promise<WireEntry>;
}

/** `moreComing`: others are about to be ready, so that a batch may wait a little longer for them. */
export function createBulkQueue<Body>(
  transport: Transport,
  clock: Clock,
  bulk: BulkCall<Body>,
  moreComing: () => boolean = () => false,
): BulkQueue<Body> {
  const batcher = createBatcher<{ readonly body: Body; readonly call: Call }, WireEntry>({
    max: BULK_MAX,
    lingerMs: LINGER_MS,
    clock,
    moreComing,
    keyOf: ({ body }) => bulk.keyOf(body),
    run: (waiting, signal) => {
      const priority = Math.max(...waiting.map(({ call }) => call.priority));
      return sendBulk(
        transport,
        bulk,
        waiting.map(({ body }) => body),
        { signal, priority },
      );
    },
  });
  return { add: (body, call) => batcher.add({ body, call }, call.signal) };
}

const PAUSES_MS = [250, 500, 1_000, 2_000, 4_000];

/**
 * Repeats an entry whose refusal passes by itself: eBay's parts agree only after a moment (25604, 25702
 * or 25713 right after a create), and 500/25001 or 25025 may stand in a single entry. Refusals of the
 * whole call were already repeated by the Outgoing port.
 */
export async function patiently<T>(clock: Clock, call: Call, justCreated: boolean, work: () => Promise<T>): Promise<T> {
  for (const pauseMs of PAUSES_MS) {
    try {
      return await work();
    } catch (error) {
      if (!passes(error, justCreated)) throw error;
      await clock.sleep(pauseMs, call.signal);
    }
  }
  return await work();
}

const NOT_YET_THERE = [25604, 25702, 25710, 25713];

function passes(error: unknown, justCreated: boolean): boolean {
  if (!(error instanceof EbayError) || !error.entry) return false;
  return error.retryable || (justCreated && error.errorIds.some((id) => NOT_YET_THERE.includes(id)));
}

/** No such call, without a word of eBay's own: it says nothing about any entry, least of all that something is absent. */
function isNotServed(error: unknown): boolean {
  return error instanceof EbayError && error.errorIds.length === 0 && (error.status === 404 || error.status === 405);
}

const SPEAKS_OF_CONTENT = [400, 404, 409, 413, 422];

/** Login and selling limit also come as 400, and would be the same for every half. */
function refusesContent(error: unknown): error is EbayError {
  if (!(error instanceof EbayError) || error.retryable) return false;
  if (error.code === 'provider.auth' || error.code === 'listing.selling-limit') return false;
  return SPEAKS_OF_CONTENT.includes(error.status ?? 0);
}

function outcomeOf<Body>(
  transport: Transport,
  bulk: BulkCall<Body>,
  body: Body,
  entries: readonly WireEntry[],
  at: number,
  count: number,
): WireEntry | EasyflipError {
  const key = bulk.keyOf(body);
  const inPlace = entries.length === count ? entries[at] : undefined;
  const entry =
    entries.find((candidate) => bulk.answerKeyOf(candidate) === key) ?? (inPlace && !bulk.answerKeyOf(inPlace) ? inPlace : undefined);
  if (entry === undefined) return badReply(bulk.operation, bulk.writes);
  if (entry.statusCode >= 200 && entry.statusCode < 300) return entry;
  return entryError(entry.statusCode, entry.errors, transport.errors(bulk.writes));
}
