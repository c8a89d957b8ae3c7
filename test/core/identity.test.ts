import { expect, it } from 'vitest';
import { anchorOf, binnedSku, itemIdOf, skuOf } from '../../src/core/identity.ts';
import type { PhotoHash } from '../../src/core/item.ts';

const hash = (start: string): PhotoHash => start.padEnd(64, '0') as PhotoHash;

it('the anchor is the smallest hash, whatever the order', () => {
  expect(anchorOf([hash('c'), hash('a'), hash('b')])).toBe(hash('a'));
  expect(() => anchorOf([])).toThrow(RangeError);
});

it('a SKU is EF and 13 base32 characters of the first 65 bits', () => {
  expect(skuOf(hash('0'))).toBe('EFAAAAAAAAAAAAA');
  expect(skuOf('f'.repeat(64) as PhotoHash)).toBe('EF7777777777777');
  // RFC 4648 of the bytes 66 6f 6f 62 61 72 is MZXW6YTBOI======.
  expect(itemIdOf(hash('666f6f626172'))).toBe('MZXW6YTBOIAAA');
});

it('a bin goes before it, letters and digits only', () => {
  expect(binnedSku('A01-7', hash('0'))).toBe('A017EFAAAAAAAAAAAAA');
  expect(binnedSku(undefined, hash('0'))).toMatch(/^[A-Z2-7]{15}$/);
});
