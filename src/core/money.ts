/** An ISO 4217 code, three capital letters. */
export type Currency = string;

/** An amount in the smallest unit of its currency (cents for USD). Never a float. */
export interface Money {
  readonly minor: number;
  readonly currency: Currency;
}

/** Costs of outside calls, in millionths of a US dollar, because one model call costs fractions of a cent. */
export type MicroUsd = number;

/** Currencies without a smaller unit; every other currency here has two decimals (ISO 4217). */
const WITHOUT_CENTS = new Set(['JPY', 'KRW', 'VND']);

/** Which currencies a person may mean by a sign: `£20` is no price in dollars. */
const SIGNS: Readonly<Record<string, readonly Currency[]>> = {
  $: ['USD', 'AUD', 'CAD'],
  '£': ['GBP'],
  '€': ['EUR'],
};

const decimalsOf = (currency: Currency): number => (WITHOUT_CENTS.has(currency) ? 0 : 2);

/** Makes `24.99` of 2499 minor units: the text form that eBay's price fields want. */
export function decimalText({ minor, currency }: Money): string {
  const decimals = decimalsOf(currency);
  if (decimals === 0) return String(minor);
  const sign = minor < 0 ? '-' : '';
  const digits = String(Math.abs(minor)).padStart(decimals + 1, '0');
  return `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

/**
 * Reads an amount such as `24.99`, `24,99`, `$24.99`, `24,99 €` or `24`. Returns undefined for anything
 * else, also for more decimals than the currency has and for another currency's sign.
 */
export function parseMoney(text: string, currency: Currency): Money | undefined {
  const match = /^\s*([$£€]?)\s*(\d{1,7})(?:[.,](\d{1,2}))?\s*([£€]?)\s*$/.exec(text);
  const [, before, whole, fraction = '', after] = match ?? [];
  if (!whole || (before && after)) return undefined;
  const sign = before || after;
  if (sign && !SIGNS[sign]?.includes(currency)) return undefined;
  const decimals = decimalsOf(currency);
  if (fraction.length > decimals) return undefined;
  return { minor: Number(whole) * 10 ** decimals + Number(fraction.padEnd(decimals, '0') || 0), currency };
}

/** For people: `$24.99`, `24.99 EUR`. */
export function moneyLabel(money: Money): string {
  return money.currency === 'USD' ? `$${decimalText(money)}` : `${decimalText(money)} ${money.currency}`;
}

/**
 * Thousandths of a percent, whole: shares are multiplied and added in these, because floats of percentages drift
 * (1.12 times 55,768.00 is a cent too much). Further decimals of a percentage do not count.
 */
export const thousandths = (percent: number): number => Math.round(percent * 1_000);

/** All of an amount, in thousandths of a percent. */
export const WHOLE = 100_000;

/** A share of an amount in percent, rounded to the nearest smallest unit. */
export const percentOf = ({ minor, currency }: Money, percent: number): Money => ({
  minor: Math.round((minor * thousandths(percent)) / WHOLE),
  currency,
});

export const microUsdToUsd = (micro: MicroUsd): number => micro / 1_000_000;
