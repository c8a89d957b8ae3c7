import type { Leaf } from '../commerce/catalogue.ts';
import { LEAVES } from '../commerce/catalogue.ts';
import { pick, randomStream } from '../ground/random.ts';
import { CATEGORY_PRICES, DEPARTMENTS, type Goods, SHOE_BRANDS } from './asking-price-table.ts';

/** A live listing of some other seller. Prices in cents. */
export interface OtherListing {
  readonly legacyId: string;
  readonly categoryId: string;
  readonly title: string;
  readonly priceMinor: number;
  /** Undefined: calculated at checkout. */
  readonly shippingMinor: number | undefined;
  readonly conditionId: string | undefined;
  readonly conditionName: string | undefined;
  readonly buyingOption: 'FIXED_PRICE' | 'AUCTION';
  readonly gtin: string | undefined;
  readonly seller: string;
}

const FIRST_ID = 310_000_000_000;
/** Enough that most plain searches find comparables, few enough that a rare one does not. */
const LISTINGS_LEAST = 40;
const LISTINGS_SPREAD = 50;
const USED_IDS: ReadonlySet<string> = new Set(['2990', '3000', '3010', '4000', '5000', '6000']);
/** What most of a category's offers are, where its Type lists dozens of kinds. */
const COMMON_TYPES = /^(t-shirt|blouse|sweater|hoodie|jacket|coat|tank|running shoes|sneaker)$/i;
const PARTS_ID = '7000';
const COLORS = ['Black', 'White', 'Blue', 'Red', 'Green', 'Gray', 'Brown', 'Pink'];
const TAILS = ['Great Condition', 'Free Shipping', 'EUC', 'Tested Works', 'Rare', 'Nice', 'Vintage', 'Fast Ship'];
const SELLERS = [
  'attic_finds_oh',
  'second_chance_goods',
  'bluebarn_resale',
  'mikes-media-shop',
  'thriftwise',
  'harbor.trading',
  'estate_gems',
];
/** How the price of a condition stands to a used one. */
const CONDITION_FACTORS: Readonly<Record<string, number>> = {
  1000: 1.6,
  1500: 1.35,
  1750: 1.1,
  2500: 1.15,
  2750: 1.4,
  2990: 1.15,
  3010: 0.7,
  5000: 0.9,
  6000: 0.65,
};

/** What sellers write instead of the category's name. */
const EVERYDAY_NAMES: Readonly<Record<string, readonly string[]>> = {
  'Athletic Shoes': ['Running Shoes', 'Sneakers', 'Athletic Shoes'],
  'Film Cameras': ['Film Camera', '35mm Film Camera'],
};

let everything: readonly OtherListing[] | undefined;

/** What others have on sale: invented, but the same on every machine and at every start. */
export function otherListings(): readonly OtherListing[] {
  everything ??= LEAVES.flatMap(listingsOf);
  return everything;
}

function listingsOf(leaf: Leaf, leafIndex: number): OtherListing[] {
  const random = randomStream(`asking ${leaf.id}`);
  const goods = goodsOf(leaf);
  const count = LISTINGS_LEAST + Math.floor(random() * LISTINGS_SPREAD);
  // Some sellers offer the very same product: these carry its GTIN.
  const product = { title: titleOf(leaf, goods, random), gtin: ean(random), count: 3 + Math.floor(random() * 4) };
  return Array.from({ length: count }, (_, index) => {
    const isProduct = index < product.count;
    const isLot = !isProduct && random() < 0.06;
    const base = isProduct ? product.title : titleOf(leaf, goods, random);
    // Most of what is resold is used.
    const usual = leaf.conditions.filter((one) => (isProduct ? one.id !== PARTS_ID : true));
    const condition = pick(
      random,
      usual.flatMap((one) => (USED_IDS.has(one.id) ? [one, one, one] : [one])),
    );
    const isParts = condition?.id === PARTS_ID;
    const lotSize = isLot ? 3 + Math.floor(random() * 8) : 1;
    const title = [
      isLot ? `Lot of ${lotSize}` : '',
      base,
      isParts ? 'For Parts or Repair' : '',
      !isParts && random() < 0.3 ? (pick(random, TAILS) ?? '') : '',
    ];
    // Two throws make a bell around the middle price; a few sellers dream.
    const spread = 0.55 + (random() + random()) * 0.45 + (random() < 0.05 ? 1.5 : 0);
    const factor = isParts ? 0.3 : (CONDITION_FACTORS[condition?.id ?? ''] ?? 1);
    const dollars = Math.max(0.99, goods.price * factor * spread * (isLot ? lotSize * 0.6 : 1));
    return {
      legacyId: String(FIRST_ID + leafIndex * 1_000 + index),
      categoryId: leaf.id,
      title: title
        .filter((part) => part !== '')
        .join(' ')
        .slice(0, 80),
      priceMinor: Math.max(99, Math.round(dollars) * 100 - (random() < 0.7 ? 1 : 0)),
      shippingMinor: random() < 0.15 ? undefined : random() < 0.4 ? 0 : 495 + Math.floor(random() * 10) * 100,
      conditionId: condition?.id,
      conditionName: condition?.name,
      buyingOption: random() < 0.12 ? 'AUCTION' : 'FIXED_PRICE',
      gtin: isProduct ? product.gtin : undefined,
      seller: pick(random, SELLERS) ?? 'thriftwise',
    };
  });
}

