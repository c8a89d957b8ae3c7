import fc from 'fast-check';
import { expect, it } from 'vitest';
import { shareOut } from '../../src/core/sale.ts';

const usd = (minor: number) => ({ minor, currency: 'USD' });

it('shares add up to the whole, to the cent, and none is more than a cent off', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 10_000_000 }),
      fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 30 }),
      (whole, weights) => {
        const parts = shareOut(usd(whole), weights).map(({ minor }) => minor);
        expect(parts.reduce((sum, part) => sum + part, 0)).toBe(whole);
        const total = weights.reduce((sum, weight) => sum + weight, 0);
        for (const [at, part] of parts.entries()) {
          const exact = total === 0 ? whole / weights.length : (whole * (weights[at] ?? 0)) / total;
          expect(Math.abs(part - exact)).toBeLessThanOrEqual(1);
        }
      },
    ),
  );
});

it('the cent that is left goes to the part that lost most by rounding', () => {
  expect(shareOut(usd(100), [1, 1, 1]).map(({ minor }) => minor)).toEqual([34, 33, 33]);
  expect(shareOut(usd(10), [999, 1]).map(({ minor }) => minor)).toEqual([10, 0]);
  expect(shareOut(usd(5), [0, 0]).map(({ minor }) => minor)).toEqual([3, 2]);
});
