import { describe, expect, it } from 'vitest';
import type { Fact } from '../../src/core/facts.ts';
import type { AspectRule, ConditionPolicy } from '../../src/core/listing.ts';
import { chooseCondition } from '../../src/stages/specify/choose-condition.ts';
import { noteOf } from '../../src/stages/specify/condition-note.ts';
import { fillAspects } from '../../src/stages/specify/fill-aspects.ts';
import { fitValues } from '../../src/stages/specify/fit-values.ts';

const rule = (name: string, more: Partial<AspectRule> = {}): AspectRule => ({
  name,
  required: false,
  mode: 'FREE_TEXT',
  cardinality: 'SINGLE',
  dataType: 'STRING',
  values: [],
  ...more,
});
const read = (value: string): Fact => ({ value, confidence: 0.9, evidence: [{ from: 'label', photo: 2, text: value }] });
const seen = (value: string): Fact => ({ value, confidence: 0.99, evidence: [{ from: 'picture', photo: 1, note: value }] });

describe('values are put into eBay’s words, or not used', () => {
  it.each([
    [{ mode: 'SELECTION_ONLY', values: ['Men', 'Women'] }, ["men's"], ['Men']],
    [{ values: ['Gray'] }, ['Grey'], ['Gray']],
    [{ values: ['1-2 Switch', '1-2-Switch'] }, ['1-2-Switch'], ['1-2-Switch']],
    [{}, ['Northfield'], ['Northfield']],
    [{ cardinality: 'MULTI', values: ['Cotton', 'Polyester'] }, ['cotton', 'polyester'], ['Cotton', 'Polyester']],
    [{ dataType: 'NUMBER', format: 'int32' }, ['12'], ['12']],
    [{ dataType: 'DATE', format: 'YYYY' }, ['first print 1998'], ['1998']],
    [{ dataType: 'DATE', format: 'YYYYMMDD' }, ['2019-05-01'], ['20190501']],
    [{ values: ['12 in'] }, ['12 inches'], ['12 in']],
  ] as const)('%j takes %j as %j', (more, values, fitted) => {
    expect(fitValues(rule('x', more as Partial<AspectRule>), values)).toEqual({ fit: true, values: fitted });
  });

  it.each([
    [{ mode: 'SELECTION_ONLY', values: ['Men', 'Women'] }, ['Pets']],
    [{ cardinality: 'SINGLE' }, ['a', 'b']],
    [{}, ['x'.repeat(66)]],
    [{ maxLength: 5 }, ['longer']],
    [{ dataType: 'NUMBER' }, ['many']],
    [{ dataType: 'DATE', format: 'YYYY' }, ['last year']],
    [{}, ['  ']],
  ] as const)('%j does not take %j', (more, values) => {
    expect(fitValues(rule('x', more as Partial<AspectRule>), values).fit).toBe(false);
  });
});

describe('the same thing in eBay’s words', () => {
  it.each([
    ['Size', ['2XS', 'S', 'L', 'XL', '2XL', '32'], 'Large', 'L'],
    ['Size', ['2XS', 'S', 'L', 'XL', '2XL', '32'], 'X-Large', 'XL'],
    ['Size', ['2XS', 'S', 'L', 'XL', '2XL', '32'], 'XXL', '2XL'],
    ['Size', ['2XS', '32'], '2X', '2X'],
    ['Size', ['32'], 'W32 L34', '32'],
    ['US Shoe Size', ['9.5', '10'], 'US 10 / EU 43', '10'],
    ['US Shoe Size', [], 'EUR 43 / US 9,5', '9.5'],
    ['Color', ['Blue', 'Multicolor'], 'Dark Navy', 'Blue'],
    ['Color', ['Blue', 'Multicolor'], 'black/white', 'Multicolor'],
    ['Color', ['Blue', 'Green'], 'Teal', 'Teal'],
    ['Brand', [], 'no brand', 'Unbranded'],
    ['MPN', [], 'n/a', 'Does not apply'],
  ] as const)('%s of %j: "%s" is %s', (name, values, said, fitted) => {
    expect(fitValues(rule(name, { values }), [said])).toEqual({ fit: true, values: [fitted] });
  });

  it('a size of another country is none, and a 31st of February no date', () => {
    expect(fitValues(rule('US Shoe Size'), ['EU 38']).fit).toBe(false);
    expect(fitValues(rule('Date', { dataType: 'DATE', format: 'YYYYMMDD' }), ['20200231']).fit).toBe(false);
    expect(fitValues(rule('x', { dataType: 'NUMBER', format: 'int32' }), ['99999999999']).fit).toBe(false);
  });
});

