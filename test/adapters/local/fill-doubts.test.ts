import { expect, it } from 'vitest';
import { fillDoubts } from '../../../src/adapters/local/group-lines.ts';
import type { PlacedWord } from '../../../src/adapters/local/text-frame.ts';

/** `at` is the left end, in letter widths. */
const word = (text: string, at: number, confidence: number): PlacedWord => ({
  text,
  confidence,
  x: (at + text.length / 2) / 100,
  y: 0.5,
  width: text.length / 100,
  height: 0.02,
  rotate: 0,
});
const textsOf = (words: readonly PlacedWord[]): readonly string[] => words.map(({ text }) => text);

it('another look fills gaps and mends doubtful words', () => {
  const plain = [word('GENTLE', 0, 0.96), word('WASI', 16, 0.5)];
  const more = [word('MACHINE', 8, 0.94), word('WASH', 16, 0.96)];
  expect(textsOf(fillDoubts(plain, more))).toEqual(['GENTLE', 'MACHINE', 'WASH']);
});

it('no word that stands is lost or changed, however sure the other look is', () => {
  const plain = [word('POLYESTER', 0, 0.95), word('M', 20, 0.85)];
  expect(fillDoubts(plain, [word('POLIE', 0, 0.97), word('STERXX', 6, 0.97), word('MMM', 19, 0.97)])).toEqual(plain);
});

it('a doubtful or tiny word of the other look adds nothing', () => {
  const plain = [word('COTTON', 0, 0.6)];
  expect(fillDoubts(plain, [word('CORRON', 0, 0.7), word('ae', 12, 0.95)])).toEqual(plain);
  expect(fillDoubts(plain, [word('CORRON', 0, 0.55)])).toEqual(plain);
});
