import { expect, it } from 'vitest';
import { decimalText, moneyLabel, parseMoney, percentOf } from '../../src/core/money.ts';

it.each([
  ['24.99', 2499],
  ['24,9', 2490],
  ['$7', 700],
  [' 0.05 ', 5],
])('reads %s as %i cents', (text, minor) => {
  expect(parseMoney(text, 'USD')).toEqual({ minor, currency: 'USD' });
});

it.each(['', 'cheap', '£7', '7 €', '$7 €', '7$', '-3', '1.999', '1,234.50', '1e3', '9999999999'])('does not read "%s"', (text) => {
  expect(parseMoney(text, 'USD')).toBeUndefined();
});

it('a sign is taken for its own currencies', () => {
  expect(parseMoney('24,99 €', 'EUR')).toEqual({ minor: 2499, currency: 'EUR' });
  expect(parseMoney('€5', 'EUR')).toEqual({ minor: 500, currency: 'EUR' });
  expect(parseMoney('£5', 'GBP')).toEqual({ minor: 500, currency: 'GBP' });
  expect(parseMoney('$5', 'CAD')).toEqual({ minor: 500, currency: 'CAD' });
});

it('a share in percent is rounded to whole cents', () => {
  expect(percentOf({ minor: 999, currency: 'USD' }, 90)).toEqual({ minor: 899, currency: 'USD' });
});

it('a currency without cents takes none', () => {
  expect(parseMoney('500', 'JPY')).toEqual({ minor: 500, currency: 'JPY' });
  expect(parseMoney('5.50', 'JPY')).toBeUndefined();
  expect(decimalText({ minor: 500, currency: 'JPY' })).toBe('500');
});

it('writes amounts as eBay and people want them', () => {
  expect(decimalText({ minor: 5, currency: 'USD' })).toBe('0.05');
  expect(decimalText({ minor: 2490, currency: 'USD' })).toBe('24.90');
  expect(moneyLabel({ minor: 2490, currency: 'EUR' })).toBe('24.90 EUR');
});

it('a share does not drift as floats of percentages do', () => {
  // 2.3 % of 1,500 cents is 34.5; a float makes 34.49999999999999 of it.
  expect(percentOf({ minor: 1_500, currency: 'USD' }, 2.3).minor).toBe(35);
});
