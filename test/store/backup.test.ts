import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { MIGRATIONS } from '../../src/store/migrations/versions.ts';
import { latestVersion, migrate, versionOf } from '../../src/store/migrations.ts';
import { openStore } from '../../src/store/sqlite-store.ts';
import { verifyDatabase } from '../../src/store/verify.ts';
import { childProcesses } from './support/child.ts';
import { done, item } from './support/samples.ts';
import { claimed, movableClock, open, tempFile } from './support/world.ts';

const children = childProcesses();
const DAY_MS = 86_400_000;

async function filled(file = tempFile(), items = 40): Promise<string> {
  const store = await openStore(file, { environment: 'practice' });
  for (let n = 0; n < items; n += 1) {
    const each = item(`shirt-${n}`);
    await store.items.save(each, undefined);
    await store.outcomes.record(done(each, 'draft', { text: 'x'.repeat(9_000) }), await claimed(store, each));
  }
  await store.close();
  return file;
}

const countIn = (file: string): number => {
  const db = new Sqlite(file, { readonly: true });
  const count = Number(db.prepare('SELECT count(*) FROM items').pluck().get());
  db.close();
  return count;
};

const problems = async (file: string): Promise<readonly string[]> =>
  (await verifyDatabase(file, 'practice')).flatMap(({ problems: found }) => found);

describe('a backup', () => {
  it('is whole, one file, for its owner only, and writes over nothing', async () => {
    const file = await filled();
    const store = await open(file);
    const target = join(file, '..', 'new', 'copy.sqlite');
    expect(await store.upkeep.backUp(target)).toBe(target);
    expect([statSync(target).mode & 0o777, statSync(join(target, '..')).mode & 0o777]).toEqual([0o600, 0o700]);
    expect(readdirSync(join(target, '..'))).toEqual(['copy.sqlite']);
    expect([countIn(target), await problems(target)]).toEqual([40, []]);
    await expect(store.upkeep.backUp(target)).rejects.toMatchObject({ code: 'usage.invalid' });
  });

  it('holds one moment although another process writes on and on', async () => {
    const file = await filled();
    const store = await open(file);
    const shirt = item('shirt');
    await store.items.save(shirt, undefined);
    const child = children.start('record', file, shirt.id);
    await child.next();
    const target = join(file, '..', 'copy.sqlite');
    await store.upkeep.backUp(target);
    await child.next();
    expect(await problems(target)).toEqual([]);
  });

  it('is made once a day, and only so many are kept; those that were asked for stay', async () => {
    const file = await filled(tempFile(), 1);
    const clock = movableClock();
    const folder = join(file, '..', 'backups');
    const store = await openStore(file, { environment: 'practice', clock, backups: { folder, kept: 3 } });
    const asked = await store.upkeep.backUp();
    const abandoned = join(folder, '.practice.old.tmp');
    const foreign = join(folder, 'sandbox.2020-01-01T00-00-00Z.daily.sqlite');
    for (const path of [abandoned, foreign]) writeFileSync(path, '');
    const { utimesSync } = await import('node:fs');
    utimesSync(abandoned, 1, 1);
    for (let day = 0; day < 5; day += 1) {
      expect(await store.upkeep.backUpDaily()).toBeDefined();
      expect(await store.upkeep.backUpDaily()).toBeUndefined();
      clock.ms += DAY_MS;
    }
    await store.close();
    expect(readdirSync(folder)).toEqual([
      asked.slice(folder.length + 1),
      ...['04', '05', '06'].map((day) => `practice.2026-01-${day}T03-04-05Z.daily.sqlite`),
      'sandbox.2020-01-01T00-00-00Z.daily.sqlite',
    ]);
  });

  it('of none to be kept is not made', async () => {
    const file = await filled(tempFile(), 1);
    const folder = join(file, '..', 'backups');
    const store = await openStore(file, { environment: 'practice', backups: { folder, kept: 0 } });
    expect(await store.upkeep.backUpDaily()).toBeUndefined();
    await store.close();
    expect(existsSync(folder)).toBe(false);
  });

  it('that is killed in the middle leaves nothing that could be taken for one, and harms nothing', async () => {
    const file = await filled();
    const target = join(file, '..', 'backups', 'copy.sqlite');
    const child = children.start('backingUp', file, target);
    expect(await child.next()).toBe('here');
    await child.kill();
    expect(readdirSync(join(target, '..')).every((name) => name.startsWith('.'))).toBe(true);
    const store = await open(file);
    expect(await store.items.all()).toHaveLength(40);
    await store.upkeep.backUp(target);
    expect(countIn(target)).toBe(40);
  });
});

