import type { Leaf } from '../commerce/leaf.ts';
import { speak } from '../commerce/wording.ts';
import { pick } from '../ground/random.ts';
import { phrasesOf } from './site-phrases.ts';

/** A title as sellers write it, and the specifics that it tells. */
export interface Drawn {
  readonly title: string;
  readonly aspects: Readonly<Record<string, readonly string[]>>;
}

const COLORS = ['Black', 'White', 'Blue', 'Red', 'Green', 'Gray', 'Brown', 'Pink'];
/** What most of a category's offers are, where its Type lists dozens of kinds. */
const COMMON_TYPES = /^(t-shirt|blouse|sweater|hoodie|jacket|coat|tank|running shoes|sneaker)$/i;
/** What sellers write instead of the category's name. */
const EVERYDAY_NAMES: Readonly<Record<string, readonly string[]>> = {
  'Athletic Shoes': ['Running Shoes', 'Sneakers', 'Athletic Shoes'],
  'Film Cameras': ['Film Camera', '35mm Film Camera'],
};

/** `Nike Vintage Blue T-Shirt Men's Size L`, in the words of the site as far as it has its own. */
export function drawTitle(
  leaf: Leaf,
  brands: readonly string[],
  lines: readonly string[],
  marketplace: string,
  random: () => number,
): Drawn {
  const aspectWord = speak(marketplace, 'aspects');
  const valueWord = speak(marketplace, 'values');
  const size = pick(random, leaf.aspects?.find((aspect) => aspect.name === 'Size')?.values ?? []);
  const path = leaf.ancestors.map((ancestor) => ancestor.name).join(' ');
  const color = /Clothing|Home|Pottery|Consumer/.test(path) ? pick(random, COLORS) : undefined;
  const brand = pick(random, brands);
  const line = pick(random, lines);
  const { words, type } = thing(leaf, marketplace, random);
  const title = [
    brand,
    line,
    color === undefined ? undefined : valueWord(color),
    words,
    person(path, valueWord),
    size === undefined ? undefined : `${phrasesOf(marketplace).size} ${size}`,
  ];
  const told = { Brand: brand, Color: color, Type: type, Size: size };
  return {
    title: title.filter((word) => word !== undefined && word !== '').join(' '),
    aspects: Object.fromEntries(
      Object.entries(told).flatMap(([name, value]) => (value === undefined ? [] : [[aspectWord(name), [valueWord(value)]]])),
    ),
  };
}

function person(path: string, valueWord: (english: string) => string): string {
  const english = /women/i.test(path)
    ? "Women's"
    : /\bmen/i.test(path)
      ? "Men's"
      : /girls/i.test(path)
        ? 'Girls'
        : /boys/i.test(path)
          ? 'Boys'
          : '';
  const plain = english.replace(/'s$/, '');
  return valueWord(plain) === plain ? english : valueWord(plain);
}

/** `Coats, Jackets & Vests` sells as one of them, in the singular; a site with its own name for the category uses that. */
function thing(leaf: Leaf, marketplace: string, random: () => number): { words: string; type: string | undefined } {
  const own = speak(marketplace, 'categories')(leaf.name);
  const types = leaf.aspects?.find((aspect) => aspect.name === 'Type')?.values ?? [];
  const common = types.filter((value) => COMMON_TYPES.test(value));
  const type =
    EVERYDAY_NAMES[leaf.name] === undefined && random() < 0.6
      ? pick(random, common.length > 0 && random() < 0.6 ? common : types)
      : undefined;
  if (type !== undefined) return { words: own === leaf.name ? type : own, type };
  const name = pick(random, EVERYDAY_NAMES[leaf.name] ?? leaf.name.replace(/\(.*?\)/g, '').split(/,|&|\//)) ?? leaf.name;
  if (own !== leaf.name) return { words: own, type: undefined };
  const words = name.trim();
  const isPlural = !/(ss|us|is|jeans|pants|shorts|shoes)$/i.test(words);
  return { words: isPlural ? words.replace(/(sh|ch|lens)es$/i, '$1').replace(/(?<!len)s$/i, '') : words, type: undefined };
}
