import type { Site } from '../ground/sites.ts';
import type { WireError } from '../wire/wire.ts';
import { refuse, wireError } from '../wire/wire.ts';
import type { Found } from './found.ts';

export type Test = (one: Found) => boolean;

/** What a filter is read with. What cannot be read is left out of the search, with a warning. */
interface Context {
  readonly site: Site;
  readonly query: string;
  readonly fields: ReadonlyMap<string, string>;
  readonly warnings: WireError[];
}

type Reader = (value: string, context: Context) => Test | undefined;

const SELLERS_MAX = 250;
const BUYING_OPTIONS = new Set(['FIXED_PRICE', 'AUCTION', 'BEST_OFFER', 'CLASSIFIED_AD']);
const CONDITION_WORDS: Readonly<Record<string, readonly string[]>> = {
  NEW: ['1000', '1500', '1750'],
  USED: ['2750', '2990', '3000', '3010', '4000', '5000', '6000'],
  UNSPECIFIED: [],
};
/** Which of this server's countries lie in a region. */
const REGIONS: Readonly<Record<string, readonly string[]>> = {
  WORLDWIDE: ['US', 'GB', 'DE', 'AU', 'CA'],
  NORTH_AMERICA: ['US', 'CA'],
  EUROPE: ['GB', 'DE'],
  EUROPEAN_UNION: ['DE'],
  UK_AND_IRELAND: ['GB'],
  CONTINENTAL_EUROPE: ['DE'],
  ASIA: [],
};
/** The document leaves the list to 12014's text; these are the sites where sellers must say which kind they are. */
const ACCOUNT_TYPE_SITES = ['EBAY_DE', 'EBAY_GB'];
const PICKUP = ['pickupCountry', 'pickupPostalCode', 'pickupRadius', 'pickupRadiusUnit'];

const everything: Test = () => true;
const nothing: Test = () => false;

const flag =
  (test: Test): Reader =>
  (value) =>
    isBoolean(value) ? (value === 'true' ? test : everything) : undefined;

/** Returns undefined where the value is not one of those documented (12002). */
const READERS: Readonly<Record<string, Reader>> = {
  price,
  priceCurrency: () => everything,
  conditionIds: (value) => {
    const ids = list(value);
    return ids?.every((id) => /^\d{4}$/.test(id)) === true ? (one) => ids.includes(one.conditionId ?? '') : undefined;
  },
  conditions: (value) => {
    const words = list(value);
    if (words?.every((word) => word in CONDITION_WORDS) !== true) return undefined;
    const ids = new Set(words.flatMap((word) => CONDITION_WORDS[word] ?? []));
    return (one) => (one.conditionId === undefined ? words.includes('UNSPECIFIED') : ids.has(one.conditionId));
  },
  buyingOptions: (value) => {
    const options = list(value);
    if (options?.every((option) => BUYING_OPTIONS.has(option)) !== true) return undefined;
    return (one) => one.buyingOptions.some((option) => options.includes(option));
  },
  sellers,
  excludeSellers: (value) => {
    const names = list(value);
    return names === undefined ? undefined : (one) => !names.includes(one.seller.username);
  },
  sellerAccountTypes,
  itemLocationCountry: (value, { fields }) => {
    if (fields.has('itemLocationRegion')) throw refuse(12517);
    return isCountry(value) ? (one) => one.country === value : undefined;
  },
  itemLocationRegion: (value, { site }) => {
    const countries = REGIONS[value];
    if (countries === undefined) throw refuse(12518, [site.marketplace, Object.keys(REGIONS).join(', ')]);
    return (one) => countries.includes(one.country);
  },
  deliveryCountry: (value) => (isCountry(value) ? (one) => one.country === value || one.shipsAbroad : undefined),
  deliveryPostalCode: (_value, context) => needsDeliveryCountry(context, everything),
  maxDeliveryCost: (value, context) => (value === '0' ? needsDeliveryCountry(context, (one) => one.shippingMinor === 0) : undefined),
  returnsAccepted: flag((one) => one.returnsAccepted),
  charityOnly: flag(nothing),
  searchInDescription: (value, { query }) => {
    if (query.length < 2) throw refuse(12516);
    return isBoolean(value) ? everything : undefined;
  },
  ...Object.fromEntries(PICKUP.map((name) => [name, pickup])),
};

