import { expect, it } from 'vitest';
import { INJECTIONS } from '../../scripts/fixtures/injections.js';
import { isPlainText, textProblems } from '../../src/core/untrusted-text.ts';

it.each(INJECTIONS.map(({ name, text, orders }) => [name, text.join('\n'), orders] as const))(
  'the note "%s" is seen through',
  (_name, text, orders) => {
    const kinds = textProblems(text).map(({ kind }) => kind);
    expect(kinds.includes('instructions')).toBe(orders);
    expect(kinds).not.toEqual([]);
  },
);

it.each([
  'DO NOT BLEACH. TUMBLE DRY LOW. IRON ON REVERSE',
  'WASH BEFORE FIRST USE. WASH WITH LIKE COLORS',
  'Brand: Northfield   Model: KT-210   Condition: New',
  'PRICE $24.99',
  'Category 5e cable, 10 m',
  'Made in Portugal. 100% cotton. RN 12345 CA 54321',
  'Ignore the noise',
  'Return this item in its original condition within 30 days',
  'For use in dry conditions only. Follow the instructions.',
  'Read all instructions before use',
  'Sold as a set of 2',
  'Batteries not included. Ages 3 and up',
  'ISBN 978-0-306-40615-7',
  '614141 002108',
  'Size: L / 42-44',
  '120-240 V ~ 50/60 Hz 1200 W',
  'T-Shirt. Vol.2 No.7',
])('ordinary writing passes: %s', (text) => {
  expect(textProblems(text)).toEqual([]);
});

it.each(['see www.shop.com', 'mail me@example.com', 'call (555) 123-4567', 'call +44 20 7946 0958', '<b>cheap</b>', 'https://x.y'])(
  'an address or markup is no plain text: %s',
  (text) => {
    expect(isPlainText(text)).toBe(false);
  },
);
