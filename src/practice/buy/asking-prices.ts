import { findLeaf, LEAVES } from '../commerce/catalogue.ts';
import type { ConditionFact, Leaf } from '../commerce/leaf.ts';
import { DAY_MS, MARKETPLACE } from '../ground/market.ts';
import { pick, randomStream } from '../ground/random.ts';
import { findSite, SITES } from '../ground/sites.ts';
import { CATEGORY_PRICES, DEPARTMENTS, type Goods, SHOE_BRANDS } from './asking-price-table.ts';
import type { Found } from './found.ts';
import { phrasesOf } from './site-phrases.ts';
import { type Drawn, drawTitle } from './titles.ts';

/** What others have on sale; when it was listed is counted back from the server's clock (`daysOld`). */
export type OtherListing = Omit<Found, 'startedAt'> & { readonly daysOld: number };

const FIRST_ID = 310_000_000_000;
const IDS_PER_LEAF = 1_000;
const IDS_PER_SITE = 1_000_000;
/** Enough that most plain searches find comparables, few enough that a rare one does not. */
const LISTINGS_LEAST = 40;
const LISTINGS_SPREAD = 50;
const AGE_MAX_DAYS = 120;
const USED_IDS: ReadonlySet<string> = new Set(['2990', '3000', '3010', '4000', '5000', '6000']);
const PARTS_ID = '7000';
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

const known = new Map<string, readonly OtherListing[]>();

/** What others have on sale in a leaf of a site: invented, but the same on every machine and at every start. */
export function othersIn(marketplace: string, leaf: Leaf): readonly OtherListing[] {
  const key = `${marketplace} ${leaf.id}`;
  const listings = known.get(key) ?? invent(marketplace, leaf);
  known.set(key, listings);
  return listings;
}

/** Everything others have on sale on a site. */
export function otherListings(marketplace: string = MARKETPLACE): readonly OtherListing[] {
  return LEAVES.flatMap((leaf) => othersIn(marketplace, leaf));
}

export function findOther(legacyId: string): OtherListing | undefined {
  const number = Number(legacyId) - FIRST_ID;
  if (!(number >= 0)) return undefined;
  const site = SITES[Math.floor(number / IDS_PER_SITE)];
  const leaf = LEAVES[Math.floor((number % IDS_PER_SITE) / IDS_PER_LEAF)];
  return site === undefined || leaf === undefined ? undefined : othersIn(site.marketplace, leaf)[number % IDS_PER_LEAF];
}

