import { describe, expect, it } from 'vitest';
import type { Fact, Facts } from '../../src/core/facts.ts';
import type { Category } from '../../src/core/listing.ts';
import { chooseCategory } from '../../src/stages/classify/choose-category.ts';

const fact = (value: string, confidence = 0.9): Fact => ({ value, confidence, evidence: [{ from: 'folder-name', text: value }] });
const category = (id: string, name: string, ...parents: string[]): Category => ({
  id,
  name,
  ancestors: parents.map((parent) => ({ id: `p${parent}`, name: parent })),
});
const MENS_TSHIRTS = category('15687', 'T-Shirts', 'Shirts', "Men's Clothing", 'Men');
const MENS_SHIRTS = category('57990', 'Casual Button-Down Shirts', 'Shirts', "Men's Clothing", 'Men');
const WOMENS_TOPS = category('53159', 'Tops', "Women's Clothing", 'Women');
const MUGS = category('20695', 'Mugs', 'Dinnerware & Serveware', 'Home & Garden');

describe('a category is chosen only when the facts support it', () => {
  const kindOf = (candidates: readonly Category[], facts: Facts, aids = {}): string => {
    const choice = chooseCategory(candidates, facts, aids);
    return choice.kind === 'chosen' ? choice.category.id : choice.kind;
  };

  it('by the thing it names', () => {
    expect(kindOf([MUGS], { type: fact('Mug') })).toBe('20695');
    expect(kindOf([MENS_TSHIRTS, MUGS], { type: fact('Mug') })).toBe('20695');
    expect(kindOf([MUGS], { type: fact('Vase') })).toBe('ambiguous');
    expect(kindOf([MUGS], {})).toBe('ambiguous');
    expect(kindOf([], { type: fact('Mug') })).toBe('none');
  });

  it('a T-shirt is not a shirt', () => {
    expect(kindOf([MENS_TSHIRTS, MENS_SHIRTS], { type: fact('Shirt'), department: fact('Men') })).toBe('57990');
    expect(kindOf([MENS_SHIRTS], { type: fact('T-Shirt'), department: fact('Men') })).toBe('ambiguous');
  });

  it('for whom it is must be known where the branch says so', () => {
    expect(kindOf([MENS_TSHIRTS], { type: fact('T-Shirt') })).toBe('for-whom');
    expect(kindOf([MENS_TSHIRTS], { type: fact('T-Shirt'), department: fact('Women') })).toBe('for-whom');
    expect(kindOf([MENS_TSHIRTS], { type: fact('T-Shirt'), department: fact('Men') })).toBe('15687');
  });

  it('what may be answered is what eBay has a branch for', () => {
    const boys = category('260966', 'T-Shirts', "Boys' Clothing (Sizes 4 & Up)", 'Boys', 'Kids');
    const girls = category('260965', 'T-Shirts', "Girls' Clothing (Sizes 4 & Up)", 'Girls', 'Kids');
    const kids = category('1', 'T-Shirts', 'Unisex Kids Clothing', 'Unisex Kids', 'Kids');
    const asked = chooseCategory([boys, girls], { type: fact('T-Shirt'), department: fact('Kids') });
    expect(asked).toMatchObject({ kind: 'for-whom', departments: ['Boys', 'Girls'] });
    expect(chooseCategory([MENS_TSHIRTS], { type: fact('T-Shirt') })).toMatchObject({ departments: ['Men'] });
    for (const said of ['Kids', 'Unisex Kids', 'children'])
      expect(kindOf([boys, girls, kids], { type: fact('T-Shirt'), department: fact(said) })).toBe('1');
  });

  it('by the kinds that its specifics list', () => {
    const kindsOf = (id: string): readonly string[] => (id === '53159' ? ['Blouse', 'T-Shirt'] : []);
    expect(kindOf([MENS_TSHIRTS, WOMENS_TOPS], { type: fact('T-Shirt'), department: fact('Women') }, { kindsOf })).toBe('53159');
  });

  it('is as certain as its weakest fact', () => {
    const choice = chooseCategory([MENS_TSHIRTS], { type: fact('T-Shirt', 0.95), department: fact('Men', 0.6) });
    expect(choice).toMatchObject({ kind: 'chosen', confidence: 0.6 });
  });
});
