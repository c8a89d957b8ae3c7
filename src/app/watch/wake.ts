import type { Clock } from '../../core/clock.ts';

/** A rest that ends early when something happens. What happens while nobody rests ends the next rest at once. */
export class Wake {
  readonly #clock: Clock;
  #called = false;
  #end: (() => void) | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  readonly call = (): void => {
    this.#called = true;
    this.#end?.();
  };

  /** At most `ms`, at least `leastMs`; ends with the signal, without an error. */
  async rest(ms: number, leastMs: number, signal: AbortSignal): Promise<void> {
    const rest = new AbortController();
    const end = (): void => rest.abort();
    signal.addEventListener('abort', end, { once: true });
    try {
      if (signal.aborted) return;
      await this.#clock.sleep(Math.min(leastMs, ms), rest.signal).catch(() => {});
      if (this.#called || signal.aborted) return;
      this.#end = end;
      await this.#clock.sleep(Math.max(0, ms - leastMs), rest.signal).catch(() => {});
    } finally {
      signal.removeEventListener('abort', end);
      this.#end = undefined;
      this.#called = false;
    }
  }
}
