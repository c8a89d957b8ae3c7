import { copyFileSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { expect, it } from 'vitest';
import { latestVersion } from '../../src/store/migrations.ts';
import { openStore } from '../../src/store/sqlite-store.ts';
import { verifyDatabase } from '../../src/store/verify.ts';
import { done, item } from './support/samples.ts';
import { claimed, tempFile } from './support/world.ts';

async function sound(): Promise<string> {
  const file = tempFile();
  const store = await openStore(file, { environment: 'practice' });
  for (const name of ['shirt', 'mug']) {
    const each = item(name);
    await store.items.save(each, undefined);
    const claim = await claimed(store, each);
    await store.outcomes.record(done(each, 'publish', { listingId: `11${each.id}`, url: 'https://example.com' }), claim);
  }
  const entry = { runId: 'run', service: 'model', operation: 'draft', microUsd: 10, limits: {} } as const;
  await store.ledger.reserve(entry);
  await store.journal.answered('key', 'scope', { ok: true });
  await store.close();
  return file;
}

const problems = async (file: string): Promise<string> =>
  (await verifyDatabase(file, 'practice')).flatMap(({ check, problems: found }) => found.map((one) => `${check}: ${one}`)).join('\n');

it('finds nothing where nothing is wrong, also while it is in use', async () => {
  const file = await sound();
  expect(await problems(file)).toBe('');
  const store = await openStore(file, { environment: 'practice' });
  expect(await problems(file)).toBe('');
  await store.close();
});

const SPOILED: readonly (readonly [string, string | ((file: string) => void), string])[] = [
  ['a page is missing', (file) => truncateSync(file, statSync(file).size - 4_096), 'file: The database'],
  ['a reference leads nowhere', `PRAGMA foreign_keys = OFF; DELETE FROM outcomes`, 'references: Row'],
  ['it is of another environment', `UPDATE meta SET value = 'sandbox' WHERE key = 'environment'`, 'environment: '],
  ['it is newer', `PRAGMA user_version = ${latestVersion() + 1}`, 'file: '],
  ['a table is gone', 'DROP TABLE looks', 'environment: '],
  ['two items have one listing', `UPDATE outcomes SET listing_id = '7'`, 'one listing, one item: Listing 7'],
  ['a published item has no number', `UPDATE outcomes SET listing_id = NULL`, 'listings: Item'],
  ['an item has no photos', `DELETE FROM photos WHERE item_id = (SELECT min(id) FROM items)`, 'photos of items: Item'],
  ['an item lacks one photo', `DELETE FROM photos WHERE position = 1`, 'photos of items: Item'],
  [
    'an adoption is half done',
    `UPDATE items SET adopted_listing_id = '9' WHERE id = (SELECT min(id) FROM items)`,
    'adopted listings: Item',
  ],
  ['a result is gone', 'DELETE FROM outputs', 'finished stages: The finished stage'],
  ['a result is no JSON', `UPDATE outputs SET output = '{"half'`, 'stored values: The stored result'],
  ['an answer is no JSON', `UPDATE journal SET answer = '{"half'`, 'stored values: The stored answer'],
  ['a photo is another', `UPDATE photos SET photo = json_set(photo, '$.sha256', 'x')`, 'stored values: The stored photo'],
  ['a sum is wrong', 'UPDATE run_spend SET micro_usd = 9', 'sums of the ledger: What was spent in run'],
  ['a day is missing', 'DELETE FROM day_spend', 'sums of the ledger: What was spent in day'],
  ['an item has the name of another', `UPDATE items SET anchor = (SELECT max(anchor) FROM items)`, 'item names: Item'],
];

it.each(SPOILED)('finds that %s', async (_, spoil, told) => {
  const file = await sound();
  if (typeof spoil === 'string') {
    const db = new Sqlite(file);
    db.exec(spoil);
    db.close();
  } else {
    spoil(file);
  }
  const before = `${file}.before`;
  copyFileSync(file, before);
  expect(await problems(file)).toContain(told);
  expect(readFileSync(file).equals(readFileSync(before))).toBe(true);
});

it('a file that is no database is a finding, one that is not there an error', async () => {
  const file = tempFile();
  writeFileSync(file, 'Dear diary '.repeat(1000));
  expect(await problems(file)).toContain('not an SQLite database');
  await expect(verifyDatabase(`${file}.nothing`, 'practice')).rejects.toMatchObject({ code: 'store.unusable' });
});
