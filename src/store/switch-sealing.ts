import { closeSync, existsSync, openSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
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
 * Seals a database in its place, or opens it for good. A copy takes its place in one rename, after all else was done: a kill at any
 * moment leaves the one or the other whole, and the next start does it again. May be repeated; two processes may do it at once.
 * Errors: `store.unusable` (another process has it open), `store.*`.
 */
export async function switchDatabase(file: string, { key, to, meanwhile }: Switch): Promise<void> {
  const until = performance.now() + PATIENCE_MS;
  // Seen anew each time: another process that starts at the same moment may have done it.
  while (needsSwitch(file, to)) {
    const identity = identityOf(file);
    const db = await openFile(file, key, { timeout: BUSY_TIMEOUT_MS });
    try {
      holdAlone(db);
      // Told by its name alone: to open and close the file here would give up every lock that this process has on it.
      if (identityOf(file) !== identity) continue;
      await meanwhile();
      await replaceBy(file, to === 'sealed' ? [undefined, key] : [key, undefined], (copy) => copyWhole(db, copy));
      return;
    } catch (error) {
      // Another process put its copy in place between the look at the file and its opening.
      if (identityOf(file) !== identity) continue;
      if (!isBusy(error)) throw storeError(error, file);
      if (performance.now() >= until) throw inUse(file, to, error);
    } finally {
      // Not kept open while it waits: another process that wants the same would wait for this one.
      db.close();
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

const identityOf = (file: string): number | undefined => statSync(file, { throwIfNoEntry: false })?.ino;

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
