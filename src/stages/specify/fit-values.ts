import type { AspectRule } from '../../core/listing.ts';

export type Fitted = { readonly fit: true; readonly values: readonly string[] } | { readonly fit: false; readonly why: string };

/** eBay refuses longer values at publish only (CONTRACTS 2.2, error 25002); taxonomy may ask for less. */
const VALUE_MAX = 65;
/** Values of one multi-value aspect (Inventory API document). */
const VALUES_MAX = 30;

/** Puts values into eBay's own spelling where it has one, and says why where they cannot be used. */
export function fitValues(rule: AspectRule, values: readonly string[]): Fitted {
  const wanted = [...new Set(values.map((value) => value.trim()).filter(Boolean))];
  if (wanted.length === 0) return { fit: false, why: 'it is empty' };
  if (rule.cardinality === 'SINGLE' && wanted.length > 1) return { fit: false, why: 'eBay takes one value here' };
  if (wanted.length > VALUES_MAX) return { fit: false, why: `eBay takes at most ${VALUES_MAX} values here` };
  const fitted: string[] = [];
  for (const value of wanted) {
    // Exactly as given first: eBay has `1-2-Switch` and `1-2 Switch` side by side.
    const official = rule.values.find((allowed) => allowed === value) ?? rule.values.find((allowed) => sameWord(allowed, value));
    if (official === undefined && rule.mode === 'SELECTION_ONLY') return { fit: false, why: `"${value}" is none of eBay's values` };
    const used = official ?? value;
    const max = Math.min(rule.maxLength ?? VALUE_MAX, VALUE_MAX);
    if (used.length > max) return { fit: false, why: `it is longer than ${max} characters` };
    const misfit = misformat(rule, used);
    if (misfit) return { fit: false, why: misfit };
    fitted.push(used);
  }
  return { fit: true, values: fitted };
}

/** `men's`, `Mens` and `Men` are the same word; so are `Grey` and `Gray`. */
function sameWord(a: string, b: string): boolean {
  return plain(a) === plain(b);
}

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[’']s\b/g, '')
    .replace(/grey/g, 'gray')
    .replace(/[^\p{L}\p{N}]+/gu, '')
    .replace(/(?<=[^s])s$/, '');

/** Taxonomy's aspectDataType and aspectFormat. */
function misformat({ dataType, format }: AspectRule, value: string): string | undefined {
  if (dataType === 'NUMBER' && !/^-?\d+(\.\d+)?$/.test(value)) return `"${value}" is not a number`;
  if (format === 'int32' && !/^-?\d+$/.test(value)) return `"${value}" is not a whole number`;
  const digits = { YYYY: 4, YYYYMM: 6, YYYYMMDD: 8 }[format ?? ''];
  if (digits !== undefined && !new RegExp(`^\\d{${digits}}$`).test(value)) return `"${value}" is not a date as ${format}`;
  return undefined;
}
