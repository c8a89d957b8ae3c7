import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Bench, call, openBench, photosIn, text } from './support.ts';

const reply = {
  found: [
    { name: 'Sleeve Length', values: ['Short Sleeve'], c: 95, by: 'picture', p: 1, q: 'sleeves end above the elbow' },
    { name: 'Size', values: ['M'], c: 99, by: 'label', p: 2, q: 'SIZE M' },
    { name: 'Theme', values: ['see www.shop.com'], c: 99, by: 'picture', p: 1, q: 'print' },
    { name: 'Not Asked', values: ['x'], c: 99, by: 'picture', p: 1, q: 'x' },
  ],
  unknown: [{ name: 'Fit', why: 'it is laid flat' }],
};
const asked = (name: string, allowed: readonly string[] = []) => ({ name, allowed, onlyAllowed: allowed.length > 0, multi: false });

let bench: Bench;
beforeEach(async () => {
  bench = await openBench(() => reply);
});
afterEach(() => bench.close());

it('asks one narrow question with the exact values, and answers each specific by its name', async () => {
  const request = {
    photos: await photosIn(bench.folder, 2),
    texts: [text(2, 'SIZE M')],
    barcodes: [],
    category: "T-Shirts < Shirts < Men's Clothing",
    asked: [asked('Sleeve Length', ['Short Sleeve', 'Long Sleeve']), asked('Size'), asked('Theme'), asked('Fit', ['Slim', 'Regular'])],
    known: { Brand: ['Fenward'] },
  };
  const answer = await bench.describer.lookAgain?.(request, call());
  expect(answer?.found).toEqual({
    'Sleeve Length': {
      values: ['Short Sleeve'],
      confidence: 0.95,
      evidence: [{ from: 'picture', photo: 1, note: 'sleeves end above the elbow' }],
    },
    Size: { values: ['M'], confidence: 0.97, evidence: [{ from: 'label', photo: 2, text: 'SIZE M' }] },
  });
  expect(answer?.unknowns).toEqual({ Theme: { why: 'a second look did not tell it' }, Fit: { why: 'it is laid flat' } });
  expect(bench.server.asked[0]?.text).toContain('"allowed":["Short Sleeve","Long Sleeve"]');
  expect(bench.server.problems).toEqual([]);

  await bench.describer.lookAgain?.(request, call());
  expect(bench.server.asked).toHaveLength(1);
});