describe('item specifics', () => {
  const RULES = [
    rule('Brand', { required: true }),
    rule('Size', { required: true }),
    rule('Size Type', { required: true, mode: 'SELECTION_ONLY', values: ['Regular', 'Big & Tall'] }),
    rule('Color', { values: ['Blue', 'Gray'] }),
    rule('Material', { cardinality: 'MULTI', values: ['Cotton', 'Polyester'] }),
  ];
  const values = (filled: ReturnType<typeof fillAspects>): Record<string, readonly string[]> =>
    Object.fromEntries(Object.entries(filled.aspects).map(([name, one]) => [name, one.values]));

  it('come from proven facts; a model’s or a picture’s word proves no brand', () => {
    const filled = fillAspects(
      RULES,
      { brand: seen('Nike'), size: read('M'), color: seen('Blue') },
      {},
      { unknownWhy: () => 'the label is blurred' },
    );
    expect(values(filled)).toEqual({ Size: ['M'], 'Size Type': ['Regular'], Color: ['Blue'] });
    expect(filled.problems).toEqual([{ name: 'Brand', kind: 'missing', why: 'the label is blurred', allowed: [] }]);
  });

  it('are never a default: a marked size tells no size type', () => {
    const filled = fillAspects(RULES, { brand: read('Northfield'), size: read('2XLT') }, {});
    expect(filled.problems.map(({ name }) => name)).toEqual(['Size Type']);
  });

  it('name the fibres of a blend where several are taken', () => {
    expect(values(fillAspects(RULES, { material: read('80% cotton, 20% polyester') }, {})).Material).toEqual(['Cotton', 'Polyester']);
  });

  it('the seller wins, in any spelling of the name, and a wrong value is told', () => {
    const filled = fillAspects(
      RULES,
      { brand: read('Wrong') },
      { brand: 'Right', aspects: { color: ['grey'], 'size type': ['Huge'], Theme: ['Own'] } },
    );
    expect(values(filled)).toEqual({ Brand: ['Right'], Color: ['Gray'], Theme: ['Own'] });
    expect(filled.problems).toContainEqual(expect.objectContaining({ name: 'Size Type', kind: 'unfit' }));
  });
});

