import { describe, expect, it } from 'vitest';
import { productCodeOf } from '../../../src/adapters/local/product-code.ts';

describe('product codes', () => {
  it.each([
    ['9780140013993', '09780140013993'],
    ['606949762520', '00606949762520'],
    ['0606949762520', '00606949762520'],
    ['90311208', '00000090311208'],
  ])('%s is one', (digits, gtin14) => {
    expect(productCodeOf(digits)).toEqual({ gtin14 });
  });

  it.each([
    ['9780140013994', 'a wrong check digit'],
    ['456314319671', 'a loyalty card (number system 4)'],
    ['2012345678900', 'in-store (prefix 2)'],
    ['0212345678903', 'weighed goods'],
    ['0512345678900', 'a coupon'],
    ['9901234567894', 'a coupon'],
    ['000000000000', 'nothing'],
    ['12345', 'too short'],
    ['CNK8181G2C', 'a serial number'],
  ])('%s is none: %s', (digits) => {
    expect(productCodeOf(digits)).toBeUndefined();
  });
});
