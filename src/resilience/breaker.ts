import { type CircuitBreakerPolicy, CircuitState, ConsecutiveBreaker, circuitBreaker, handleWhen, isBrokenCircuitError } from 'cockatiel';
import type { Clock } from '../core/clock.ts';
import { EasyflipError, isEasyflipError } from '../core/errors.ts';
import type { Emit } from '../core/events.ts';
import type { OpenBreaker } from '../core/ports/index.ts';
import type { ServiceName } from '../core/settings.ts';
import { orAborted } from './abort.ts';

const FAILURES_IN_A_ROW = 5;
const PROBE_AFTER_MS = 30_000;

const SETTLED = Promise.resolve();

export type BreakerState = 'closed' | 'open' | 'half-open';

export interface BreakerOptions {
  readonly service: ServiceName;
  readonly clock: Clock;
  readonly emit: Emit;
  /** How long a call waits for an open breaker's next probe before it gives up with `breaker.open`. */
  readonly patienceMs: number;
  /** Default 5. */
  readonly failuresInARow?: number;
  /** The first pause before a probe; each probe that fails doubles it. Default 30 s, and never more than `longestPauseMs`. */
  readonly firstPauseMs?: number;
  /** Pauses between probes grow up to this. Default: they do not grow. */
  readonly longestPauseMs?: number;
  /** What earlier runs and other processes knew, and where it is told to later ones. Default: nothing outlives this object. */
  readonly memory?: BreakerMemory;
}

export interface BreakerMemory {
  read(): Promise<OpenBreaker | undefined>;
  /** Never throws; undefined: closed again. */
  keep(breaker: OpenBreaker | undefined): void;
}

export interface Breaker {
  readonly state: BreakerState;
  /**
   * Asked before a place in the rate window is taken, so that calls that will not leave use up none.
   * Waits for a probe under way. `askedAtMs`: when the call began to wait for its turn; its patience counts from then, or from the outage
   * where that came later, so that calls which queue behind each other give up together. Errors: `breaker.open`, the signal's reason.
   */
  ready(signal: AbortSignal, askedAtMs: number): Promise<void>;
  /** Errors: `breaker.open` without an attempt; the signal's reason; what the attempt threw. */
  run<T>(signal: AbortSignal, attempt: () => Promise<T>): Promise<T>;
}

/** Carries a thrown value past cockatiel, with what it says about the service. */
class Failure extends Error {
  readonly thrown: unknown;
  readonly learned: boolean;

  constructor(thrown: unknown, learned: boolean) {
    super('failure');
    this.thrown = thrown;
    this.learned = learned;
  }
}

/**
 * Stops calling a service that failed `failuresInARow` times; after `firstPauseMs` one call probes it, and each probe that fails doubles the pause.
 * Any answer, also a refusal of what we sent, shows that the service lives and ends the row.
 */
