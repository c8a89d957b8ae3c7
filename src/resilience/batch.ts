import type { Clock } from '../core/clock.ts';
import { systemClock } from '../core/clock.ts';
import { onAbort, orAborted } from './abort.ts';

export interface BatcherOptions<Request, Answer> {
  /** Requests in one batch at most (eBay's bulk calls take 25). */
  readonly max: number;
  /** The first of a batch waits this long for others. */
  readonly lingerMs: number;
  readonly clock?: Clock;
  /** While this says that others are on their way, a batch that is not full waits for them, some seconds at most. Default: never. */
  readonly moreComing?: () => boolean;
  /** Two requests with the same key are never in one batch. */
  readonly keyOf?: (request: Request) => string;
  /**
   * One answer or error per request, in order. The signal aborts when every caller of the batch has gone.
   * What it throws is thrown to all callers of the batch.
   */
  run(requests: readonly Request[], signal: AbortSignal): Promise<readonly (Answer | Error)[]>;
}

export interface Batcher<Request, Answer> {
  /**
   * Errors: what `run` gave for this request or threw; the signal's reason. A caller that aborts before the
   * batch leaves is taken out of it; after that it is let go, and its request may have been carried out.
   */
  add(request: Request, signal?: AbortSignal): Promise<Answer>;
}

interface Waiting<Request, Answer> {
  readonly request: Request;
  readonly key: string | undefined;
  readonly addedMs: number;
  /** Moves while the batch still grows. */
  dueMs: number;
  readonly signal: AbortSignal | undefined;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

/** How long a batch waits while others are on their way: three of eBay's windows for pictures (50 in 5 s), so that it is full on a slow line or machine too. */
const GROWS_MS = 15_000;

/** Joins requests that wait at the same time into bulk calls: as soon as `max` are there, else when the oldest has waited `lingerMs`. */
export function createBatcher<Request, Answer>(options: BatcherOptions<Request, Answer>): Batcher<Request, Answer> {
  const { max, lingerMs, clock = systemClock, keyOf, moreComing = () => false } = options;
  if (max < 1) throw new RangeError('a batch holds at least one request');
  /** Oldest first. */
  let pending: readonly Waiting<Request, Answer>[] = [];
  let timer: { readonly atMs: number; readonly stop: AbortController } | undefined;

  return {
    async add(request, signal) {
      signal?.throwIfAborted();
      let entry: Waiting<Request, Answer> | undefined;
      const answer = new Promise<Answer>((resolve, reject) => {
        const addedMs = clock.now();
        entry = { request, key: keyOf?.(request), addedMs, dueMs: addedMs + lingerMs, signal, resolve, reject };
        pending = [...pending, entry];
      });
      dispatch({ dueToo: false });
      try {
        return await orAborted(answer, signal);
      } finally {
        if (pending.some((other) => other === entry)) {
          pending = pending.filter((other) => other !== entry);
          arm();
        }
      }
    },
  };

  /** Due batches leave by the timer only, so that also `lingerMs: 0` joins what is asked for in one go. */
  function dispatch({ dueToo }: { readonly dueToo: boolean }): void {
    for (;;) {
      const batch = nextBatch();
      if (dueToo && batch.length < max && stillGrows(batch))
        for (const entry of batch) entry.dueMs = Math.max(entry.dueMs, clock.now() + lingerMs);
      const isDue = dueToo && (batch[0]?.dueMs ?? Number.POSITIVE_INFINITY) <= clock.now();
      if (batch.length < max && !isDue) break;
      const leaving = new Set(batch);
      pending = pending.filter((entry) => !leaving.has(entry));
      void send(batch, options);
    }
    arm();
  }

  function stillGrows(batch: readonly Waiting<Request, Answer>[]): boolean {
    const oldest = batch[0];
    return oldest !== undefined && moreComing() && clock.now() - oldest.addedMs < GROWS_MS;
  }

  function nextBatch(): readonly Waiting<Request, Answer>[] {
    const keys = new Set<string>();
    const batch: Waiting<Request, Answer>[] = [];
    for (const entry of pending) {
      if (batch.length === max) break;
      if (entry.key !== undefined && keys.has(entry.key)) continue;
      if (entry.key !== undefined) keys.add(entry.key);
      batch.push(entry);
    }
    return batch;
  }

  /** One timer, for the oldest; none when nobody waits. */
  function arm(): void {
    const atMs = pending[0]?.dueMs;
    if (timer?.atMs === atMs) return;
    timer?.stop.abort();
    timer = undefined;
    if (atMs === undefined) return;
    const stop = new AbortController();
    timer = { atMs, stop };
    clock.sleep(Math.max(0, atMs - clock.now()), stop.signal).then(
      () => {
        timer = undefined;
        dispatch({ dueToo: true });
      },
      () => undefined,
    );
  }
}

async function send<Request, Answer>(batch: readonly Waiting<Request, Answer>[], options: BatcherOptions<Request, Answer>): Promise<void> {
  const gone = new AbortController();
  let left = batch.length;
  const releases = batch.map(({ signal }) => {
    if (signal === undefined) return undefined;
    return onAbort(signal, () => {
      left -= 1;
      if (left === 0) gone.abort(signal.reason);
    });
  });
  try {
    const answers = await options.run(
      batch.map(({ request }) => request),
      gone.signal,
    );
    if (answers.length !== batch.length) throw new RangeError(`a batch of ${batch.length} got ${answers.length} answers`);
    for (const [at, { resolve, reject }] of batch.entries()) {
      const answer = answers[at] as Answer | Error;
      if (answer instanceof Error) reject(answer);
      else resolve(answer);
    }
  } catch (error) {
    for (const { reject } of batch) reject(error);
  } finally {
    for (const release of releases) release?.();
  }
}
