import { beforeEach, describe, expect, it } from 'vitest';
import type { App } from '../../src/app/app.ts';
import { exportSheet } from '../../src/app/exchange/export.ts';
import { applyImport, planImport } from '../../src/app/exchange/import.ts';
import { ProblemsError } from '../../src/core/errors.ts';
import { defuse, restore } from '../../src/core/formula.ts';
import type { Store } from '../../src/core/ports/store.ts';
import type { SellerFacts } from '../../src/core/seller-facts.ts';
import { readSheet } from '../../src/intake/read-sheet.ts';
import { type Sheet, sheetCsv, sheetJson } from '../../src/report/sheet.ts';
import { done, item } from '../store/support/samples.ts';
import { claimed, movableClock, open, tempFile } from '../store/support/world.ts';

const usd = (minor: number) => ({ minor, currency: 'USD' });

/** Texts that spreadsheets and CSV are known to spoil. */
const HARD = [
  '=HYPERLINK("http://example.com","x")',
  '+1 555',
  '-5 °C "jacket"',
  '@home; with, commas',
  "'=already quoted",
  "''+twice",
  '👕🧵 naïve Größe',
  'two\nlines\n\nand "quotes"',
  '＝wide',
  'back\\slash; semi',
];

let store: Store;
let app: App;
beforeEach(async () => {
  store = await open(tempFile());
  app = { store, clock: movableClock(), settings: { marketplace: 'EBAY_US', pipeline: { leaseMs: 60_000 } } } as unknown as App;
});

async function shirts(count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) {
    const hard = HARD[n % HARD.length] ?? '';
    const seller: SellerFacts = {
      title: `${hard} ${n}`,
      description: hard,
      flaws: [hard, 'second; flaw'],
      gtin: '012345678905',
      price: usd(1990 + n),
      weight: { value: 1.5, unit: 'POUND' },
      dimensions: { length: 30, width: 20, height: 10.5, unit: 'CENTIMETER' },
      privateNote: hard,
      aspects: { Pattern: [hard, 'Striped'], Brand: [hard] },
    };
    const one = item(`shirt-${n}`, { seller });
    await store.items.save(one, undefined);
    if (n % 2 > 0) continue;
    const fact = { value: 'M', confidence: 0.9, evidence: [{ from: 'label' as const, photo: 1, text: 'M' }] };
    const claim = await claimed(store, one);
    await store.outcomes.record(done(one, 'draft', { provider: 'local', facts: { size: fact }, unknowns: {}, categoryQueries: [] }), claim);
    await store.outcomes.record(done(one, 'specify', { title: 'built', aspects: { Size: { values: ['M'], fact } } }), claim);
    await store.claims.release(claim);
  }
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const planOf = async (text: string) => planImport(app, await readSheet(bytes(text)));

type Cells = Readonly<Record<string, string>>;
const itemsNow = async (): Promise<ReadonlyMap<string, Cells>> => {
  const { rows } = await exportSheet(app, undefined);
  return new Map(rows.map((row) => [row.get('item') ?? '', Object.fromEntries(row)]));
};

/** The same table with other cells. */
const edited = ({ columns, rows }: Sheet, edit: (row: Map<string, string>, at: number) => void): Sheet => ({
  columns,
  rows: rows.map((row, at) => {
    const copy = new Map(row);
    edit(copy, at);
    return copy;
  }),
});

async function problemsOf(text: string): Promise<readonly string[]> {
  try {
    await planOf(text);
  } catch (error) {
    if (error instanceof ProblemsError) return error.problems;
    throw error;
  }
  return [];
}

it('formulas are defused, and every text comes back exactly', () => {
  for (const text of [...HARD, '', "'", "'plain", "'''=x", '\tTab', '\rCR', '-', '0']) {
    expect(restore(defuse(text))).toBe(text);
    expect(defuse(text)).not.toMatch(/^[=+\-@\t\r]/);
  }
});

