import { signsOf } from './group-lines.ts';
import { plainWord } from './read-label.ts';
import { isSizeText } from './read-size.ts';
import { levelled, type PlacedWord } from './text-frame.ts';
import { FIBRES } from './vocabulary.ts';

/** In letter heights: about a line of small print. */
const STRIP_LENGTH = 14;
/** From the number in front of a fibre to its word. */
const NUMBER_LENGTH = 7;
const SURE = 0.8;

/**
 * Places where half of a statement was read: a percentage with nothing behind it (the fibre stands there, perhaps spoiled
 * by a second language in another script), and a fibre without its percentage. Each is as long as what is missing.
 */
export function halfStatements(words: readonly PlacedWord[]): readonly PlacedWord[] {
  const percents = words.filter(isPercent);
  const lonePercents = percents
    .filter((percent) => !words.some((word) => signsOf(word.text) >= 4 && follows(percent, word, percent.width * 2)))
    .map((percent) => stretched(percent, 0, STRIP_LENGTH));
  const fibres = words.filter(isFibre);
  // Of several languages in a row the first one stands beside the number.
  const loneFibres = fibres
    .filter((fibre) => !fibres.some((other) => follows(other, fibre, fibre.height * STRIP_LENGTH * 2)))
    .filter((fibre) => !percents.some((percent) => follows(percent, fibre, fibre.height * NUMBER_LENGTH)))
    .map((fibre) => stretched(fibre, NUMBER_LENGTH, 1));
  return [...lonePercents, ...loneFibres];
}

const isPercent = ({ text, confidence }: PlacedWord): boolean => confidence >= SURE && /^\d{1,3}%$/.test(text.replace(/[^\d%]/g, ''));
const isFibre = ({ text }: PlacedWord): boolean => signsOf(text) >= 5 && FIBRES.has(plainWord(text));

/** Whether `word` stands on the line of `first`, behind it, with at most this much between them. */
function follows(first: PlacedWord, word: PlacedWord, reach: number): boolean {
  if (first === word) return false;
  const from = levelled(first, first.rotate);
  const to = levelled(word, first.rotate);
  const gap = to.x - word.width / 2 - (from.x + first.width / 2);
  return Math.abs(to.y - from.y) < first.height * 0.6 && to.x > from.x && gap < reach;
}

/** The place of a word, longer by so many letter heights before and behind it. */
function stretched(word: PlacedWord, before: number, behind: number): PlacedWord {
  const { x, y } = levelled(word, word.rotate);
  const middle = { ...word, x: x + ((behind - before) * word.height) / 2, y };
  return { ...word, ...levelled(middle, -word.rotate), width: word.width + (before + behind) * word.height, height: word.height * 1.2 };
}

/** In letter heights of the word SIZE. */
const SPOT_ABOVE = 0.4;
const SPOT_BELOW = 6.5;
const SPOT_WIDTH = 12;

/** Under the word SIZE, where no size was read: it may stand on a dark spot. At most one place. */
export function missingSize(words: readonly PlacedWord[]): PlacedWord | undefined {
  const marks = words.filter(({ text, confidence }) => confidence >= SURE && plainWord(text) === 'size');
  const [mark, ...more] = marks;
  if (!mark || more.length > 0) return undefined;
  const { x, y } = levelled(mark, mark.rotate);
  const known = words.some((word) => {
    const at = levelled(word, mark.rotate);
    const [across, down] = [Math.abs(at.x - x), at.y - y];
    return (
      word.confidence >= SURE && isSizeText(word.text) && across < mark.height * SPOT_WIDTH && Math.abs(down) < mark.height * SPOT_BELOW
    );
  });
  if (known) return undefined;
  const below = { ...mark, x, y: y + (mark.height * (1 + SPOT_ABOVE + SPOT_BELOW)) / 2 };
  return {
    ...mark,
    ...levelled(below, -mark.rotate),
    width: mark.height * SPOT_WIDTH,
    height: mark.height * (SPOT_BELOW - SPOT_ABOVE),
  };
}
