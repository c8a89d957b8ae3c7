import { closeSync, openSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { EasyflipError } from '../core/errors.ts';
import type { Environment } from '../core/settings.ts';
import { type BackupPlace, backUpBefore } from './backup.ts';
import { checkContents, checkOurs, checkPages, isBlank } from './check-database.ts';
import { BUSY_TIMEOUT_MS, type Connection, connect, whileBusy } from './connection.ts';
import { damaged, storeError, unusable } from './errors.ts';
import { makeFolder } from './make-folder.ts';
import { latestVersion, migrate, versionOf } from './migrations.ts';
import { openFile, stateOf } from './sealing.ts';

interface OpenOptions {
  readonly backups?: BackupPlace | undefined;
  readonly key?: Uint8Array | undefined;
}

/**
 * Opens or creates a database, checks that it is whole, ours and of this environment, and migrates it, with a backup before.
 * `key` (32 bytes) opens one that is sealed, and seals one that is new. Nothing is written before these checks have passed. Several processes may do this at once.
 * Errors: `store.damaged`, `store.newer`, `store.read-only`, `store.full`, `store.unusable`, `config.invalid`.
 */
export async function openDatabase(file: string, environment: Environment, { backups, key }: OpenOptions = {}): Promise<Connection> {
  preparePlace(file);
  const identity = identityOf(file);
  const db = await openFile(file, key, { timeout: BUSY_TIMEOUT_MS }).catch((error: unknown) => {
    throw storeError(error, file);
  });
  try {
    await whileBusy(() => checkWhole(db, file), file);
    await whileBusy(() => useWriteAheadLog(db, file), file);
    // FULL, so that a published listing is not forgotten in a power cut; it costs 0.15 ms a commit.
    db.pragma('synchronous = FULL');
    db.pragma('foreign_keys = ON');
    // In KiB. better-sqlite3 sets 16 MB, which only a large database fills; going through 50,000 items takes no longer with four.
    db.pragma('cache_size = -4000');
    const version = versionOf(db);
    if (backups && version > 0 && version < latestVersion()) await backUpBefore(latestVersion(), db, backups, environment);
    await whileBusy(() => migrate(db, environment), file);
    await whileBusy(() => checkContents(db, file, environment), file);
    if (identityOf(file) === identity) return connect(db, file);
  } catch (error) {
    db.close();
    if (key === undefined && stateOf(file) === 'sealed') throw encryptedNow(file, error);
    throw error;
  }
  // A backup was restored while this process waited to read: what it opened is the database that was replaced.
  db.close();
  return openDatabase(file, environment, { backups, key });
}

const encryptedNow = (file: string, cause: unknown): EasyflipError =>
  new EasyflipError('store.locked', `The database ${file} is encrypted, since a moment ago.`, {
    hint: 'Run the same command again; its key is then looked for.',
    cause,
  });

const identityOf = (file: string): number | undefined => statSync(file, { throwIfNoEntry: false })?.ino;

/** The folder and an empty file, for the owner only; SQLite gives its -wal and -shm files the mode of the database. */
function preparePlace(file: string): void {
  try {
    makeFolder(dirname(file));
    proveWritable(dirname(file));
    refuseLostMainFile(file);
    closeSync(openSync(file, 'a', 0o600));
  } catch (error) {
    throw storeError(error, file);
  }
}

/** SQLite would open a database in a read-only folder and stumble later, with a code that does not tell why. */
function proveWritable(folder: string): void {
  const probe = join(folder, `.easyflip-write-test-${process.pid}-${Math.random().toString(36).slice(2)}`);
  closeSync(openSync(probe, 'wx', 0o600));
  rmSync(probe);
}

/**
 * An empty file beside a filled log is a database that lost its contents; SQLite would delete the log.
 * The log is looked at first: in a healthy first creation it appears after the main file has its header.
 */
function refuseLostMainFile(file: string): void {
  if (sizeOf(`${file}-wal`) > 0 && sizeOf(file) === 0) throw damaged(file, 'it is empty although its log is not');
}

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

function checkWhole(db: Database, file: string): void {
  if (isBlank(db)) return;
  checkOurs(db, file);
  checkPages(db, file);
}

/** Switching needs the file for itself alone for a moment, hence inside the caller's retry. */
function useWriteAheadLog(db: Database, file: string): void {
  const mode = String(db.pragma('journal_mode = WAL', { simple: true }));
  if (mode === 'wal') return;
  throw unusable(`The disk of ${file} does not support SQLite's write-ahead log.`, 'Choose a folder on a local disk with --data-dir.');
}
