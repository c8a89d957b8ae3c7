import type { ServiceName } from '../settings.ts';

/** `all`: no new item is begun. A service: none of its calls is made. */
export type Paused = ServiceName | 'all';

export interface Pause {
  readonly what: Paused;
  /** ISO time. */
  readonly since: string;
}

/** What the seller has stopped by command; it outlives processes and holds for all of them on this database. */
export interface PauseStore {
  /** Oldest first. */
  pauses(): Promise<readonly Pause[]>;
  /** Repeatable: what is paused already keeps its time. */
  pause(what: Paused, at: string): Promise<void>;
  /** Undefined: everything. Answers what was paused and no longer is. */
  unpause(what?: Paused): Promise<readonly Pause[]>;
}
