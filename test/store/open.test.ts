import { chmodSync, copyFileSync, mkdirSync, openSync, readFileSync, statSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../src/core/clock.ts';
import { EasyflipError } from '../../src/core/errors.ts';
import { latestVersion } from '../../src/store/migrations.ts';
import { openDatabase } from '../../src/store/open-database.ts';
import { assembleStore, openStore } from '../../src/store/sqlite-store.ts';
import { canMountPrivately, childProcesses } from './support/child.ts';
import { done, item } from './support/samples.ts';
import { claimed, open, tempFile, tempFolder } from './support/world.ts';

const children = childProcesses();

async function problemOf(work: Promise<unknown>): Promise<EasyflipError> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof EasyflipError)) throw new Error(`no EasyflipError but ${String(error)}`);
  expect(error.message).toMatch(/^[A-Z].*\.$/);
  expect(error.hint).toMatch(/^[A-Z].*\.$/);
  return error;
}

const opening = (file: string): Promise<EasyflipError> => problemOf(openStore(file, { environment: 'practice' }));

/** A closed database with enough in it to have many pages. */
async function filled(): Promise<string> {
  const file = tempFile();
  const store = await openStore(file, { environment: 'practice' });
  for (let n = 0; n < 40; n += 1) {
    const each = item(`shirt-${n}`);
    await store.items.save(each, undefined);
    await store.outcomes.record(done(each, 'draft', { text: 'x'.repeat(9_000) }), await claimed(store, each));
  }
  await store.close();
  return file;
}

function overwrite(file: string, position: number, bytes: Buffer): void {
  writeSync(openSync(file, 'r+'), bytes, 0, bytes.length, position);
}

