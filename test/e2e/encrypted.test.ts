import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { completeItems } from '../support/items.ts';
import { finished, World } from '../support/world.ts';

let world: World;
beforeEach(async () => {
  world = await World.open();
});
afterEach(() => world.close());

const encrypt = (wanted: boolean): void =>
  writeFileSync(join(world.root, 'easyflip.config.json'), JSON.stringify({ store: { encryptAtRest: wanted } }));

const files = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

/** Files below the data folder that tell what is listed: words of the sidecars, names of folders and tables, pictures. */
const tellers = (): string[] =>
  files(world.data)
    .filter((path) => {
      const bytes = readFileSync(path);
      const isPicture = bytes[0] === 0xff && bytes[1] === 0xd8;
      return isPicture || ['Test Shirt Number', 'Brand 1', 'item-1/a.jpg', 'name_words'].some((word) => bytes.includes(word));
    })
    .map((path) => path.slice(world.data.length + 1));

const pictures = (): string => join(world.data, 'practice', 'pictures');

it('what is there is encrypted and decrypted by the setting; every command tells the same, and nothing is listed twice', async () => {
  await completeItems(world, 2);
  expect(finished(await world.run('list', world.photos, '--json', '--publish', 'review')).counts.held).toBe(2);
  const before = (await world.run('status', '--json')).out;
  const ids = [...before.matchAll(/"id":"([A-Z0-9]+)"/g)].map(([, id]) => id ?? '');
  const [anItem = ''] = ids;
  const shown = (await world.run('show', anItem)).out;
  expect(tellers()).toEqual(
    expect.arrayContaining(['practice.sqlite', expect.stringMatching(/^backups.*daily/), expect.stringContaining('-picture-')]),
  );

  encrypt(true);
  // Two at once: one of them does it.
  const [first, second] = await Promise.all([world.run('status', '--json'), world.run('status', '--json')]);
  expect([first.err, first.out, second.err, second.out]).toEqual(['', before, '', before]);
  expect(tellers()).toEqual([]);
  expect((await world.run('show', anItem)).out).toBe(shown);
  for (const file of ['practice.key.json', 'storage.key']) expect(statSync(join(world.data, file)).mode & 0o777).toBe(0o600);

  const copy = join(world.root, 'copy.sqlite');
  expect((await world.run('backup', copy)).code).toBe(0);
  for (const args of [['verify'], ['verify', copy], ['doctor', '--json']])
    expect((await world.run(...args)).code, args.join(' ')).not.toBe(2);
  // Prepared pictures are used as they lie: what was approved is what goes live.
  const made = readdirSync(pictures()).sort();
  for (const id of ids) expect((await world.run('approve', id)).code).toBe(0);
  const { counts } = finished(await world.run('list', world.photos, '--json'));
  expect([counts, (await world.listings()).length]).toMatchObject([{ failed: 0, held: 0, already: 2 }, 2]);
  expect(readdirSync(pictures()).every((name) => made.includes(name))).toBe(true);
  await completeItems(world, 1, 3);
  const [one, other] = await Promise.all([world.run('list', world.photos, '--json'), world.run('list', world.photos, '--json')]);
  expect([one.code, other.code]).toEqual([0, 0]);
  expect(await world.listings()).toHaveLength(3);
  expect((await world.run('restore', copy, '--yes')).code).toBe(0);
  expect(finished(await world.run('list', world.photos, '--json')).counts.already).toBe(3);
  expect(tellers()).toEqual([]);
  expect(readFileSync(copy).includes('Test Shirt')).toBe(false);

  encrypt(false);
  expect((await world.run('status', '--json')).code).toBe(0);
  expect(tellers()).toContain('practice.sqlite');
  expect(finished(await world.run('list', world.photos, '--json')).counts.already).toBe(3);
  // A sealed backup of before can still be used.
  expect((await world.run('restore', copy, '--yes')).code).toBe(0);
  expect(finished(await world.run('list', world.photos, '--json')).counts.already).toBe(3);
  expect(await world.listings()).toHaveLength(3);
}, 240_000);

