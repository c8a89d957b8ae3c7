import { statSync } from 'node:fs';
import type { StoreCondition } from '../core/ports/store.ts';
import type { Connection } from './connection.ts';
import { versionOf } from './migrations.ts';

/** More problems than this say no more than this many. */
const COUNTED = 100;

/** The thorough check, with the contents of all indexes; the quick one is made with every start. */
export function inspect({ db, file, read }: Connection): Promise<StoreCondition> {
  return read(() => {
    const found = db.prepare(`PRAGMA integrity_check(${COUNTED})`).pluck().all();
    const orphans = db.prepare('PRAGMA foreign_key_check').all().length;
    return {
      schemaVersion: versionOf(db),
      engine: `SQLite ${String(db.prepare('SELECT sqlite_version()').pluck().get())}`,
      bytes: sizeOf(file),
      logBytes: sizeOf(`${file}-wal`),
      problems: (found.length === 1 && found[0] === 'ok' ? 0 : found.length) + orphans,
    };
  });
}

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;
