import type { Clock } from '../core/clock.ts';
import { EasyflipError } from '../core/errors.ts';
import { linkedTo, orAborted } from './abort.ts';

/** A reason of its own: the default one makes a DOMException with a stack for every call. */
const DONE = 'done';

export interface TimeoutRules {
  readonly operation: string;
  readonly timeoutMs: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/**
 * Lets one attempt last at most `timeoutMs`. The attempt gets a signal that aborts at that moment or
 * with the caller's; it is not waited for after that, so one that ignores its signal cannot hold the run.
 * Errors: `provider.timeout` (retryable, may have happened); the signal's reason.
 */
export async function withTimeout<T>(rules: TimeoutRules, attempt: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const { operation, timeoutMs, clock, signal } = rules;
  signal.throwIfAborted();
  const inner = linkedTo(signal);
  const timer = new AbortController();
  clock.sleep(timeoutMs, timer.signal).then(
    () => inner.abort(timedOut(operation, timeoutMs)),
    () => undefined,
  );
  try {
    return await orAborted(attempt(inner.signal), inner.signal);
  } finally {
    timer.abort(DONE);
    inner.release();
  }
}

const timedOut = (operation: string, timeoutMs: number): EasyflipError =>
  new EasyflipError('provider.timeout', `${operation} gave no answer within ${timeoutMs / 1000} s.`, {
    hint: 'Check the network connection, then run `easyflip retry-failed`.',
    retryable: true,
    mayHaveHappened: true,
  });