describe('encrypted from the first run', () => {
  it('killed in the middle and run again: one listing per item, and the disk tells nothing at either moment', async () => {
    encrypt(true);
    await completeItems(world, 4);
    const { child, ended } = world.start(['list', world.photos, '--json']);
    child.stdout?.on('data', (chunk: Buffer) => chunk.toString().includes('"item.finished"') && child.kill('SIGKILL'));
    expect((await ended).signal).toBe('SIGKILL');
    expect(statSync(join(world.data, 'practice.sqlite-wal')).size).toBeGreaterThan(0);
    expect(tellers()).toEqual([]);
    const { counts } = finished(await world.run('list', world.photos, '--json'));
    expect((counts.listed ?? 0) + (counts.already ?? 0)).toBe(4);
    const listings = await world.listings();
    expect([listings.length, new Set(listings.map(({ sku }) => sku)).size]).toEqual([4, 4]);
    expect(tellers()).toEqual([]);
  }, 120_000);

  it('a report for a bug is written, with no listing data and no key in it; with items it says so, and that it lies unencrypted', async () => {
    encrypt(true);
    await completeItems(world, 2);
    const headers = { 'content-type': 'application/json' };
    const errors = [{ errorId: 25002, domain: 'API_INVENTORY', category: 'REQUEST', message: 'Not so: Test Shirt Number 1.' }];
    const refuse = { match: { operation: 'bulkPublishOffer|publishOffer' }, action: { type: 'answer', status: 400, body: { errors } } };
    const body = JSON.stringify([refuse]);
    expect((await fetch(`${world.practice.url}/_practice/faults`, { method: 'POST', headers, body })).ok).toBe(true);
    expect(finished(await world.run('list', world.photos, '--json')).counts).toMatchObject({ failed: 2 });

    expect((await world.run('report', '--bundle', 'plain.txt')).out).toContain('It lies unencrypted.');
    const text = readFileSync(join(world.root, 'plain.txt'), 'utf8');
    // It tells of the run and its failures, and so does the log: in codes and numbers.
    for (const piece of [/^failed: 2$/m, /25002/, /"msg":"run\.finished"/, /^store\.encryptAtRest = true \(file\)$/m])
      expect(text).toMatch(piece);
    const [status] = (await world.run('status', '--json')).lines as unknown as [{ items: { title?: string }[] }];
    expect(JSON.stringify(status)).toContain('Test Shirt Number 1');
    const key = readFileSync(join(world.data, 'storage.key'), 'utf8').trim();
    const secrets = [key, key.slice(0, 16), 'practice-cert', 'practice-refresh-token'];
    for (const secret of [...secrets, 'Test Shirt', 'Brand 1', 'item-1', '11.99', world.root]) expect(text).not.toContain(secret);

    expect((await world.run('report', '--bundle', 'with.txt', '--with-items')).code).toBe(0);
    const told = readFileSync(join(world.root, 'with.txt'), 'utf8');
    expect(told).toMatch(/^You asked for titles.*\nIt lies unencrypted, whatever store\.encryptAtRest says\./m);
    expect(told).toContain('Test Shirt Number 1');
    for (const secret of secrets) expect(told).not.toContain(secret);
    // And it has changed nothing of what lies in the data folder.
    expect(tellers()).toEqual([]);
  });

  it('without its key tells so with the cure, changes nothing, and opens again with the key; recover finds all after its loss', async () => {
    encrypt(true);
    await completeItems(world, 1);
    expect((await world.run('list', world.photos, '--json')).code).toBe(0);
    const key = join(world.data, 'storage.key');
    const bytes = readFileSync(join(world.data, 'practice.sqlite'));
    renameSync(key, `${key}-away`);
    for (const args of [['list', world.photos], ['status'], ['verify'], ['backup']]) {
      const refused = await world.run(...args, '--json');
      expect([refused.code, refused.lines[0]], args[0]).toMatchObject([
        2,
        {
          reason: {
            code: 'store.locked',
            message: expect.stringContaining('storage.key'),
            hint: expect.stringContaining('easyflip recover'),
          },
        },
      ]);
    }
    expect((await world.run('doctor', '--json')).code).toBe(2);
    expect(readFileSync(join(world.data, 'practice.sqlite')).equals(bytes)).toBe(true);
    renameSync(`${key}-away`, key);
    expect(finished(await world.run('list', world.photos, '--json')).counts.already).toBe(1);

    rmSync(key);
    for (const name of ['practice.sqlite', 'practice.key.json']) renameSync(join(world.data, name), join(world.root, name));
    expect((await world.run('recover', world.photos)).code).toBe(0);
    expect(finished(await world.run('list', world.photos, '--json')).counts.already).toBe(1);
    expect([tellers(), existsSync(key), (await world.listings()).length]).toEqual([[], true, 1]);
  }, 120_000);

  it('with a passphrase needs it each time', async () => {
    encrypt(true);
    await completeItems(world, 1);
    const withPhrase = (phrase: string) => world.start(['list', world.photos, '--json'], { EASYFLIP_PASSPHRASE: phrase }).ended;
    expect((await withPhrase('one two three')).code).toBe(0);
    expect(existsSync(join(world.data, 'storage.key'))).toBe(false);
    expect((await withPhrase('another')).lines[0]).toMatchObject({ reason: { code: 'store.locked' } });
    expect((await world.run('status', '--json')).lines[0]).toMatchObject({
      reason: { message: expect.stringContaining('EASYFLIP_PASSPHRASE is not set') },
    });
    expect(finished(await withPhrase('one two three')).counts.already).toBe(1);
  }, 120_000);
});
