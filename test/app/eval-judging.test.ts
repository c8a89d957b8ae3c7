import { describe, expect, it } from 'vitest';
import { addUp } from '../../src/app/eval/evaluate-reading.ts';
import { judge } from '../../src/app/eval/judge.ts';
import { recallOf } from '../../src/app/eval/recall-text.ts';
import { contains, sameValue } from '../../src/app/eval/same-value.ts';
import { tally } from '../../src/app/eval/tally.ts';
import { titleFaults } from '../../src/app/eval/title-faults.ts';
import type { Facts } from '../../src/core/facts.ts';

describe('the same value in other words', () => {
  it.each([
    ['brand', 'FUN DAY', 'Fun Day'],
    ['brand', "Levi's", 'levis'],
    ['brand', 'Nestlé', 'NESTLE'],
    ['size', 'Medium', 'M'],
    ['size', '10"', '10 inches'],
    ['material', '20% Polyester, 80% Cotton', '80% cotton, 20% polyester'],
    ['material', '95% Cotton / 5% Elastane', '95 % cotton, 5% Spandex'],
    ['countryOfOrigin', 'USA', 'United States'],
    ['color', 'Gray', 'grey'],
    ['color', 'Blue, White', 'navy'],
    ['type', 'Jacket', 'Outwear'],
    ['type', 'Tee', 'T-Shirt'],
    ['gtin', '752919460009', '00752919460009'],
  ] as const)('%s: %s is %s', (name, stated, truth) => {
    expect(sameValue(name, stated, truth)).toBe(true);
  });

  it.each([
    ['brand', 'Fun', 'Fun Day'],
    ['size', 'S', 'XS'],
    ['size', '10', '10.5'],
    ['material', '100% Cotton', '80% cotton, 20% polyester'],
    ['material', '80% Cotton', '80% cotton, 20% polyester'],
    ['color', 'Red', 'navy'],
    ['type', 'Dress', 'Skirt'],
    ['gtin', '752919460010', '752919460009'],
  ] as const)('%s: %s is not %s', (name, stated, truth) => {
    expect(sameValue(name, stated, truth)).toBe(false);
  });

  it('finds a phrase by whole words', () => {
    expect(contains('Shirt, 100 % COTTON, red', '100% cotton')).toBe(true);
    expect(contains('Cottonmouth shirt', 'cotton')).toBe(false);
  });
});

const fact = (value: string, from: 'label' | 'picture' = 'label', confidence = 0.9): NonNullable<Facts['brand']> => ({
  value,
  confidence,
  evidence: [from === 'label' ? { from, photo: 1, text: value } : { from, photo: 1, note: '' }],
});
const expected = {
  name: 'shirt',
  photos: ['a.jpg'],
  truths: { brand: ['Nike'], size: ['M'], material: null, countryOfOrigin: null, color: ['red', 'white'] },
  mustNotSay: ['vintage'],
  categories: ['15687', '57990'],
};
const answer = {
  facts: { brand: fact('Adidas'), material: fact('Silk', 'picture'), color: fact('Red', 'picture'), type: fact('Shirt') },
  unknowns: {},
  title: 'Vintage Adidas Shirt Red Red',
  categories: ['1', '57990', '15687'],
  seconds: 2,
  costUsd: 0.01,
  failed: null,
};

describe('judging an item', () => {
  const judged = judge(expected, answer, 0.75);

  it('tells right, wrong, missing and rightly absent apart, and what would have gone live', () => {
    expect(judged.fields.map(({ field, verdict, certain }) => [field, verdict, certain])).toEqual([
      ['brand', 'wrong', true],
      ['size', 'missing', false],
      ['color', 'right', true],
      ['material', 'wrong', false],
      ['countryOfOrigin', 'rightly-absent', false],
    ]);
    expect(judged).toMatchObject({ inventions: ['vintage'], categoryRank: 2, titleFaults: ['repeats'] });
  });

  it('adds up to rates that can be set beside each other', () => {
    const clear = judge(
      expected,
      { ...answer, facts: { brand: fact('Nike'), size: fact('M'), color: fact('White') }, title: null, categories: ['15687'] },
      0.75,
    );
    const { all, fields, abstention, categories, titles, costPerItemUsd } = tally([judged, clear]);
    expect(all).toEqual({ right: 4, wrong: 2, missing: 1, 'rightly-absent': 3, wrongAndCertain: 1, wrongRate: 2 / 6, recall: 4 / 6 });
    expect(fields.brand).toMatchObject({ right: 1, wrong: 1, recall: 0.5 });
    expect(abstention).toEqual({ kept: 3 / 4, justified: 3 / 4 });
    expect(categories).toEqual({ judged: 2, top1: 0.5, top3: 1 });
    expect(titles).toMatchObject({ built: 1, sound: 0, faults: { repeats: 1, filler: 0 } });
    expect(costPerItemUsd).toBe(0.01);
  });

  it('says nothing about what nobody judged', () => {
    const { all, categories, medianSeconds } = tally([]);
    expect(all).toMatchObject({ wrongRate: null, recall: null });
    expect(categories.top1).toBeNull();
    expect(medianSeconds).toBeNull();
  });
});

describe('titles', () => {
  it.each([
    ['Nike Mens Polo Shirt Striped Green White Size M', []],
    ['Shirt', ['short']],
    ['WOW LOOK NIKE SHIRT MENS GREEN SIZE M', ['shouts', 'filler']],
    ['Nike shirt, green shirt for men, size M', ['repeats']],
    ['A'.repeat(81), ['too-long']],
    ['NASA IBM XL Cotton T-Shirt Blue 2XL New', []],
  ])('%s', (title, faults) => {
    expect(titleFaults(title)).toEqual(faults);
  });
});

describe('what was read', () => {
  it('counts letters of the expected lines, in order and wherever they stand', () => {
    expect(recallOf(['100% COTTON', 'SIZE'], ['size M', '100% cotton/xx'])).toEqual({ expected: 13, read: 13, missed: [] });
    expect(recallOf(['DO NOT BLEACH'], ['D0 NOT BLEACH'])).toEqual({ expected: 11, read: 10, missed: ['DO NOT BLEACH'] });
    expect(recallOf(['M', 'XS'], ['MADE', 'XS'])).toEqual({ expected: 3, read: 2, missed: ['M'] });
    expect(recallOf(['TOSTITOS'], ['nothing like it'])).toMatchObject({ read: 0 });
  });

  it('a wrong code counts beside the hits', () => {
    const codes = { readability: 'hard', printed: ['1'], read: ['2'], wrong: ['2'] };
    const one = { file: 'a', seconds: 1, text: { expected: 10, read: 5, missed: [] }, codes, claimsUnreadable: false };
    const two = { ...one, text: null, codes: { ...codes, read: ['1'], wrong: [] } };
    expect(addUp([one, two])).toMatchObject({
      text: { files: 1, characterRecall: 0.5 },
      codes: [{ readability: 'hard', files: 2, hit: 1, wrong: 1 }],
    });
  });
});
