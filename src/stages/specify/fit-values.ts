import type { AspectRule } from '../../core/listing.ts';
import { saysNone } from '../../core/says-none.ts';
import { SITES, type Site } from '../../core/site.ts';
import { factFor } from './aspect-names.ts';
import { isWorded, wordForNone } from './site-words.ts';
import { isForeignSize, sizeAsked, waysToSay, withShortUnits } from './ways-to-say.ts';

export type Fitted = { readonly fit: true; readonly values: readonly string[] } | { readonly fit: false; readonly why: string };

/** eBay refuses longer values at publish only (CONTRACTS 2.2, error 25002); taxonomy may ask for less. */
const VALUE_MAX = 65;
/** Values of one multi-value aspect (Inventory API document). */
const VALUES_MAX = 30;
/** Taxonomy, aspectFormat `int32`. */
const INT32_MAX = 2_147_483_647;

/** Puts values into eBay's own spelling where it has one, and says why where they cannot be used. */
export function fitValues(rule: AspectRule, values: readonly string[], site: Site = SITES.EBAY_US): Fitted {
  const wanted = [...new Set(values.map(onOneLine).filter(Boolean))];
  if (wanted.length === 0) return { fit: false, why: 'it is empty' };
  const max = Math.min(rule.maxLength ?? VALUE_MAX, VALUE_MAX);
  const fitted = new Set<string>();
  for (const value of together(rule, wanted, site)) {
    const official = officialValue(rule, value, site);
    if (official === undefined && rule.mode === 'SELECTION_ONLY') return { fit: false, why: `"${value}" is none of eBay's values` };
    if (official === undefined && isForeignSize(rule.name, value)) return { fit: false, why: `"${value}" is a size of another country` };
    const used = official ?? freeText(rule, value, site);
    if (used.length > max) return { fit: false, why: `it is longer than ${max} characters` };
    const misfit = misformat(rule, used);
    if (misfit) return { fit: false, why: misfit };
    fitted.add(used);
  }
  if (rule.cardinality === 'SINGLE' && fitted.size > 1) return { fit: false, why: 'eBay takes one value here' };
  if (fitted.size > VALUES_MAX) return { fit: false, why: `eBay takes at most ${VALUES_MAX} values here` };
  return { fit: true, values: [...fitted] };
}

/** Without control characters and halves of characters, which no reply of eBay shows again as they were. */
const onOneLine = (value: string): string => value.replace(/[\s\p{Cc}\p{Cs}]+/gu, ' ').trim();

/** Two colours where eBay takes one are one value of eBay's, `Multicolor`; other specifics have no such word. */
function together(rule: AspectRule, wanted: readonly string[], site: Site): readonly string[] {
  if (rule.cardinality === 'MULTI' || wanted.length < 2) return wanted;
  const joined = wanted.join(' / ');
  return factFor(rule.name) === 'color' && officialValue(rule, joined, site) !== undefined ? [joined] : wanted;
}

/** eBay's own value that means the same; exactly as given first: eBay has `1-2-Switch` and `1-2 Switch` side by side. */
function officialValue(rule: AspectRule, value: string, site: Site): string | undefined {
  if (rule.values.includes(value)) return value;
  const ways = saysNone(value) ? [value, wordForNone(factFor(rule.name), site)] : waysToSay(rule.name, value, site);
  for (const way of ways) {
    const official = rule.values.find((allowed) => plain(allowed) === plain(way));
    if (official !== undefined) return official;
  }
  return undefined;
}

/** A value that eBay's list does not have, as it goes into a free field. */
function freeText(rule: AspectRule, value: string, site: Site): string {
  if (saysNone(value)) return wordForNone(factFor(rule.name), site);
  if (rule.dataType === 'DATE') return dateText(rule.format, value);
  const fact = factFor(rule.name);
  const plainWord = fact !== undefined && isWorded(fact) ? value.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase()) : value;
  return sizeAsked(rule.name, value) ?? withShortUnits(plainWord);
}

/** `men's`, `Mens` and `Men` are the same word; so are `Grey` and `Gray`. */
const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[’']s\b/g, '')
    .replace(/grey/g, 'gray')
    .replace(/colour/g, 'color')
    .replace(/(?<=\d)[.,](?=\d)/g, '·')
    .replace(/[^\p{L}\p{N}·]+/gu, '')
    // A plural; but `2XS` is not `2X`.
    .replace(/(?<=\p{L}{2}[^s\d])s$/u, '');

const DATE_DIGITS: ReadonlyMap<string, number> = new Map([
  ['YYYY', 4],
  ['YYYYMM', 6],
  ['YYYYMMDD', 8],
]);

/** `2019-05-01` is `20190501`; the only year in a text is the year. */
function dateText(format: string | undefined, value: string): string {
  const years = value.match(/(?<!\d)(?:1[5-9]|20)\d\d(?!\d)/g) ?? [];
  if (format === 'YYYY' && years.length === 1) return years[0] ?? value;
  return /^\d{4}-\d\d(?:-\d\d)?$/.test(value) ? value.replaceAll('-', '') : value;
}

/** Taxonomy's aspectDataType and aspectFormat. */
function misformat({ dataType, format }: AspectRule, value: string): string | undefined {
  if (dataType === 'NUMBER') {
    if (!/^-?\d+(\.\d+)?$/.test(value)) return `"${value}" is not a number`;
    if (format === 'int32' && (!/^-?\d+$/.test(value) || Math.abs(Number(value)) > INT32_MAX)) return `"${value}" is not a whole number`;
  }
  if (dataType === 'DATE' && !isDate(value, format ?? 'YYYYMMDD')) return `"${value}" is not a date as ${format ?? 'YYYYMMDD'}`;
  return undefined;
}

function isDate(value: string, format: string): boolean {
  const digits = DATE_DIGITS.get(format);
  if (digits === undefined || !new RegExp(`^\\d{${digits}}$`).test(value)) return false;
  const day = `${value.slice(0, 4)}-${value.slice(4, 6) || '01'}-${value.slice(6, 8) || '01'}`;
  const date = new Date(`${day}T00:00:00Z`);
  // A 31st of February would roll over into March.
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}
