import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { estimateFees, type FeeTable } from '../../src/core/fees.ts';
import { decimalText, type Money, moneyLabel, parseMoney, percentOf } from '../../src/core/money.ts';
import { priceWithMargin, roundedDown, roundedUp } from '../../src/stages/price/floor.ts';
import { defaultSettings } from '../support/settings.ts';
import { runs } from './runs.ts';

/** What the arithmetic must give, in fractions that are exact. */
const ceiling = (over: bigint, under: bigint): number => Number((over + under - 1n) / under);
const nearest = (over: bigint, under: bigint): number => Number((2n * over + under) / (2n * under));

const usd = (minor: number): Money => ({ minor, currency: 'USD' });
/** Round amounts are where a float that is a little too large shows. */
const amountUpTo = (most: number) =>
  fc.oneof(
    fc.integer({ min: 0, max: most }),
    fc.integer({ min: 0, max: Math.floor(most / 100) }).map((whole) => whole * 100),
  );
const minor = amountUpTo(999_999_999);
/** A percentage as people write it: up to three decimals; in thousandths, so that nothing is lost. */
const thousandths = (most: number) =>
  fc.oneof(
    fc.integer({ min: 0, max: most * 1_000 }),
    fc.integer({ min: 0, max: most * 10 }).map((tenths) => tenths * 100),
  );
const percent = (thousandth: number): number => Number((thousandth / 1_000).toFixed(3));

describe('amounts', () => {
  it('what is written is read as the same amount, in every currency', () => {
    fc.assert(
      fc.property(minor, fc.constantFrom('USD', 'EUR', 'GBP', 'AUD', 'CAD', 'JPY'), (amount, currency) => {
        const money = { minor: currency === 'JPY' ? amount % 10_000_000 : amount, currency };
        expect(parseMoney(decimalText(money), currency)).toEqual(money);
        if (currency === 'USD') expect(parseMoney(moneyLabel(money), currency)).toEqual(money);
      }),
      runs(500),
    );
  });

  it('any text is an amount of whole, safe smallest units, or none', () => {
    const text = fc.oneof(fc.string(), fc.stringMatching(/^[ $£€]{0,2}\d{0,9}[.,]?\d{0,3}[ $£€]{0,2}$/));
    fc.assert(
      fc.property(text, fc.constantFrom('USD', 'EUR', 'JPY'), (said, currency) => {
        const money = parseMoney(said, currency);
        if (money === undefined) return;
        expect(Number.isSafeInteger(money.minor) && money.minor >= 0).toBe(true);
        expect(parseMoney(decimalText(money), currency)).toEqual(money);
      }),
      runs(500),
    );
  });

  it('a share is the exact share, rounded to the nearest unit', () => {
    fc.assert(
      fc.property(minor, thousandths(100), (amount, share) => {
        expect(percentOf(usd(amount), percent(share)).minor).toBe(nearest(BigInt(amount) * BigInt(share), 100_000n));
      }),
      runs(1_000),
    );
  });
});

describe('endings of prices', () => {
  const endsIn = fc.option(fc.integer({ min: 0, max: 99 }), { nil: null });

  it('up is never lower, down never higher, both end as they should, and doing it twice changes nothing', () => {
    fc.assert(
      fc.property(minor, endsIn, (amount, ending) => {
        const [up, down] = [roundedUp(usd(amount), ending), roundedDown(usd(amount), ending)];
        expect(up.minor >= amount && up.minor < amount + 100).toBe(true);
        expect(down.minor <= amount && down.minor > amount - 100).toBe(true);
        if (ending !== null) expect([up.minor % 100, (down.minor + 100) % 100]).toEqual([ending, ending]);
        expect([roundedUp(up, ending), roundedDown(down, ending)]).toEqual([up, down]);
        expect(roundedDown(up, ending)).toEqual(up);
      }),
      runs(500),
    );
  });

  it('rounding keeps the order of prices', () => {
    fc.assert(
      fc.property(minor, minor, endsIn, (a, b, ending) => {
        const [least, most] = [Math.min(a, b), Math.max(a, b)];
        expect(roundedUp(usd(least), ending).minor).toBeLessThanOrEqual(roundedUp(usd(most), ending).minor);
        expect(roundedDown(usd(least), ending).minor).toBeLessThanOrEqual(roundedDown(usd(most), ending).minor);
      }),
      runs(300),
    );
  });
});