export function createBreaker(options: BreakerOptions): Breaker {
  const { service, clock, emit, patienceMs, failuresInARow = FAILURES_IN_A_ROW, memory } = options;
  const { longestPauseMs = options.firstPauseMs ?? PROBE_AFTER_MS } = options;
  const firstPauseMs = Math.min(options.firstPauseMs ?? PROBE_AFTER_MS, longestPauseMs);
  let sinceMs = 0;
  let remembered: Promise<void> | undefined;
  let isKept = false;
  let probeAtMs = 0;
  let pauseMs = 0;
  let probe: Promise<void> | undefined;
  let probeEnded = (): void => undefined;
  let told = false;

  // cockatiel reads Date.now() itself and compares it with `duration`: all or nothing puts our clock in charge.
  const backoff = {
    get duration(): number {
      return isDue() ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
    },
    next(context: { readonly result: { error: Error } | { value: unknown } }) {
      const failure = 'error' in context.result ? context.result.error : undefined;
      // A probe that was cancelled said nothing: the next call may probe at once.
      if (failure instanceof Failure && !failure.learned) return backoff;
      pauseMs = pauseMs === 0 ? firstPauseMs : Math.min(pauseMs * 2, longestPauseMs);
      probeAtMs = clock.now() + pauseMs;
      return backoff;
    },
  };
  let policy = policyOf(undefined);

  return {
    get state() {
      if (policy.state === CircuitState.Closed) return 'closed';
      return policy.state === CircuitState.HalfOpen ? 'half-open' : 'open';
    },

    async ready(signal, askedAtMs) {
      // Once: what another run learnt is older than what this one sees itself.
      if (memory !== undefined && remembered !== SETTLED) {
        remembered ??= recall(memory);
        await orAborted(remembered, signal);
      }
      // An outage that began in the future was written down by a clock that was wrong.
      const giveUpAtMs = Math.max(askedAtMs, Math.min(sinceMs, clock.now())) + patienceMs;
      for (;;) {
        signal.throwIfAborted();
        if (probe !== undefined) await orAborted(probe, signal);
        else if (!isBroken()) return;
        else if (probeAtMs > giveUpAtMs) throw openError();
        else await clock.sleep(probeAtMs - clock.now(), signal);
      }
    },

    async run<T>(signal: AbortSignal, attempt: () => Promise<T>): Promise<T> {
      try {
        const end = await orAborted(
          policy.execute(() => classified(attempt, policy.state !== CircuitState.Closed, signal)),
          signal,
        );
        if ('thrown' in end) throw end.thrown;
        return end.answer;
      } catch (error) {
        if (isBrokenCircuitError(error)) throw openError();
        throw error instanceof Failure ? error.thrown : error;
      }
    },
  };

  function policyOf(initialState: unknown): CircuitBreakerPolicy {
    const made = circuitBreaker(
      handleWhen((error) => error instanceof Failure),
      {
        breaker: new ConsecutiveBreaker(failuresInARow),
        halfOpenAfter: backoff,
        ...(initialState === undefined ? {} : { initialState }),
      },
    );
    made.onHalfOpen(() => {
      probe = new Promise((resolve) => {
        probeEnded = resolve;
      });
    });
    made.onBreak(() => {
      endProbe();
      if (!told) {
        emit({ type: 'breaker.opened', service });
        sinceMs = clock.now();
      }
      told = true;
      isKept = true;
      memory?.keep({ sinceMs, probeAtMs });
    });
    made.onReset(() => {
      endProbe();
      pauseMs = 0;
      told = false;
      emit({ type: 'breaker.closed', service });
      if (isKept) memory?.keep(undefined);
      isKept = false;
    });
    return made;
  }

  /** Open when another run left it open: then the first call is a probe, and the others wait for what comes of it. */
  async function recall(from: BreakerMemory): Promise<void> {
    const known = await from.read();
    remembered = SETTLED;
    if (known === undefined || policy.state !== CircuitState.Closed) return;
    policy = policyOf({ ownState: { value: CircuitState.Open, openedAt: 0, attemptNo: 1 }, breakerState: failuresInARow });
    probeAtMs = known.probeAtMs;
    // Pauses that double add up to twice the last one, less the first.
    pauseMs = Math.min(Math.max(firstPauseMs, (known.probeAtMs - known.sinceMs + firstPauseMs) / 2), longestPauseMs);
    sinceMs = known.sinceMs;
    told = true;
    isKept = true;
    emit({ type: 'breaker.opened', service });
  }

  function isBroken(): boolean {
    return policy.state === CircuitState.Open && !isDue();
  }

  /** A probe further away than any pause was set by a clock that has been set back since: waiting for it may take days, runs that end sooner would never probe. */
  function isDue(): boolean {
    const leftMs = probeAtMs - clock.now();
    return leftMs <= 0 || leftMs > longestPauseMs;
  }

  function endProbe(): void {
    probe = undefined;
    probeEnded();
  }

  function openError(): EasyflipError {
    return new EasyflipError(
      'breaker.open',
      `The ${service} service failed${failuresInARow === 1 ? '' : ` ${failuresInARow} times in a row`} and is left alone for now.`,
      {
        hint: 'Run `easyflip resume` in a few minutes.',
        retryAfterMs: Math.max(0, probeAtMs - clock.now()),
      },
    );
  }
}

/** Returns what shows that the service lives, throws a Failure for what counts against it. */
async function classified<T>(
  attempt: () => Promise<T>,
  probing: boolean,
  signal: AbortSignal,
): Promise<{ answer: T } | { thrown: unknown }> {
  try {
    return { answer: await attempt() };
  } catch (error) {
    if (signal.aborted || !isEasyflipError(error)) {
      // Nothing learned. cockatiel takes a probe that ends in an unhandled error for a success: not so here.
      throw probing ? new Failure(error, false) : error;
    }
    if (isOutage(error)) throw new Failure(error, true);
    return { thrown: error };
  }
}

/** What may pass by itself, except "too fast": a service that counts our calls is up. */
const isOutage = (error: EasyflipError): boolean => error.retryable && error.code !== 'provider.rate-limited';
