import { statSync } from 'node:fs';
import type { StoreCondition } from '../core/ports/store.ts';
import type { Connection } from './connection.ts';
import { versionOf } from './migrations.ts';
import { pages, references } from './verify.ts';

/** The thorough check, with the contents of all indexes; the quick one is made with every start. */
export function inspect({ db, file, read }: Connection): Promise<StoreCondition> {
  return read(() => {
    return {
      schemaVersion: versionOf(db),
      engine: `SQLite ${String(db.prepare('SELECT sqlite_version()').pluck().get())}`,
      bytes: sizeOf(file),
      logBytes: sizeOf(`${file}-wal`),
      problems: pages(db).length + references(db).length,
    };
  });
}

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;
