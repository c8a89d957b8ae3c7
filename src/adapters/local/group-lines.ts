import type { TextLine } from '../../core/ports/analysis.ts';
import { levelled, type PlacedWord } from './text-frame.ts';

/** Letters and digits of any script. */
export const signsOf = (text: string): number => text.replace(/[^\p{L}\p{N}]/gu, '').length;

/** Below this tesseract guesses at cloth. */
const KEEP = 0.4;

/** The words of one pass. */
export interface Reading {
  readonly words: readonly PlacedWord[];
  /** Degrees clockwise that the photo was turned by. */
  readonly rotate: number;
  /** Below 1 for a pass whose boxes are loose: another pass that reads the line as well is preferred. */
  readonly trust?: number;
}

/**
 * One reading of each spot, from passes that all read the same label. The pass that read a whole line best
 * provides that line, since pieces from several passes make no sense together; others fill the gaps.
 */
export function mergeReadings(passes: readonly Reading[]): readonly PlacedWord[] {
  const rated = passes.flatMap(({ words, rotate, trust = 1 }) => {
    const plausible = words.filter(({ text, confidence }) => confidence >= KEEP && signsOf(text) > 0);
    return rowsOf(plausible, rotate).flatMap((row) => {
      const worth = trust * row.reduce((sum, { word }) => sum + worthOf(word), 0);
      return row.map(({ word }) => ({ word, worth }));
    });
  });
  const kept: PlacedWord[] = [];
  for (const { word } of rated.sort((a, b) => b.worth - a.worth || worthOf(b.word) - worthOf(a.word))) {
    const at = kept.findIndex((other) => overlaps(word, other));
    const other = kept[at];
    if (!other) kept.push(word);
    else if (hasGrown(other, word)) kept[at] = { ...word, confidence: other.confidence };
  }
  return kept;
}

/** Letters that touch something lend the word its height, and the largest line may be a maker's name: another look knows better. */
const hasGrown = (kept: PlacedWord, other: PlacedWord): boolean => kept.text === other.text && other.height < kept.height * 0.75;

/** From here on a word stands, whatever another look at its place reads. */
const STANDS = 0.8;

/**
 * What another look adds to a finished reading: sure words where nothing was read, or only what it reads better. No word
 * that stands is lost or changed.
 */
export function fillDoubts(words: readonly PlacedWord[], more: readonly PlacedWord[]): readonly PlacedWord[] {
  const touches = (a: PlacedWord, b: PlacedWord): boolean => overlaps(a, b) || overlaps(b, a);
  const better = more.filter(
    (word) =>
      word.confidence >= STANDS &&
      signsOf(word.text) >= 3 &&
      words.every((known) => !touches(word, known) || (known.confidence < STANDS && known.confidence < word.confidence)),
  );
  return [...words.filter((known) => !better.some((word) => touches(word, known))), ...better];
}

/** A whole word is worth more than its pieces. */
const worthOf = ({ text, confidence }: PlacedWord): number => confidence ** 2 * signsOf(text) ** 1.3;

function overlaps(a: PlacedWord, b: PlacedWord): boolean {
  const from = levelled(a, b.rotate);
  const to = levelled(b, b.rotate);
  const across = Math.min(a.height, b.height) * 0.5 - Math.abs(from.y - to.y);
  const along = (a.width + b.width) / 2 - Math.abs(from.x - to.x);
  return across > 0 && along > Math.min(a.width, b.width) * 0.25;
}

interface Standing {
  readonly word: PlacedWord;
  readonly left: number;
  readonly right: number;
  readonly y: number;
}

/** Words side by side become lines, in reading order. `rotate` turns the photo so that most of the writing is level. */
export function groupLines(words: readonly PlacedWord[], rotate: number): readonly TextLine[] {
  const rows = rowsOf(words, rotate);
  const top = Math.min(...rows.map(topOf));
  return rows.map((row) => lineOf(row, top)).sort((a, b) => a.top - b.top);
}

function rowsOf(words: readonly PlacedWord[], rotate: number): readonly (readonly Standing[])[] {
  const standing = words
    .map((word): Standing => {
      const { x, y } = levelled(word, rotate);
      return { word, left: x - word.width / 2, right: x + word.width / 2, y };
    })
    .sort((a, b) => a.left - b.left);
  const rows: Standing[][] = [];
  for (const next of standing) {
    const row = rows.filter((candidate) => continues(candidate.at(-1), next)).sort((a, b) => rise(a, next) - rise(b, next))[0];
    if (row) row.push(next);
    else rows.push([next]);
  }
  return rows;
}

const topOf = (row: readonly Standing[]): number => Math.min(...row.map(({ y, word }) => y - word.height / 2));

const rise = (row: readonly Standing[], next: Standing): number => Math.abs((row.at(-1)?.y ?? 0) - next.y);

function continues(last: Standing | undefined, next: Standing): boolean {
  if (!last) return false;
  const height = Math.min(last.word.height, next.word.height);
  const taller = Math.max(last.word.height, next.word.height);
  const gap = next.left - last.right;
  return Math.abs(last.y - next.y) < height * 0.6 && gap > -height && gap < taller * 1.6 && taller < height * 2.2;
}

function lineOf(row: readonly Standing[], top: number): TextLine {
  const words = row.map(({ word: { text, confidence } }) => ({ text, confidence }));
  const heights = row.map(({ word }) => word.height).sort((a, b) => a - b);
  return {
    text: words.map(({ text }) => text).join(' '),
    words,
    confidence: words.reduce((sum, { confidence }) => sum + confidence, 0) / words.length,
    height: heights[Math.floor(heights.length / 2)] ?? 0,
    top: topOf(row) - top,
  };
}
