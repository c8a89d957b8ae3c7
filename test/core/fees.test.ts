import { expect, it } from 'vitest';
import { estimateFees, type FeeTable } from '../../src/core/fees.ts';
import type { Money } from '../../src/core/money.ts';
import { priceWithMargin } from '../../src/stages/price/floor.ts';
import { defaultSettings } from '../support/settings.ts';

const usd = (minor: number): Money => ({ minor, currency: 'USD' });
const flat = (percent: number, buyerTaxPercent: number): FeeTable => ({
  asOf: '2026-01-01',
  source: 'a test',
  groups: [{ name: 'all', categories: [], portions: [{ upTo: null, percent }] }],
  perOrder: [{ upTo: null, fee: usd(0) }],
  buyerTaxPercent,
});

it('are exact to the cent: no float of a percentage makes one more', () => {
  // With 12 % tax 55,768.00 is 62,460.16, of which 11.8 % is 7,370.29888.
  expect(estimateFees(flat(11.8, 12), { price: usd(5_576_800), shipping: usd(0), path: [] }).total.minor).toBe(737_030);
  // 13.6 % of 10.00 is 1.36.
  expect(estimateFees(flat(13.6, 0), { price: usd(1_000), shipping: usd(0), path: [] }).total.minor).toBe(136);
});

it('a margin is exact, too', () => {
  const { pricing } = defaultSettings();
  // 425.00 and 182.8 % of it are 1,201.90; a float makes a cent more.
  expect(priceWithMargin({ pricing, fees: flat(0, 0), path: [] }, usd(42_500), 182.8).minor - pricing.shippingCost.minor).toBe(120_190);
});