describe('fees', () => {
  const price = amountUpTo(9_999_999);
  const table = fc.record({
    limits: fc.uniqueArray(fc.integer({ min: 1, max: 2_000_000 }), { maxLength: 3 }).map((all) => all.sort((a, b) => a - b)),
    shares: fc.array(thousandths(60), { minLength: 4, maxLength: 4 }),
    tax: thousandths(30),
    perOrder: fc.integer({ min: 0, max: 100 }),
  });
  const portionsOf = ({ limits, shares }: { limits: number[]; shares: number[] }) =>
    [...limits, null].map((upTo, at) => ({ upTo, share: shares[at] ?? 0 }));
  const feeTable = (said: { limits: number[]; shares: number[]; tax: number; perOrder: number }): FeeTable => ({
    asOf: '2026-01-01',
    source: 'a test',
    groups: [
      {
        name: 'all',
        categories: [],
        portions: portionsOf(said).map(({ upTo, share }) => ({ upTo: upTo === null ? null : usd(upTo), percent: percent(share) })),
      },
    ],
    perOrder: [{ upTo: null, fee: usd(said.perOrder) }],
    buyerTaxPercent: percent(said.tax),
  });

  it('are what exact fractions give, to the cent, rounded up once', () => {
    fc.assert(
      fc.property(table, price, fc.integer({ min: 0, max: 5_000 }), (said, asked, shipping) => {
        const total = ceiling(BigInt(asked + shipping) * BigInt(100_000 + said.tax), 100_000n);
        let share = 0n;
        let from = 0;
        for (const portion of portionsOf(said)) {
          const to = Math.min(total, portion.upTo ?? total);
          if (to > from) share += BigInt(to - from) * BigInt(portion.share);
          from = Math.max(from, to);
        }
        const { total: fee } = estimateFees(feeTable(said), { price: usd(asked), shipping: usd(shipping), path: [] });
        expect(fee.minor).toBe(ceiling(share, 100_000n) + said.perOrder);
      }),
      runs(1_000),
    );
  });

  it('grow with the price, and do not care how it is parted into price and shipping', () => {
    fc.assert(
      fc.property(table, price, fc.integer({ min: 0, max: 5_000 }), (said, asked, more) => {
        const fee = (goods: number, shipping: number): number =>
          estimateFees(feeTable(said), { price: usd(goods), shipping: usd(shipping), path: [] }).total.minor;
        expect(fee(asked + more, 0)).toBeGreaterThanOrEqual(fee(asked, 0));
        expect(fee(asked + more, 0)).toBe(fee(asked, more));
        expect(fee(more, asked)).toBe(fee(asked, more));
      }),
      runs(500),
    );
  });

  it('a margin is the least price that leaves the exact share over the cost', () => {
    fc.assert(
      fc.property(
        table,
        amountUpTo(500_000).filter((cost) => cost > 0),
        thousandths(300),
        (said, cost, margin) => {
          const fees = { ...feeTable(said), buyerTaxPercent: 0 };
          const terms = { pricing: defaultSettings().pricing, fees, path: [] };
          const wanted = ceiling(BigInt(cost) * BigInt(100_000 + margin), 100_000n) + terms.pricing.shippingCost.minor;
          const left = (goods: number): number =>
            goods - estimateFees(fees, { price: usd(goods), shipping: terms.pricing.shippingCharged, path: [] }).total.minor;
          const { minor: asked } = priceWithMargin(terms, usd(cost), percent(margin));
          expect(left(asked)).toBeGreaterThanOrEqual(wanted);
          if (asked > terms.pricing.minimumPrice.minor) expect(left(asked - 1)).toBeLessThan(wanted);
        },
      ),
      runs(300),
    );
  });
});
