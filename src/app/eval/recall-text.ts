import type { ReadFile } from '../../report/eval-view.ts';

/** Expected lines shorter than this are found anywhere by chance, so they must be words of their own. */
const SHORT = 4;

/**
 * How many letters and digits of the expected lines were read, each line at its best place in the text, in order
 * (longest common subsequence with a window of the line's length). Pure.
 */
export function recallOf(expected: readonly string[], lines: readonly string[]): NonNullable<ReadFile['text']> {
  const words = lines.flatMap((line) => line.split(/\s+/)).map(signs);
  const text = lines.map(signs).join('');
  const missed: string[] = [];
  let all = 0;
  let read = 0;
  for (const line of expected) {
    const wanted = signs(line);
    if (wanted === '') continue;
    const found = wanted.length < SHORT ? (words.includes(wanted) ? wanted.length : 0) : bestIn(wanted, text);
    all += wanted.length;
    read += found;
    if (found < wanted.length) missed.push(line);
  }
  return { expected: all, read, missed };
}

const signs = (text: string): string =>
  text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

function bestIn(wanted: string, text: string): number {
  if (text.includes(wanted)) return wanted.length;
  let best = 0;
  for (let at = 0; at < Math.max(1, text.length - wanted.length + 1); at += 1) {
    best = Math.max(best, common(wanted, text.slice(at, at + wanted.length + 2)));
  }
  // Less than half is coincidence: letters of other words in the same order.
  return best * 2 > wanted.length ? best : 0;
}

function common(a: string, b: string): number {
  let row = new Array<number>(b.length + 1).fill(0);
  for (const sign of a) {
    const next = [0];
    for (let at = 0; at < b.length; at += 1) next.push(b[at] === sign ? (row[at] ?? 0) + 1 : Math.max(row[at + 1] ?? 0, next[at] ?? 0));
    row = next;
  }
  return row.at(-1) ?? 0;
}
