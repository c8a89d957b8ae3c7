import type { TextLine, TextWord } from '../../core/ports/analysis.ts';
import type { Annotation, WireWord } from './client.ts';

/** Lines of one cut-out, in Vision's reading order, with heights in shares of the cut-out's long side. */
export function linesOf({ pages }: Annotation): readonly TextLine[] {
  const lines: TextLine[] = [];
  for (const { width, height, blocks } of pages) {
    const longSide = Math.max(width, height, 1);
    for (const { paragraphs } of blocks) for (const { words } of paragraphs) lines.push(...linesOfParagraph(words, longSide));
  }
  return lines.map((line, at) => ({ ...line, top: at / Math.max(lines.length, 1) }));
}

function linesOfParagraph(words: readonly WireWord[], longSide: number): readonly TextLine[] {
  const lines: TextLine[] = [];
  let open: WireWord[] = [];
  for (const word of words) {
    open.push(word);
    if (!endsLine(word)) continue;
    lines.push(lineOf(open, longSide));
    open = [];
  }
  if (open.length > 0) lines.push(lineOf(open, longSide));
  return lines.filter(({ text }) => text.trim() !== '');
}

/** TextAnnotation.DetectedBreak.BreakType: EOL_SURE_SPACE, HYPHEN and LINE_BREAK end a line; SPACE and SURE_SPACE a word. */
const LINE_ENDS: ReadonlySet<string | number> = new Set(['EOL_SURE_SPACE', 'HYPHEN', 'LINE_BREAK', 3, 4, 5]);
const WORD_ENDS: ReadonlySet<string | number> = new Set(['SPACE', 'SURE_SPACE', 1, 2]);

const breakOf = ({ symbols }: WireWord): string | number => symbols.at(-1)?.property?.detectedBreak?.type ?? 'UNKNOWN';
const endsLine = (word: WireWord): boolean => LINE_ENDS.has(breakOf(word));
const textOf = ({ symbols }: WireWord): string => symbols.map(({ text }) => text).join('');

function lineOf(wire: readonly WireWord[], longSide: number): TextLine {
  // Vision cuts `100%` and `T-SHIRT` into pieces: what no space divides is one word.
  const words: TextWord[] = [];
  let glued = false;
  for (const word of wire) {
    const text = textOf(word);
    const last = words.at(-1);
    if (glued && last) words[words.length - 1] = { text: last.text + text, confidence: Math.min(last.confidence, word.confidence) };
    else words.push({ text, confidence: word.confidence });
    glued = !WORD_ENDS.has(breakOf(word));
  }
  const heights = wire.map((word) => heightOf(word) / longSide).sort((a, b) => a - b);
  return {
    text: words.map(({ text }) => text).join(' '),
    words,
    confidence: words.reduce((sum, { confidence }) => sum + confidence, 0) / Math.max(words.length, 1),
    height: Math.min(1, heights[Math.floor(heights.length / 2)] ?? 0),
    top: 0,
  };
}

/** The vertices begin at the upper left of the text as it is read, so their first and last stand above each other. */
function heightOf({ boundingBox }: WireWord): number {
  const [first, , , last] = boundingBox?.vertices ?? [];
  return first && last ? Math.hypot(last.x - first.x, last.y - first.y) : 0;
}
