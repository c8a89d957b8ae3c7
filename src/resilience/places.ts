import { isEasyflipError } from '../core/errors.ts';

export interface Places {
  /** Calls that may be under way at once at this moment: 1 to the configured number. */
  readonly limit: number;
  /** Tells that a call leaves; what it returns is told how it ended: nothing thrown, or what was. */
  begin(operation: string): (end: { readonly thrown?: unknown }) => void;
}

export interface PlacesOptions {
  /** The configured number: where it begins, and what it never passes. */
  readonly most: number;
  /** Whether answers that take much longer than usual count as trouble too. */
  readonly watchesTime: boolean;
  /** Whether "too fast" does. Not where a window says how fast calls may leave: fewer at once would not slow them down, only hold up what may leave. */
  readonly watchesPace: boolean;
  /** Milliseconds; only differences count. */
  readonly now: () => number;
  /** The limit is another one now. */
  readonly changed: (limit: number) => void;
}

/** So many answers of an operation make its usual time. */
const KNOWN_AFTER = 10;
/** How much of its usual time an operation's newest answer is. */
const NEWEST_SHARE = 0.1;
const SLOW_FACTOR = 4;
/** What is slow for its kind but quick all the same troubles nobody; a busy machine of ours makes every call take a second or two more. */
const SLOW_FROM_MS = 5_000;
/** One slow answer is chance, or a large picture. */
const SLOW_IN_A_ROW = 3;

/**
 * How many of a service's places are used: additive increase, multiplicative decrease. All of them from the start, because nearly every
 * service is well; half as many after "too fast", a server error, a timeout, or several answers in a row that took four times as long as usual;
 * one more after each round of answers.
 *
 * Calls that were under way together meet the same trouble, so only one that left after the last decrease makes another.
 */
export function createPlaces({ most, watchesTime, watchesPace, now, changed }: PlacesOptions): Places {
  /** With fractions: a round of answers adds up to one. */
  let exact = most;
  let decreases = 0;
  let slowInARow = 0;
  const usual = new Map<string, { readonly answers: number; readonly ms: number }>();
  const whole = (): number => Math.max(1, Math.floor(exact + 1e-9));

  return {
    get limit() {
      return whole();
    },
    begin(operation) {
      const beganMs = now();
      const seen = decreases;
      return ({ thrown }) => {
        if (thrown !== undefined) {
          if (isTrouble(thrown, watchesPace) && seen === decreases) decrease();
          return;
        }
        slowInARow = watchesTime && isSlow(operation, now() - beganMs) ? slowInARow + 1 : 0;
        if (slowInARow >= SLOW_IN_A_ROW && seen === decreases) decrease();
        // An answer to what left before the decrease says nothing of how it goes since.
        else if (slowInARow === 0 && seen === decreases) move(Math.min(most, exact + 1 / whole()));
      };
    },
  };

  function decrease(): void {
    decreases += 1;
    slowInARow = 0;
    move(Math.max(1, exact / 2));
  }

  function move(to: number): void {
    const before = whole();
    exact = to;
    if (whole() !== before) changed(whole());
  }

  /** A slow answer counts in the usual time too, as twice that: what stays slow becomes the usual, and is no trouble any more. */
  function isSlow(operation: string, ms: number): boolean {
    const known = usual.get(operation);
    const answers = (known?.answers ?? 0) + 1;
    const share = Math.max(NEWEST_SHARE, 1 / answers);
    if (known === undefined) {
      usual.set(operation, { answers, ms });
      return false;
    }
    const isKnown = known.answers >= KNOWN_AFTER;
    const counted = isKnown ? Math.min(ms, known.ms * 2 + 1) : ms;
    usual.set(operation, { answers, ms: known.ms + (counted - known.ms) * share });
    return isKnown && ms >= SLOW_FROM_MS && ms >= known.ms * SLOW_FACTOR;
  }
}

/** What fewer calls at once may mend. A refusal of what we sent says nothing of how the service is, nor does a call that did not leave. */
const isTrouble = (error: unknown, watchesPace: boolean): boolean =>
  isEasyflipError(error) &&
  ((watchesPace && error.code === 'provider.rate-limited') || error.code === 'provider.unavailable' || error.code === 'provider.timeout');