describe('500 items', () => {
  it('come back from CSV and JSON without a change, with whatever line ends and encoding', async () => {
    await shirts(500);
    const sheet = await exportSheet(app, undefined);
    expect(sheet.rows).toHaveLength(500);
    const csv = await sheetCsv(sheet);
    expect(csv.startsWith('\uFEFFitem,version,state,reason,source,decision,title,')).toBe(true);
    for (const table of [csv, csv.slice(1), csv.replaceAll('\r\n', '\n'), sheetJson(sheet)])
      expect(await planOf(table)).toMatchObject({ rows: [], unchanged: 500 });
    const utf16 = new Uint8Array(Buffer.from(csv, 'utf16le'));
    expect(await planImport(app, await readSheet(utf16))).toMatchObject({ rows: [], unchanged: 500 });
  });

  it('edits come back exactly, only changed cells count, and the same table again changes nothing', async () => {
    await shirts(500);
    const before = await itemsNow();
    const wanted = new Map<string, Cells>();
    const sheet = edited(await exportSheet(app, undefined), (row, at) => {
      const says: Record<string, string> = {};
      if (at % 5 === 0) says.title = `=SUM(${at}) "new" 🎉\nline, two`;
      if (at % 7 === 0) says['aspects.Pattern'] = 'Plain; Dotted';
      if (at % 50 === 0) Object.assign(says, { color: "'=Blue", decision: 'hold' });
      for (const [name, value] of Object.entries(says)) row.set(name, value);
      wanted.set(row.get('item') ?? '', says);
      // What a spreadsheet does by itself.
      row.set('gtin', '12345678905');
      if (row.get('price')?.endsWith('0')) row.set('price', String(row.get('price')).slice(0, -1).replace('.', ','));
    });
    const csv = await sheetCsv(sheet);
    const plan = await planOf(csv);
    expect(plan.rows).toHaveLength([...wanted.values()].filter((says) => Object.keys(says).length > 0).length);
    await applyImport(app, plan);
    for (const [id, now] of await itemsNow()) {
      const free = ({ version: _v, state: _s, reason: _r, ...rest }: Cells) => rest;
      expect(free(now)).toEqual(free({ ...before.get(id), ...wanted.get(id) }));
    }
    expect(await planOf(csv)).toMatchObject({ rows: [], unchanged: 500 });
  });
});

describe('a table that cannot be used is refused whole, with the lines', () => {
  it('wrong columns', async () => {
    await shirts(1);
    expect(await problemsOf('titel,price\nx,1\n')).toEqual([
      'The first line names no column "item".',
      'There is no column "titel" (did you mean "title"?).',
    ]);
    expect(await problemsOf('item,title,title\nx,1,2\n')).toEqual(['The column "title" is there twice.']);
    expect((await problemsOf('item,aspects.__proto__\nx,1\n')).join()).toContain('There is no column');
    expect((await problemsOf('item,title\n"x,1\n')).join()).toMatch(/^line \d+: quotes/);
    expect(await problemsOf('')).toEqual(['It is empty.']);
    expect((await readSheet(Uint8Array.from([0x69, 0xe4, 0x2c]))).problems.join()).toContain('UTF-8');
  });

  it('wrong cells: unknown items, an item twice, bad money, shortened numbers, decisions, too few cells; nothing is changed', async () => {
    await shirts(3);
    const sheet = await exportSheet(app, undefined);
    const [a, b, c] = sheet.rows.map((row) => row.get('item'));
    const table = [
      'sep=;',
      'item;title;price;gtin;decision',
      `${a};"two`,
      'lines";1.234,56;4.00638E+12;approve',
      `${b};ok;5,00;;maybe`,
      `${b};again;5,00;;`,
      'NOBODY;x;1;;',
      ';x;1;;',
      `${c};short`,
    ].join('\r\n');
    // A row that is too short makes the reading itself doubtful: that is said first.
    expect(await problemsOf(table)).toEqual(['line 9: it has 2 cells; the first line names 5.']);
    const problems = await problemsOf(table.replace(';short', ';short;1;;'));
    expect(problems.toSorted()).toEqual([
      expect.stringMatching(/^line 3: gtin .*format the column as text/),
      expect.stringMatching(/^line 3: price must be an amount/),
      'line 5: decision must be approve, hold, skip or empty.',
      `line 6: item ${b} stands in line 5 already.`,
      'line 7: there is no item "NOBODY".',
      'line 8: it names no item.',
    ]);
    expect((await exportSheet(app, undefined)).rows).toEqual(sheet.rows);
  });

  it('an item that changed since the export', async () => {
    await shirts(2);
    const old = await exportSheet(app, undefined);
    await applyImport(app, await planOf(await sheetCsv(edited(old, (row, at) => at === 0 && row.set('title', 'Newer')))));
    const id = old.rows[0]?.get('item');
    expect(await problemsOf(await sheetCsv(edited(old, (row) => row.set('size', 'XL'))))).toEqual([
      `line 2: item ${id} has changed since this table was exported.`,
    ]);
  });
});

it('a table of a few columns, made by hand, is enough', async () => {
  await shirts(2);
  const [first] = (await exportSheet(app, undefined)).rows;
  const plan = await planOf(`item\tprice\n${first?.get('item')}\t7.5\n`);
  expect(plan.rows.map(({ proposal }) => proposal.changes)).toMatchObject([[{ field: 'price', to: '7.50' }]]);
});
