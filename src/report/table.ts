import { clean, cut, padEnd, padStart, widthOf } from './text.ts';

interface TableColumn {
  readonly title: string;
  readonly align?: 'left' | 'right';
  /** Gives way when the table is too wide for the terminal. Default: false. */
  readonly shrinks?: boolean;
}

export interface TableRequest {
  readonly columns: readonly TableColumn[];
  readonly rows: readonly (readonly string[])[];
  /** Columns of the terminal. */
  readonly width: number;
  /** Colours a finished cell; `row` is -1 for the heading. */
  readonly paint?: (cell: string, row: number, column: number) => string;
}

const GAP = '  ';
/** Below this a shrunk column says nothing any more. */
const LEAST_WIDTH = 6;

/** Aligned lines without a frame. Cells are cleaned of control characters and cut where the terminal ends. */
export function table({ columns, rows, width, paint = (cell) => cell }: TableRequest): string[] {
  const cells = [columns.map(({ title }) => title), ...rows].map((row) => columns.map((_, at) => clean(row[at] ?? '')));
  const widths = roomOf(
    columns,
    columns.map((_, at) => cells.reduce((most, row) => Math.max(most, widthOf(row[at] ?? '')), 0)),
    width,
  );
  return cells.map((row, rowAt) => {
    const painted = row.map((cell, at) => {
      const room = widths[at] ?? 0;
      const text = cut(cell, room);
      const padded = columns[at]?.align === 'right' ? padStart(text, room) : at === columns.length - 1 ? text : padEnd(text, room);
      return room === 0 ? '' : paint(padded, rowAt - 1, at);
    });
    return painted
      .filter((_, at) => widths[at] !== 0)
      .join(GAP)
      .trimEnd();
  });
}

/** Shrinks the widest of the columns that may give way; if that is not enough, the last columns are left out. */
function roomOf(columns: readonly TableColumn[], natural: readonly number[], width: number): number[] {
  const widths = [...natural];
  const total = (): number => {
    const shown = widths.filter((each) => each > 0);
    return shown.reduce((sum, each) => sum + each, 0) + GAP.length * Math.max(0, shown.length - 1);
  };
  while (total() > width) {
    const widest = columns.reduce(
      (found, { shrinks }, at) =>
        shrinks && (widths[at] ?? 0) > LEAST_WIDTH && (found < 0 || (widths[at] ?? 0) > (widths[found] ?? 0)) ? at : found,
      -1,
    );
    if (widest < 0) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  for (let last = widths.length - 1; last > 0 && total() > width; last -= 1) widths[last] = 0;
  return widths;
}
