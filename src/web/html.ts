import { escapeHtml } from '../report/listings-style.ts';

/** A piece of HTML in which everything from outside is escaped already: only `html` makes it. */
export interface Html {
  readonly safe: string;
}

type Part = Html | string | number | null | undefined | false | readonly Part[];

/** HTML from a template: every value is escaped, but for what `html` made itself. Nothing, null and false are left out. */
export function html(texts: TemplateStringsArray, ...values: readonly Part[]): Html {
  return { safe: texts.map((text, at) => text + (at < values.length ? partText(values[at]) : '')).join('') };
}

/** Marks of direction would let a text from outside turn around what stands beside it. */
const DIRECTION_MARKS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

function partText(part: Part): string {
  if (part === null || part === undefined || part === false) return '';
  if (typeof part === 'string' || typeof part === 'number') return escapeHtml(String(part)).replace(DIRECTION_MARKS, '');
  if ('safe' in part) return part.safe;
  return part.map(partText).join('');
}
