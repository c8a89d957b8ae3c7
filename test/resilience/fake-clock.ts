import type { Clock } from '../../src/core/clock.ts';

interface Sleeper {
  atMs: number;
  readonly wake: () => void;
}

/** Time that moves only when told to; counts the timers that are still set. */
export class FakeClock implements Clock {
  #nowMs: number;
  #sleepers: readonly Sleeper[] = [];

  constructor(start = '2026-03-02T12:00:00Z') {
    this.#nowMs = Date.parse(start);
  }

  get timers(): number {
    return this.#sleepers.length;
  }

  now(): number {
    return this.#nowMs;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason as Error);
        return;
      }
      const leave = (): void => {
        this.#sleepers = this.#sleepers.filter((other) => other !== sleeper);
        signal?.removeEventListener('abort', onAbort);
      };
      const onAbort = (): void => {
        leave();
        reject(signal?.reason as Error);
      };
      const sleeper: Sleeper = {
        atMs: this.#nowMs + ms,
        wake: () => {
          leave();
          resolve();
        },
      };
      this.#sleepers = [...this.#sleepers, sleeper];
      signal?.addEventListener('abort', onAbort);
    });
  }

  /** As somebody sets a clock; who sleeps sleeps on as long as before. */
  setBack(ms: number): void {
    this.#nowMs -= ms;
    for (const sleeper of this.#sleepers) sleeper.atMs -= ms;
  }

  /** Wakes everyone whose time comes, in order, and lets their work run before the next. */
  async advance(ms: number): Promise<void> {
    const untilMs = this.#nowMs + ms;
    for (;;) {
      await settle();
      const next = this.#sleepers.toSorted((a, b) => a.atMs - b.atMs)[0];
      if (next === undefined || next.atMs > untilMs) break;
      this.#nowMs = Math.max(this.#nowMs, next.atMs);
      next.wake();
    }
    this.#nowMs = untilMs;
    await settle();
  }
}

/** Runs everything that is ready to run. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
