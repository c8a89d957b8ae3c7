import type { Site } from '../../core/site.ts';
import { factFor } from './aspect-names.ts';
import { inSiteWords } from './site-words.ts';

/**
 * Other ways to say a value that mean the same, the most literal first, so that eBay's own word can be found among its
 * values. What is only like it (teal is neither blue nor green) is not here: it is asked for instead.
 */
export function waysToSay(aspect: string, value: string, site: Pick<Site, 'language' | 'country'>): readonly string[] {
  const fact = factFor(aspect);
  const local = fact ? [inSiteWords(fact, value, site)] : [];
  if (isColor(aspect)) return [value, ...local, ...colors(value, site)];
  if (isSize(aspect)) return [value, ...sizes(aspect, value, site)];
  return [value, ...local, withShortUnits(value)];
}

const isColor = (aspect: string): boolean => /colou?r|farbe/i.test(aspect);
const isSize = (aspect: string): boolean => /\bsize$|größe$/i.test(aspect);

/* ---- colours ---- */

const FAMILIES: Readonly<Record<string, string>> = {
  Blue: 'navy indigo cobalt denim azure sapphire marineblau dunkelblau hellblau',
  Red: 'burgundy maroon crimson scarlet wine ruby bordeaux weinrot dunkelrot',
  Gray: 'grey charcoal graphite slate anthracite anthrazit',
  Beige: 'sand nude oatmeal',
  Brown: 'chocolate coffee chestnut mahogany cognac',
  Green: 'olive emerald lime mint sage',
  Purple: 'lavender lilac violet plum mauve',
  Pink: 'fuchsia magenta rose blush',
  Yellow: 'mustard lemon',
  Black: 'jet onyx',
};
const SHADES = /\b(?:dark|light|bright|pale|pastel|deep|neon|heather(?:ed)?|royal|sky|baby|forest|hot|navy(?= blue))\b/gi;
const BASIC = 'beige black blue brown gold gray green ivory orange pink purple red silver white yellow'.split(' ');

const familyOf: ReadonlyMap<string, string> = new Map([
  ...BASIC.map((name): [string, string] => [name, name.replace(/^./, (letter) => letter.toUpperCase())]),
  ...Object.entries(FAMILIES).flatMap(([family, words]) => words.split(' ').map((word): [string, string] => [word, family])),
]);

/** `Navy Blue` is Blue; `Black/White` is Multicolor; a colour that no family has for certain gives nothing. */
function colors(value: string, site: Pick<Site, 'language'>): readonly string[] {
  const each = value.split(/\s*(?:\/|,|&|\+|\band\b|\bund\b)\s*/i).filter(Boolean);
  const families = new Set(each.map((one) => familyOf.get(one.replace(SHADES, ' ').trim().toLowerCase())));
  if (families.has(undefined)) return [];
  const family = families.size === 1 ? [...families][0] : 'Multicolor';
  return family === undefined ? [] : [family, inSiteWords('color', family, site)];
}

/* ---- sizes ---- */

const LETTERS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'extra extra small': '2XS',
    xxs: '2XS',
    'extra small': 'XS',
    'x small': 'XS',
    small: 'S',
    medium: 'M',
    med: 'M',
    large: 'L',
    'extra large': 'XL',
    'x large': 'XL',
    xxl: '2XL',
    'xx large': '2XL',
    '2x large': '2XL',
    xxxl: '3XL',
    'xxx large': '3XL',
    '3x large': '3XL',
    xxxxl: '4XL',
    'one size fits all': 'One Size',
    'one size fits most': 'One Size',
    osfa: 'One Size',
    einheitsgröße: 'One Size',
  }),
);

const SYSTEMS: Readonly<Record<string, string>> = { US: 'US', USA: 'US', UK: 'UK', GB: 'UK', EU: 'EU', EUR: 'EU', DE: 'EU', AU: 'AU' };
const SYSTEM_OF_COUNTRY: Readonly<Record<string, string>> = { US: 'US', CA: 'US', GB: 'UK', DE: 'EU', AU: 'AU' };
const NUMBER = String.raw`\d{1,3}(?:[.,]5)?(?:½)?`;
const SIZED = new RegExp(
  String.raw`\b(USA?|UK|GB|EUR?|DE|AU)\b[\s:.-]*(${NUMBER})(?![\d.])|(?<![\d.])(${NUMBER})\s*(USA?|UK|GB|EUR?|DE|AU)\b`,
  'gi',
);

