import { expect, it } from 'vitest';
import { placesOf } from '../../src/app/review/pictures.ts';
import type { StageOutcome } from '../../src/core/ports/index.ts';

const outcome = (stage: string, output: unknown): StageOutcome => ({ stage, output }) as unknown as StageOutcome;
const place = (left: number) => ({ left, top: 0.1, width: 0.2, height: 0.1 });
const line = { text: 'FENWARD', words: [], confidence: 0.9, height: 0.05, top: 0.2 };

it('a review shows parts of photos on which writing was read, or could not be read, and no others', () => {
  const outcomes = [
    outcome('prepare', { photos: [{ source: 'leather' }, { source: 'label' }, { source: 'crumpled' }] }),
    outcome('read', {
      texts: [
        { photo: 1, lines: [], unreadable: false, places: [place(0.1)] },
        { photo: 2, lines: [line], unreadable: false, places: [place(0.2), place(0.6)] },
        { photo: 3, lines: [], unreadable: true, places: [place(0.3)] },
      ],
    }),
  ];
  expect(placesOf(outcomes, 'leather')).toEqual([]);
  expect(placesOf(outcomes, 'label')).toEqual([place(0.2), place(0.6)]);
  expect(placesOf(outcomes, 'crumpled')).toEqual([place(0.3)]);
  expect(placesOf(outcomes, 'unknown')).toEqual([]);
});
