import { restore } from '../core/formula.ts';

export interface SheetRow {
  /** `line 12`, or `entry 3` of a JSON list: for messages. */
  readonly place: string;
  /** By column; every column of the sheet is there (JSON: those that were written). */
  readonly cells: ReadonlyMap<string, string>;
}

export interface ReadSheet {
  readonly columns: readonly string[];
  readonly rows: readonly SheetRow[];
  /** Whole sentences with their place. With any, nothing of the sheet may be used. */
  readonly problems: readonly string[];
}

/**
 * A table as `export` wrote it and a spreadsheet saved it: CSV with commas, semicolons or tabs, any line ends, with or
 * without a byte order mark, or a JSON list. Never throws for what may be wrong with it.
 */
export async function readSheet(bytes: Uint8Array): Promise<ReadSheet> {
  const text = decoded(bytes);
  if (text === undefined) return wrong('It is neither UTF-8 nor UTF-16; save it as "CSV UTF-8".');
  if (text.trim() === '') return wrong('It is empty.');
  return text.trimStart().startsWith('[') ? readJson(text) : readCsv(text);
}

const wrong = (problem: string): ReadSheet => ({ columns: [], rows: [], problems: [problem] });

function decoded(bytes: Uint8Array): string | undefined {
  try {
    const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8';
    // One kind of line end, also within cells: csv-parse counts a CRLF in quotes as two lines.
    return new TextDecoder(encoding, { fatal: true }).decode(bytes).replace(/\r\n?/g, '\n');
  } catch {
    return undefined;
  }
}

async function readCsv(text: string): Promise<ReadSheet> {
  const { parse } = await import('csv-parse/sync');
  // Excel's own first line that names the delimiter.
  const [hint = '', named] = /^sep=([,;\t])\n/i.exec(text) ?? [];
  const above = hint === '' ? 0 : 1;
  const options = {
    delimiter: named ?? delimiterOf(text),
    relax_column_count: true,
    skip_empty_lines: true,
    info: true,
    bom: true,
  } as const;
  let records: readonly { readonly record: readonly string[]; readonly info: { readonly lines: number } }[];
  try {
    records = parse(text.slice(hint.length), { ...options, record_delimiter: '\n' }) as unknown as typeof records;
  } catch (error) {
    const { lines } = error as { readonly lines?: number };
    return wrong(`line ${(lines ?? 0) + above}: quotes that do not close, or stand within a cell; the table cannot be read from there.`);
  }
  const [head, ...body] = records;
  const columns = (head?.record ?? []).map((name) => restore(name).trim());
  // Empty columns at the end are what a spreadsheet adds by itself.
  while (columns.at(-1) === '') columns.pop();
  const problems: string[] = [];
  const rows = body.flatMap(({ record, info }): SheetRow[] => {
    if (record.every((cell) => cell.trim() === '')) return [];
    const breaks = record.reduce((sum, cell) => sum + (cell.match(/\n/g)?.length ?? 0), 0);
    const place = `line ${info.lines - breaks + above}`;
    const beyond = record.slice(columns.length).some((cell) => cell.trim() !== '');
    if (record.length < columns.length || beyond)
      problems.push(`${place}: it has ${record.length} cells; the first line names ${columns.length}.`);
    return [{ place, cells: new Map(columns.map((column, at) => [column, plain(restore(record[at] ?? ''))])) }];
  });
  return { columns, rows, problems };
}

/** Whichever stands most often in the first line, outside of quotes. */
function delimiterOf(text: string): string {
  const [head = ''] = text.replace(/"[^"]*"/g, '').split('\n');
  const often = (sign: string): number => head.split(sign).length;
  return [',', ';', '\t'].reduce((best, sign) => (often(sign) > often(best) ? sign : best));
}

function readJson(text: string): ReadSheet {
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch {
    return wrong('It is no valid JSON.');
  }
  const problems: string[] = [];
  const columns = new Set<string>();
  const rows = (list as readonly unknown[]).flatMap((entry, at): SheetRow[] => {
    const place = `entry ${at + 1}`;
    if (typeof entry !== 'object' || entry === null || Array.isArray(entry) || Object.values(entry).some((cell) => !isCell(cell))) {
      problems.push(`${place}: it must be an object of names with texts.`);
      return [];
    }
    for (const name of Object.keys(entry)) columns.add(name);
    return [{ place, cells: new Map(Object.entries(entry).map(([name, cell]) => [name, plain(String(cell ?? ''))])) }];
  });
  // `export` leaves empty cells out: a name that is missing is an empty cell.
  return {
    columns: [...columns],
    problems,
    rows: rows.map(({ place, cells }) => ({ place, cells: new Map([...columns].map((name) => [name, cells.get(name) ?? ''])) })),
  };
}

const isCell = (cell: unknown): boolean => cell === null || typeof cell === 'string' || typeof cell === 'number';

/** Spreadsheets write breaks within a cell their own way. */
const plain = (cell: string): string => cell.replace(/\r\n?/g, '\n').trim();
