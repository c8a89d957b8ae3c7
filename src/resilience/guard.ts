import type { Clock } from '../core/clock.ts';
import type { Emit } from '../core/events.ts';
import type {
  Attempt,
  Call,
  LedgerStore,
  OpenBreaker,
  Outgoing,
  OutgoingRequest,
  RateStore,
  ServiceStore,
  SpendLimits,
} from '../core/ports/index.ts';
import type { ServiceName, Settings } from '../core/settings.ts';
import { SERVICES } from '../core/settings.ts';
import type { Breaker, BreakerMemory, BreakerState } from './breaker.ts';
import { createBreaker } from './breaker.ts';
import { createBudget } from './budget.ts';
import { createDeadline } from './deadline.ts';
import type { Limiter } from './limiter.ts';
import { createLimiter } from './limiter.ts';
import { withRetries } from './retry.ts';
import { withTimeout } from './timeout.ts';
import { toldOf } from './told.ts';

/** How long `idle` waits for attempts that were given up and do not listen to their signal. */
const STRAY_GRACE_MS = 5_000;

export interface OutgoingOptions {
  readonly settings: Pick<Settings, 'services'>;
  readonly rates: RateStore;
  readonly ledger: LedgerStore;
  /** How services fared in earlier runs. Default: every breaker begins closed. */
  readonly services?: Pick<ServiceStore, 'breakers' | 'keepBreaker'> | undefined;
  readonly clock: Clock;
  readonly emit: Emit;
  readonly runId: string;
  /** What may be spent; a reservation that would pass one of them is refused. */
  readonly spendLimits: SpendLimits;
  /** Clock time (milliseconds since 1970) after which nothing leaves any more and what is under way is aborted. */
  readonly deadlineMs?: number;
  /** How long a call waits for an open breaker's next probe before it is `breaker.open`. Default 0: not at all. */
  readonly breakerPatienceMs?: number;
  /** 0 to below 1; for tests. */
  readonly random?: () => number;
}

interface ServiceState {
  /** Calls in one of the service's places. */
  readonly active: number;
  /** Calls that wait for a place; those in a retry pause are not among them. */
  readonly waiting: number;
  /** Its places at this moment, never more than set: fewer while it is in trouble. */
  readonly limit: number;
  readonly breaker: BreakerState;
}

export interface GuardedOutgoing extends Outgoing {
  /** Resolves when no call is under way; attempts that ignore their abort are waited for 5 s at most. */
  idle(): Promise<void>;
  state(): Readonly<Record<ServiceName, ServiceState>>;
}

interface Lane {
  readonly limiter: Limiter;
  readonly breaker: Breaker;
}

/**
 * The one way out. From outside to inside: retry, budget, limiter, breaker, timeout. Every attempt pays
 * and waits, a retry's pause holds no place, and the breaker is asked last, when its answer is current.
 * An attempt must not call this again for the same service: it would wait for its own place.
 */
export function createOutgoing(options: OutgoingOptions): GuardedOutgoing {
  const {
    settings,
    rates,
    ledger,
    services,
    clock,
    emit,
    runId,
    spendLimits,
    deadlineMs,
    breakerPatienceMs = 0,
    random = Math.random,
  } = options;
  const deadline = createDeadline(deadlineMs, clock);
  const budget = createBudget({ ledger, runId, limits: spendLimits });
  const lanes = perService(
    (service): Lane => ({
      limiter: createLimiter({ service, settings: settings.services[service], rates, clock, emit }),
      breaker: createBreaker({
        service,
        clock,
        emit,
        patienceMs: breakerPatienceMs,
        failuresInARow: settings.services[service].failuresInARow,
        firstPauseMs: settings.services[service].firstProbeMs,
        longestPauseMs: settings.services[service].longestProbeMs,
        ...memoryOf(service),
      }),
    }),
  );
  const calls = new Set<Promise<unknown>>();
  const attempts = new Set<Promise<unknown>>();

  return {
    run: (request, call, attempt) => tracked(calls, guarded(request, call, attempt)),

    async idle() {
      while (calls.size > 0) await Promise.allSettled(calls);
      if (attempts.size === 0) return;
      const grace = new AbortController();
      await Promise.race([Promise.allSettled(attempts), clock.sleep(STRAY_GRACE_MS, grace.signal).catch(() => undefined)]);
      grace.abort();
    },

    state: () =>
      perService((service) => {
        const { limiter, breaker } = lanes[service];
        return { active: limiter.active, waiting: limiter.waiting, limit: limiter.limit, breaker: breaker.state };
      }),
  };

  function memoryOf(service: ServiceName): { readonly memory?: BreakerMemory } {
    if (services === undefined) return {};
    const read = async () => (await services.breakers()).get(service);
    // Awaited by `idle`, so that it is on disk before the program ends. A store that fails ends the run elsewhere.
    const keep = (breaker: OpenBreaker | undefined): void => {
      void tracked(
        calls,
        services.keepBreaker(service, breaker).catch(() => undefined),
      );
    };
    return { memory: { read, keep } };
  }

  async function guarded<T>(request: OutgoingRequest, call: Call, attempt: (attempt: Attempt) => Promise<T>): Promise<T> {
    const { service, operation } = request;
    const { strategy, timeoutMs } = settings.services[service];
    const tries = call.once === true ? 1 : settings.services[service].tries;
    const { limiter, breaker } = lanes[service];
    const { signal, release } = deadline.follow(call.signal);
    const turn = { ...call, signal, operation };
    const item = call.itemId === undefined ? {} : { item: call.itemId };
    let number = 0;
    try {
      signal.throwIfAborted();
      return await withRetries({ service, operation, ...item, tries, strategy, clock, signal, emit, random }, () => {
        const askedAtMs = clock.now();
        return budget.run(request, turn, (bill) =>
          limiter.run(
            turn,
            () => breaker.ready(signal, askedAtMs),
            () =>
              breaker.run(signal, () =>
                toldOf({ service, operation, ...item, attempt: ++number }, { clock, emit }, (answered) =>
                  withTimeout({ operation, timeoutMs, clock, signal }, (attemptSignal) => {
                    bill.begin();
                    return tracked(attempts, attempt({ signal: attemptSignal, number, settle: bill.settle, answered }));
                  }),
                ),
              ),
          ),
        );
      });
    } finally {
      release();
    }
  }
}

function tracked<T>(running: Set<Promise<unknown>>, promise: Promise<T>): Promise<T> {
  running.add(promise);
  const done = (): void => {
    running.delete(promise);
  };
  promise.then(done, done);
  return promise;
}

function perService<T>(make: (service: ServiceName) => T): Record<ServiceName, T> {
  return Object.fromEntries(SERVICES.map((service) => [service, make(service)])) as Record<ServiceName, T>;
}
