import { type Reason, reasonOf } from '../core/errors.ts';
import type { Emit } from '../core/events.ts';
import type { StoredItem } from '../core/ports/index.ts';
import { createRunControl, type RunControl } from '../pipeline/run-control.ts';
import type { App } from './app.ts';
import { performRun } from './perform-run.ts';
import { pruneDaily } from './prune.ts';

/** How a run ended. */
export interface RunEnd {
  /** Items of it are to be tried later. `forAll`: no other item would fare better until then. */
  readonly again?: Reason & { readonly forAll: boolean };
  /** What no later try would mend: settings, credentials, the database. */
  readonly fatal?: unknown;
}

export interface BusyRunRequest {
  readonly command: string;
  /** Up to the first call that writes to the marketplace. Default: false. */
  readonly dryRun?: boolean;
  readonly emit: Emit;
  /** Stops the run with the program. */
  readonly outer: RunControl;
  readonly onEnd: (end: RunEnd) => void;
}

/**
 * The run of a program that stays: begins with the first items that are ready, takes in those that become ready while it is under
 * way, and ends when nothing is left. The next item begins another. One at a time, so that the limits of services hold for all.
 */
export class BusyRun {
  readonly #app: App;
  readonly #command: string;
  readonly #dryRun: boolean;
  readonly #emit: Emit;
  readonly #outer: RunControl;
  readonly #onEnd: (end: RunEnd) => void;
  #add: ((items: readonly StoredItem[]) => boolean) | undefined;
  #under: Promise<void> | undefined;

  constructor(app: App, { command, dryRun = false, emit, outer, onEnd }: BusyRunRequest) {
    this.#app = app;
    this.#command = command;
    this.#dryRun = dryRun;
    this.#emit = emit;
    this.#outer = outer;
    this.#onEnd = onEnd;
  }

  get isUnderWay(): boolean {
    return this.#under !== undefined;
  }

  /** False: not now; offer them again when the run has gone on or ended. */
  take(items: readonly StoredItem[]): boolean {
    if (this.#under) return this.#add?.(items) ?? false;
    this.#under = this.#perform(items);
    return true;
  }

  /** Resolves when no run is under way. */
  async rest(): Promise<void> {
    await this.#under;
  }

  async #perform(items: readonly StoredItem[]): Promise<void> {
    const control = createRunControl((reason) => this.#emit({ type: 'run.stopping', reason }));
    const { soft, hard } = this.#outer;
    const stop = (): void => control.stop(this.#outer.reason() ?? STOPPED);
    if (soft.aborted) stop();
    soft.addEventListener('abort', stop, { once: true });
    hard.addEventListener('abort', control.stopNow, { once: true });
    let end: RunEnd = {};
    try {
      const { counts } = await performRun(this.#app, {
        command: this.#command,
        dryRun: this.#dryRun,
        emit: this.#emit,
        control,
        collect: async () => items,
        arrivals: (add) => {
          this.#add = add;
        },
        tidy: () => pruneDaily(this.#app, this.#emit),
      });
      const reason = control.reason();
      if (counts.deferred > 0) end = { again: { ...(reason ?? LEFT), forAll: reason !== undefined } };
    } catch (error) {
      const reason = reasonOf(error);
      this.#emit({ type: 'run.broke', reason });
      end = /^(config|credentials|store|usage)\./.test(reason.code) ? { fatal: error } : { again: { ...reason, forAll: true } };
    } finally {
      soft.removeEventListener('abort', stop);
      hard.removeEventListener('abort', control.stopNow);
      this.#add = undefined;
      this.#under = undefined;
    }
    this.#onEnd(end);
  }
}

const STOPPED: Reason = {
  code: 'run.cancelled',
  message: 'The program was stopped; what was finished is saved.',
  hint: 'Start it again to continue.',
};

const LEFT: Reason = {
  code: 'run.cancelled',
  message: 'Some items were left for later.',
  hint: 'Nothing needs to be done: they are tried again.',
};
