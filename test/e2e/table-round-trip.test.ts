import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openStore } from '../../src/store/sqlite-store.ts';
import { done, item } from '../store/support/samples.ts';
import { type Ran, World } from '../support/world.ts';

/* `export`, edits as a spreadsheet makes them, `import`: real processes on a real database with 500 items. */

const ITEMS = 500;
const HARD = ['=1+1', '+1 555 "x"', "'=quoted", '👕 naïve; Größe', 'two\nlines, and "quotes"', '@home', '-5 °C', 'plain'];

let world: World;
let table: string;
beforeEach(async () => {
  world = await World.open();
  table = join(world.root, 'items.csv');
  const store = await openStore(join(world.data, 'practice.sqlite'), { environment: 'practice' });
  for (let n = 0; n < ITEMS; n += 1) {
    const text = `${HARD[n % HARD.length]} ${n}`;
    const seller = {
      title: text,
      note: text,
      privateNote: text,
      price: { minor: 1000 + n, currency: 'USD' },
      aspects: { Pattern: [text, 'Striped'] },
    };
    const one = item(`shirt-${n}`, { seller });
    await store.items.save(one, undefined);
    if (n % 5 > 0) continue;
    const claim = await store.claims.take(one.id, 60_000);
    if (!claim) throw new Error('claimed by another');
    await store.outcomes.record(
      { ...done(one, 'prepare'), kind: 'held', reason: { code: 'facts.missing', message: `=held, "${n}"`, hint: 'Say it.' } },
      claim,
    );
    await store.claims.release(claim);
  }
  await store.close();
});
afterEach(() => world.close());

const run = (...args: readonly string[]): Promise<Ran> => world.run(...args);
type Row = Record<string, string>;

/** What a program of another hand reads. */
const read = (file = table): Row[] => parse(readFileSync(file), { columns: true, bom: true }) as Row[];
const columnsOf = (rows: readonly Row[]): string[] => Object.keys(rows[0] ?? {});
const save = (rows: readonly Row[], delimiter = ',', columns = columnsOf(rows)): void =>
  writeFileSync(table, stringify([...rows], { header: true, columns, delimiter, bom: true, record_delimiter: 'windows' }));

async function exported(): Promise<Row[]> {
  const ran = await run('export', '-o', table);
  expect(ran.code, ran.err).toBe(0);
  return read();
}

/** Everything about every item, to see that nothing changed. */
const everything = async (): Promise<string> => (await run('export', '--format', 'json')).out;

it('a table that nobody edited changes nothing; edits come back exactly, and the same table again changes nothing', async () => {
  const rows = await exported();
  expect(rows).toHaveLength(ITEMS);
  expect(rows.slice(0, 100).every(({ state }) => state === 'held')).toBe(true);
  const before = await everything();
  save(rows, ';');
  const idle = await run('import', table, '--yes', '--json');
  expect(idle.code, idle.err).toBe(0);
  expect(idle.lines.at(-1)).toMatchObject({ type: 'import.finished', changed: 0, unchanged: ITEMS });
  expect(await everything()).toBe(before);

  const title = (at: number) => `'=SUM(${at}) "new" 🎉; a, b`;
  for (const [at, row] of rows.entries()) {
    if (at % 2 === 0) row.title = title(at);
    if (at % 3 === 0) Object.assign(row, { note: '', decision: at % 2 === 0 ? 'hold' : 'skip' });
    if (at % 5 === 0) row['aspects.Pattern'] = 'Plain; a\\;b';
  }
  const wanted = rows.filter((_, at) => at % 2 === 0 || at % 3 === 0 || at % 5 === 0).length;
  save(rows);
  // Nobody said yes: shown, and nothing done.
  const asked = await run('import', table, '--json');
  expect(asked.code).toBe(2);
  expect(await everything()).toBe(before);
  const ran = await run('import', table, '--yes', '--later', '--json');
  expect(ran.code, ran.err).toBe(0);
  expect(ran.lines.at(-1)).toMatchObject({ changed: wanted, unchanged: ITEMS - wanted });

  const now = new Map((JSON.parse(await everything()) as Row[]).map((row) => [row.item, row]));
  for (const [at, row] of rows.entries()) {
    const one = now.get(row.item);
    // The apostrophe is the table's own: the title begins with a formula.
    if (at % 2 === 0) expect(one?.title).toBe(title(at).slice(1));
    if (at % 3 === 0) expect([one?.note, one?.decision]).toEqual([undefined, at % 2 === 0 ? 'hold' : 'skip']);
    if (at % 5 === 0) expect(one?.['aspects.Pattern']).toBe('Plain; a\\;b');
  }
  const again = await run('import', table, '--yes', '--json');
  expect(again.lines.at(-1)).toMatchObject({ changed: 0, unchanged: ITEMS });
});

