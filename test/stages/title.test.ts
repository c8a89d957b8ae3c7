import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fact, Facts } from '../../src/core/facts.ts';
import { SITES } from '../../src/core/site.ts';
import { buildTitle, type TitleSource } from '../../src/stages/specify/build-title.ts';
import { titleFromWords } from '../../src/stages/specify/title-from-words.ts';
import { assembleTitle, stem, type TitlePart } from '../../src/stages/specify/title-words.ts';

const read = (value: string): Fact => ({ value, confidence: 0.9, evidence: [{ from: 'label', photo: 2, text: value }] });
const seen = (value: string): Fact => ({ value, confidence: 0.99, evidence: [{ from: 'picture', photo: 1, note: value }] });
const CLOTHES = ['15687', '11450'];
const title = (facts: Facts, more: Partial<TitleSource> = {}, max = 80) =>
  buildTitle({ facts, aspects: {}, path: CLOTHES, site: SITES.EBAY_US, ...more }, max);
const specific = (...values: string[]) => ({ values, fact: read(values.join()) });

describe('a title', () => {
  const shirt = {
    brand: read('Northfield'),
    type: seen('T-Shirt'),
    department: read('Men'),
    size: read('M'),
    color: seen('Blue'),
    material: read('100% cotton'),
  };

  it('says what is proven, most searched first, and leaves out what does not fit', () => {
    expect(title(shirt)).toBe("Northfield Men's Blue T-Shirt Size M Cotton");
    expect(title(shirt, {}, 24)).toBe("Northfield Men's Blue");
    expect(title({ brand: seen('Nike'), type: seen('Jacket') })).toBe('Jacket');
    expect(title({ color: seen('Blue') })).toBeUndefined();
  });

  it('is made as buyers of the category search', () => {
    const camera = { brand: read('Canon'), model: read('EOS 350D'), type: seen('Digital SLR'), color: seen('black') };
    expect(title(camera, { path: ['31388', '625'], aspects: { Mount: specific('EF') } })).toBe('Canon EOS 350D Black Digital SLR EF');
    const book = { title: read('The Cat in the Hat'), author: read('Dr. Seuss'), type: seen('Book') };
    expect(title(book, { path: ['261186', '267'], aspects: { Format: specific('Hardcover') } })).toBe(
      'The Cat in the Hat by Dr. Seuss Hardcover',
    );
    const game = { title: read('Mario Kart 8'), type: seen('Game') };
    expect(title(game, { path: ['139973', '1249'], aspects: { Platform: specific('Nintendo Switch') } })).toBe(
      'Mario Kart 8 Game Nintendo Switch',
    );
    expect(title(shirt, { aspects: { 'Sleeve Length': specific('Short Sleeve'), Theme: specific('A', 'B', 'C') } })).toMatch(
      /Short Sleeve$/,
    );
  });

  it('speaks the language of its site', () => {
    const facts = { brand: read('Tchibo'), department: read('Herren'), type: seen('Jacke'), size: read('52') };
    expect(title(facts, { site: SITES.EBAY_DE })).toBe('Tchibo Herren Jacke Gr. 52');
    expect(title({ brand: read('Markenlos'), type: seen('Tasse') }, { site: SITES.EBAY_DE })).toBe('Tasse');
  });

  it.each([
    [{ brand: read('NORTHFIELD'), type: seen('t-shirt') }, 'Northfield T-Shirt'],
    [{ brand: read('THE NORTH FACE'), type: seen('Jackets') }, 'The North Face Jackets'],
    [{ brand: read("LEVI'S"), model: read('501'), type: seen('JEANS') }, "Levi's 501 Jeans"],
    [{ brand: read('LEGO'), type: seen('USB HUB') }, 'LEGO USB HUB'],
    [{ brand: read('Sony'), model: read('Sony WH-1000XM4'), type: seen('Headphones') }, 'Sony WH-1000XM4 Headphones'],
    [{ brand: read('H & M'), type: seen('Skirt'), size: read('M') }, 'H & M Skirt Size M'],
    [{ brand: read('Nike'), type: seen('WOW L@@K Shoes!!! ★ <b>') }, 'Nike Shoes B'],
    [{ brand: read('Acme'), type: seen('Watch'), style: seen('Watches') }, 'Acme Watch'],
    [{ type: seen('Mug'), color: seen('Multicolor'), pattern: seen('Solid') }, 'Mug'],
  ] as const)('%# %j', (facts, expected) => {
    expect(title(facts as Facts)).toBe(expected);
  });

  it('can come from the folder’s own words', () => {
    const source = { facts: {}, aspects: {}, path: [], site: SITES.EBAY_US };
    const said = (value: string, field: string): Fact => ({ value, confidence: 1, evidence: [{ from: 'seller', field }] });
    expect(titleFromWords(['skirt', 'denim', 'skirts'], source, 80)).toBe('Skirt Denim');
    const facts = { brand: said('Acme', 'brand'), color: said('white', 'color') };
    expect(titleFromWords(['acme', 'mug'], { ...source, facts }, 80)).toBe('Acme White Mug');
    expect(titleFromWords(['acme'], { ...source, facts }, 80)).toBeUndefined();
    expect(titleFromWords(['x'], source, 80)).toBeUndefined();
  });
});

describe('whatever the words', () => {
  const word = fc.oneof(
    fc.string({ minLength: 1, maxLength: 12 }),
    fc.constantFrom(
      'Nike',
      'SHIRT',
      'shirts',
      "Men's",
      'men',
      '&',
      'of',
      'T-Shirt',
      'Größe',
      'dresses',
      'Dress',
      '501',
      'M',
      '🧥',
      'WOW',
      'box',
      'BOXES',
    ),
  );
  const part = fc.record({
    text: fc.array(word, { maxLength: 8 }).map((words) => words.join(' ')),
    as: fc.constantFrom<TitlePart['as']>('words', 'unit'),
  });
  const parts = fc.array(part, { maxLength: 12 });
  const max = fc.integer({ min: 1, max: 80 });

  it('it is never too long', () => {
    fc.assert(fc.property(parts, max, (all, most) => void expect(assembleTitle(all, most).length).toBeLessThanOrEqual(most)));
  });

  it('it has no word twice, also not in the plural', () => {
    fc.assert(
      fc.property(parts, max, (all, most) => {
        const stems = assembleTitle(all, most).split(' ').map(stem);
        const telling = stems.filter((one) => one.length > 1 && !/^\d+$/.test(one));
        expect(new Set(telling).size).toBe(telling.length);
      }),
      { numRuns: 500 },
    );
  });

  it('it has no cut word: each was given as a whole', () => {
    fc.assert(
      fc.property(parts, max, (all, most) => {
        // Longer than any title: everything that may be said is said.
        const given = new Set(all.flatMap((one) => assembleTitle([one], 10_000).split(' ')));
        for (const one of assembleTitle(all, most).split(' ').filter(Boolean)) expect(given).toContain(one);
      }),
      { numRuns: 500 },
    );
  });

  it('it does not shout and has nothing that eBay strips', () => {
    fc.assert(
      fc.property(parts, (all) => {
        expect(assembleTitle(all, 80)).not.toMatch(
          /[<>{}[\]|\\^~*=_`!\p{C}\p{Extended_Pictographic}]| {2}|^ | $|\bSHIRT\b|\bBOXES\b|\bWOW\b/u,
        );
      }),
    );
  });
});
