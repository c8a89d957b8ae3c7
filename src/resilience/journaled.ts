import type { ErrorCode } from '../core/errors.ts';
import { isEasyflipError } from '../core/errors.ts';
import type { JournalStore } from '../core/ports/index.ts';
import { orAborted } from './abort.ts';

export interface JournaledCall<Answer> {
  /** What makes the call the same call: usually a hash over its content. */
  readonly key: string;
  /** What it belongs to: `JournalStore.dropScope` forgets all calls of a scope. */
  readonly scope: string;
  /** Reads from outside what became of a call whose answer was lost; undefined: it did not happen. */
  readonly settle?: () => Promise<Answer | undefined>;
  /** The caller's own: a follower of another caller's flight leaves it at once, and the flight goes on. */
  readonly signal?: AbortSignal;
}

/** Cut off, perhaps in mid-call: these do not tell that nothing happened. */
const CUT_OFF: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['run.cancelled', 'time.exhausted', 'provider.timeout']);

/** Flights under way in this process, per journal. */
const flightsOf = new WeakMap<JournalStore, Map<string, Promise<unknown>>>();

/**
 * Makes a call once, across crashes and callers. Answered before → the recorded answer, no call. In flight
 * when a program died (or when no answer came) → `settle` is asked first. Else `run` is called; the row is
 * durable before it leaves and its answer is durable before it is returned. Answers are plain JSON.
 *
 * When `run` throws, the row is dropped if the error says that nothing happened, and stays `sent` otherwise.
 * Errors: what `run` and `settle` throw; the store's, and then the row is still `sent`.
 */
export async function once<Answer>(journal: JournalStore, call: JournaledCall<Answer>, run: () => Promise<Answer>): Promise<Answer> {
  const flights = flightsOf.get(journal) ?? new Map<string, Promise<unknown>>();
  flightsOf.set(journal, flights);
  for (;;) {
    call.signal?.throwIfAborted();
    const other = flights.get(call.key) as Promise<Answer> | undefined;
    if (other === undefined) return fly(flights, journal, call, run);
    try {
      return await orAborted(other, call.signal);
    } catch (error) {
      // The one who flew was called off; that is no reason for this caller to give up.
      if (!wasCutOff(error) || call.signal === undefined || call.signal.aborted) throw error;
    }
  }
}

async function fly<Answer>(
  flights: Map<string, Promise<unknown>>,
  journal: JournalStore,
  call: JournaledCall<Answer>,
  run: () => Promise<Answer>,
): Promise<Answer> {
  const flight = lookedUpOrRun(journal, call, run);
  flights.set(call.key, flight);
  try {
    return await flight;
  } finally {
    flights.delete(call.key);
  }
}

async function lookedUpOrRun<Answer>(journal: JournalStore, call: JournaledCall<Answer>, run: () => Promise<Answer>): Promise<Answer> {
  const { key, scope, settle } = call;
  const entry = await journal.read(key);
  if (entry?.state === 'answered') return entry.answer as Answer;
  if (entry?.state === 'sent' && settle !== undefined) {
    const settled = await settle();
    if (settled !== undefined) {
      await journal.answered(key, scope, settled);
      return settled;
    }
  }
  await journal.sent(key, scope);
  let answer: Answer;
  try {
    answer = await run();
  } catch (error) {
    // A drop that fails leaves `sent`, which is the safe side; the caller learns of the call's own error.
    if (nothingHappened(error, call.signal)) await journal.drop(key).catch(() => undefined);
    throw error;
  }
  await journal.answered(key, scope, answer ?? null);
  return answer;
}

function nothingHappened(error: unknown, signal: AbortSignal | undefined): boolean {
  return isEasyflipError(error) && !error.mayHaveHappened && !wasCutOff(error) && signal?.aborted !== true;
}

const wasCutOff = (error: unknown): boolean => !isEasyflipError(error) || CUT_OFF.has(error.code);
