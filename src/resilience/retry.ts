import pRetry from 'p-retry';
import type { Clock } from '../core/clock.ts';
import type { EasyflipError } from '../core/errors.ts';
import { isEasyflipError } from '../core/errors.ts';
import type { Emit } from '../core/events.ts';
import type { ItemId } from '../core/item.ts';
import type { RetryStrategy, ServiceName } from '../core/settings.ts';
import { LONGEST_RETRY_AFTER_MS, rateLimitedTooLong } from './rate-limited.ts';

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

export interface RetryRules {
  readonly service: ServiceName;
  /** For events. */
  readonly operation?: string;
  readonly item?: ItemId;
  /** Attempts in all, the first included. */
  readonly tries: number;
  readonly strategy: RetryStrategy;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly emit: Emit;
  /** 0 to below 1; handed in by tests. */
  readonly random: () => number;
}

/**
 * Repeats an attempt whose error says `retryable`, with the strategy's pause or the longer one the
 * service asked for. A pause ends at once when the signal aborts. Each repetition is told as
 * `call.retried`, whose `attempt` is the number of the one that failed.
 *
 * Errors: the last attempt's. If any attempt may have done its work, the error thrown says so, whatever
 * came after it. `provider.rate-limited`, not retryable, when the service asks for more than five minutes.
 */
export async function withRetries<T>(rules: RetryRules, attempt: () => Promise<T>): Promise<T> {
  let mayHaveHappened = false;
  try {
    return await pRetry(attempt, {
      retries: Math.max(0, rules.tries - 1),
      // The pause is taken below, by our clock; p-retry's own is set to nothing. Nor does it get the
      // signal: it would throw away an answer that arrived together with an abort.
      factor: 1,
      minTimeout: 0,
      maxTimeout: 0,
      randomize: false,
      onFailedAttempt: async ({ error, attemptNumber, retriesLeft }) => {
        if (!isEasyflipError(error)) throw error;
        mayHaveHappened ||= error.mayHaveHappened;
        if ((error.retryAfterMs ?? 0) > LONGEST_RETRY_AFTER_MS && error.retryable) {
          throw rateLimitedTooLong(rules.service, error.retryAfterMs ?? 0);
        }
        if (!error.retryable || retriesLeft <= 0) throw error;
        await pause(rules, error, attemptNumber);
      },
    });
  } catch (error) {
    if (mayHaveHappened && isEasyflipError(error) && error !== rules.signal.reason) markUncertain(error);
    throw error;
  }
}

async function pause(rules: RetryRules, error: EasyflipError, failed: number): Promise<void> {
  rules.signal.throwIfAborted();
  const waitMs = Math.max(error.retryAfterMs ?? 0, pauseMs(rules.strategy, failed, rules.random));
  const { service, operation, item } = rules;
  rules.emit({
    type: 'call.retried',
    service,
    ...(operation === undefined ? {} : { operation }),
    ...(item === undefined ? {} : { item }),
    attempt: failed,
    waitMs,
    reason: error.reason,
  });
  if (waitMs > 0) await rules.clock.sleep(waitMs, rules.signal);
  rules.signal.throwIfAborted();
}

/**
 * Milliseconds to wait after the `failed`-th attempt (1 is the first). Exponential with full jitter:
 * anywhere between nothing and 1 s, 2 s, 4 s … 30 s, so that calls that failed together do not return together.
 */
export function pauseMs(strategy: RetryStrategy, failed: number, random: () => number): number {
  switch (strategy) {
    case 'exponential':
      return Math.round(random() * Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failed - 1)));
    case 'linear':
      return Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * failed);
    case 'fixed':
      return FIRST_PAUSE_MS;
    case 'immediate':
      return 0;
  }
}

/** In place: a copy would lose what a subclass of an adapter carries. */
function markUncertain(error: EasyflipError): void {
  Object.defineProperty(error, 'mayHaveHappened', { value: true, enumerable: true, configurable: true, writable: true });
}
