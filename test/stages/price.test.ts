import { describe, expect, it } from 'vitest';
import type { Comparable } from '../../src/core/listing.ts';
import type { Settings } from '../../src/core/settings.ts';
import { alike, at, cleanPrices } from '../../src/stages/price/comparables.ts';
import { floorPrice, roundedUp } from '../../src/stages/price/floor.ts';

const usd = (minor: number): { minor: number; currency: string } => ({ minor, currency: 'USD' });
const ask = (minor: number, title = 'Blue Mug'): Comparable => ({ itemId: `v1|${minor}|0`, title, price: usd(minor) });

describe('prices', () => {
  it('comparables lose lots, parts, other currencies and dreamers', () => {
    const prices = cleanPrices(
      [
        ...[900, 1000, 1100, 1200, 1300].map((minor) => ask(minor)),
        ask(500, 'Lot of 5 mugs'),
        ask(300, 'Mug for parts'),
        ask(99_900),
        { ...ask(1000), price: { minor: 1000, currency: 'EUR' } },
      ],
      'USD',
    );
    expect(prices.map(({ minor }) => minor)).toEqual([900, 1000, 1100, 1200, 1300]);
    expect(at(prices, 0.5)).toEqual(usd(1100));
    expect(at(prices, 0)).toEqual(usd(900));
  });

  it('used competes with used, new with new', () => {
    expect(alike('3000')).toContain('2990');
    expect(alike('3000')).not.toContain('1000');
    expect(alike(undefined)).toEqual([]);
  });

  it('the floor pays cost, shipping, fees and profit', () => {
    const pricing = {
      shippingCost: usd(600),
      fixedFee: usd(40),
      minimumProfit: usd(100),
      minimumPrice: usd(499),
      feePercent: 13.6,
    } as Settings['pricing'];
    const floor = floorPrice(pricing, usd(1000));
    // What is left after the fee is at least what was spent and earned.
    expect(Math.floor(floor.minor * (1 - 0.136))).toBeGreaterThanOrEqual(1000 + 600 + 40 + 100 - 1);
    expect(floorPrice(pricing, undefined)).toEqual(usd(499));
  });

  it.each([
    [1231, 99, 1299],
    [1299, 99, 1299],
    [1296, 95, 1395],
    [1231, null, 1231],
  ])('%i rounded up to end in %s is %i', (minor, endsIn, wanted) => {
    expect(roundedUp(usd(minor), endsIn)).toEqual(usd(wanted));
  });
});