/**
 * The `filter` parameter, `conditionIds:{1000|3000},price:[10..50],priceCurrency:USD`, as one test that a listing
 * passes or not. Only listings that can be bought at once are found unless `buyingOptions` says otherwise.
 */
export function parseFilter(text: string, site: Site, query: string, warnings: WireError[]): Test {
  const fields = new Map<string, string>();
  for (const match of text.matchAll(/(\w+):(\{[^}]*\}|\[[^\]]*\]|[^,]*)(?:,|$)/g)) fields.set(match[1] ?? '', match[2] ?? '');
  if (text !== '' && fields.size === 0) warnings.push(wireError(12002, ['filter']));
  const context = { site, query, fields, warnings };
  const tests = [...fields].map(([name, value]) => {
    const known = warnings.length;
    const test = READERS[name]?.(value, context);
    // A reader that has said what is wrong needs no second warning.
    if (test === undefined && warnings.length === known) warnings.push(wireError(12002, [name]));
    return { name, test: test ?? everything, isUsed: test !== undefined };
  });
  const hasOptions = tests.some(({ name, isUsed }) => name === 'buyingOptions' && isUsed);
  const usual: Test = hasOptions ? everything : (one) => one.buyingOptions.includes('FIXED_PRICE');
  return (one) => usual(one) && tests.every(({ test }) => test(one));
}

/** A price filter without a currency, or in one that is not the site's, is dropped (12012). */
function price(value: string, { fields, site, warnings }: Context): Test | undefined {
  const range = /^\[(\d+(?:\.\d+)?)?(?:(\.\.)(\d+(?:\.\d+)?)?)?\]$/.exec(value);
  if (range === null || (range[1] === undefined && range[3] === undefined) || fields.get('priceCurrency') !== site.currency) {
    warnings.push(wireError(12012));
    return undefined;
  }
  const least = Number(range[1] ?? 0) * 100;
  const most = range[3] === undefined ? Number.POSITIVE_INFINITY : Number(range[3]) * 100;
  return (one) => one.priceMinor >= least && one.priceMinor <= most;
}

function sellers(value: string, { warnings }: Context): Test | undefined {
  const names = list(value);
  if (names === undefined) return undefined;
  if (names.length > SELLERS_MAX) throw refuse(12032);
  if (names.some((name) => !/^[\w.*!-]{1,64}$/.test(name))) {
    warnings.push(wireError(12003));
    return undefined;
  }
  return (one) => names.includes(one.seller.username);
}

function sellerAccountTypes(value: string, { site, warnings }: Context): Test | undefined {
  if (!ACCOUNT_TYPE_SITES.includes(site.marketplace)) {
    warnings.push(wireError(12014, [site.marketplace, ACCOUNT_TYPE_SITES.join(', ')]));
    return undefined;
  }
  const types = list(value);
  if (types?.every((type) => type === 'INDIVIDUAL' || type === 'BUSINESS') !== true) return undefined;
  return (one) => types.includes(one.seller.accountType);
}

function needsDeliveryCountry({ fields, warnings }: Context, test: Test): Test | undefined {
  if (isCountry(fields.get('deliveryCountry') ?? '')) return test;
  warnings.push(wireError(12011));
  return undefined;
}

/** All four or none; nobody here hands anything over in person, so that nothing is found then. */
function pickup(_value: string, { fields, warnings }: Context): Test | undefined {
  if (PICKUP.every((name) => fields.has(name))) return nothing;
  if (!warnings.some((warning) => warning.errorId === 12010)) warnings.push(wireError(12010));
  return everything;
}

function list(value: string): readonly string[] | undefined {
  return /^\{([^{}]+)\}$/
    .exec(value)?.[1]
    ?.split('|')
    .map((one) => one.trim());
}

function isCountry(value: string): boolean {
  return /^[A-Z]{2}$/.test(value);
}

function isBoolean(value: string): boolean {
  return value === 'true' || value === 'false';
}
