import { createHash } from 'node:crypto';
import type { World } from '../support/world.ts';
import { drawn } from './drawn.ts';
import { between, stream } from './random.ts';

/** What must stand on the marketplace for an item, as its seller or model said it. */
interface Wanted {
  readonly title?: string;
  readonly categoryId: string;
  readonly price?: string;
  readonly quantity: number;
  readonly aspects: Readonly<Record<string, string>>;
}

export interface Good {
  readonly n: number;
  readonly folder: string;
  readonly kind: string;
  /** Names of its pictures, in their order. */
  readonly pictures: readonly string[];
  readonly wanted: Wanted;
}

/** Can never go live as it is. */
export interface Bad {
  readonly n: number;
  readonly folder: string;
  readonly kind: string;
  readonly pictures: readonly string[];
  /** Where it must end. */
  readonly ends: { readonly outcome: 'held' | 'failed'; readonly code: string };
}

export interface Stock {
  readonly goods: readonly Good[];
  readonly bads: readonly Bad[];
}

/** The kind whose photos hold a position. */
export const WITH_PLACE = 'photographed with a place';
const SHIRT = '15687';

interface Kind {
  readonly name: string;
  readonly pictures: number;
  readonly format?: 'jpeg' | 'png';
  readonly withPlace?: boolean;
  /** Out of the complete sidecar of a T-shirt. */
  readonly sidecar: (facts: Facts, n: number) => object;
  readonly wanted: (facts: Facts, n: number) => Wanted;
}

interface BadKind extends Omit<Kind, 'wanted'> {
  readonly ends: Bad['ends'];
}

interface Facts {
  readonly title: string;
  readonly category: string;
  readonly condition: string;
  readonly price: string;
  readonly aspects: Readonly<Record<string, string>>;
}

const asTold = ({ title, category, price, aspects }: Facts): Wanted => ({ title, categoryId: category, price, quantity: 1, aspects });
const withoutColour = (facts: Facts): object => {
  const { Color: _color, ...aspects } = facts.aspects;
  return { ...facts, aspects };
};

const EVERYTHING_TOLD: Kind = { name: 'everything told', pictures: 2, sidecar: (facts) => facts, wanted: asTold };
const COLOURLESS: Kind = { name: 'the colour from a model', pictures: 1, sidecar: withoutColour, wanted: asTold };

const KINDS: readonly Kind[] = [
  EVERYTHING_TOLD,
  COLOURLESS,
  { name: WITH_PLACE, pictures: 2, withPlace: true, sidecar: (facts) => facts, wanted: asTold },
  {
    name: "under a SKU of the seller's, several of it",
    pictures: 1,
    sidecar: (facts, n) => ({ ...facts, sku: `SHELF${n}`, quantity: 3 }),
    wanted: (facts) => ({ ...asTold(facts), quantity: 3 }),
  },
  { name: 'PNG', pictures: 1, format: 'png', sidecar: (facts) => facts, wanted: asTold },
  {
    name: 'a card with its own condition',
    pictures: 1,
    sidecar: (facts, n) => card(facts, n),
    wanted: (facts, n) => {
      const { title, category, price } = card(facts, n);
      return { title, categoryId: category, price, quantity: 1, aspects: { Sport: 'Baseball' } };
    },
  },
  {
    name: 'priced by what others ask',
    pictures: 1,
    sidecar: ({ price: _price, ...facts }) => ({ ...facts, type: 'T-Shirt', brand: facts.aspects.Brand }),
    wanted: (facts) => {
      const { price: _price, ...wanted } = asTold(facts);
      return wanted;
    },
  },
];

const card = (facts: Facts, n: number) => ({
  title: `Topps Baseball Card ${1900 + (n % 100)} No ${n}`,
  category: '261328',
  condition: '4000',
  price: facts.price,
  aspects: { Sport: 'Baseball', 'Card Condition': 'Near mint or better' },
});

const BAD_KINDS: readonly BadKind[] = [
  {
    name: 'a sidecar with mistakes',
    pictures: 1,
    sidecar: (facts) => ({ ...facts, prise: '3' }),
    ends: { outcome: 'held', code: 'sidecar.invalid' },
  },
  {
    name: 'a title with a placeholder',
    pictures: 1,
    sidecar: (facts) => ({ ...facts, title: 'Shirt [brand] Size M' }),
    ends: { outcome: 'held', code: 'text.unfit' },
  },
  {
    name: 'no such category',
    pictures: 1,
    sidecar: (facts) => ({ ...facts, category: '99999999' }),
    ends: { outcome: 'held', code: 'category.unknown' },
  },
  {
    name: 'a condition that the category does not take',
    pictures: 1,
    sidecar: (facts) => ({ ...facts, condition: '4000' }),
    ends: { outcome: 'held', code: 'condition.not-allowed' },
  },
];

/** One in so many items is bad on purpose. */
const ONE_BAD_IN = 17;

/** `count` items, told apart by kind and content through `seed` alone; `folderOf` says where one lies. */
export function stockOf(count: number, seed: number): Stock {
  const random = stream(seed);
  const goods: Good[] = [];
  const bads: Bad[] = [];
  for (let n = 1; n <= count; n += 1) {
    const isBad = n % ONE_BAD_IN === 5;
    const kinds = isBad ? BAD_KINDS : KINDS;
    // Each kind comes: the first ones in turn, the others as they are drawn.
    const at = isBad ? bads.length : goods.length;
    const taken = kinds[at < kinds.length ? at : between(random, 0, kinds.length)] as Kind | BadKind;
    // Reading takes seconds of CPU: of those that must be read there are fewer.
    const kind = taken === COLOURLESS && at >= kinds.length && random() < 0.5 ? EVERYTHING_TOLD : taken;
    const pictures = Array.from({ length: kind.pictures }, (_, photo) => `${seed}-${n}-${photo + 1}`);
    const item = { n, folder: `item-${String(n).padStart(4, '0')}`, kind: kind.name, pictures };
    if ('wanted' in kind) goods.push({ ...item, wanted: kind.wanted(factsOf(n, seed), n) });
    else bads.push({ ...item, ends: kind.ends });
  }
  return { goods, bads };
}

/** Writes photos and sidecars; the seller's private words stand in each. */
export async function writeStock(world: World, { goods, bads }: Stock, seed: number, folderOf: (n: number) => string): Promise<void> {
  for (const { n, folder, kind: name, pictures } of [...goods, ...bads]) {
    const kind = [...KINDS, ...BAD_KINDS].find((one) => one.name === name) as Kind | BadKind;
    const { format = 'jpeg', withPlace = false } = kind;
    for (const [at, key] of pictures.entries())
      world.write(`${folderOf(n)}/${folder}/${at + 1}.${format === 'png' ? 'png' : 'jpg'}`, await drawn(key, format, withPlace));
    world.write(`${folderOf(n)}/${folder}/item.json`, JSON.stringify(kind.sidecar(factsOf(n, seed), n)));
  }
}

/** A men's T-shirt with every specific that eBay requires there. */
const factsOf = (n: number, seed: number): Facts => ({
  title: `Test Shirt ${createHash('sha256').update(`${seed} ${n}`).digest('hex').slice(0, 6)} Number ${n}`,
  category: SHIRT,
  condition: '3000',
  price: `${10 + (n % 80)}.99`,
  aspects: { Brand: `Brand ${n}`, Color: 'Blue', 'Size Type': 'Regular', Size: 'M', Department: 'Men' },
});