function invent(marketplace: string, { id }: Leaf): readonly OtherListing[] {
  const leafIndex = LEAVES.findIndex((one) => one.id === id);
  const leaf = LEAVES[leafIndex];
  if (leaf === undefined) return [];
  const seed = marketplace === MARKETPLACE ? `asking ${id}` : `asking ${id} ${marketplace}`;
  const random = randomStream(seed);
  // What came later than the prices is drawn apart from them, so that it leaves them as they are.
  const more = randomStream(`${seed} more`);
  const site = findSite(marketplace);
  const phrases = phrasesOf(marketplace);
  const goods = goodsOf(leaf);
  const conditions = findLeaf(id, marketplace)?.conditions ?? [];
  const count = LISTINGS_LEAST + Math.floor(random() * LISTINGS_SPREAD);
  // Some sellers offer the very same product: these carry its GTIN.
  const product = {
    drawn: drawTitle(leaf, goods.brands, goods.lines, marketplace, random),
    gtin: ean(random),
    count: 3 + Math.floor(random() * 4),
  };
  const idBase = FIRST_ID + SITES.findIndex((one) => one.marketplace === marketplace) * IDS_PER_SITE + leafIndex * IDS_PER_LEAF;
  return Array.from({ length: count }, (_, index): OtherListing => {
    const isProduct = index < product.count;
    const isLot = !isProduct && random() < 0.06;
    const base: Drawn = isProduct ? product.drawn : drawTitle(leaf, goods.brands, goods.lines, marketplace, random);
    const condition = drawCondition(isProduct ? conditions.filter((one) => one.id !== PARTS_ID) : conditions, random);
    const isParts = condition?.id === PARTS_ID;
    const lotSize = isLot ? 3 + Math.floor(random() * 8) : 1;
    const title = [
      isLot ? phrases.lot(lotSize) : '',
      base.title,
      isParts ? phrases.parts : '',
      !isParts && random() < 0.3 ? (pick(random, phrases.tails) ?? '') : '',
    ];
    // Two throws make a bell around the middle price; a few sellers dream.
    const spread = 0.55 + (random() + random()) * 0.45 + (random() < 0.05 ? 1.5 : 0);
    const factor = isParts ? 0.3 : (CONDITION_FACTORS[condition?.id ?? ''] ?? 1);
    const amount = Math.max(0.99, goods.price * phrases.priceFactor * factor * spread * (isLot ? lotSize * 0.6 : 1));
    const priceMinor = Math.max(99, Math.round(amount) * 100 - (random() < 0.7 ? 1 : 0));
    const shippingMinor = random() < 0.15 ? undefined : random() < 0.4 ? 0 : 495 + Math.floor(random() * 10) * 100;
    const isAuction = random() < 0.12;
    const seller = pick(random, phrases.sellers) ?? 'thriftwise';
    const takesOffers = !isAuction && more() < 0.35;
    return {
      legacyId: String(idBase + index),
      marketplace,
      categoryId: leaf.id,
      title: title
        .filter((part) => part !== '')
        .join(' ')
        .slice(0, 80),
      priceMinor,
      shippingMinor,
      shipsAbroad: more() < 0.5,
      conditionId: condition?.id,
      conditionName: condition?.name,
      buyingOptions: isAuction ? ['AUCTION'] : takesOffers ? ['FIXED_PRICE', 'BEST_OFFER'] : ['FIXED_PRICE'],
      gtin: isProduct ? product.gtin : undefined,
      seller: {
        username: seller,
        accountType: /shop|goods|trading|resale/.test(seller) ? 'BUSINESS' : 'INDIVIDUAL',
        feedbackScore: 180 + seller.length * 97,
        feedbackPercentage: `99.${seller.length % 10}`,
      },
      aspects: base.aspects,
      returnsAccepted: more() < 0.6,
      quantity: 1,
      country: site?.country ?? 'US',
      postalCode: pick(more, phrases.postalCodes) ?? '',
      daysOld: Math.floor(more() * AGE_MAX_DAYS),
      imageUrls: [],
    };
  });
}

/** Most of what is resold is used. */
function drawCondition(conditions: readonly ConditionFact[], random: () => number): ConditionFact | undefined {
  return pick(
    random,
    conditions.flatMap((one) => (USED_IDS.has(one.id) ? [one, one, one] : [one])),
  );
}

/** As a search finds it: with the day it was listed, the same in every answer of a day. */
export function found({ daysOld, ...listing }: OtherListing, now: number): Found {
  return { ...listing, startedAt: (Math.floor(now / DAY_MS) - daysOld) * DAY_MS };
}

function goodsOf(leaf: Leaf): Goods {
  const branch = leaf.ancestors.find(({ name }) => name in DEPARTMENTS)?.name ?? '';
  const department = DEPARTMENTS[branch] ?? { price: 20, brands: [], lines: ['Vintage'] };
  const named = leaf.aspects?.find((aspect) => aspect.name === 'Brand')?.values ?? [];
  const isShoe = /shoe|boot|sandal|slipper|heel|flat/i.test(leaf.name);
  const brands = named.length > 0 ? named.slice(0, 15) : isShoe ? SHOE_BRANDS : department.brands;
  return { ...department, brands, price: CATEGORY_PRICES[leaf.id] ?? department.price };
}

/** Thirteen digits of a US range with a right check digit. */
function ean(random: () => number): string {
  const digits = [0, ...Array.from({ length: 11 }, () => Math.floor(random() * 10))];
  const sum = digits.reduce((total, digit, index) => total + digit * (index % 2 === 0 ? 1 : 3), 0);
  return `${digits.join('')}${(10 - (sum % 10)) % 10}`;
}
