import { expect, it } from 'vitest';
import { mergeReadings } from '../../../src/adapters/local/group-lines.ts';
import type { PlacedWord } from '../../../src/adapters/local/text-frame.ts';

const word = (text: string, confidence: number, height: number): PlacedWord => ({
  text,
  confidence,
  x: 0.5,
  y: 0.5,
  width: 0.2,
  height,
  rotate: 0,
});
const merged = (...looks: readonly PlacedWord[]): readonly PlacedWord[] => mergeReadings(looks.map((one) => ({ words: [one], rotate: 0 })));

it('of one word read twice, the height is the one without what touches its letters', () => {
  expect(merged(word('CLOCK', 0.96, 0.079), word('CLOCK', 0.95, 0.044))).toEqual([word('CLOCK', 0.96, 0.044)]);
});

it('a little more or less is nothing, and another word is another reading', () => {
  expect(merged(word('CLOCK', 0.96, 0.05), word('CLOCK', 0.95, 0.044))).toEqual([word('CLOCK', 0.96, 0.05)]);
  expect(merged(word('CLOCK', 0.96, 0.079), word('CL0CK', 0.8, 0.044))).toEqual([word('CLOCK', 0.96, 0.079)]);
});
