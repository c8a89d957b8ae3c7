import { describe, expect, it } from 'vitest';
import { otherListings } from '../../src/practice/buy/asking-prices.ts';
import { LEAVES } from '../../src/practice/commerce/catalogue.ts';
import { SITES } from '../../src/practice/ground/sites.ts';

describe.each(SITES.map((site) => site.marketplace))('what others ask on %s', (marketplace) => {
  const listings = otherListings(marketplace);

  it('covers every category with listings of believable spread', () => {
    for (const { id } of LEAVES) {
      const some = listings.filter((one) => one.categoryId === id);
      expect(some.length).toBeGreaterThanOrEqual(40);
      expect(some.length).toBeLessThanOrEqual(90);
      expect(new Set(some.map((one) => one.priceMinor)).size).toBeGreaterThan(3);
    }
  });

  it('has lots and broken things among them, cheaper or dearer than the rest', () => {
    const parts = listings.filter((one) => one.conditionId === '7000');
    expect(parts.length).toBeGreaterThan(0);
    const middle = (of: typeof listings) => of.map((one) => one.priceMinor).sort((a, b) => a - b)[Math.floor(of.length / 2)] ?? 0;
    const categories = new Set(parts.map((one) => one.categoryId));
    const whole = listings.filter((one) => categories.has(one.categoryId) && one.conditionId !== '7000');
    expect(middle(parts)).toBeLessThan(middle(whole));
    expect(listings.filter((one) => /\b(Lot|Konvolut)\b/.test(one.title)).length).toBeGreaterThan(0);
  });

  it('has ids of its own and titles within the limit', () => {
    expect(new Set(listings.map((one) => one.legacyId)).size).toBe(listings.length);
    expect(Math.max(...listings.map((one) => one.title.length))).toBeLessThanOrEqual(80);
    expect(listings.every((one) => one.marketplace === marketplace)).toBe(true);
  });
});
