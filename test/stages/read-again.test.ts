import { describe, expect, it } from 'vitest';
import type { PhotoText, SecondReader } from '../../src/core/ports/index.ts';
import { readAgain } from '../../src/stages/read/read-again.ts';
import { callNow, viewOf } from '../adapters/local/shared-photos.ts';

const text = (photo: number, words: string, extra: Partial<PhotoText> = {}): PhotoText => {
  const line = { text: words, words: [{ text: words, confidence: 0.9 }], confidence: 0.9, height: 0.1, top: 0 };
  return { photo, lines: words ? [line] : [], unreadable: false, ...extra };
};
const views = [1, 2, 3].map((number) => viewOf('nowhere.jpg', number));

function reader(found: readonly PhotoText[]): SecondReader & { readonly asked: number[] } {
  const asked: number[] = [];
  return {
    name: 'second',
    asked,
    wants: ({ unreadable }) => unreadable,
    readText: async (photos) => {
      asked.push(...photos.map(({ number }) => number));
      return found;
    },
  };
}

describe('reading again', () => {
  const first = [
    text(1, 'CLEAR'),
    text(2, 'AB', { unreadable: true, places: [{ left: 0, top: 0, width: 1, height: 1 }] }),
    text(3, 'SOMETHING', { unreadable: true }),
  ];

  it('asks only about what is in doubt, and keeps whichever found more', async () => {
    const second = reader([text(2, 'COTTON'), text(3, '')]);
    const [one, two, three] = await readAgain(views, first, second, callNow);
    expect(second.asked).toEqual([2, 3]);
    expect(one).toBe(first[0]);
    expect(two).toMatchObject({ lines: [{ text: 'COTTON' }], unreadable: false, places: first[1]?.places });
    expect(three).toBe(first[2]);
  });

  it('asks nobody where there is no doubt, or nobody', async () => {
    const second = reader([]);
    expect(await readAgain(views, [text(1, 'CLEAR')], second, callNow)).toEqual([text(1, 'CLEAR')]);
    expect(second.asked).toEqual([]);
    expect(await readAgain(views, first, undefined, callNow)).toBe(first);
  });
});
