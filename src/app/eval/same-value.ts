import type { FactName } from '../../core/facts.ts';

/**
 * Whether two wordings say the same. Pure. Case, accents, punctuation, order of a list, spelling and units do not
 * matter; more or less than what was asked does: `100% Cotton` is not `80% Cotton, 20% Polyester`.
 */
export function sameValue(name: FactName, stated: string, truth: string): boolean {
  if (name === 'gtin') return digits(stated).padStart(14, '0') === digits(truth).padStart(14, '0');
  if (name === 'color') return colors(stated).some((color) => colors(truth).includes(color));
  if (name === 'type') return kinds(stated).some((kind) => kinds(truth).includes(kind));
  return sameList(parts(stated), parts(truth));
}

/** Whether a text contains a phrase, word by word. */
export const contains = (text: string, phrase: string): boolean => ` ${plain(text)} `.includes(` ${plain(phrase)} `);

const digits = (text: string): string => text.replace(/\D/g, '');

const WORDS: Readonly<Record<string, string>> = {
  grey: 'gray',
  colour: 'color',
  elastane: 'spandex',
  lycra: 'spandex',
  viscose: 'rayon',
  usa: 'united states',
  us: 'united states',
  uk: 'united kingdom',
  prc: 'china',
  small: 's',
  medium: 'm',
  large: 'l',
  'extra large': 'xl',
  'extra small': 'xs',
  in: 'inch',
  inches: 'inch',
  ounces: 'oz',
  ounce: 'oz',
  grams: 'g',
  gram: 'g',
  pounds: 'lb',
  lbs: 'lb',
  pound: 'lb',
  centimeter: 'cm',
  centimeters: 'cm',
  centimetre: 'cm',
  mens: 'men',
  womens: 'women',
};

function plain(text: string): string {
  const words = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/(\d)\s*("|″|inch(es)?\b)/g, '$1 inch')
    .replace(/(\d)([a-z])/g, '$1 $2')
    .replace(/(\d)\s*%/g, '$1%')
    .replace(/(?<=\w)['’](?=s\b)/g, '')
    .replace(/[^\p{L}\p{N}%.]+/gu, ' ')
    .replace(/\.(?!\d)/g, ' ')
    .trim()
    .replace(/\s+/g, ' ');
  return (
    WORDS[words] ??
    words
      .split(' ')
      .map((word) => WORDS[word] ?? word)
      .join(' ')
  );
}

/** `90% Cotton, 10% Polyester` or `Red; Blue`: its members, in no order. */
const parts = (text: string): readonly string[] =>
  text
    .split(/[,;/]|\band\b|&/i)
    .map(plain)
    .filter(Boolean)
    .sort();

const sameList = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((member, at) => member === b[at]);

/** eBay's colour names are families: a shade belongs to one or two. */
const FAMILIES: Readonly<Record<string, readonly string[]>> = {
  navy: ['blue'],
  teal: ['green', 'blue'],
  turquoise: ['green', 'blue'],
  cream: ['beige', 'ivory', 'white', 'yellow'],
  gray: ['silver'],
  burgundy: ['red'],
  khaki: ['green', 'beige'],
};

const colors = (text: string): readonly string[] => parts(text).flatMap((color) => [color, ...(FAMILIES[color] ?? [])]);

/** Classes of things, in the words of those who label pictures and of those who sell. */
const KINDS: readonly (readonly string[])[] = [
  ['t shirt', 'tshirt', 'tee'],
  ['shirt', 'dress shirt', 'button up shirt', 'button down shirt', 'casual button down shirt', 'blouse'],
  ['outwear', 'outerwear', 'jacket', 'coat', 'vest', 'parka', 'gilet', 'windbreaker'],
  ['pants', 'trousers', 'jeans', 'sweatpants', 'joggers', 'chinos'],
  ['hat', 'cap', 'baseball cap', 'trucker cap', 'beanie'],
  ['shoes', 'sneakers', 'running shoes', 'clogs', 'dress shoes', 'oxfords', 'boots', 'athletic shoes', 'casual shoes'],
  ['longsleeve', 'long sleeve', 'long sleeve t shirt', 't shirt', 'top'],
  ['body', 'bodysuit', 'one piece', 'baby bodysuit'],
  ['sweatshirt', 'hoodie', 'pullover'],
  ['polo', 'polo shirt'],
  ['shorts', 'sweat shorts'],
  ['dress'],
  ['skirt'],
];

function kinds(text: string): readonly string[] {
  const word = plain(text);
  return [word, ...KINDS.flatMap((same, at) => (same.includes(word) ? [`kind ${at}`] : []))];
}
