import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FACT_NAMES, type Fact, type Facts } from '../../src/core/facts.ts';
import type { AspectRule } from '../../src/core/listing.ts';
import type { SellerFacts } from '../../src/core/seller-facts.ts';
import { SITES } from '../../src/core/site.ts';
import { fillAspects } from '../../src/stages/specify/fill-aspects.ts';
import { fitValues } from '../../src/stages/specify/fit-values.ts';
import { runs } from './runs.ts';

/** eBay's limits (CONTRACTS 2.2): UTF-16 units, as in all its documents. */
const VALUE_MAX = 65;
const VALUES_MAX = 30;

const NAMES = [
  'Brand',
  'Size',
  'US Shoe Size',
  'Color',
  'Farbe',
  'Material',
  'Type',
  'Model',
  'MPN',
  'Department',
  'Size Type',
  'Inseam',
  'Year',
];
const value = fc.oneof(
  fc.constantFrom(
    'Blue',
    'navy blue',
    'Black/White',
    'M',
    'medium',
    'US 10 / EU 43',
    'EU 43',
    'W32 L34',
    '80% cotton, 20% polyester',
    'Cotton',
  ),
  fc.constantFrom(
    'none',
    'Does not apply',
    'Unbranded',
    '2019',
    '2019-05-01',
    '20190501',
    '12 inches',
    '12',
    '-3',
    '1e9',
    '2147483648',
    '1.5',
  ),
  fc.constantFrom('constructor', '__proto__', 'toString', 'hasOwnProperty', '🧥'.repeat(40), 'x'.repeat(66), '\ud83e', 'a\u0000b', ' \n '),
  fc.string({ unit: 'grapheme', maxLength: 70 }),
  fc.string({ unit: 'binary', maxLength: 10 }),
);
const rule: fc.Arbitrary<AspectRule> = fc
  .record({
    name: fc.oneof(fc.constantFrom(...NAMES), fc.constantFrom('toString', 'valueOf', 'Style')),
    required: fc.boolean(),
    mode: fc.constantFrom('FREE_TEXT' as const, 'SELECTION_ONLY' as const),
    cardinality: fc.constantFrom('SINGLE' as const, 'MULTI' as const),
    dataType: fc.constantFrom('STRING' as const, 'STRING' as const, 'NUMBER' as const, 'DATE' as const),
    format: fc.constantFrom('int32', 'double', 'YYYY', 'YYYYMM', 'YYYYMMDD', 'constructor', undefined),
    maxLength: fc.constantFrom(undefined, 20, 65, 4_000),
    values: fc.array(
      value.filter((one) => one.length <= VALUE_MAX && !/\p{Cs}/u.test(one) && one.trim() === one && one !== '' && !/\p{Cc}/u.test(one)),
      { maxLength: 6 },
    ),
    others: fc.array(fc.constantFrom(...NAMES), { maxLength: 2 }),
  })
  .map(({ format, maxLength, others, ...rest }) => ({
    ...rest,
    values: rest.values.filter((one) => one.length <= Math.min(maxLength ?? VALUE_MAX, VALUE_MAX)),
    ...(format ? { format } : {}),
    ...(maxLength ? { maxLength } : {}),
    ...(others.length > 0
      ? { onlyWith: Object.fromEntries(rest.values.slice(0, 2).map((one) => [one, others.map((name) => ({ name, values: ['Nike'] }))])) }
      : {}),
  }));
const site = fc.constantFrom(SITES.EBAY_US, SITES.EBAY_GB, SITES.EBAY_DE);

/** What eBay would refuse at publish. */
function expectTaken({ name, mode, cardinality, values: allowed, maxLength }: AspectRule, values: readonly string[]): void {
  expect(values.length).toBeGreaterThan(0);
  expect(values.length).toBeLessThanOrEqual(cardinality === 'SINGLE' ? 1 : VALUES_MAX);
  expect(new Set(values).size).toBe(values.length);
  for (const one of values) {
    expect(one.length, `${name}: ${one}`).toBeLessThanOrEqual(Math.min(VALUE_MAX, maxLength ?? VALUE_MAX));
    expect(one).not.toMatch(/[\p{Cc}\p{Cs}]/u);
    expect(one.trim()).not.toBe('');
    if (mode === 'SELECTION_ONLY') expect(allowed).toContain(one);
  }
}

describe('item specifics, whatever is known', () => {
  it('values that fit are what eBay takes; fitting them again changes nothing', () => {
    fc.assert(
      fc.property(rule, fc.array(value, { maxLength: 35 }), site, (asked, values, where) => {
        const fitted = fitValues(asked, values, where);
        if (!fitted.fit) return;
        expectTaken(asked, fitted.values);
        expect(fitValues(asked, fitted.values, where)).toEqual(fitted);
      }),
      runs(1_500),
    );
  });

  it('an allowed value fits as it is', () => {
    fc.assert(
      fc.property(
        rule.filter(({ values, dataType }) => values.length > 0 && dataType === 'STRING'),
        site,
        (asked, where) => {
          const [first = ''] = asked.values;
          expect(fitValues(asked, [first], where)).toEqual({ fit: true, values: [first] });
        },
      ),
      runs(300),
    );
  });

  it('each required specific is filled or is a problem, never both; hard facts need proof', () => {
    const proof = fc.constantFrom<Fact['evidence'][number]>(
      { from: 'label', photo: 1, text: 'x' },
      { from: 'picture', photo: 1, note: 'x' },
      { from: 'folder-name', text: 'x' },
    );
    const fact = fc.record({ value, confidence: fc.constant(0.9), evidence: fc.array(proof, { maxLength: 2 }) });
    const facts = fc.array(fc.tuple(fc.constantFrom(...FACT_NAMES), fact), { maxLength: 8 }).map((all) => Object.fromEntries(all) as Facts);
    const own = fc.array(
      fc.tuple(fc.constantFrom(...NAMES, 'Extra', 'toString', 'valueOf'), fc.array(value, { minLength: 1, maxLength: 3 })),
      { maxLength: 4 },
    );
    const seller: fc.Arbitrary<SellerFacts> = fc.record(
      { brand: value, size: value, color: value, material: value, type: value, aspects: own.map((all) => Object.fromEntries(all)) },
      { requiredKeys: [] },
    );
    const rules = fc.uniqueArray(rule, { maxLength: 8, selector: ({ name }) => name });
    fc.assert(
      fc.property(rules, facts, seller, site, (asked, known, said, where) => {
        const { aspects, problems } = fillAspects(asked, known, said, { site: where });
        for (const one of asked) {
          const filled = Object.hasOwn(aspects, one.name) ? aspects[one.name] : undefined;
          const told = problems.some(({ name }) => name === one.name);
          if (filled) expectTaken(one, filled.values);
          expect(filled !== undefined && told).toBe(false);
          if (one.required && one.name !== 'Size Type') expect(filled !== undefined || told, one.name).toBe(true);
          if (!filled || !['Brand', 'Model'].includes(one.name)) continue;
          expect(filled.fact.evidence.some(({ from }) => from === 'label' || from === 'seller')).toBe(true);
        }
      }),
      runs(800),
    );
  });
});
