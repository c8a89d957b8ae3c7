import { describe, expect, it } from 'vitest';
import type { AspectRule } from '../../src/core/listing.ts';
import { SITES } from '../../src/core/site.ts';
import { restrictedWords } from '../../src/stages/check/restricted-words.ts';
import { fillAspects } from '../../src/stages/specify/fill-aspects.ts';
import { fitValues } from '../../src/stages/specify/fit-values.ts';

/** Counterexamples that test/properties found. */
const rule = (name: string, more: Partial<AspectRule> = {}): AspectRule => ({
  name,
  required: true,
  mode: 'FREE_TEXT',
  cardinality: 'SINGLE',
  dataType: 'STRING',
  values: [],
  ...more,
});

describe('words that are also names of JavaScript', () => {
  it('are values like any other: as a size, as a colour on the German site, beside a brand', () => {
    expect(fitValues(rule('Size', { values: ['M'] }), ['constructor'])).toEqual({ fit: true, values: ['constructor'] });
    expect(fitValues(rule('Farbe', { values: ['Blau'] }), ['constructor'], SITES.EBAY_DE)).toEqual({ fit: true, values: ['Constructor'] });
    const model = rule('Model', { onlyWith: { iPhone: [{ name: 'Brand', values: ['Apple'] }] } });
    const { aspects, problems } = fillAspects([model], {}, { aspects: { Model: ['constructor'] } });
    expect([aspects.Model?.values, problems]).toEqual([['constructor'], []]);
  });

  it('as a required specific are missing like any other', () => {
    expect(fillAspects([rule('toString')], {}, {}).problems).toMatchObject([{ name: 'toString', kind: 'missing' }]);
  });
});

describe('values of item specifics', () => {
  it('are as long as eBay and `check` count them: an emoji is two', () => {
    expect(fitValues(rule('Theme'), ['🧥'.repeat(32)]).fit).toBe(true);
    expect(fitValues(rule('Theme'), ['🧥'.repeat(33)])).toEqual({ fit: false, why: 'it is longer than 65 characters' });
  });

  it('hold no control characters and no halves of characters', () => {
    expect(fitValues(rule('Theme'), ['a\u0000b\ud83e'])).toEqual({ fit: true, values: ['a b'] });
  });
});

it('a restricted word is found with its accents apart, as names from a Mac have them', () => {
  expect(restrictedWords(['HERMÈS scarf'.normalize('NFD')], { hermès: 'copied' })).toEqual([{ word: 'hermès', reason: 'copied' }]);
});
