import { closeSync, existsSync, mkdirSync, openSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { EasyflipError } from '../core/errors.ts';
import type { Environment } from '../core/settings.ts';
import { BUSY_TIMEOUT_MS, type Connection, connect, whileBusy } from './connection.ts';
import { damaged, newer, storeError, unusable } from './errors.ts';
import { keepAlive } from './keep-alive.ts';
import { APPLICATION_ID, latestVersion, migrate, TABLES, versionOf } from './migrations.ts';

/**
 * Opens or creates a database, checks that it is whole, ours and of this environment, and migrates it.
 * Nothing is written before these checks have passed. Several processes may do this at once.
 * Errors: `store.damaged`, `store.newer`, `store.read-only`, `store.full`, `store.unusable`, `config.invalid`.
 */
export async function openDatabase(file: string, environment: Environment): Promise<Connection> {
  preparePlace(file);
  const { default: Sqlite } = await import('better-sqlite3');
  const db = keepAlive(await whileBusy(() => new Sqlite(file, { timeout: BUSY_TIMEOUT_MS }), file));
  try {
    await whileBusy(() => checkWhole(db, file), file);
    await whileBusy(() => useWriteAheadLog(db, file), file);
    // FULL, so that a published listing is not forgotten in a power cut; it costs 0.15 ms a commit.
    db.pragma('synchronous = FULL');
    db.pragma('foreign_keys = ON');
    await whileBusy(() => migrate(db, environment), file);
    await whileBusy(() => checkContents(db, file, environment), file);
    return connect(db, file);
  } catch (error) {
    db.close();
    throw error;
  }
}

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

/** Step by step: Node's own `recursive` never ends where a system folder such as /proc answers ENOENT. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    // Another process may have been quicker.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
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
  const tables = Number(db.prepare('SELECT count(*) FROM sqlite_schema').pluck().get());
  const version = versionOf(db);
  if (tables === 0 && version === 0) return;
  if (Number(db.pragma('application_id', { simple: true })) !== APPLICATION_ID) {
    throw unusable(`The file ${file} is a database of another program.`, 'Choose another folder with --data-dir or EASYFLIP_DATA_DIR.');
  }
  if (version > latestVersion()) throw newer(file, version, latestVersion());
  const verdict = String(db.pragma('quick_check(1)', { simple: true }));
  if (verdict !== 'ok') throw damaged(file, 'SQLite finds broken pages in it');
}

/** Switching needs the file for itself alone for a moment, hence inside the caller's retry. */
function useWriteAheadLog(db: Database, file: string): void {
  const mode = String(db.pragma('journal_mode = WAL', { simple: true }));
  if (mode === 'wal') return;
  throw unusable(`The disk of ${file} does not support SQLite's write-ahead log.`, 'Choose a folder on a local disk with --data-dir.');
}

function checkContents(db: Database, file: string, environment: Environment): void {
  const present = new Set(db.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table'`).pluck().all());
  const missing = TABLES.filter((table) => !present.has(table));
  if (missing.length > 0) throw damaged(file, `it has no table ${missing.join(', ')}`);
  const stored = db.prepare(`SELECT value FROM meta WHERE key = 'environment'`).pluck().get();
  if (typeof stored !== 'string') throw damaged(file, 'it does not say which environment it belongs to');
  if (stored !== environment) {
    throw new EasyflipError('config.invalid', `The database ${file} belongs to the ${stored} environment, not to ${environment}.`, {
      hint: `Run with --env ${stored}, or choose another folder with --data-dir.`,
    });
  }
}
