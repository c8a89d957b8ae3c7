import { describe, expect, it } from 'vitest';
import { sellerFactsFrom } from '../../src/intake/set-facts.ts';

describe('--set', () => {
  it('sets facts by their keys and item specifics by any other name', async () => {
    const facts = await sellerFactsFrom(['size=M', 'price=19.99', 'US Shoe Size=8', 'Style=Pullover', 'Style=Hooded'], 'USD');
    expect(facts).toMatchObject({ size: 'M', price: { minor: 1999, currency: 'USD' } });
    expect(facts.aspects).toEqual({ 'US Shoe Size': ['8'], Style: ['Pullover', 'Hooded'] });
  });

  it.each([
    ['pric', 'price'],
    ['conditon', 'condition'],
    ['colour', 'color'],
  ])('takes %s for a slip of the keyboard, not for an item specific', async (slip, meant) => {
    await expect(sellerFactsFrom([`${slip}=1`], 'USD')).rejects.toMatchObject({
      code: 'usage.invalid',
      message: expect.stringContaining(`"${meant}"`),
      hint: expect.stringContaining(`aspects.${slip}`),
    });
  });

  it('takes a small name that is near no key, and one that says it is a specific', async () => {
    const facts = await sellerFactsFrom(['sleeve=Long', 'aspects.pric=1'], 'USD');
    expect(facts.aspects).toEqual({ sleeve: ['Long'], pric: ['1'] });
  });
});
