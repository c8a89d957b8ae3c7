import { describe, expect, it } from 'vitest';
import { planPictures } from '../../../src/adapters/openai/picture-plan.ts';
import { pictureBilling } from '../../../src/adapters/openai/picture-tokens.ts';
import type { PhotoText, PhotoView } from '../../../src/core/ports/analysis.ts';
import { text } from './support.ts';

const view = (number: number, look: string): PhotoView => ({
  number,
  sha256: String(number).padStart(64, '0') as PhotoView['sha256'],
  originalPath: '',
  picturePath: '',
  modelPath: '',
  width: 1600,
  height: 1200,
  look,
  colors: [],
});
const [front, frontAgain, back, side] = [
  view(1, 'ffffffff00000000'),
  view(2, 'ffffffff00000001'),
  view(3, '0f0f0f0f0f0f0f0f'),
  view(4, 'ffffffff0000ffff'),
];
const chosen = (photos: readonly PhotoView[], most: number, texts: readonly PhotoText[] = []): readonly number[] =>
  planPictures(photos, texts, most, pictureBilling('gpt-4o'), 1024).map(({ view: { number } }) => number);

describe('the pictures of one question', () => {
  it('are the cover and those that differ most, in the order of the listing', () => {
    expect(chosen([front, frontAgain, side, back], 2)).toEqual([1, 3]);
  });
  it('with the label, where writing tells which one it is', () => {
    expect(chosen([front, frontAgain, side, back], 2, [text(3), text(4, 'FENWARD', 'SIZE M')])).toEqual([1, 4]);
    expect(chosen([front, side], 1, [text(4, 'FENWARD')])).toEqual([1]);
  });
  it('never the same shot twice, however many are allowed', () => {
    expect(chosen([front, frontAgain, back, side], 8)).toEqual([1, 3, 4]);
  });
});
