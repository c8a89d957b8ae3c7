import { closeSync, openSync } from 'node:fs';
import Database from 'better-sqlite3';
import { keepAlive } from './keep-alive.ts';
import { SCHEMA_SQL } from './schema.ts';

export type Row = Record<string, unknown>;
type Value = string | number | bigint | Buffer | null;

/** Someone else holds the state file. */
export class StateBusy extends Error {
  constructor(file: string) {
    super(`The practice marketplace in ${file} is already running.`);
    this.name = 'StateBusy';
  }
}

/** The marketplace's memory: one SQLite file, held by one process at a time. */
export class State {
  readonly #database: Database.Database;
  readonly #statements = new Map<string, Database.Statement>();

  constructor(file: string) {
    this.#database = openExclusively(file);
    this.#database.exec(SCHEMA_SQL);
  }

  all<T = Row>(sql: string, ...values: readonly Value[]): T[] {
    return this.#statement(sql).all(...values) as T[];
  }

  get<T = Row>(sql: string, ...values: readonly Value[]): T | undefined {
    return this.#statement(sql).get(...values) as T | undefined;
  }

  run(sql: string, ...values: readonly Value[]): number {
    return this.#statement(sql).run(...values).changes;
  }

  /** All or nothing; inside another transaction it is a savepoint, so that one entry of a bulk call can fail alone. */
  transaction<T>(work: () => T): T {
    return this.#database.transaction(work)();
  }

  /** Counts up from `first`; numbers are never given twice, not even after a reset. */
  nextNumber(name: string, first: number): number {
    const row = this.get<{ value: number }>(
      'INSERT INTO counters (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = value + 1 RETURNING value',
      name,
      first,
    );
    return row?.value ?? first;
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }

  #statement(sql: string): Database.Statement {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const fresh = this.#database.prepare(sql);
    this.#statements.set(sql, fresh);
    return fresh;
  }
}

/**
 * An exclusive lock dies with its process, so no stale lock can ever be left behind. WAL with
 * synchronous=NORMAL keeps every answered change when the process is killed (only a power cut may take
 * the last ones), and saves a disk flush per call.
 */
function openExclusively(file: string): Database.Database {
  // For its owner only; SQLite gives its -wal and -shm files the same mode.
  if (file !== ':memory:') closeSync(openSync(file, 'a', 0o600));
  const database = keepAlive(new Database(file, { timeout: 0 }));
  try {
    database.pragma('locking_mode = EXCLUSIVE');
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = NORMAL');
    database.pragma('foreign_keys = ON');
    database.exec('BEGIN EXCLUSIVE; COMMIT');
    return database;
  } catch (error) {
    database.close();
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) throw new StateBusy(file);
    throw error;
  }
}
