import type { Database } from 'better-sqlite3';
import { EasyflipError } from '../core/errors.ts';
import type { Environment } from '../core/settings.ts';
import { damaged, newer, unusable } from './errors.ts';
import { TABLES } from './migrations/versions.ts';
import { APPLICATION_ID, latestVersion, versionOf } from './migrations.ts';

/** A file without a table: SQLite has it, and nobody has written to it yet. */
export const isBlank = (db: Database): boolean =>
  versionOf(db) === 0 && Number(db.prepare('SELECT count(*) FROM sqlite_schema').pluck().get()) === 0;

/** Ours, and of no newer easyflip. Errors: `store.unusable`, `store.newer`. */
export function checkOurs(db: Database, file: string): void {
  if (Number(db.pragma('application_id', { simple: true })) !== APPLICATION_ID) {
    throw unusable(`The file ${file} is a database of another program.`, 'Choose another folder with --data-dir or EASYFLIP_DATA_DIR.');
  }
  const version = versionOf(db);
  if (version > latestVersion()) throw newer(file, version, latestVersion());
}

/** Reads every page. Errors: `store.damaged`. */
export function checkPages(db: Database, file: string): void {
  if (String(db.pragma('quick_check(1)', { simple: true })) !== 'ok') throw damaged(file, 'SQLite finds broken pages in it');
}

/** Holds indexes against their tables, and references against what they refer to: several times the work. Errors: `store.damaged`. */
export function checkThoroughly(db: Database, file: string): void {
  const verdict = String(db.pragma('integrity_check(1)', { simple: true }));
  if (verdict !== 'ok') throw damaged(file, `SQLite finds it inconsistent (${verdict})`);
  const [broken] = db.pragma('foreign_key_check') as readonly { readonly table: string }[];
  if (broken) throw damaged(file, `rows of its table ${broken.table} refer to nothing`);
}

/** Has everything, and belongs to this environment. Of an older version only the environment is known. Errors: `store.damaged`, `config.invalid`. */
export function checkContents(db: Database, file: string, environment: Environment): void {
  const present = new Set(db.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table'`).pluck().all());
  const wanted = versionOf(db) === latestVersion() ? TABLES : (['meta'] as const);
  const missing = wanted.filter((table) => !present.has(table));
  if (missing.length > 0) throw damaged(file, `it has no table ${missing.join(', ')}`);
  const stored = db.prepare(`SELECT value FROM meta WHERE key = 'environment'`).pluck().get();
  if (typeof stored !== 'string') throw damaged(file, 'it does not say which environment it belongs to');
  if (stored !== environment) {
    throw new EasyflipError('config.invalid', `The database ${file} belongs to the ${stored} environment, not to ${environment}.`, {
      hint: `Run with --env ${stored}, or choose another folder with --data-dir.`,
    });
  }
}
