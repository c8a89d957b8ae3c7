import { refuse } from '../wire/wire.ts';

const REQUESTS_MAX = 50;
const WINDOW_MS = 5_000;

/** All Media POSTs of a user: 50 in any 5 seconds, then 429/2001. A refused one does not count. */
export class MediaWindow {
  readonly #times: number[] = [];

  enter(now: number): void {
    while ((this.#times[0] ?? Number.POSITIVE_INFINITY) <= now - WINDOW_MS) this.#times.shift();
    if (this.#times.length >= REQUESTS_MAX) throw refuse(2001);
    this.#times.push(now);
  }
}
