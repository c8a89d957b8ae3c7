import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Store } from '../../src/core/ports/store.ts';
import { restoreDatabase } from '../../src/store/restore.ts';
import { stateOf } from '../../src/store/sealing.ts';
import { openStore } from '../../src/store/sqlite-store.ts';
import { switchCopy, switchDatabase } from '../../src/store/switch-sealing.ts';
import { verifyDatabase } from '../../src/store/verify.ts';
import { childProcesses } from './support/child.ts';
import { done, item } from './support/samples.ts';
import { claimed, tempFile } from './support/world.ts';

const children = childProcesses();
const key = new Uint8Array(randomBytes(32));
const WORD = 'Zebrastripe Teapot';
const NOW = Date.UTC(2026, 10, 24, 17, 30);

async function fill(store: Store, name = 'one'): Promise<void> {
  const each = item(name);
  await store.items.save(each, undefined);
  await store.outcomes.record(done(each, 'draft', { text: `${WORD} ${'x'.repeat(20_000)}` }), await claimed(store, each));
  await store.journal.answered(`model:${name}`, 'model:x', { reply: WORD });
}

async function written(sealed: boolean): Promise<string> {
  const file = tempFile();
  const store = await openStore(file, { environment: 'practice', ...(sealed ? { key } : {}) });
  await fill(store);
  await store.close();
  return file;
}

/** What another process is told that wants to read, without patience. */
const readByAnother = (file: string): string =>
  spawnSync(process.execPath, [
    '-e',
    `try { new (require('better-sqlite3'))(process.argv[1], { timeout: 0 }).prepare('SELECT 1 FROM items').get(); console.log('read') } catch (e) { console.log(e.message) } process.exit(0)`,
    file,
  ]).stdout.toString();

/** Every file of the folder that holds the word as it was written. */
const tellers = (file: string): string[] =>
  readdirSync(dirname(file)).filter((name) => {
    const bytes = readFileSync(join(dirname(file), name));
    return bytes.includes(WORD) || bytes.includes('item_id');
  });
const texts = async (file: string, withKey: Uint8Array | undefined): Promise<unknown[]> => {
  const store = await openStore(file, { environment: 'practice', key: withKey });
  const found = (await store.outcomes.ofItem(item('one').id)).map(({ output }) => (output as { text: string }).text.slice(0, WORD.length));
  await store.close();
  return found;
};
const nothing = async (): Promise<void> => {};
const problems = async (file: string, withKey?: Uint8Array): Promise<readonly string[]> =>
  (await verifyDatabase(file, 'practice', withKey)).flatMap(({ problems: found }) => found);

describe('a sealed database', () => {
  it('tells nothing in its file and its log, not even names of tables, while it is open and after', async () => {
    const file = tempFile();
    const store = await openStore(file, { environment: 'practice', key });
    await fill(store);
    expect(statSync(`${file}-wal`).size).toBeGreaterThan(20_000);
    expect(tellers(file)).toEqual([]);
    await store.close();
    expect(tellers(file)).toEqual([]);
    expect(tellers(await written(false))).not.toEqual([]);
    expect(await texts(file, key)).toEqual([WORD]);
    expect([statSync(file).mode & 0o777, stateOf(file)]).toEqual([0o600, 'sealed']);
  });

  it('is refused without its key and with another one, and stays whole', async () => {
    const file = await written(true);
    await expect(openStore(file, { environment: 'practice' })).rejects.toMatchObject({ code: 'store.locked' });
    await expect(openStore(file, { environment: 'practice', key: new Uint8Array(32) })).rejects.toMatchObject({ code: 'store.damaged' });
    expect(await problems(file, key)).toEqual([]);
    expect(await texts(file, key)).toEqual([WORD]);
  });

  it('finds a page that was changed by one bit', async () => {
    const file = await written(true);
    const bytes = readFileSync(file);
    bytes.writeUInt8(bytes.readUInt8(9_000) ^ 1, 9_000);
    writeFileSync(file, bytes);
    expect(await problems(file, key)).not.toEqual([]);
  });

  it('is backed up sealed while others write, and restored; a plain backup is sealed on its way in', async () => {
    const file = await written(true);
    const backup = join(dirname(file), 'backup.sqlite');
    const store = await openStore(file, { environment: 'practice', key });
    await store.upkeep.backUp(backup);
    await fill(store, 'two');
    await store.close();
    expect([stateOf(backup), statSync(backup).mode & 0o777, await problems(backup, key)]).toEqual(['sealed', 0o600, []]);
    const plain = await written(false);
    for (const from of [backup, plain]) {
      await restoreDatabase(from, file, 'practice', NOW + (from === plain ? 1000 : 0), { key, to: 'sealed' });
      expect([stateOf(file), await texts(file, key)]).toEqual(['sealed', [WORD]]);
    }
    expect(tellers(file)).toEqual([]);
  });
});

describe('switching', () => {
  it('leaves nothing in the clear, and back again everything as it was', async () => {
    const file = await written(false);
    const before = readFileSync(file);
    let held = 0;
    const meanwhile = async (): Promise<void> => {
      held += 1;
      expect(readByAnother(file)).toContain('database is locked');
    };
    await switchDatabase(file, { key, to: 'sealed', meanwhile });
    await switchDatabase(file, { key, to: 'sealed', meanwhile });
    expect([held, tellers(file), await texts(file, key), await problems(file, key)]).toEqual([1, [], [WORD], []]);
    await switchDatabase(file, { key, to: 'plain', meanwhile: nothing });
    expect([stateOf(file), await texts(file, undefined), await problems(file)]).toEqual(['plain', [WORD], []]);
    expect(readFileSync(file).length).toBe(before.length);
    expect(readdirSync(dirname(file)).filter((name) => name.includes('switching'))).toEqual([]);
  });

  it('refuses while another process has the database open, and changes nothing', async () => {
    const file = await written(false);
    const other = children.start('hold', file, item('one').id, '60000');
    await other.next();
    const switching = switchDatabase(file, { key, to: 'sealed', meanwhile: () => Promise.reject(new Error('not alone')) });
    await expect(Promise.race([switching, new Promise((done) => setTimeout(done, 1_000, 'waits'))])).resolves.toBe('waits');
    await other.kill();
    await expect(switching).rejects.toThrow('not alone');
    expect(await texts(file, undefined)).toEqual([WORD]);
  });

  it('leaves the one or the other whole after a kill at any change of files, and the next start finishes it', async () => {
    let nth = 1;
    for (; ; nth += 1) {
      const file = await written(false);
      const child = children.start('switching', file, Buffer.from(key).toString('hex'), String(nth));
      const said = await child.next();
      await child.kill();
      expect(await texts(file, key), `after ${nth}`).toEqual([WORD]);
      await switchDatabase(file, { key, to: 'sealed', meanwhile: nothing });
      expect([tellers(file), await texts(file, key)], `after ${nth}`).toEqual([[], [WORD]]);
      if (said === 'done') break;
    }
    expect(nth).toBeGreaterThan(5);
  });

  it('leaves a file alone that is none of ours', async () => {
    const file = tempFile();
    writeFileSync(file, 'a letter to nobody, longer than the head of a database');
    await switchCopy(file, { key, to: 'sealed' });
    await switchDatabase(`${file}-not-there`, { key, to: 'sealed', meanwhile: nothing });
    expect([readFileSync(file, 'utf8').slice(0, 8), existsSync(`${file}-not-there`)]).toEqual(['a letter', false]);
  });
});
