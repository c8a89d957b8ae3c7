import { expect, it } from 'vitest';
import { pictureBilling, pictureTokens } from '../../../src/adapters/openai/picture-tokens.ts';

/** Width, height, then tokens at `high` as the guide's formula gives them, worked out by hand. */
const SIZES: readonly (readonly [number, number, Readonly<Record<string, number>>])[] = [
  // The guide's own examples for gpt-4o: 1024 x 1024 gives 765, 2048 x 4096 gives 1105.
  [1024, 1024, { 'gpt-4o': 765, 'gpt-4.1': 765, 'gpt-5': 630, o1: 675, 'gpt-4o-mini': 25_501 }],
  [2048, 4096, { 'gpt-4o': 1_105, 'gpt-4.1': 1_105, 'gpt-5': 910, o3: 975, 'gpt-4o-mini': 36_835 }],
  [4032, 3024, { 'gpt-4o': 765, 'gpt-5': 630, 'gpt-4o-mini': 25_501 }],
  [512, 512, { 'gpt-4o': 255, 'gpt-5': 210, 'gpt-4o-mini': 8_500 }],
  [513, 512, { 'gpt-4o': 425, 'gpt-5': 350 }],
  [683, 512, { 'gpt-4o': 425, 'gpt-5': 350, 'gpt-4o-mini': 14_167 }],
  [768, 576, { 'gpt-4o': 765 }],
  [1, 1, { 'gpt-4o': 255, 'gpt-5-mini': 2 }],
  [4096, 512, { 'gpt-4o': 765 }],
  // 1024 x 1024 are 32 x 32 patches (the guide's example for gpt-4.1-mini: 1024 before the factor).
  [1024, 1024, { 'gpt-5-mini': 1_659, 'gpt-4.1-mini': 1_659, 'gpt-4.1-nano': 2_520, 'gpt-5-nano': 2_520, 'o4-mini': 1_762 }],
  // 1800 x 2400 has 57 x 75 patches, over the budget: shrunk to 33 x 44 = 1452 (the guide's example).
  [1800, 2400, { 'gpt-5-mini': 2_353, 'gpt-5-nano': 3_572, 'o4-mini': 2_498 }],
  [768, 576, { 'gpt-5-mini': 700, 'gpt-5-nano': 1_063, 'gpt-6-luna': 519 }],
  [33, 32, { 'gpt-5-mini': 4, 'gpt-6-luna': 3 }],
  // Fitted to 2048 x 1536, which is 64 x 48 patches; shrunk to 57 x 43 = 2451 of 2500.
  [4032, 3024, { 'gpt-6-luna': 2_942, 'gpt-5.5': 2_451 }],
];

it.each(SIZES.flatMap(([width, height, tokens]) => Object.entries(tokens).map(([model, count]) => [model, width, height, count] as const)))(
  '%s counts %i x %i as %i tokens',
  (model, width, height, tokens) => {
    expect(pictureTokens({ width, height }, pictureBilling(model), 'high')).toBe(tokens);
  },
);

it.each([
  ['gpt-4o', 85],
  ['gpt-4o-mini', 2_833],
  ['gpt-5', 70],
  ['gpt-6-luna', 308],
])('%s at low detail costs %i, however large the picture', (model, tokens) => {
  expect(pictureTokens({ width: 4032, height: 4032 }, pictureBilling(model), 'low')).toBe(tokens);
});

it('goes by the longest name that fits, by dated versions, by the maker in front, and by what the settings say', () => {
  expect(pictureBilling('gpt-4o-2024-08-06')).toEqual(pictureBilling('gpt-4o'));
  expect(pictureBilling('gpt-4o-mini-2024-07-18')).toEqual(pictureBilling('gpt-4o-mini'));
  expect(pictureBilling('openai/gpt-5-mini')).toEqual(pictureBilling('gpt-5-mini'));
  expect(pictureBilling('gpt-5.4-mini')).not.toEqual(pictureBilling('gpt-5.4'));
  expect(pictureBilling('gpt-50')).toEqual(pictureBilling('some-model:7b'));
  expect(pictureBilling('my-model', 'gpt-4o')).toEqual(pictureBilling('gpt-4o'));
});

it('never counts more than the budget of a patch model, whatever the shape', () => {
  for (let width = 40; width < 5_000; width += 331) {
    for (let height = 40; height < 5_000; height += 277) {
      expect(pictureTokens({ width, height }, { kind: 'patches', factor: 1, most: 1_536 }, 'high')).toBeLessThanOrEqual(1_536);
    }
  }
});