describe('opening', () => {
  it('creates folder and files for their owner only, and finds everything again', async () => {
    const file = join(tempFolder(), 'new', 'deeper', 'practice.db');
    const store = await open(file);
    const shirt = item('shirt');
    await store.items.save(shirt, undefined);
    const modes = [join(file, '..'), join(file, '../..'), file, `${file}-wal`, `${file}-shm`].map((path) => statSync(path).mode & 0o777);
    expect(modes).toEqual([0o700, 0o700, 0o600, 0o600, 0o600]);
    await store.close();
    await store.close();
    expect((await (await open(file)).items.get(shirt.id))?.item).toEqual(shirt);
  });

  it('writes through to the disk, checks references and keeps a log', async () => {
    const { db } = await openDatabase(tempFile(), 'practice');
    const pragmas = ['journal_mode', 'synchronous', 'foreign_keys', 'user_version'].map((name) => db.pragma(name, { simple: true }));
    expect(pragmas).toEqual(['wal', 2, 1, latestVersion()]);
    db.close();
  });

  it('refuses a database of another environment and leaves it as it is', async () => {
    const file = await filled();
    const before = readFileSync(file);
    const error = await problemOf(openStore(file, { environment: 'production' }));
    expect(error.code).toBe('config.invalid');
    expect(error.message).toContain('practice');
    expect(error.hint).toContain('--env practice');
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it('refuses a database of a newer easyflip', async () => {
    const file = await filled();
    const db = new Sqlite(file);
    db.pragma(`user_version = ${latestVersion() + 1}`);
    db.close();
    expect((await opening(file)).code).toBe('store.newer');
  });

  it('never touches a database of another program', async () => {
    const file = tempFile();
    const db = new Sqlite(file);
    db.exec('CREATE TABLE songs (title TEXT)');
    db.close();
    const before = readFileSync(file);
    const error = await opening(file);
    expect([error.code, error.message]).toEqual(['store.unusable', `The file ${file} is a database of another program.`]);
    expect(readFileSync(file).equals(before)).toBe(true);
  });
});

describe('a damaged database', () => {
  const kinds: Readonly<Record<string, (file: string) => void>> = {
    'that is a text file': (file) => writeFileSync(file, 'Dear diary, today I sold a shirt.\n'.repeat(200)),
    'whose first page is zeroed': (file) => overwrite(file, 0, Buffer.alloc(4096)),
    'whose schema page is scribbled over': (file) => overwrite(file, 100, Buffer.alloc(2000, 0xa5)),
    'with a zeroed page in the middle': (file) => overwrite(file, 4096 * pageOf(file, 'items'), Buffer.alloc(4096)),
    'with a zeroed index page': (file) => overwrite(file, 4096 * pageOf(file, 'outcomes_by_listing'), Buffer.alloc(4096)),
    'cut in the middle of a page': (file) => truncateSync(file, Math.floor(statSync(file).size / 2) + 100),
    'cut at the border of a page': (file) => truncateSync(file, 4096 * Math.floor(statSync(file).size / 8192)),
    'that lacks a table': (file) => {
      const db = new Sqlite(file);
      db.exec('DROP TABLE claims');
      db.close();
    },
    'that does not know its environment': (file) => {
      const db = new Sqlite(file);
      db.exec('DELETE FROM meta');
      db.close();
    },
    'that is empty beside a filled log': (file) => {
      const db = new Sqlite(file);
      db.exec('UPDATE items SET sku = lower(sku)');
      copyFileSync(`${file}-wal`, `${file}.saved`);
      db.close();
      copyFileSync(`${file}.saved`, `${file}-wal`);
      truncateSync(file, 0);
    },
  };

  it.each(Object.entries(kinds))('%s is refused and not changed', async (_, damage) => {
    const file = await filled();
    damage(file);
    const before = readFileSync(file);
    expect((await opening(file)).code).toBe('store.damaged');
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it('with an unreadable value says so when it is read', async () => {
    const file = await filled();
    const store = await open(file);
    const { db } = await openDatabase(file, 'practice');
    db.exec(`UPDATE items SET seller = '{"brand": '`);
    db.close();
    expect((await problemOf(store.items.all())).code).toBe('store.damaged');
  });
});

function pageOf(file: string, name: string): number {
  const db = new Sqlite(file, { readonly: true });
  const page = Number(db.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').pluck().get(name));
  db.close();
  return page - 1;
}

describe('a place that cannot be used', () => {
  it('is a file where the folder should be', async () => {
    const folder = join(tempFolder(), 'data');
    writeFileSync(folder, '');
    expect((await opening(join(folder, 'practice.db'))).code).toBe('store.unusable');
    expect((await opening(join(folder, 'deeper', 'practice.db'))).code).toBe('store.unusable');
  });

  it('is a folder where the file should be', async () => {
    const file = tempFile();
    mkdirSync(file);
    expect((await opening(file)).code).toBe('store.unusable');
  });

  it('is a database that another process keeps locked', async () => {
    const { whileBusy } = await import('../../src/store/connection.ts');
    const file = await filled();
    const [mine, other] = [new Sqlite(file, { timeout: 0 }), new Sqlite(file)];
    other.exec('BEGIN IMMEDIATE');
    const error = await problemOf(whileBusy(() => mine.exec('BEGIN IMMEDIATE'), file, 100));
    expect([error.code, error.retryable]).toEqual(['store.unusable', true]);

    // Set free while it is waited for: the operation goes through.
    const waiting = whileBusy(() => mine.exec('BEGIN IMMEDIATE'), file);
    other.exec('COMMIT');
    await waiting;
    mine.close();
    other.close();
  });
});

/** The rights of nobody, also when the tests run as root, who may write anywhere. */
async function withoutRights<T>(work: () => Promise<T>): Promise<T> {
  if (process.geteuid?.() !== 0) return work();
  process.seteuid?.(65_534);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
  }
}

const rightsCount = process.platform !== 'win32';

describe.skipIf(!rightsCount)('what may only be read', () => {
  it('is a folder without the right to write', async () => {
    const file = await filled();
    const folder = join(file, '..');
    chmodSync(file, 0o666);
    chmodSync(folder, 0o555);
    expect((await withoutRights(() => opening(file))).code).toBe('store.read-only');
    expect((await withoutRights(() => opening(join(folder, 'new', 'practice.db')))).code).toBe('store.read-only');
    chmodSync(folder, 0o700);
  });

  it('is a file without the right to write', async () => {
    const file = await filled();
    chmodSync(join(file, '..'), 0o777);
    chmodSync(file, 0o444);
    expect((await withoutRights(() => opening(file))).code).toBe('store.read-only');
  });

  it.skipIf(!canMountPrivately())('is a disk that is mounted read-only (needs Linux user namespaces)', async () => {
    const file = await filled();
    const child = children.startOnDisk('mount -t tmpfs -o ro tmpfs', join(file, '..'), 'open', file);
    expect(await child.next()).toMatchObject({ code: 'store.read-only' });
  });

  it('is an open database that SQLite was told not to write', async () => {
    const file = await filled();
    const connection = await openDatabase(file, 'practice');
    const store = assembleStore(connection, systemClock);
    connection.db.pragma('query_only = ON');
    expect((await problemOf(store.items.save(item('late'), undefined))).code).toBe('store.read-only');
    expect(await store.items.all()).toHaveLength(40);
    connection.db.close();
  });
});

describe('a full disk', () => {
  it('stops the write, keeps what was there, and goes on once there is space', async () => {
    const file = await filled();
    const connection = await openDatabase(file, 'practice');
    const store = assembleStore(connection, systemClock);
    const [first] = await store.items.all();
    if (!first) throw new Error('nothing stored');
    const claim = await claimed(store, first.item);
    const big = done(first.item, 'specify', { text: 'y'.repeat(500_000) });
    connection.db.pragma('max_page_count = 1');

    expect((await problemOf(store.outcomes.record(big, claim))).code).toBe('store.full');
    expect((await store.outcomes.ofItem(first.item.id)).map(({ stage }) => stage)).toEqual(['draft']);
    connection.db.pragma('max_page_count = 100000');
    await store.outcomes.record(big, claim);
    expect((await store.outcomes.ofItem(first.item.id)).map(({ stage }) => stage)).toEqual(['draft', 'specify']);
    await store.close();
  });

  it.skipIf(!canMountPrivately())('is told apart on a disk that is really full (needs Linux user namespaces)', async () => {
    const folder = tempFolder();
    const child = children.startOnDisk('mount -t tmpfs -o size=1m tmpfs', folder, 'fill', join(folder, 'practice.db'), item('shirt').id);
    expect(await child.next()).toMatchObject({ problem: { code: 'store.full' }, stages: ['prepare'], after: ['prepare', 'price'] });
  });
});
