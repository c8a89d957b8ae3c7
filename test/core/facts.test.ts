import { expect, it } from 'vitest';
import { type Fact, factsOfSeller, isProven } from '../../src/core/facts.ts';

const fact = (from: 'seller' | 'picture' | 'folder-name'): Fact => ({
  value: 'x',
  confidence: 0.99,
  evidence: [from === 'seller' ? { from, field: 'brand' } : from === 'picture' ? { from, photo: 1, note: 'seen' } : { from, text: 'x' }],
});

it('what harms a buyer when wrong needs a label, a barcode or the seller', () => {
  for (const name of ['brand', 'model', 'mpn', 'gtin', 'size', 'material', 'countryOfOrigin'] as const) {
    expect(isProven(name, fact('picture')), name).toBe(false);
    expect(isProven(name, fact('folder-name')), name).toBe(false);
    expect(isProven(name, fact('seller')), name).toBe(true);
  }
  expect(isProven('color', fact('picture'))).toBe(true);
  expect(isProven('color', { value: 'x', confidence: 1, evidence: [] })).toBe(false);
});

it('the seller’s word is a certain fact; prices and notes are none', () => {
  expect(factsOfSeller({ brand: 'Puma', note: 'n', price: { minor: 1, currency: 'USD' } })).toEqual({
    brand: { value: 'Puma', confidence: 1, evidence: [{ from: 'seller', field: 'brand' }] },
  });
});
