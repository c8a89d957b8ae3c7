import { closeSync, existsSync, openSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import { BUSY_TIMEOUT_MS } from './connection.ts';
import { holdAlone, removeUnfinished, syncFolder } from './database-files.ts';
import { isBusy, storeError, unusable } from './errors.ts';
import { copyWhole, openFile, rewrite, stateOf } from './sealing.ts';

export interface Switch {
  /** 32 bytes. */
  readonly key: Uint8Array;
  readonly to: 'sealed' | 'plain';
  /** What else is to be changed while no other process has the database open. Done again after a kill. */
  readonly meanwhile: () => Promise<void>;
}

/** Longer than the start of any other process takes. */
const PATIENCE_MS = 30_000;

/**
 * Seals a database in its place, or opens it for good. One process at a time, told by a lock beside it: SQLite finds its log by name, so
 * a process that still had the replaced file open would take the new one's log for its own, and delete it. A copy takes its place in one rename, after all else was done: a kill at any
 * moment leaves the one or the other whole, and the next start does it again. May be repeated; two processes may do it at once.
 * Errors: `store.unusable` (another process has it open), `store.*`.
 */
export async function switchDatabase(file: string, { key, to, meanwhile }: Switch): Promise<void> {
  if (!needsSwitch(file, to)) return;
  const until = performance.now() + PATIENCE_MS;
  const lock = await openLock(`${file}.switch-lock`).catch((error: unknown) => {
    throw storeError(error, file);
  });
  try {
    await patiently(until, file, to, () => lock.exec('BEGIN EXCLUSIVE'));
    // Another process that started at the same moment may have done it.
    if (!needsSwitch(file, to)) return;
    await patiently(until, file, to, () => switchNow(file, { key, to, meanwhile }));
  } finally {
    lock.close();
  }
}

async function switchNow(file: string, { key, to, meanwhile }: Switch): Promise<void> {
  const db = await openFile(file, key, { timeout: BUSY_TIMEOUT_MS });
  try {
    holdAlone(db);
    await meanwhile();
    await replaceBy(file, to === 'sealed' ? [undefined, key] : [key, undefined], (copy) => copyWhole(db, copy));
  } finally {
    // Not kept open while it waits: another process that wants to read would wait for this one.
    db.close();
  }
}

/** Empty, and left where it is: who deletes a lock may delete it under another who holds it. The system frees it when its process dies. */
async function openLock(path: string): Promise<Database> {
  closeSync(openSync(path, 'a', 0o600));
  return await openFile(path, undefined, { timeout: 0 });
}

async function patiently(until: number, file: string, to: Switch['to'], work: () => unknown): Promise<void> {
  for (;;) {
    try {
      await work();
      return;
    } catch (error) {
      if (!isBusy(error)) throw storeError(error, file);
      if (performance.now() >= until) throw inUse(file, to, error);
    }
    await pause(50 + 100 * Math.random());
  }
}

/** The same for a copy that no process has open. May be repeated. Errors: `store.*`. */
export async function switchCopy(file: string, { key, to }: Pick<Switch, 'key' | 'to'>): Promise<void> {
  if (!needsSwitch(file, to)) return;
  const db = await openFile(file, key);
  try {
    await replaceBy(file, to === 'sealed' ? [undefined, key] : [key, undefined], (copy) => copyWhole(db, copy));
  } catch (error) {
    throw storeError(error, file);
  } finally {
    db.close();
  }
}

/** A file that is none of ours is left as it is. */
function needsSwitch(file: string, to: Switch['to']): boolean {
  const state = stateOf(file);
  return state !== to && (state === 'plain' || state === 'sealed');
}

async function replaceBy(
  file: string,
  [from, to]: readonly [Uint8Array | undefined, Uint8Array | undefined],
  copy: (target: string) => void,
): Promise<void> {
  const fresh = `${file}.switching`;
  removeUnfinished(fresh);
  try {
    closeSync(openSync(fresh, 'wx', 0o600));
    copy(fresh);
    await rewrite(fresh, from, to);
    renameSync(fresh, file);
    syncFolder(dirname(file));
  } finally {
    if (existsSync(fresh)) removeUnfinished(fresh);
  }
}

const inUse = (file: string, to: Switch['to'], cause: unknown): Error =>
  unusable(
    `The database ${file} cannot be ${to === 'sealed' ? 'encrypted' : 'decrypted'} while another process has it open; nothing was changed.`,
    'End it (also one that cron started), then run the same command again.',
    cause,
  );
