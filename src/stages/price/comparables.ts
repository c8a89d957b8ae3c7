import type { Comparable } from '../../core/listing.ts';
import type { Money } from '../../core/money.ts';

/** Titles of lots, parts and repairs: other things at other prices. */
const OTHER_THINGS =
  /\b(lot|lots|bundle|bulk|set of \d+|\d+\s*(pcs|pieces|pack)|parts? only|for parts|not working|broken|repair|empty box|box only|replica)\b/i;

/** Conditions that compete with each other (CONTRACTS 2.5): new ones, refurbished ones, used ones, parts. */
const FAMILIES: readonly (readonly string[])[] = [
  ['1000', '1500', '1750'],
  ['2000', '2010', '2020', '2030', '2500'],
  ['2750', '2990', '3000', '3010', '4000', '5000', '6000'],
  ['7000'],
];

/** What a buyer would look at instead; empty where the item has no condition. */
export const alike = (conditionId: string | undefined): readonly string[] =>
  FAMILIES.find((family) => conditionId !== undefined && family.includes(conditionId)) ?? [];

/** Asking prices that say something about one whole item: same currency, no lots or parts, outliers cut. */
export function cleanPrices(comparables: readonly Comparable[], currency: string): readonly Money[] {
  const prices = comparables
    .filter(({ title, price }) => price.currency === currency && price.minor > 0 && !OTHER_THINGS.test(title))
    .map(({ price }) => price)
    .sort((a, b) => a.minor - b.minor);
  if (prices.length < 4) return prices;
  // Tukey's fences: whoever asks ten times the usual says nothing about the usual.
  const low = at(prices, 0.25).minor;
  const high = at(prices, 0.75).minor;
  const reach = 1.5 * (high - low);
  return prices.filter(({ minor }) => minor >= low - reach && minor <= high + reach);
}

/** The price at a share of the way from the lowest (0) to the highest (1). */
export function at(sorted: readonly Money[], share: number): Money {
  const price = sorted[Math.min(sorted.length - 1, Math.round(share * (sorted.length - 1)))];
  if (!price) throw new RangeError('no prices');
  return price;
}
