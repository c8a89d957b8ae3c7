import PQueue from 'p-queue';
import type { Clock } from '../core/clock.ts';
import { EasyflipError, isEasyflipError } from '../core/errors.ts';
import type { RateStore } from '../core/ports/index.ts';
import type { ServiceName, ServiceSettings } from '../core/settings.ts';
import { LONGEST_RETRY_AFTER_MS, rateLimitedTooLong } from './rate-limited.ts';

/** The first refusal may be chance; from the second in a row on, the whole service is quiet for as long as it asked. */
const REFUSALS_BEFORE_QUIET = 2;

export interface LimiterOptions {
  readonly service: ServiceName;
  readonly settings: ServiceSettings;
  readonly rates: RateStore;
  readonly clock: Clock;
}

export interface Limiter {
  /** Calls under way. */
  readonly active: number;
  /** Calls that wait for their turn. */
  readonly waiting: number;
  /**
   * Waits for one of the service's places (higher priority first, else in order), asks `ready`, waits for
   * the rate window, counts against the day, then works. Every wait ends at once when the signal aborts.
   * Errors: `provider.quota-exhausted` and `provider.rate-limited` without an attempt; what `ready` and `work` throw.
   */
  run<T>(turn: { readonly priority: number; readonly signal: AbortSignal }, ready: () => Promise<void>, work: () => Promise<T>): Promise<T>;
}

export function createLimiter({ service, settings, rates, clock }: LimiterOptions): Limiter {
  const queue = new PQueue({ concurrency: Math.max(1, settings.concurrency) });
  let refusals = 0;
  let quietUntilMs = 0;

  return {
    get active() {
      return queue.pending;
    },
    get waiting() {
      return queue.size;
    },
    run({ priority, signal }, ready, work) {
      return queue.add(
        async () => {
          await ready();
          await quiet(signal);
          await window(signal);
          await quota();
          signal.throwIfAborted();
          return watched(work);
        },
        { priority, signal },
      );
    },
  };

  async function quiet(signal: AbortSignal): Promise<void> {
    for (let leftMs = quietUntilMs - clock.now(); leftMs > 0; leftMs = quietUntilMs - clock.now()) {
      if (leftMs > LONGEST_RETRY_AFTER_MS) throw rateLimitedTooLong(service, leftMs);
      await clock.sleep(leftMs, signal);
    }
  }

  async function window(signal: AbortSignal): Promise<void> {
    if (settings.window === null) return;
    for (;;) {
      signal.throwIfAborted();
      const { waitMs } = await rates.take(service, settings.window, clock.now());
      if (waitMs <= 0) return;
      await clock.sleep(waitMs, signal);
    }
  }

  async function quota(): Promise<void> {
    if (settings.dailyQuota === null) return;
    if (await rates.count(service, pacificDay(clock.now()), settings.dailyQuota)) return;
    throw new EasyflipError('provider.quota-exhausted', `Today's ${settings.dailyQuota} calls to the ${service} service are used up.`, {
      hint: 'Run `easyflip resume` after midnight Pacific time.',
    });
  }

  async function watched<T>(work: () => Promise<T>): Promise<T> {
    try {
      const answer = await work();
      refusals = 0;
      return answer;
    } catch (error) {
      if (isEasyflipError(error) && error.code === 'provider.rate-limited' && error.retryAfterMs !== undefined) {
        refusals += 1;
        if (refusals >= REFUSALS_BEFORE_QUIET) quietUntilMs = Math.max(quietUntilMs, clock.now() + error.retryAfterMs);
      }
      throw error;
    }
  }
}

const PACIFIC_DATE = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'America/Los_Angeles',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

/** `2026-03-01`: the day whose quota a call counts against; eBay resets its counters at midnight Pacific time. */
export const pacificDay = (nowMs: number): string => PACIFIC_DATE.format(nowMs);
