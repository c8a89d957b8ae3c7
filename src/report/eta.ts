/** Older work says little about the speed of now: services slow down and recover. */
const WINDOW_MS = 90_000;
/** Finer samples would only cost memory. */
const SAMPLE_EVERY_MS = 1_000;
/** Before this the speed is a guess. */
const FIRST_GUESS_AFTER_MS = 5_000;

/**
 * Remaining time from the work really done of late. Steps that were found finished earn nothing, so a run that
 * continues another is not promised to end in a moment; when nothing moves, the answer grows.
 */
export class Eta {
  readonly #samples: { readonly atMs: number; readonly earned: number }[] = [];

  /** `earned`: work so far, in any unit, never falling. */
  take(nowMs: number, earned: number): void {
    const last = this.#samples.at(-1);
    if (last && nowMs - last.atMs < SAMPLE_EVERY_MS) return;
    this.#samples.push({ atMs: nowMs, earned });
    while (this.#samples.length > 2 && nowMs - (this.#samples[1]?.atMs ?? nowMs) >= WINDOW_MS) this.#samples.shift();
  }

  /** Seconds, or undefined while nothing can be said. `remaining`: in the unit of `earned`. */
  seconds(nowMs: number, earned: number, remaining: number): number | undefined {
    if (remaining <= 0) return 0;
    const first = this.#samples[0];
    if (!first) return undefined;
    const elapsedMs = nowMs - first.atMs;
    const done = earned - first.earned;
    if (elapsedMs < FIRST_GUESS_AFTER_MS || done <= 0) return undefined;
    return (remaining / done) * (elapsedMs / 1000);
  }
}
