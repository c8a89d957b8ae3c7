import { setMaxListeners } from 'node:events';
import { EasyflipError, type Reason } from '../core/errors.ts';

/**
 * How a run is told to stop. `soft`: begin nothing new, finish what costs money or cannot be repeated
 * cheaply, save. `hard` (and `soft` with it): everything at once; what was in flight is settled by the next run.
 */
export interface RunControl {
  readonly soft: AbortSignal;
  readonly hard: AbortSignal;
  /** Why the run stops early; the first reason counts. */
  readonly reason: () => Reason | undefined;
  readonly stop: (reason: Reason) => void;
  readonly stopNow: () => void;
}

export function createRunControl(onStop: (reason: Reason) => void = () => {}): RunControl {
  const soft = new AbortController();
  const hard = new AbortController();
  // Every call under way listens to them.
  setMaxListeners(0, soft.signal, hard.signal);
  let why: Reason | undefined;
  const cancelled = (reason: Reason): EasyflipError => new EasyflipError('run.cancelled', reason.message, { hint: reason.hint });
  return {
    soft: soft.signal,
    hard: hard.signal,
    reason: () => why,
    stop: (reason) => {
      if (why) return;
      why = reason;
      onStop(reason);
      soft.abort(cancelled(reason));
    },
    stopNow: () => {
      why ??= INTERRUPTED;
      const error = cancelled(why);
      soft.abort(error);
      hard.abort(error);
    },
  };
}

/** What Ctrl-C and SIGTERM mean. */
export const INTERRUPTED: Reason = {
  code: 'run.cancelled',
  message: 'The run was interrupted; what was finished is saved.',
  hint: 'Run `easyflip resume` to continue.',
};
