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
 * Reads an amount such as `24.99`, `24,99`, `$24.99` or `24`.
 * Returns undefined for anything else, also for more decimals than the currency has.
 */
export function parseMoney(text: string, currency: Currency): Money | undefined {
  const match = /^\s*[$£€]?\s*(\d{1,7})(?:[.,](\d{1,2}))?\s*$/.exec(text);
  if (!match?.[1]) return undefined;
  const decimals = decimalsOf(currency);
  const fraction = match[2] ?? '';
  if (fraction.length > decimals) return undefined;
  return { minor: Number(match[1]) * 10 ** decimals + Number(fraction.padEnd(decimals, '0') || 0), currency };
}

/** For people: `$24.99`, `24.99 EUR`. */
export function moneyLabel(money: Money): string {
  return money.currency === 'USD' ? `$${decimalText(money)}` : `${decimalText(money)} ${money.currency}`;
}

export const microUsdToUsd = (micro: MicroUsd): number => micro / 1_000_000;
