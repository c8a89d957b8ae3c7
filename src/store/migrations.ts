import type { Database } from 'better-sqlite3';
import type { Environment } from '../core/settings.ts';
import { MIGRATIONS, type Migration } from './migrations/versions.ts';

/** Marks a file as ours (`PRAGMA application_id`), so that another program's database is never touched. */
export const APPLICATION_ID = 0x45_46_4c_50; // "EFLP"

export const latestVersion = (migrations: readonly Migration[] = MIGRATIONS): number => migrations.at(-1)?.version ?? 0;

export const versionOf = (db: Database): number => Number(db.pragma('user_version', { simple: true }));

/**
 * Brings a database to the newest version, all steps in one transaction: a kill leaves it as it was.
 * Two processes may call it at once; the second waits and finds nothing to do. May throw SQLITE_BUSY.
 */
export function migrate(db: Database, environment: Environment, migrations: readonly Migration[] = MIGRATIONS): void {
  if (versionOf(db) >= latestVersion(migrations)) return;
  db.transaction(() => {
    const from = versionOf(db);
    for (const { version, up } of migrations) {
      if (version <= from) continue;
      db.exec(up);
      db.pragma(`user_version = ${version}`);
    }
    if (from === 0) {
      db.pragma(`application_id = ${APPLICATION_ID}`);
      db.prepare(`INSERT OR IGNORE INTO meta (key, value) VALUES ('environment', ?)`).run(environment);
    }
  }).immediate();
}
