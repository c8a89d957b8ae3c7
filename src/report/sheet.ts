import { defuse } from '../core/formula.ts';

/** A table for spreadsheets: cells by column, absent ones empty. */
export interface Sheet {
  readonly columns: readonly string[];
  readonly rows: readonly ReadonlyMap<string, string>[];
}

/**
 * RFC 4180: commas, CRLF, quotes doubled. With a byte order mark, without which Excel does not read UTF-8. Formulas are
 * defused (core/formula.ts); a cell that a spreadsheet may misread, with a semicolon or a break, is quoted.
 */
export async function sheetCsv({ columns, rows }: Sheet): Promise<string> {
  const { stringify } = await import('csv-stringify/sync');
  const cells = rows.map((row) => columns.map((column) => defuse(row.get(column) ?? '')));
  return stringify([[...columns.map(defuse)], ...cells], { bom: true, record_delimiter: 'windows', quoted_match: /[;\r\n\t]|^\s|\s$/ });
}

/** A list of flat objects with the same names; empty cells are left out. */
export const sheetJson = ({ columns, rows }: Sheet): string =>
  `${JSON.stringify(
    rows.map((row) => Object.fromEntries(columns.flatMap((column) => (row.get(column) ? [[column, row.get(column)]] : [])))),
    null,
    2,
  )}\n`;