it('a wrong table is refused whole, with its lines, and nothing is changed: unknown, doubled and spoilt items among 499 good edits', async () => {
  const rows = await exported();
  const before = await everything();
  const lineOf = (at: number): number =>
    2 +
    rows
      .slice(0, at)
      .reduce((sum, row) => sum + 1 + Object.values(row).reduce((breaks, cell) => breaks + (cell.match(/\n/g)?.length ?? 0), 0), 0);
  const spoil = (rowAt: number, change: Row): string => {
    Object.assign(rows[rowAt] ?? {}, change);
    return `line ${lineOf(rowAt)}:`;
  };
  for (const row of rows) row.size = 'M';
  const places = [
    spoil(17, { item: 'NOBODY' }),
    spoil(123, { price: '1.234,56' }),
    spoil(321, { decision: 'maybe' }),
    spoil(322, { item: rows[100]?.item ?? '' }),
    spoil(440, { gtin: '4.00638E+12' }),
    spoil(499, { version: 'old' }),
  ];
  save(rows);
  const ran = await run('import', table, '--yes', '--json');
  expect(ran.code).toBe(2);
  const [line] = ran.lines as unknown as [{ reason: { code: string }; problems: string[] }];
  expect(line.reason.code).toBe('usage.invalid');
  expect(line.problems.map((problem) => `${problem.split(':')[0]}:`)).toEqual(places);
  for (const told of [
    'there is no item "NOBODY"',
    'price must be',
    'decision must be',
    'stands in line',
    'format the column as text',
    'has changed since',
  ])
    expect(line.problems.join('\n')).toContain(told);
  expect(await everything()).toBe(before);
  const plain = await run('import', table, '--yes');
  expect(plain.err).toContain(places[3]);
});

it('columns: unknown ones are refused with a guess, missing ones leave their fields alone, a missing "item" is refused', async () => {
  const rows = await exported();
  const before = await everything();
  for (const [columns, told] of [
    [['item', 'titel'], 'did you mean "title"'],
    [['title'], 'no column "item"'],
    [['item', 'title', 'title'], 'is there twice'],
  ] as const) {
    writeFileSync(table, `${columns.join(',')}\r\n${columns.map((name) => (name === 'item' ? rows[0]?.item : 'x')).join(',')}\r\n`);
    const ran = await run('import', table, '--yes');
    expect(ran.code, ran.out).toBe(2);
    expect(ran.err).toContain(told);
  }
  writeFileSync(table, `item,title\r\n${rows[0]?.item},"a\r\n${rows[1]?.item},b\r\n`);
  expect((await run('import', table, '--yes')).err).toMatch(/line \d+: quotes/);
  writeFileSync(table, `item,title,size\r\n${rows[0]?.item},short\r\n`);
  expect((await run('import', table, '--yes')).err).toContain('line 2: it has 2 cells');
  expect(await everything()).toBe(before);

  save(
    rows.map(({ item: id = '' }, at) => ({ item: id, price: `${at + 1},5` })),
    '\t',
  );
  const ran = await run('import', table, '--yes', '--later', '--json');
  expect(ran.code, ran.err).toBe(0);
  expect(ran.lines.at(-1)).toMatchObject({ changed: ITEMS });
  const changed = JSON.parse(await everything()) as Row[];
  const without = ({ price: _p, version: _v, ...rest }: Row) => rest;
  expect(changed.map(without)).toEqual((JSON.parse(before) as Row[]).map(without));
  const prices = new Map(changed.map(({ item: id, price }) => [id, price]));
  for (const [at, { item: id }] of rows.entries()) expect(prices.get(id ?? '')).toBe(`${at + 1}.50`);
});
