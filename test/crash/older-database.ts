import { renameSync, rmSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { MIGRATIONS } from '../../src/store/migrations/versions.ts';
import { migrate } from '../../src/store/migrations.ts';

/** Makes of a database what an easyflip of an earlier version would have left: its tables, with all that they can hold. */
export function makeOlder(file: string, version: number): void {
  const older = new Sqlite(`${file}.older`);
  migrate(
    older,
    'practice',
    MIGRATIONS.filter((step) => step.version <= version),
  );
  older.pragma('foreign_keys = OFF');
  older.prepare('ATTACH ? AS newer').run(file);
  const tables = older.prepare<[], string>(`SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`).pluck();
  for (const table of tables.all()) {
    const columns = older
      .prepare<[string], string>('SELECT name FROM pragma_table_info(?)')
      .pluck()
      .all(table)
      .map((name) => `"${name}"`);
    older.exec(`INSERT OR REPLACE INTO main.${table} (${columns}) SELECT ${columns} FROM newer.${table}`);
  }
  older.close();
  for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
  renameSync(`${file}.older`, file);
}
