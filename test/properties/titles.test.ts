import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { restrictedWordsWith } from '../../src/config/restricted-words.ts';
import { type Evidence, FACT_NAMES, type Fact, type FactName, type Facts, HARD_FACTS } from '../../src/core/facts.ts';
import { SITES } from '../../src/core/site.ts';
import { restrictedWords } from '../../src/stages/check/restricted-words.ts';
import { buildTitle, type TitleSource } from '../../src/stages/specify/build-title.ts';
import { titleFromWords } from '../../src/stages/specify/title-from-words.ts';
import { runs } from './runs.ts';

const EBAY_TAKES = 80;

/** Words as labels, models and sellers have them, and what none of them should. */
const word = fc.oneof(
  fc.constantFrom(
    'Nike',
    'NORTHFIELD',
    "Levi's",
    '501',
    'M',
    'XXL',
    'men',
    'Men',
    'Blue',
    '100% cotton',
    'T-SHIRT',
    'Größe',
    '&',
    'by',
    'N/A',
  ),
  fc.constantFrom(
    '<b>sale</b>',
    '<script>',
    '&lt;',
    '{{title}}',
    '🧥',
    '👨‍👩‍👧',
    '\ud83e',
    '\udde5',
    'e\u0301',
    '\u202ecba',
    '\u0000',
    '\u001b[31m',
    '\u200b',
  ),
  fc.constantFrom('WOW', 'L@@K', 'free shipping', 'constructor', '__proto__', 'toString'),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.string({ unit: 'binary', maxLength: 90 }),
);
const text = fc.array(word, { minLength: 1, maxLength: 6 }).map((words) => words.join(' '));
const evidence: fc.Arbitrary<Evidence> = fc.constantFrom(
  { from: 'label', photo: 1, text: 'x' },
  { from: 'seller', field: 'x' },
  { from: 'picture', photo: 1, note: 'x' },
  { from: 'folder-name', text: 'x' },
);
const fact: fc.Arbitrary<Fact> = fc.record({
  value: text,
  confidence: fc.double({ min: 0, max: 1, noNaN: true }),
  evidence: fc.array(evidence, { maxLength: 2 }),
});
const facts: fc.Arbitrary<Facts> = fc
  .array(fc.tuple(fc.constantFrom(...FACT_NAMES), fact), { maxLength: 12 })
  .map((entries) => Object.fromEntries(entries));
const aspects = fc
  .array(fc.tuple(fc.constantFrom('Size', 'Style', 'Format', 'Mount', 'Theme', 'Features', 'Storage Capacity'), text, fact), {
    maxLength: 6,
  })
  .map((all) => Object.fromEntries(all.map(([name, value, why]) => [name, { values: [value], fact: why }])));
const source: fc.Arbitrary<TitleSource> = fc.record({
  facts,
  aspects,
  path: fc.constantFrom(['15687', '11450'], ['261186', '267'], ['139973', '1249'], ['31388', '625'], ['1', '2'], []),
  site: fc.constantFrom(SITES.EBAY_US, SITES.EBAY_GB, SITES.EBAY_DE),
});

const reversed = <T>(record: Readonly<Record<string, T>>): Record<string, T> => Object.fromEntries(Object.entries(record).reverse());

describe('a title, whatever the facts', () => {
  it('is at most 80 characters of whole, printable letters without mark-up, or none', () => {
    fc.assert(
      fc.property(source, fc.array(word, { maxLength: 5 }), (from, words) => {
        for (const title of [buildTitle(from, EBAY_TAKES), titleFromWords(words, from, EBAY_TAKES)]) {
          if (title === undefined) continue;
          // eBay counts what JavaScript counts: UTF-16 units. Fewer characters than that are never more.
          expect(title.length).toBeLessThanOrEqual(EBAY_TAKES);
          expect(title).toBe(title.trim());
          expect(title).not.toBe('');
          expect(title).not.toMatch(/[<>{}[\]|\\\p{C}\p{Extended_Pictographic}]| {2}/u);
        }
      }),
      runs(600),
    );
  });

  it('is the same again, in whatever order the facts came', () => {
    fc.assert(
      fc.property(source, (from) => {
        const again = { ...from, facts: reversed(from.facts) as Facts, aspects: reversed(from.aspects) };
        expect(buildTitle(again, EBAY_TAKES)).toBe(buildTitle(from, EBAY_TAKES));
      }),
      runs(200),
    );
  });

  it('says nothing that is not proven: brand, size, material and model only where written or said', () => {
    const marked = fc.record(Object.fromEntries(FACT_NAMES.map((name) => [name, fc.array(evidence, { maxLength: 2 })])));
    fc.assert(
      fc.property(marked, source, (proofs, from) => {
        // Each fact has a value of its own, so that the title tells which facts it used.
        const told = Object.fromEntries(
          FACT_NAMES.map((name, at): [FactName, Fact] => [name, { value: `zq${at}zq`, confidence: 1, evidence: proofs[name] ?? [] }]),
        ) as Facts;
        const title = buildTitle({ ...from, facts: told, aspects: {} }, 200) ?? '';
        for (const [at, name] of FACT_NAMES.entries()) {
          const shown = proofs[name] ?? [];
          const proven = HARD_FACTS.has(name) ? shown.some(({ from: kind }) => kind === 'label' || kind === 'seller') : shown.length > 0;
          if (!proven) expect(title.toLowerCase()).not.toContain(`zq${at}zq`);
        }
      }),
      runs(200),
    );
  });
});

describe('restricted words', () => {
  it('are found in any case and in any way to write their accents, as whole words only', () => {
    const own = restrictedWordsWith({});
    const written = fc.constantFrom<(said: string) => string>(
      (said) => said,
      (said) => said.toUpperCase(),
      (said) => said.normalize('NFD'),
      (said) => said.toUpperCase().normalize('NFD'),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.keys(own)),
        written,
        fc.constantFrom('', ' ', '\n', '(', '-', '"', '.'),
        (said, how, beside) => {
          expect(restrictedWords([`old ${beside}${how(said)}${beside} thing`], own).map(({ word: found }) => found)).toContain(said);
          expect(restrictedWords([`oldx${how(said)}x thing`], { [said]: 'no' })).toEqual([]);
        },
      ),
      runs(200),
    );
  });
});
