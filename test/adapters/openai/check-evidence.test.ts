import { describe, expect, it } from 'vitest';
import { checkEvidence, type Witness } from '../../../src/adapters/openai/check-evidence.ts';
import { isQuotedFrom, isSupportedBy } from '../../../src/adapters/openai/quoted.ts';
import type { Statement } from '../../../src/adapters/openai/reply.ts';

describe('a quote stands in what was read', () => {
  const label = 'NORTHFIELD\nSIZE M\n80% COTTON 20% POLYESTER\nMADE IN VIETNAM\nRN 12345';
  it.each([
    ['NORTHFIELD', true],
    ['Northfield', true],
    ['NORTHFlELD', true],
    ['SIZE M', true],
    ['80% Cotton', true],
    ['Made in Viet-nam', true],
    ['RN 12345', true],
    ['NORTH FIELD', true],
    ['SOUTHFIELD', false],
    ['SIZE L', false],
    ['SIZE', true],
    ['S', false],
    ['M', true],
    ['90% COTTON', false],
    ['RN 12346', false],
    ['RN 12 345', false],
    ['RN 1234', false],
    ['', false],
    ['MADE IN CHINA', false],
  ])('%j: %s', (quote, there) => {
    expect(isQuotedFrom(quote, label)).toBe(there);
  });

  it.each([
    ["Levi's", 'LEVI STRAUSS & CO', true],
    ['32 x 34', 'W32 L34', true],
    ['L', 'SIZE L', true],
    ['L', 'SIZE XL', false],
    ['The North Face', 'THE NORTH FACE', true],
    ['Rolex', '100% COTTON', false],
    ['9', 'US 10', false],
    // A number cut out of another is none: found by test/properties/evidence.test.ts.
    ['12345', 'RN 1234567', false],
    ['32x345678', 'MODEL 323x45678', false],
    ['Cotton', '100% COTON', true],
  ])('%j is in %j: %s', (value, quote, there) => {
    expect(isSupportedBy(value, quote)).toBe(there);
  });
});

const witness: Witness = {
  shown: new Set([1, 2]),
  texts: new Map([
    [2, 'FENWARD\nSIZE M\n100% COTTON\nMADE IN USA'],
    [4, 'MODEL KT-210'],
  ]),
  barcodes: [{ photo: 1, format: 'UPC-A', text: '614141002108', gtin14: '00614141002108' }],
  nameWords: ['mens', 'polo'],
  note: 'My dad wore this Dorvane shirt, size L.',
};
const statement = (f: Statement['f'], v: string, by: Statement['by'], q: string, p: number | null = 2, c = 99): Statement => ({
  f,
  v,
  c,
  by,
  p,
  q,
});
const check = (...statements: readonly Statement[]) => checkEvidence(statements, [], witness);

describe('what is written', () => {
  it('proves brand and size; the photo is where the words really stand', () => {
    const { facts } = check(statement('brand', 'Fenward', 'label', 'FENWARD', 1), statement('size', 'M', 'label', 'SIZE M'));
    expect(facts.brand).toEqual({ value: 'Fenward', confidence: 0.97, evidence: [{ from: 'label', photo: 2, text: 'FENWARD' }] });
    expect(facts.size?.value).toBe('M');
  });

  it.each<[string, Statement, RegExp]>([
    ['a brand by its looks', statement('brand', 'Nike', 'picture', 'swoosh', 1), /by its looks/],
    ['a brand nobody read', statement('brand', 'Nike', 'label', 'NIKE'), /no other reading/],
    ['words that say something else', statement('brand', 'Nike', 'label', 'FENWARD'), /do not say so/],
    ['a size that is another', statement('size', 'L', 'label', 'SIZE L'), /no other reading/],
    ['a brand by the folder', statement('brand', 'Polo', 'name', 'polo'), /folder name may say/],
    ['a brand by a barcode', statement('brand', 'Kernwell', 'barcode', '614141002108'), /does not tell the brand/],
    ['a code nobody scanned', statement('gtin', '4006381333931', 'label', '4006381333931'), /barcode reader did not/],
    ['a photo that is not there', statement('size', 'M', 'label', 'SIZE M', 9), /no photo 9/],
    ['a picture it was not shown', statement('color', 'Blue', 'picture', 'blue', 4), /not shown/],
    ['a note that says otherwise', statement('brand', 'Nike', 'note', 'this Nike shirt'), /note does not say/],
    ['a folder name that says otherwise', statement('department', 'Women', 'name', 'womens'), /folder name does not say/],
    ['no value', statement('color', 'Unknown', 'picture', 'dark', 1), /no value/],
    ['a grade that is none', statement('condition', 'mint', 'picture', 'fine', 1), /no grade/],
    ['a paragraph', statement('color', 'blue '.repeat(30), 'picture', 'blue', 1), /too long/],
    ['an address', statement('type', 'Shirt see www.cheap-shirts.com', 'picture', 'shirt', 1), /order or an address/],
  ])('%s is dropped, with the reason', (_what, one, why) => {
    const { facts, unknowns } = check(one);
    expect(facts).toEqual({});
    expect(unknowns[one.f]?.why).toMatch(why);
  });

  it('takes the code as the scanner read it, and the note as the seller wrote it', () => {
    const { facts } = check(
      statement('gtin', '0614141002108', 'barcode', '0614141002108', 1),
      statement('brand', 'Dorvane', 'note', 'this Dorvane shirt', null),
    );
    expect(facts.gtin?.evidence).toEqual([{ from: 'barcode', photo: 1, code: '614141002108' }]);
    expect(facts.brand?.evidence).toEqual([{ from: 'seller', field: 'note' }]);
  });

  it('knows a country by its other name', () => {
    expect(check(statement('countryOfOrigin', 'United States', 'label', 'MADE IN USA')).facts.countryOfOrigin?.value).toBe('United States');
    expect(check(statement('countryOfOrigin', 'China', 'label', 'MADE IN USA')).facts.countryOfOrigin).toBeUndefined();
  });

  it('doubts a fact that two labels tell differently', () => {
    const two = checkEvidence(
      [statement('brand', 'Fenward', 'label', 'FENWARD'), statement('brand', 'Dorvane', 'note', 'this Dorvane shirt', null)],
      [],
      witness,
    );
    expect(two.facts.brand?.confidence).toBeLessThan(0.5);
  });

  it('does not call a thing new by its looks alone', () => {
    expect(check(statement('condition', 'new with tags', 'picture', 'looks unworn', 1)).unknowns.condition?.why).toContain('must say so');
    expect(check(statement('condition', 'used', 'picture', 'wear', 1, 60)).facts.condition).toBeUndefined();
    expect(check(statement('condition', 'used', 'picture', 'wear at the cuffs', 1)).facts.condition?.confidence).toBe(0.97);
  });
});
