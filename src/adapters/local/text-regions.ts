import { signsOf } from './group-lines.ts';
import { levelled, type PlacedWord } from './text-frame.ts';

/** Words near each other that look like real writing: a label, a box front, a print. */
export interface TextRegion {
  readonly words: readonly PlacedWord[];
  /** Letters and digits in its words. */
  readonly signs: number;
  /** Median height of the words, in shares of the photo's long side. */
  readonly letterHeight: number;
}

/** Cloth gives words too, but short and doubtful ones. */
export const isConfident = ({ text, confidence }: PlacedWord): boolean => confidence >= 0.7 && signsOf(text) >= 2;

/** Lines of one label are rarely further apart than this many letter heights. */
const REACH = 4;

/** Clusters of words, by default of the confident ones, the richest first. */
export function findRegions(words: readonly PlacedWord[], counts: (word: PlacedWord) => boolean = isConfident): readonly TextRegion[] {
  const open = new Set(words.filter(counts));
  const regions: TextRegion[] = [];
  for (const start of open) {
    open.delete(start);
    const members = [start];
    for (const member of members) {
      for (const other of open) {
        if (!near(member, other)) continue;
        open.delete(other);
        members.push(other);
      }
    }
    regions.push(regionOf(members));
  }
  return regions.sort((a, b) => b.signs - a.signs);
}

function near(a: PlacedWord, b: PlacedWord): boolean {
  const from = levelled(a, a.rotate);
  const to = levelled(b, a.rotate);
  const reach = REACH * Math.min(Math.max(a.height, b.height), 2.5 * Math.min(a.height, b.height));
  return Math.abs(from.x - to.x) - (a.width + b.width) / 2 < reach && Math.abs(from.y - to.y) - (a.height + b.height) / 2 < reach;
}

function regionOf(members: readonly PlacedWord[]): TextRegion {
  return {
    words: members,
    signs: members.reduce((sum, { text }) => sum + signsOf(text), 0),
    letterHeight: median(members.map(({ height }) => height)),
  };
}

/**
 * Where a percentage was read but nothing beside it: the fibre stands there, perhaps spoiled by a second language
 * in another script. The place reaches from the number over the length of a line.
 */
export function lonePercents(words: readonly PlacedWord[]): readonly PlacedWord[] {
  return words.filter(isPercent).flatMap((percent) => {
    const from = levelled(percent, percent.rotate);
    const beside = words.some((word) => {
      const to = levelled(word, percent.rotate);
      return (
        signsOf(word.text) >= 4 &&
        Math.abs(to.y - from.y) < percent.height * 0.6 &&
        to.x > from.x &&
        to.x - word.width / 2 - from.x < percent.width * 2
      );
    });
    if (beside) return [];
    const reach = percent.height * STRIP_LENGTH;
    const back = levelled({ ...percent, x: from.x + reach / 2 - percent.height, y: from.y }, -percent.rotate);
    return [{ ...percent, ...back, width: percent.width + reach, height: percent.height * 1.2 }];
  });
}

const STRIP_LENGTH = 14;
const isPercent = ({ text, confidence }: PlacedWord): boolean => confidence >= 0.8 && /^\d{1,3}%$/.test(text.replace(/[^\d%]/g, ''));

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
