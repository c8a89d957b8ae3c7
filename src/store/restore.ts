import { copyFileSync, existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Database } from 'better-sqlite3';
import { EasyflipError, isEasyflipError } from '../core/errors.ts';
import type { Environment } from '../core/settings.ts';
import { backUp } from './backup.ts';
import { checkContents, checkOurs, checkThoroughly } from './check-database.ts';
import { BUSY_TIMEOUT_MS, whileBusy } from './connection.ts';
import { holdAlone, removeUnfinished, syncFolder } from './database-files.ts';
import { damaged, isBusy, storeError, unusable } from './errors.ts';
import { makeFolder } from './make-folder.ts';
import { openFile, stateOf } from './sealing.ts';
import { type Switch, switchCopy } from './switch-sealing.ts';

export interface Restored {
  /** Where the database lies that was replaced; undefined: there was none. */
  readonly replaced: string | undefined;
}

/** How what is restored shall lie in its place, and the key of what is sealed (32 bytes). */
export type Seal = Pick<Switch, 'key' | 'to'>;

/** A process that only ends its last query is waited for. */
const PATIENCE_MS = 2_000;

/**
 * Puts a backup in the place of the database. The backup is checked before anything is touched, the database it replaces is kept beside,
 * and a kill at any moment leaves either of them whole in its place. What eBay may know better is asked anew: items that are not live are
 * looked up there again before anything is written.
 * Errors: `store.damaged`, `store.newer`, `config.invalid` (another environment), `store.unusable` (no file, another
 * program's file, or a process has the database open), `store.full`, `store.read-only`.
 */
export async function restoreDatabase(
  backup: string,
  file: string,
  environment: Environment,
  nowMs: number,
  seal?: Seal,
): Promise<Restored> {
  refuseWhatIsNoDatabase(backup);
  const beside = `${file}.${new Date(nowMs).toISOString().slice(0, 19).replaceAll(':', '-')}Z`;
  const fresh = `${beside}.restoring-${process.pid}`;
  try {
    makeFolder(dirname(file));
    await copyChecked(backup, fresh, environment, seal?.key);
    if (seal) await switchCopy(fresh, seal);
    return await takePlace(fresh, file, freeName(beside, '.replaced'), seal?.key);
  } catch (error) {
    removeUnfinished(fresh);
    throw storeError(error, file);
  }
}

/** Two restores in one second keep two databases: `…Z.replaced`, `…Z-2.replaced`. */
function freeName(start: string, end: string): string {
  for (let number = 1; ; number += 1) {
    const name = `${start}${number === 1 ? '' : `-${number}`}${end}`;
    if (!existsSync(name)) return name;
  }
}

/** A copy that is whole, ours, of this environment, and not newer than this easyflip. */
async function copyChecked(backup: string, copy: string, environment: Environment, key: Uint8Array | undefined): Promise<void> {
  try {
    const source = await openFile(backup, key, { readonly: true, fileMustExist: true });
    try {
      checkOurs(source, backup);
      await backUp(source, copy);
    } finally {
      source.close();
    }
  } catch (error) {
    throw storeError(error, backup);
  }
  const db = await openFile(copy, key);
  try {
    checkThoroughly(db, backup);
    checkContents(db, backup, environment);
    // What was looked up on eBay is older than what happened since: a listing that the seller took back must not come again.
    db.exec(`DELETE FROM outcomes WHERE stage = 'admit'`);
  } finally {
    db.close();
  }
}

/** The rename is the one moment that counts; all that is before it can be done again, and nothing comes after it. */
async function takePlace(fresh: string, file: string, replaced: string, key: Uint8Array | undefined): Promise<Restored> {
  if (!existsSync(file)) {
    for (const suffix of ['-wal', '-shm']) rmSync(file + suffix, { force: true });
    return into(fresh, file, undefined);
  }
  // Opening it would make SQLite delete the log, which is all that is left.
  if (sizeOf(file) === 0 && sizeOf(`${file}-wal`) > 0) return into(fresh, file, keepDamaged(file, replaced));
  let db: Database | undefined;
  try {
    db = await openFile(file, key, { timeout: BUSY_TIMEOUT_MS });
    const current = db;
    await whileBusy(() => holdAlone(current), file, PATIENCE_MS);
    await backUp(current, replaced);
    // Still held: whoever waits for it finds the new one, or notices that it was moved.
    return into(fresh, file, replaced);
  } catch (error) {
    if (isBusy(error) || (isEasyflipError(error) && error.retryable)) throw inUse(file, error);
    if (!isDamaged(error, file)) throw error;
    db?.close();
    return into(fresh, file, keepDamaged(file, replaced));
  } finally {
    if (db?.open) db.close();
  }
}

/** As it is, with its log: what cannot be read now may be read by an expert. A log left beside the new file would be played into it. */
function keepDamaged(file: string, replaced: string): string {
  for (const suffix of ['', '-wal', '-journal']) if (existsSync(file + suffix)) copyFileSync(file + suffix, replaced + suffix);
  syncFolder(dirname(file));
  for (const suffix of ['-wal', '-shm', '-journal']) rmSync(file + suffix, { force: true });
  return replaced;
}

function into(fresh: string, file: string, replaced: string | undefined): Restored {
  renameSync(fresh, file);
  syncFolder(dirname(file));
  return { replaced };
}

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

const isDamaged = (error: unknown, file: string): boolean => {
  const told = storeError(error, file);
  return isEasyflipError(told) && told.code === 'store.damaged';
};

/** SQLite takes an empty file for an empty database, and says of any other only that it is none. */
function refuseWhatIsNoDatabase(file: string): void {
  let state: ReturnType<typeof stateOf>;
  try {
    state = stateOf(file);
  } catch (cause) {
    throw notThere(file, cause);
  }
  if (state === 'absent' && !existsSync(file)) throw notThere(file);
  if (state === 'absent' || state === 'foreign') throw damaged(file, 'it is not an SQLite database');
}

const notThere = (file: string, cause?: unknown): EasyflipError =>
  unusable(`The file ${file} cannot be read.`, 'Name a backup: they lie in the folder backups of the data folder.', cause);

const inUse = (file: string, cause: unknown): EasyflipError =>
  new EasyflipError('store.unusable', `Another process uses the database ${file}; nothing was changed.`, {
    hint: 'End it (also one that cron started), then run the same command again.',
    cause,
  });
