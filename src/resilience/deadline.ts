import type { Clock } from '../core/clock.ts';
import { EasyflipError } from '../core/errors.ts';
import type { LinkedSignal } from './abort.ts';
import { linkedTo } from './abort.ts';

/** setTimeout takes 31 bits: a longer wait would fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export interface Deadline {
  /**
   * The caller's signal, which also aborts with `time.exhausted` when the deadline comes.
   * Release it when the call is over: with the last one the timer goes.
   */
  follow(signal: AbortSignal): LinkedSignal;
}

/**
 * One deadline for all calls of a run (`atMs`: milliseconds since 1970; undefined: none). They abort in the
 * same moment; with a timer each, the first to go would make room for one that has yet to notice.
 */
export function createDeadline(atMs: number | undefined, clock: Clock): Deadline {
  if (atMs === undefined) return { follow: (signal) => linkedTo(signal) };
  const over = new AbortController();
  let timer = new AbortController();
  let followers = 0;

  return {
    follow(signal) {
      if (clock.now() >= atMs) over.abort(timeExhausted());
      followers += 1;
      if (followers === 1) arm();
      const linked = linkedTo(signal, over.signal);
      return {
        ...linked,
        release: () => {
          linked.release();
          followers -= 1;
          if (followers === 0) timer.abort();
        },
      };
    },
  };

  function arm(): void {
    timer = new AbortController();
    sleepUntil(atMs ?? 0, clock, timer.signal).then(
      () => over.abort(timeExhausted()),
      () => undefined,
    );
  }
}

async function sleepUntil(atMs: number, clock: Clock, signal: AbortSignal): Promise<void> {
  for (let leftMs = atMs - clock.now(); leftMs > 0; leftMs = atMs - clock.now()) {
    await clock.sleep(Math.min(leftMs, LONGEST_TIMER_MS), signal);
  }
}

const timeExhausted = (): EasyflipError =>
  new EasyflipError('time.exhausted', 'The time allowed for this run is over.', {
    hint: 'Run `easyflip resume` to go on, or allow more with `--max-minutes`.',
  });
