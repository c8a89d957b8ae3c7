import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import { damaged, isBusy, storeError } from './errors.ts';

/** How long SQLite itself waits for a lock. Short, because it blocks the event loop (and with it heartbeats). */
export const BUSY_TIMEOUT_MS = 200;
/** How long an operation is repeated, event loop free, before it gives up on a locked database. */
const PATIENCE_MS = 30_000;
const PAUSE_MS = 20;

/** One open database: runs whole operations, waits out other processes, and translates errors. */
export interface Connection {
  readonly db: Database;
  readonly file: string;
  read<T>(work: () => T): Promise<T>;
  /** Runs `work` in one transaction that holds the write lock from its first statement. It must not await. */
  write<T>(work: () => T): Promise<T>;
  /** JSON of a column. Errors: `store.damaged`. */
  parse<T>(json: string): T;
}

export function connect(db: Database, file: string): Connection {
  return {
    db,
    file,
    read: (work) => whileBusy(work, file),
    write: (work) => whileBusy(() => db.transaction(work).immediate(), file),
    parse: (json) => parseColumn(json, file),
  };
}

/**
 * Repeats `work` while another process holds the lock. `work` must be all or nothing.
 * Errors: those of `storeError`; a lock that stays is `store.unusable`, retryable.
 */
export async function whileBusy<T>(work: () => T, file: string, patienceMs = PATIENCE_MS): Promise<T> {
  const until = performance.now() + patienceMs;
  for (;;) {
    try {
      return work();
    } catch (error) {
      if (!isBusy(error) || performance.now() >= until) throw storeError(error, file);
    }
    // Uneven, so that processes that met once do not meet again at the same moment.
    await pause(PAUSE_MS * (0.5 + Math.random()));
  }
}

function parseColumn<T>(json: string, file: string): T {
  try {
    return JSON.parse(json) as T;
  } catch (error) {
    throw damaged(file, 'a stored value is not readable', error);
  }
}
