import { ASPECT, aspectNameOf } from '../core/merge-facts.ts';
import { type Currency, decimalText } from '../core/money.ts';
import type { SellerFacts } from '../core/seller-facts.ts';
import { SIDECAR_KEYS, type SidecarFacts, sidecarShape } from './sidecar-shape.ts';

/** Everything a seller may say, one field a text: the keys of a sidecar without `aspects`, in their order. */
export const FIELDS: readonly string[] = SIDECAR_KEYS.filter((key) => key !== 'aspects');

/** Each fact as one text, by field; specifics as `aspects.Color`. Read back by `factsOfTexts` without loss. */
export function textsOf({ aspects, leaveOut: _out, ...facts }: SellerFacts): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const [name, value] of Object.entries(facts)) if (value !== undefined) texts.set(name, textOf(value));
  for (const [name, values] of Object.entries(aspects ?? {})) texts.set(`${ASPECT}${name}`, listText(values));
  return texts;
}

type Value = NonNullable<Omit<SellerFacts, 'aspects' | 'leaveOut'>[keyof Omit<SellerFacts, 'aspects' | 'leaveOut'>]>;

function textOf(value: Value): string {
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  if (isList(value)) return listText(value);
  if ('minor' in value) return decimalText(value);
  if ('length' in value) return `${value.length} x ${value.width} x ${value.height} ${SHORT[value.unit]}`;
  return `${value.value} ${SHORT[value.unit]}`;
}

const isList = (value: Value): value is readonly string[] => Array.isArray(value);

const SHORT = { POUND: 'lb', OUNCE: 'oz', KILOGRAM: 'kg', GRAM: 'g', INCH: 'in', FEET: 'ft', CENTIMETER: 'cm', METER: 'm' } as const;

/** Values with `; ` between them; a semicolon or backslash of a value's own has a backslash before it. */
export const listText = (values: readonly string[]): string => values.map((value) => value.replace(/[\\;]/g, '\\$&')).join('; ');

/** The values of `listText`. */
const listOf = (text: string): readonly string[] =>
  (text.match(/(?:\\[\s\S]|[^;\\])+/g) ?? []).map((part) => part.replace(/\\([\\;])/g, '$1').trim()).filter((part) => part !== '');

export interface FieldProblem {
  readonly field: string;
  /** Without the field's name: `must be an amount such as "24.99"`. */
  readonly message: string;
}

/** Texts as facts, each checked as in a sidecar. Facts are empty when there is a problem. */
export function factsOfTexts(
  texts: ReadonlyMap<string, string>,
  currency: Currency,
): { readonly facts: SellerFacts; readonly problems: readonly FieldProblem[] } {
  const said: Record<string, unknown> = {};
  const aspects: Record<string, readonly string[]> = {};
  for (const [field, text] of texts) {
    const aspect = aspectNameOf(field);
    if (aspect !== undefined) aspects[aspect] = listOf(text);
    else said[field] = field === 'flaws' ? listOf(text) : text;
  }
  const whole = { ...said, ...(Object.keys(aspects).length > 0 ? { aspects } : {}) };
  const read = sidecarShape(currency).safeParse(whole);
  if (read.success) return { facts: read.data as SidecarFacts, problems: [] };
  const problems = read.error.issues.map(({ path: [field = '', name], message }): FieldProblem => {
    const isAspect = field === 'aspects' && name !== undefined;
    return { field: isAspect ? `${ASPECT}${String(name)}` : String(field), message };
  });
  return { facts: {}, problems };
}
