import type { Call } from '../../core/ports/outgoing.ts';

interface Flight<T> {
  readonly promise: Promise<T>;
  readonly controller: AbortController;
  waiting: number;
}

export type Memory<T> = (key: string, call: Call, work: (call: Call) => Promise<T>) => Promise<T>;

/**
 * Answers that stay true for a run: asked once, also when many ask at the same time. Failures are not
 * remembered. At most `keep` answers are held, the oldest goes first, so that memory stays flat.
 */
export function createMemory<T>(keep: number): Memory<T> {
  const answers = new Map<string, T>();
  const flights = new Map<string, Flight<T>>();

  const begin = (key: string, call: Call, work: (call: Call) => Promise<T>): Flight<T> => {
    const controller = new AbortController();
    const promise = work({ ...call, signal: controller.signal }).then(
      (answer) => {
        if (flights.get(key) === flight) flights.delete(key);
        answers.set(key, answer);
        const oldest = answers.keys().next();
        if (answers.size > keep && !oldest.done) answers.delete(oldest.value);
        return answer;
      },
      (error: unknown) => {
        if (flights.get(key) === flight) flights.delete(key);
        throw error;
      },
    );
    promise.catch(() => {});
    const flight: Flight<T> = { promise, controller, waiting: 0 };
    flights.set(key, flight);
    return flight;
  };

  return async (key, call, work) => {
    call.signal.throwIfAborted();
    if (answers.has(key)) return answers.get(key) as T;
    const flight = flights.get(key) ?? begin(key, call, work);
    return await join(flight, call.signal, () => {
      if (flights.get(key) === flight) flights.delete(key);
    });
  };
}

function join<T>(flight: Flight<T>, signal: AbortSignal, abandoned: () => void): Promise<T> {
  flight.waiting += 1;
  return new Promise((resolve, reject) => {
    const leave = (): void => {
      flight.waiting -= 1;
      if (flight.waiting === 0) {
        abandoned();
        flight.controller.abort(signal.reason);
      }
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', leave, { once: true });
    flight.promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });
}

/** One after the other for the same key: eBay refuses concurrent work on one SKU (500/25025). */
export function createLane(): <T>(key: string, work: () => Promise<T>) => Promise<T> {
  const tails = new Map<string, Promise<unknown>>();
  return async (key, work) => {
    const mine = (tails.get(key) ?? Promise.resolve()).then(work, work);
    const tail = mine.catch(() => {});
    tails.set(key, tail);
    try {
      return await mine;
    } finally {
      if (tails.get(key) === tail) tails.delete(key);
    }
  };
}
