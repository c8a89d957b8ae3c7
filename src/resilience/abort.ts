import { setMaxListeners } from 'node:events';

/** A signal that follows others; `release` takes its listeners away again. */
export interface LinkedSignal {
  readonly signal: AbortSignal;
  readonly abort: (reason: unknown) => void;
  readonly release: () => void;
}

/**
 * A signal that aborts with the first of `parents` or by itself. Not AbortSignal.any: a parent that lives
 * as long as the run would gather one dependent per call, and not every supported Node lets them go.
 */
export function linkedTo(...parents: readonly AbortSignal[]): LinkedSignal {
  const controller = new AbortController();
  const releases = parents.map((parent) => onAbort(parent, () => controller.abort(parent.reason)));
  return {
    signal: controller.signal,
    abort: (reason) => controller.abort(reason),
    release: () => {
      for (const release of releases) release();
    },
  };
}

/**
 * Settles as the promise does, or rejects with the signal's reason as soon as it aborts. The promise
 * itself goes on; what it does afterwards is nobody's concern, also when it rejects.
 */
export function orAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise;
  return new Promise((resolve, reject) => {
    const release = onAbort(signal, () => reject(signal.reason as Error));
    promise.then(resolve, reject).finally(release);
  });
}

/** Calls `heard` when the signal aborts, at once if it has; returns what stops the listening. */
export function onAbort(signal: AbortSignal, heard: () => void): () => void {
  if (signal.aborted) {
    heard();
    return () => undefined;
  }
  // Many calls share a run's signal; Node would print a warning from the eleventh on.
  setMaxListeners(0, signal);
  signal.addEventListener('abort', heard, { once: true });
  return () => signal.removeEventListener('abort', heard);
}