describe('values that depend on others', () => {
  const RULES = [
    rule('Brand', { required: true, values: ['Apple', 'Samsung'] }),
    rule('Model', {
      required: true,
      values: ['iPhone 12', 'Galaxy S21'],
      onlyWith: { 'iPhone 12': [{ name: 'Brand', values: ['Apple'] }], 'Galaxy S21': [{ name: 'Brand', values: ['Samsung'] }] },
    }),
    rule('Chip', { values: ['A14', 'Exynos'], onlyWith: { A14: [{ name: 'Model', values: ['iPhone 12'] }] } }),
  ];
  const values = (filled: ReturnType<typeof fillAspects>): Record<string, readonly string[]> =>
    Object.fromEntries(Object.entries(filled.aspects).map(([name, one]) => [name, one.values]));

  it('stand beside what they go with, whichever was said first', () => {
    const filled = fillAspects(RULES, { model: read('iphone 12'), brand: read('APPLE') }, { aspects: { Chip: ['A14'] } });
    expect(values(filled)).toEqual({ Brand: ['Apple'], Model: ['iPhone 12'], Chip: ['A14'] });
    expect(filled.problems).toEqual([]);
  });

  it('what was read and does not go with the rest is left out, and asked for where it is required', () => {
    const filled = fillAspects(RULES, { model: read('iPhone 12') }, { brand: 'Samsung' });
    expect(values(filled)).toEqual({ Brand: ['Samsung'] });
    expect(filled.problems).toMatchObject([{ name: 'Model', kind: 'missing', allowed: ['iPhone 12', 'Galaxy S21'] }]);
  });

  it('what the seller said and does not go with the rest is told, with what it goes with', () => {
    const { aspects, problems } = fillAspects(RULES, {}, { brand: 'Samsung', model: 'iPhone 12' });
    expect(Object.keys(aspects)).toEqual(['Brand']);
    expect(problems).toMatchObject([{ name: 'Model', kind: 'unfit', why: '"iPhone 12" goes only with Brand Apple' }]);
  });

  it('one that goes takes those with it that need it; without its partner it does not stand', () => {
    const chained = fillAspects(RULES, { model: read('iPhone 12') }, { brand: 'Samsung', aspects: { Chip: ['A14'] } });
    expect(Object.keys(chained.aspects)).toEqual(['Brand']);
    expect(chained.problems.map(({ name, kind }) => [name, kind])).toEqual([
      ['Chip', 'unfit'],
      ['Model', 'missing'],
    ]);
    expect(values(fillAspects(RULES, { model: read('iPhone 12') }, {}))).toEqual({});
  });

  it('a value without a rule of its own goes with everything', () => {
    expect(values(fillAspects(RULES, {}, { brand: 'Nokia', model: '3310', aspects: { Chip: ['Exynos'] } }))).toEqual({
      Brand: ['Nokia'],
      Model: ['3310'],
      Chip: ['Exynos'],
    });
  });
});

describe('conditions', () => {
  const CLOTHES: ConditionPolicy = {
    required: true,
    allowed: [
      { id: '1000', word: 'NEW', label: 'New with tags' },
      { id: '2990', word: 'PRE_OWNED_EXCELLENT', label: 'Pre-owned - Excellent' },
      { id: '3000', word: 'USED_EXCELLENT', label: 'Pre-owned - Good' },
    ],
  };

  it.each([
    ['used', '3000'],
    ['USED_EXCELLENT', '3000'],
    ['3000', '3000'],
    ['pre-owned: good', '3000'],
    ['Pre-owned - Excellent', '2990'],
    ['new with tags', '1000'],
  ])('"%s" is %s', (said, id) => {
    expect(chooseCondition(CLOTHES, said)).toMatchObject({ kind: 'chosen', condition: { id } });
  });

  it('are never stepped down: what a category lacks is asked', () => {
    expect(chooseCondition(CLOTHES, 'very good')).toMatchObject({ kind: 'not-allowed' });
    expect(chooseCondition(CLOTHES, undefined)).toMatchObject({ kind: 'unknown' });
    expect(chooseCondition({ required: false, allowed: [] }, 'used')).toEqual({ kind: 'none-needed' });
  });
});

describe('flaws in the condition note', () => {
  it('are told in the seller’s words and order, each whole', () => {
    expect(noteOf(['chip at the rim', ' a  hairline\ncrack ', ''], 1_000)).toBe('chip at the rim; a hairline crack');
    expect(noteOf([], 1_000)).toBe('');
  });

  it('one that does not fit is left out whole, never cut; a shorter one after it still comes in', () => {
    expect(noteOf(['chip', 'x'.repeat(20), 'crack'], 12)).toBe('chip; crack');
    expect(noteOf(['x'.repeat(13), 'chip'], 12)).toBe('chip');
    const flaws = Array.from({ length: 100 }, (_, n) => `flaw number ${n} with its place`);
    const note = noteOf(flaws, 1_000);
    expect(note.length).toBeLessThanOrEqual(1_000);
    expect(note.length).toBeGreaterThan(950);
    expect(note.split('; ').every((one) => flaws.includes(one))).toBe(true);
  });
});
