import { closeSync, fsyncSync, openSync, rmSync } from 'node:fs';
import type { Database } from 'better-sqlite3';

/** What is done to database files as files. */

/** With what SQLite may have put beside it. That it cannot be removed must not hide why. */
export function removeUnfinished(file: string): void {
  for (const suffix of ['', '-journal', '-wal', '-shm']) {
    try {
      rmSync(file + suffix, { force: true });
    } catch {
      // Cleared away by a later backup.
    }
  }
}

/** So that the new name outlives a power cut; Windows cannot, and need not. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Leaving the log needs the database for oneself; SQLite itself then says whether another process has it open. */
export function holdAlone(db: Database): void {
  db.pragma('locking_mode = EXCLUSIVE');
  const mode = String(db.pragma('journal_mode = DELETE', { simple: true }));
  if (mode !== 'delete') throw Object.assign(new Error('the log is in use'), { code: 'SQLITE_BUSY' });
  db.exec('BEGIN EXCLUSIVE; COMMIT');
}
