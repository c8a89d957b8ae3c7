/** One place of a terminal: a letter and how it looks. */
export interface Cell {
  readonly text: string;
  readonly color: number | undefined;
  readonly bold: boolean;
  readonly dim: boolean;
}

export interface Screen {
  /** Takes what a program wrote to its terminal. */
  write(text: string): void;
  /** Everything that was ever scrolled up, then what is in sight; trailing space cut off. */
  lines(): string[];
  /** What is in sight, from the top. */
  cells(): readonly (readonly Cell[])[];
}

const TOKENS =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a terminal's sequences
  /\u001b\[(?<args>[0-9;?]*)(?<command>[A-Za-z])|\u001b.|[^\u001b]/gsu;

/** The part of a terminal that easyflip uses: lines that wrap and scroll, the cursor up and down, clearing, colours. */
export function createScreen(columns: number, rows: number): Screen {
  const above: Cell[][] = [];
  const grid: Cell[][] = [[]];
  let [x, y] = [0, 0];
  let look = { color: undefined as number | undefined, bold: false, dim: false };

  const lineAt = (at: number): Cell[] => {
    while (grid.length <= at) grid.push([]);
    return grid[at] as Cell[];
  };
  const down = (): void => {
    y += 1;
    lineAt(y);
    if (grid.length > rows) {
      above.push(grid.shift() as Cell[]);
      y -= 1;
    }
  };
  const put = (text: string): void => {
    if (x >= columns) {
      x = 0;
      down();
    }
    const line = lineAt(y);
    while (line.length < x) line.push({ text: ' ', color: undefined, bold: false, dim: false });
    line[x] = { text, ...look };
    x += 1;
  };
  const paint = (code: number): void => {
    if (code === 0) look = { color: undefined, bold: false, dim: false };
    else if (code === 1) look = { ...look, bold: true };
    else if (code === 2) look = { ...look, dim: true };
    else if (code === 22) look = { ...look, bold: false, dim: false };
    else if (code === 39) look = { ...look, color: undefined };
    else if ((code >= 30 && code <= 37) || (code >= 90 && code <= 97)) look = { ...look, color: code };
  };
  const obey = (command: string, args: string): void => {
    const count = Number(args || 1);
    if (command === 'A') y = Math.max(0, y - count);
    else if (command === 'B') y = Math.min(rows - 1, y + count);
    else if (command === 'G') x = count - 1;
    else if (command === 'K' && args === '2') grid[y] = [];
    else if (command === 'K') lineAt(y).length = Math.min(lineAt(y).length, x);
    else if (command === 'J') {
      lineAt(y).length = Math.min(lineAt(y).length, x);
      grid.length = y + 1;
    } else if (command === 'm') for (const code of args.split(';')) paint(Number(code));
  };

  return {
    write(text) {
      for (const { 0: token, groups } of text.matchAll(TOKENS)) {
        if (groups?.command !== undefined) obey(groups.command, groups.args ?? '');
        else if (token === '\n') {
          // The terminal's own line discipline makes a line end of a line feed.
          x = 0;
          down();
        } else if (token === '\r') x = 0;
        else if (token >= ' ' && !token.startsWith('\u001b')) put(token);
      }
    },
    lines: () =>
      [...above, ...grid].map((line) =>
        line
          .map(({ text }) => text)
          .join('')
          .trimEnd(),
      ),
    cells: () => grid,
  };
}
