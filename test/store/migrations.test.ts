import Sqlite, { type Database } from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { MIGRATIONS, TABLES } from '../../src/store/migrations/versions.ts';
import { latestVersion, migrate, versionOf } from '../../src/store/migrations.ts';
import { openDatabase } from '../../src/store/open-database.ts';
import { openStore } from '../../src/store/sqlite-store.ts';
import { childProcesses } from './support/child.ts';
import { tempFile } from './support/world.ts';

const children = childProcesses();
const schemaOf = (db: Database): unknown[] => db.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY name').all();
const NEXT = { version: latestVersion() + 1, up: 'CREATE TABLE later (id INTEGER PRIMARY KEY) STRICT; INSERT INTO later VALUES (7);' };

/** A database as an earlier easyflip left it. */
function older(version: number): string {
  const file = tempFile();
  const db = new Sqlite(file);
  migrate(
    db,
    'practice',
    MIGRATIONS.filter((step) => step.version <= version),
  );
  if (version > 0) db.exec(`INSERT INTO runs (id, command, dry_run, started_at) VALUES ('old', 'list', 0, '2026-01-01')`);
  db.close();
  return file;
}

describe('migrations', () => {
  it('are numbered one by one from 1', () => {
    expect(MIGRATIONS.map(({ version }) => version)).toEqual(MIGRATIONS.map((_, at) => at + 1));
  });

  it.each([0, ...MIGRATIONS.map(({ version }) => version)])(
    'lead from version %i to the newest schema, and keep what was stored',
    async (version) => {
      const fresh = await openDatabase(tempFile(), 'practice');
      const migrated = await openDatabase(older(version), 'practice');
      expect(versionOf(migrated.db)).toBe(latestVersion());
      expect(schemaOf(migrated.db)).toEqual(schemaOf(fresh.db));
      expect(migrated.db.prepare('SELECT id FROM runs').pluck().all()).toEqual(version > 0 ? ['old'] : []);
      fresh.db.close();
      migrated.db.close();
    },
  );

  it('make exactly the tables that opening expects', async () => {
    const { db } = await openDatabase(tempFile(), 'practice');
    const made = db.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`).pluck().all();
    expect(made.sort()).toEqual([...TABLES].sort());
    db.close();
  });

  it('are applied once, and a step more is a step more', () => {
    const db = new Sqlite(older(latestVersion()));
    migrate(db, 'practice', [...MIGRATIONS, NEXT]);
    migrate(db, 'practice', [...MIGRATIONS, NEXT]);
    expect(versionOf(db)).toBe(NEXT.version);
    expect(db.prepare('SELECT id FROM later').pluck().all()).toEqual([7]);
    expect(db.prepare(`SELECT value FROM meta WHERE key = 'environment'`).pluck().all()).toEqual(['practice']);
    db.close();
  });

  it('leave the database as it was when a step fails', () => {
    const file = older(latestVersion());
    const db = new Sqlite(file);
    const before = schemaOf(db);
    const broken = { version: NEXT.version + 1, up: 'CREATE TABLE more (id); INSERT INTO nowhere VALUES (1);' };
    expect(() => migrate(db, 'practice', [...MIGRATIONS, NEXT, broken])).toThrow('nowhere');
    expect([versionOf(db), schemaOf(db)]).toEqual([latestVersion(), before]);
    db.close();
  });

  it('may be begun by several processes at once, from a file that has nothing yet', async () => {
    const file = older(0);
    const starters = ['a', 'b', 'c'].map((name) => children.start('create', file, name));
    expect(await Promise.all(starters.map((child) => child.next()))).toEqual(['created', 'created', 'created']);
    const store = await openStore(file, { environment: 'practice' });
    expect((await store.runs.latest())?.command).toBe('list');
    await store.close();
  });
});