/** The system that an aspect asks for by name: `US Shoe Size`, `EU-Schuhgröße`. */
const systemOf = (aspect: string): string | undefined => SYSTEMS[/^(US|UK|EU|AU)\b/.exec(aspect)?.[1] ?? ''];

function sizes(aspect: string, value: string, { country }: Pick<Site, 'country'>): readonly string[] {
  const bare = value.replace(/^(?:size|gr(?:öße|\.)?)\s*:?\s+/i, '').trim();
  const wanted = systemOf(aspect) ?? SYSTEM_OF_COUNTRY[country];
  const named = sizesBySystem(bare);
  if (named.size > 0) return [named.get(wanted ?? '')].filter((size) => size !== undefined);
  const letters = LETTERS.get(bare.toLowerCase().replace(/[\s-]+/g, ' '));
  const { waist } = waistAndLength(bare) ?? {};
  return [bare, letters, waist].filter((size) => size !== undefined);
}

/** Trousers: `W32 L34`, `32x34`; inches. */
export function waistAndLength(size: string): { readonly waist: string; readonly length: string } | undefined {
  const [, waist, length] = /^\s*W?\s*(\d{2})\s*W?\s*[x×/ ]\s*L?\s*(\d{2})\s*L?\s*$/i.exec(size) ?? [];
  return waist && length ? { waist, length } : undefined;
}

function sizesBySystem(value: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [, before, after, first, behind] of value.matchAll(SIZED)) {
    const system = SYSTEMS[(before ?? behind ?? '').toUpperCase()];
    if (system) found.set(system, (after ?? first ?? '').replace('½', '.5').replace(',', '.'));
  }
  return found;
}

/** A size of another system than the aspect asks for is none: 38 in Europe is not 38 in the US. */
export function isForeignSize(aspect: string, value: string): boolean {
  const wanted = systemOf(aspect);
  const named = sizesBySystem(value);
  return wanted !== undefined && named.size > 0 && !named.has(wanted);
}

/** The size of the aspect's own system where the text names several: `US 10 / EU 43` is 10 for `US Shoe Size`. */
export const sizeAsked = (aspect: string, value: string): string | undefined => sizesBySystem(value).get(systemOf(aspect) ?? '');

/* ---- units ---- */

const UNITS: readonly (readonly [RegExp, string])[] = [
  [/(?<=\d)\s*(?:inch(?:es)?|zoll|″|")(?!\p{L})/giu, ' in'],
  [/(?<=\d)\s*(?:centimet(?:er|re)s?|zentimeter)\b/gi, ' cm'],
  [/(?<=\d)\s*(?:millimet(?:er|re)s?|millimeter)\b/gi, ' mm'],
  [/(?<=\d)\s*(?:fluid ounces?|fl\.? ?oz\.?)(?!\p{L})/giu, ' fl oz'],
  [/(?<=\d)\s*(?:ounces?|oz\.)(?!\p{L})/giu, ' oz'],
  [/(?<=\d)\s*(?:pounds?|lbs\.?)(?!\p{L})/giu, ' lb'],
  [/(?<=\d)\s*(?:millilit(?:er|re)s?)\b/gi, ' ml'],
  [/(?<=\d)\s*(?:lit(?:er|re)s?)\b/gi, ' L'],
  [/(?<=\d)\s*(?:kilogram(?:me)?s?)\b/gi, ' kg'],
  [/(?<=\d)\s*(?:gram(?:me)?s?)\b/gi, ' g'],
  [/(?<=\d)\s*(?:gigabytes?)\b/gi, ' GB'],
  [/(?<=\d)\s*(?:terabytes?)\b/gi, ' TB'],
];

/** `12 inches` and `12"` are `12 in`: how eBay writes it. */
export const withShortUnits = (value: string): string =>
  UNITS.reduce((text, [pattern, unit]) => text.replace(pattern, unit), value)
    .replace(/\s+/g, ' ')
    .trim();
