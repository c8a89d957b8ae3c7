import { expect, it } from 'vitest';
import { withoutCutOff } from '../../../src/adapters/local/text-frame.ts';

const size = { width: 1200, height: 1600 };
const word = (text: string, confidence: number, [left, top, right, bottom]: readonly [number, number, number, number]) => ({
  text,
  confidence,
  left,
  top,
  right,
  bottom,
});
const textsOf = (words: Parameters<typeof withoutCutOff>[0]): readonly string[] => withoutCutOff(words, size).map(({ text }) => text);

it('what the edge of a photo cuts off is no part of a name, unless it is read surely', () => {
  // Of a woven label on plaid: beside CALDREN the stripes of the cloth were read as "al".
  const name = word('CALDREN', 0.9, [214, 451, 957, 600]);
  expect(textsOf([word('al', 0.51, [0, 465, 148, 587]), name])).toEqual(['CALDREN']);
  expect(
    textsOf([word('onl', 0.54, [587, 152, 1200, 584]), word('BEE', 0.56, [400, 1500, 692, 1600]), word('x', 0.5, [9, 0, 40, 30])]),
  ).toEqual([]);
  expect(textsOf([word('ACME', 0.93, [0, 465, 300, 587]), name])).toEqual(['ACME', 'CALDREN']);
});

it('doubtful words within the photo stay for others to confirm', () => {
  expect(textsOf([word('COTTOM', 0.5, [1, 1, 300, 40])])).toEqual(['COTTOM']);
});
