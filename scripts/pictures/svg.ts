import type { Cell } from './screen.ts';

const [CELL_WIDTH, LINE_HEIGHT, FONT_SIZE, PADDING, BAR] = [8.4, 19, 14, 16, 30] as const;
const BACKGROUND = '#16181d';
const FOREGROUND = '#d7dae0';
/** By the code of the colour. */
const COLORS: Readonly<Record<number, string>> = {
  31: '#f07178',
  32: '#8bd17c',
  33: '#e8c268',
  34: '#7aa2f7',
  36: '#67c7d4',
  90: '#8b909c',
};

/** The screen of a terminal as a picture. Each run of letters is held to its columns, whatever font the reader's machine has. */
export function screenSvg(cells: readonly (readonly Cell[])[], columns: number, title: string): string {
  const width = Math.round(columns * CELL_WIDTH + 2 * PADDING);
  const height = BAR + cells.length * LINE_HEIGHT + 2 * PADDING;
  const texts = cells.flatMap((line, y) => runsOf(line).map((run) => textElement(run, BAR + PADDING + (y + 0.78) * LINE_HEIGHT)));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${width}" height="${height}" rx="9" fill="${BACKGROUND}"/>`,
    ...['#f07178', '#e8c268', '#8bd17c'].map((color, at) => `<circle cx="${20 + at * 18}" cy="19" r="5.5" fill="${color}"/>`),
    `<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="${FONT_SIZE}" fill="${FOREGROUND}">`,
    ...texts,
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

interface Run extends Omit<Cell, 'text'> {
  readonly at: number;
  readonly text: string;
}

/** Letters that look alike and follow each other; gaps of two and more begin a new run, so that spaces carry no width. */
function runsOf(line: readonly Cell[]): readonly Run[] {
  const runs: Run[] = [];
  for (const [at, { text: part, color, bold, dim }] of line.entries()) {
    const last = runs.at(-1);
    const joins = last && last.at + last.text.length === at && last.color === color && last.bold === bold && last.dim === dim;
    if (joins && !(part === ' ' && last.text.endsWith(' '))) runs[runs.length - 1] = { ...last, text: last.text + part };
    else if (part !== ' ') runs.push({ at, text: part, color, bold, dim });
  }
  return runs.map((run) => ({ ...run, text: run.text.trimEnd() })).filter(({ text }) => text !== '');
}

function textElement({ at, text, color, bold, dim }: Run, y: number): string {
  const looks = [
    color === undefined ? '' : ` fill="${COLORS[color] ?? FOREGROUND}"`,
    bold ? ' font-weight="bold"' : '',
    dim ? ' opacity="0.62"' : '',
  ].join('');
  const x = (PADDING + at * CELL_WIDTH).toFixed(1);
  return `<text x="${x}" y="${y.toFixed(1)}" textLength="${(text.length * CELL_WIDTH).toFixed(1)}"${looks}>${escaped(text)}</text>`;
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
