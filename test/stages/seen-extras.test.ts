import { describe, expect, it } from 'vitest';
import type { Evidence, Fact, Facts } from '../../src/core/facts.ts';
import type { ItemId } from '../../src/core/item.ts';
import type { AspectRule } from '../../src/core/listing.ts';
import { SITES } from '../../src/core/site.ts';
import { estimatedWeight } from '../../src/stages/check/parcel.ts';
import { buildTitle } from '../../src/stages/specify/build-title.ts';
import { fillAspects } from '../../src/stages/specify/fill-aspects.ts';
import { measurementsOf } from '../../src/stages/specify/measurements.ts';
import { piecesOf } from '../../src/stages/specify/pieces.ts';

const seen = (value: string): Fact => ({ value, confidence: 0.95, evidence: [{ from: 'picture', photo: 1, note: value }] });
const read = (value: string, evidence: Evidence = { from: 'label', photo: 1, text: value }): Fact => ({
  value,
  confidence: 0.95,
  evidence: [evidence],
});
const rule = (name: string, more: Partial<AspectRule> = {}): AspectRule => ({
  name,
  required: false,
  mode: 'FREE_TEXT',
  cardinality: 'SINGLE',
  dataType: 'STRING',
  values: [],
  ...more,
});
const filled = (rules: readonly AspectRule[], facts: Facts): Record<string, readonly string[]> =>
  Object.fromEntries(Object.entries(fillAspects(rules, facts, {}).aspects).map(([name, { values }]) => [name, values]));

describe('features', () => {
  const list = rule('Features', { mode: 'SELECTION_ONLY', cardinality: 'MULTI', values: ['Pockets', 'Hooded', 'Lined'] });

  it('are one value each, in eBay’s words; one that eBay has no word for takes none of the others with it', () => {
    expect(filled([list], { features: seen('pockets; secret compartment; hooded') })).toEqual({ Features: ['Pockets', 'Hooded'] });
    expect(filled([list], { features: seen('secret compartment') })).toEqual({});
  });

  it('are left out where eBay takes one and there are several', () => {
    const single = { ...list, cardinality: 'SINGLE' as const };
    expect(filled([single], { features: seen('pockets; hooded') })).toEqual({});
    expect(filled([single], { features: seen('pockets; secret compartment') })).toEqual({ Features: ['Pockets'] });
  });
});

describe('measurements', () => {
  const told = read('pit to pit 21 in; Length: 28"; inseam 30 inches; 12; approx', { from: 'label', photo: 2, text: '21 28 30' });

  it('have a name, a number and a unit, or say nothing', () => {
    expect(measurementsOf({ measurements: told })).toEqual([
      { name: 'Pit To Pit', value: '21 in' },
      { name: 'Length', value: '28 in' },
      { name: 'Inseam', value: '30 in' },
    ]);
  });

  it('that only look so are none: a number must have been read', () => {
    expect(measurementsOf({ measurements: seen('length 28 in') })).toEqual([]);
    expect(filled([rule('Item Length')], { measurements: seen('length 28 in') })).toEqual({});
  });

  it('answer the specifics that ask for them, and none that takes kinds', () => {
    const rules = [
      rule('Inseam', { values: ['28 in', '30 in'] }),
      rule('Item Length'),
      rule('Skirt Length', { values: ['Short', 'Midi'] }),
    ];
    expect(filled(rules, { measurements: told })).toEqual({ Inseam: ['30 in'], 'Item Length': ['28 in'] });
  });
});

describe('several things in one listing', () => {
  const pieces = (quantity: Fact | undefined, seller = {}) => piecesOf('ITEM' as ItemId, quantity ? { quantity } : {}, seller, 'en-US');

  it('that were only seen are made a lot of, and asked about; never a quantity of eBay', () => {
    expect(pieces(seen('3'))).toMatchObject({ count: 3, words: 'Lot of 3', doubt: { code: 'item.several-pieces' } });
    expect(pieces(seen('set of four'))).toMatchObject({ count: 4 });
  });

  it('that a package tells are a lot without a question', () => {
    expect(pieces(read('3'))).toEqual({ count: 3, words: 'Lot of 3' });
  });

  it('are nobody’s guess where the seller has spoken, and a pair is one', () => {
    for (const said of [{ quantity: 1 }, { quantity: 3 }, { title: 'Three Shirts' }]) expect(pieces(seen('3'), said)).toBeUndefined();
    for (const one of ['1', '1 pair', 'pair of 2', 'many']) expect(pieces(seen(one)), one).toBeUndefined();
    expect(pieces(undefined)).toBeUndefined();
  });
});

describe('the weight that a model estimates', () => {
  it('is a number with a unit, and nothing else', () => {
    const weight = (text: string) => estimatedWeight({ weightEstimate: seen(text) });
    expect(weight('1.5 lb')).toEqual({ value: 1.5, unit: 'POUND' });
    expect(weight('about 300 g')).toEqual({ value: 300, unit: 'GRAM' });
    expect(weight('0,4 kg')).toEqual({ value: 0.4, unit: 'KILOGRAM' });
    for (const none of ['1-2 lb', 'light', '12', '0 oz', '2 stones']) expect(weight(none), none).toBeUndefined();
    expect(estimatedWeight({})).toBeUndefined();
  });
});

describe('search words in the title', () => {
  const facts: Facts = { type: seen('T-Shirt'), color: seen('Blue'), features: seen('crew neck; pockets'), brand: seen('Nike') };
  const title = (keywords: readonly string[], pieces?: string) =>
    buildTitle({ facts, aspects: {}, path: ['11450'], site: SITES.EBAY_US, keywords, pieces }, 80);

  it('are those that facts prove, two at most, and no word twice', () => {
    expect(title(['crew neck', 'vintage', 'nike', 'blue shirt'])).toBe('Blue T-Shirt Crew Neck');
    expect(title(['crew neck', 'pockets', 'crew pockets'])).toBe('Blue T-Shirt Crew Neck Pockets');
    expect(title([])).toBe('Blue T-Shirt');
  });

  it('a lot says so first', () => {
    expect(title([], 'Lot of 3')).toBe('Lot of 3 Blue T-Shirt');
  });
});
