import { copyFileSync, existsSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { latestVersion } from '../../src/store/migrations.ts';
import { restoreDatabase } from '../../src/store/restore.ts';
import { openStore } from '../../src/store/sqlite-store.ts';
import { verifyDatabase } from '../../src/store/verify.ts';
import { childProcesses } from './support/child.ts';
import { done, item } from './support/samples.ts';
import { claimed, open, tempFile } from './support/world.ts';

const children = childProcesses();
const NOW = Date.UTC(2026, 10, 24, 17, 30);
const restore = (backup: string, file: string) => restoreDatabase(backup, file, 'practice', NOW);

/** A database with two items and a backup of when it had one. */
async function twoMoments(): Promise<{ readonly file: string; readonly backup: string }> {
  const file = tempFile();
  const backup = join(file, '..', 'early.sqlite');
  const store = await openStore(file, { environment: 'practice' });
  for (const name of ['early', 'late']) {
    const each = item(name);
    await store.items.save(each, undefined);
    const claim = await claimed(store, each);
    await store.outcomes.record(done(each, 'admit', {}), claim);
    await store.outcomes.record(done(each, 'draft', { text: 'x'.repeat(20_000) }), claim);
    if (name === 'early') await store.upkeep.backUp(backup);
  }
  await store.close();
  return { file, backup };
}

const namesIn = (file: string): unknown[] => {
  const db = new Sqlite(file, { readonly: true });
  const names = db.prepare(`SELECT source_name FROM items ORDER BY 1`).pluck().all();
  db.close();
  return names;
};

const problems = async (file: string): Promise<readonly string[]> =>
  (await verifyDatabase(file, 'practice')).flatMap(({ problems: found }) => found);

describe('restoring', () => {
  it('puts the backup in place and keeps what it replaces; eBay is asked anew', async () => {
    const { file, backup } = await twoMoments();
    const { replaced } = await restore(backup, file);
    expect(replaced).toBe(`${file}.2026-11-24T17-30-00Z.replaced`);
    expect([namesIn(file), namesIn(replaced ?? '')]).toEqual([['early'], ['early', 'late']]);
    expect([statSync(file).mode & 0o777, statSync(replaced ?? '').mode & 0o777]).toEqual([0o600, 0o600]);
    const store = await open(file);
    expect((await store.outcomes.ofItem(item('early').id)).map(({ stage }) => stage)).toEqual(['draft']);
    expect([await problems(file), await problems(replaced ?? ''), await problems(backup)]).toEqual([[], [], []]);
  });

  it('works where there is no database, and in the place of a broken one, which is kept as it is', async () => {
    const { file, backup } = await twoMoments();
    const nowhere = join(file, '..', 'new', 'practice.db');
    expect(await restore(backup, nowhere)).toEqual({ replaced: undefined });
    expect(namesIn(nowhere)).toEqual(['early']);

    truncateSync(file, 9_000);
    const broken = readFileSync(file);
    const { replaced } = await restore(backup, file);
    expect(readFileSync(replaced ?? '').equals(broken)).toBe(true);
    expect([namesIn(file), await problems(file)]).toEqual([['early'], []]);
  });

  it('keeps the log of a database that lost its contents: it is all that is left', async () => {
    const { file, backup } = await twoMoments();
    truncateSync(file, 0);
    writeFileSync(`${file}-wal`, 'a log');
    const { replaced } = await restore(backup, file);
    expect(readFileSync(`${replaced}-wal`, 'utf8')).toBe('a log');
    expect([namesIn(file), await problems(file)]).toEqual([['early'], []]);
  });

  it('refuses while another process has the database open, and changes nothing', async () => {
    const { file, backup } = await twoMoments();
    const child = children.start('hold', file, item('early').id, '60000');
    await child.next();
    await expect(restore(backup, file)).rejects.toMatchObject({
      code: 'store.unusable',
      message: expect.stringContaining('Another process'),
    });
    await child.kill();
    expect(namesIn(file)).toEqual(['early', 'late']);
    await restore(backup, file);
    expect(namesIn(file)).toEqual(['early']);
  });

  it('a process that waited while it happened works with the new database', async () => {
    const { file, backup } = await twoMoments();
    const blocker = new Sqlite(file);
    blocker.pragma('locking_mode = EXCLUSIVE');
    blocker.exec('BEGIN EXCLUSIVE');
    const child = children.start('hold', file, item('late').id, '60000');
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    // What restoring does, with the lock held: the file is another one when the child gets to read.
    const { renameSync } = await import('node:fs');
    copyFileSync(backup, `${backup}.copy`);
    renameSync(`${backup}.copy`, file);
    blocker.exec('COMMIT');
    blocker.close();
    expect(await child.next()).toMatchObject({ token: 1 });
    const db = new Sqlite(file);
    expect(db.prepare('SELECT count(*) FROM openings').pluck().get()).toBe(1);
    db.close();
  });

  const unfit: Readonly<Record<string, readonly [(backup: string) => void, string]>> = {
    'that is damaged': [(backup) => truncateSync(backup, statSync(backup).size - 8_192), 'store.damaged'],
    'that is a text': [(backup) => writeFileSync(backup, 'Dear diary'), 'store.damaged'],
    'that is empty': [(backup) => writeFileSync(backup, ''), 'store.damaged'],
    'of another program': [(backup) => change(backup, 'PRAGMA application_id = 7'), 'store.unusable'],
    'of a newer easyflip': [(backup) => change(backup, `PRAGMA user_version = ${latestVersion() + 1}`), 'store.newer'],
    'of another environment': [(backup) => change(backup, `UPDATE meta SET value = 'sandbox'`), 'config.invalid'],
    'with rows that refer to nothing': [(backup) => change(backup, 'PRAGMA foreign_keys = OFF; DELETE FROM items'), 'store.damaged'],
  };
  it.each(Object.entries(unfit))('refuses a backup %s, and changes nothing', async (_, [spoil, code]) => {
    const { file, backup } = await twoMoments();
    spoil(backup);
    await expect(restore(backup, file)).rejects.toMatchObject({ code });
    expect(namesIn(file)).toEqual(['early', 'late']);
    expect(readdirSync(join(file, '..')).filter((name) => /restoring|replaced/.test(name))).toEqual([]);
  });

  it('refuses a file that is not there', async () => {
    const { file } = await twoMoments();
    await expect(restore(`${file}.nothing`, file)).rejects.toMatchObject({ code: 'store.unusable' });
  });

  it.each(['sound', 'broken'])('killed at any moment in the place of a %s database: either is whole, nothing is lost', async (kind) => {
    let moments = 0;
    for (let nth = 1; ; nth += 1) {
      const { file, backup } = await twoMoments();
      if (kind === 'broken') truncateSync(file, 9_000);
      const child = children.start('restoring', file, backup, String(nth));
      const said = await child.next();
      await child.kill();
      if (said === 'done') break;
      moments += 1;
      expect(existsSync(file)).toBe(true);
      const kept = readdirSync(join(file, '..')).filter((name) => name.endsWith('.replaced'));
      if (kind === 'sound') {
        const store = await open(file);
        const names = (await store.items.all()).map(({ item: one }) => basename(one.source)).sort();
        if (names.length === 1) expect(namesIn(join(file, '..', kept[0] ?? ''))).toEqual(['early', 'late']);
        else expect(names).toEqual(['early', 'late']);
        await store.close();
      }
      // Said again it goes through, whatever was left half done.
      await restoreDatabase(backup, file, 'practice', NOW + 1_000 * nth);
      expect([namesIn(file), namesIn(backup), await problems(file)]).toEqual([['early'], ['early'], []]);
    }
    expect(moments).toBeGreaterThanOrEqual(6);
  });
});

function change(file: string, sql: string): void {
  const db = new Sqlite(file);
  db.exec(sql);
  db.close();
}