function goodsOf(leaf: Leaf): Goods {
  const branch = leaf.ancestors.find(({ name }) => name in DEPARTMENTS)?.name ?? '';
  const department = DEPARTMENTS[branch] ?? { price: 20, brands: [], lines: ['Vintage'] };
  const known = leaf.aspects?.find((aspect) => aspect.name === 'Brand')?.values ?? [];
  const isShoe = /shoe|boot|sandal|slipper|heel|flat/i.test(leaf.name);
  const brands = known.length > 0 ? known.slice(0, 15) : isShoe ? SHOE_BRANDS : department.brands;
  return { ...department, brands, price: CATEGORY_PRICES[leaf.id] ?? department.price };
}

/** `Nike Vintage Blue T-Shirt Mens Size L`: as sellers write them. */
function titleOf(leaf: Leaf, goods: Goods, random: () => number): string {
  const size = pick(random, leaf.aspects?.find((aspect) => aspect.name === 'Size')?.values ?? []);
  const path = leaf.ancestors.map((ancestor) => ancestor.name).join(' ');
  const person = /women/i.test(path)
    ? "Women's"
    : /\bmen/i.test(path)
      ? "Men's"
      : /girls/i.test(path)
        ? 'Girls'
        : /boys/i.test(path)
          ? 'Boys'
          : '';
  const color = /Clothing|Home|Pottery|Consumer/.test(path) ? pick(random, COLORS) : undefined;
  const words = [
    pick(random, goods.brands),
    pick(random, goods.lines),
    color,
    thing(leaf, random),
    person,
    size === undefined ? undefined : `Size ${size}`,
  ];
  return words.filter((word) => word !== undefined && word !== '').join(' ');
}

/** `Coats, Jackets & Vests` sells as one of them, in the singular. */
function thing(leaf: Leaf, random: () => number): string {
  const types = leaf.aspects?.find((aspect) => aspect.name === 'Type')?.values ?? [];
  const common = types.filter((value) => COMMON_TYPES.test(value));
  const type =
    EVERYDAY_NAMES[leaf.name] === undefined && random() < 0.6
      ? pick(random, common.length > 0 && random() < 0.6 ? common : types)
      : undefined;
  if (type !== undefined) return type;
  const name = pick(random, EVERYDAY_NAMES[leaf.name] ?? leaf.name.replace(/\(.*?\)/g, '').split(/,|&|\//)) ?? leaf.name;
  const words = name.trim();
  return /(ss|us|is|jeans|pants|shorts|shoes)$/i.test(words) ? words : words.replace(/(sh|ch)es$/i, '$1').replace(/s$/i, '');
}

/** Thirteen digits of a US range with a right check digit. */
function ean(random: () => number): string {
  const digits = [0, ...Array.from({ length: 11 }, () => Math.floor(random() * 10))];
  const sum = digits.reduce((total, digit, index) => total + digit * (index % 2 === 0 ? 1 : 3), 0);
  return `${digits.join('')}${(10 - (sum % 10)) % 10}`;
}
