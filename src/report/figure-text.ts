import { derived, type Figure, isKnown } from '../core/figure.ts';
import { decimalText, type Money } from '../core/money.ts';
import { moneyJson } from './json-lines.ts';

/** The figure, or `unknown: ` and why. */
export const figureText = <T>(figure: Figure<T>, text: (value: T) => string): string =>
  isKnown(figure) ? text(figure.value) : `unknown: ${(figure as { readonly unknown: string }).unknown}`;

export const shareText = (share: number): string => `${Math.round(share * 1000) / 10} %`;

/** `3.4`, `120`. */
export const numberText = (value: number): string =>
  Math.abs(value) < 10 ? String(Math.round(value * 10) / 10) : String(Math.round(value));

/** With thousands apart: `$12,345.00`, `12,345.00 EUR`. */
export function amountText(money: Money): string {
  const [whole = '', cents] = decimalText(money).split('.');
  const apart = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  const text = cents === undefined ? apart : `${apart}.${cents}`;
  if (money.currency !== 'USD') return `${text} ${money.currency}`;
  return text.startsWith('-') ? `-$${text.slice(1)}` : `$${text}`;
}

/** In the published form: amounts as text with their currency. */
export const moneyFigure = (figure: Figure<Money>): Figure<Record<string, unknown>> => derived(figure, moneyJson);