describe('before the tables change', () => {
  function older(version: number): string {
    const file = tempFile();
    const db = new Sqlite(file);
    migrate(
      db,
      'practice',
      MIGRATIONS.filter((step) => step.version <= version),
    );
    db.exec(`INSERT INTO runs (id, command, dry_run, started_at) VALUES ('old', 'list', 0, '2026-01-01')`);
    db.close();
    return file;
  }
  const versionIn = (file: string): number => {
    const db = new Sqlite(file, { readonly: true });
    const version = versionOf(db);
    db.close();
    return version;
  };

  it('a backup of the older form is made; a new database and one of today need none', async () => {
    const file = older(3);
    const folder = join(file, '..', 'backups');
    for (const _ of [1, 2]) await (await openStore(file, { environment: 'practice', backups: { folder, kept: 3 } })).close();
    const [backup, ...more] = readdirSync(folder);
    expect(backup).toMatch(new RegExp(`^practice\\..+Z\\.before-v${latestVersion()}\\.sqlite$`));
    expect(more).toEqual([]);
    expect([versionIn(join(folder, backup ?? '')), versionIn(file)]).toEqual([3, latestVersion()]);
    expect(await problems(join(folder, backup ?? ''))).toEqual([]);
  });

  it('nothing changes when that backup cannot be made', async () => {
    const file = older(3);
    const folder = join(file, '..', 'backups');
    writeFileSync(folder, 'a file where the folder should be');
    await expect(openStore(file, { environment: 'practice', backups: { folder, kept: 3 } })).rejects.toMatchObject({
      code: 'store.unusable',
    });
    expect(versionIn(file)).toBe(3);
  });

  it('a kill in the middle of a migration leaves the database as it was, and the next start migrates it', async () => {
    const file = older(1);
    const child = children.start('migrating', file);
    expect(await child.next()).toBe('here');
    await child.kill();
    expect(versionIn(file)).toBe(1);
    const store = await open(file);
    expect((await store.runs.latest())?.id).toBe('old');
    expect([versionIn(file), await problems(file)]).toEqual([latestVersion(), []]);
  });
});

describe('after an unclean end', () => {
  it('the whole database is checked, indexes too, until it was found sound', async () => {
    const file = await filled();
    const child = children.start('hold', file, item('shirt-1').id, '1000');
    await child.next();
    await child.kill();
    const db = new Sqlite(file);
    // An index that lacks a row: no page is broken, so that the quick check of every start is content.
    const [page] = db.prepare(`SELECT rootpage FROM sqlite_schema WHERE name = 'runs_by_start'`).pluck().all();
    db.exec(`INSERT INTO runs (id, command, dry_run, started_at) VALUES ('one', 'list', 0, '2026-01-01')`);
    db.unsafeMode(true);
    db.pragma('writable_schema = ON');
    db.exec(`DELETE FROM sqlite_schema WHERE name = 'runs_by_start'`);
    db.pragma('writable_schema = RESET');
    db.exec(`INSERT INTO runs (id, command, dry_run, started_at) VALUES ('two', 'list', 0, '2026-01-02')`);
    db.pragma('writable_schema = ON');
    db.prepare(
      `INSERT INTO sqlite_schema VALUES ('index', 'runs_by_start', 'runs', ?, 'CREATE INDEX runs_by_start ON runs (started_at)')`,
    ).run(page);
    db.close();
    for (const _ of [1, 2]) {
      await expect(openStore(file, { environment: 'practice' })).rejects.toMatchObject({ code: 'store.damaged' });
    }
    expect((await problems(file)).join()).toContain('runs_by_start');
    const mended = new Sqlite(file);
    mended.exec('REINDEX');
    mended.close();
    const store = await open(file);
    await store.close();
    const after = new Sqlite(file);
    expect(after.prepare('SELECT count(*) FROM openings').pluck().get()).toBe(0);
    after.close();
  });
});

it('a place for backups that is a full path of folders is made for its owner only', async () => {
  const file = await filled(tempFile(), 1);
  const store = await open(file);
  const folder = join(file, '..', 'a', 'b');
  mkdirSync(join(folder, '..'), { mode: 0o700 });
  await store.upkeep.backUp(join(folder, 'c.sqlite'));
  expect(statSync(folder).mode & 0o777).toBe(0o700);
});
