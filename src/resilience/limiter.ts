import PQueue from 'p-queue';
import type { Clock } from '../core/clock.ts';
import { EasyflipError, isEasyflipError } from '../core/errors.ts';
import type { Emit } from '../core/events.ts';
import type { RateStore } from '../core/ports/index.ts';
import type { ServiceName, ServiceSettings } from '../core/settings.ts';
import { createPlaces } from './places.ts';
import { LONGEST_RETRY_AFTER_MS, rateLimitedTooLong } from './rate-limited.ts';

/** The first refusal may be chance; from the second in a row on, the whole service is quiet for as long as it asked. */
const REFUSALS_BEFORE_QUIET = 2;

/**
 * What waited for a window leaves so many times as fast as it allows on the whole, not all at once: fifty that leave in one moment hold each
 * other up, arrive when the next fifty are on their way, and are counted with these.
 */
const BURST = 4;

/** What happens on this machine takes as long as the picture is large; that says nothing of how many should be under way. */
const LOCAL: ReadonlySet<ServiceName> = new Set<ServiceName>(['imaging', 'ocr']);

const AGAIN = Symbol('there is no place any more');

export interface LimiterOptions {
  readonly service: ServiceName;
  readonly settings: ServiceSettings;
  readonly rates: RateStore;
  readonly clock: Clock;
  readonly emit: Emit;
}

export interface Limiter {
  /** Calls under way. */
  readonly active: number;
  /** Calls that wait for their turn. */
  readonly waiting: number;
  /** How many may be under way at this moment: 1 to `settings.concurrency` (`places.ts`). */
  readonly limit: number;
  /**
   * Waits for one of the service's places (higher priority first, else in order), asks `ready`, waits for
   * the rate window, counts against the day, then works. Every wait ends at once when the signal aborts. When work begins, no more
   * than `limit` are under way.
   * Errors: `provider.quota-exhausted` and `provider.rate-limited` without an attempt; what `ready` and `work` throw.
   */
  run<T>(
    turn: { readonly priority: number; readonly signal: AbortSignal; readonly operation: string },
    ready: () => Promise<void>,
    work: () => Promise<T>,
  ): Promise<T>;
}

export function createLimiter({ service, settings, rates, clock, emit }: LimiterOptions): Limiter {
  const most = Math.max(1, settings.concurrency);
  const queue = new PQueue({ concurrency: most });
  /** Only the first asks for the window: fifty that sleep until the same moment would all ask then, and all but one in vain. */
  const atWindow = new PQueue({ concurrency: 1 });
  const places = createPlaces({
    most,
    watchesTime: !LOCAL.has(service),
    watchesPace: settings.window === null,
    now: () => clock.now(),
    changed: (limit) => {
      queue.concurrency = limit;
      emit({ type: 'places.changed', service, places: limit, most });
    },
  });
  let refusals = 0;
  let quietUntilMs = 0;
  /** Somebody had to wait for the window, and others stand behind. */
  let isFull = false;

  return {
    get active() {
      return queue.pending;
    },
    get waiting() {
      return queue.size;
    },
    get limit() {
      return places.limit;
    },
    async run({ priority, signal, operation }, ready, work) {
      let isCounted = false;
      const turn = async () => {
        await ready();
        await quiet(signal);
        // While this one waited, places were taken away: all that slept would else leave in one moment, to a service in trouble.
        if (queue.pending > places.limit) return AGAIN;
        await window(signal);
        if (!isCounted) await quota();
        isCounted = true;
        signal.throwIfAborted();
        if (queue.pending > places.limit) return AGAIN;
        return { answer: await watched(operation, work) };
      };
      for (;;) {
        const end = await queue.add(turn, { priority, signal });
        if (end !== AGAIN) return end.answer;
      }
    },
  };

  async function quiet(signal: AbortSignal): Promise<void> {
    for (let leftMs = quietUntilMs - clock.now(); leftMs > 0; leftMs = quietUntilMs - clock.now()) {
      if (leftMs > LONGEST_RETRY_AFTER_MS) throw rateLimitedTooLong(service, leftMs);
      await clock.sleep(leftMs, signal);
    }
  }

  async function window(signal: AbortSignal): Promise<void> {
    const allowed = settings.window;
    if (allowed === null) return;
    const apartMs = allowed.perMs / allowed.calls / BURST;
    const passed = async (): Promise<void> => {
      if (isFull) await clock.sleep(apartMs, signal);
      for (let waited = false; ; waited = true) {
        signal.throwIfAborted();
        const { waitMs } = await rates.take(service, allowed, clock.now());
        isFull = waited || (isFull && atWindow.size > 0);
        if (waitMs <= 0) return;
        await clock.sleep(waitMs, signal);
      }
    };
    await atWindow.add(passed, { signal });
  }

  async function quota(): Promise<void> {
    if (settings.dailyQuota === null) return;
    if (await rates.count(service, pacificDay(clock.now()), settings.dailyQuota)) return;
    throw new EasyflipError('provider.quota-exhausted', `Today's ${settings.dailyQuota} calls to the ${service} service are used up.`, {
      hint: 'Run `easyflip resume` after midnight Pacific time.',
    });
  }

  async function watched<T>(operation: string, work: () => Promise<T>): Promise<T> {
    const ended = places.begin(operation);
    try {
      const answer = await work();
      refusals = 0;
      ended({});
      return answer;
    } catch (error) {
      ended({ thrown: error });
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
