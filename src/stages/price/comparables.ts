import type { Comparable } from '../../core/listing.ts';
import type { Money } from '../../core/money.ts';

/** What the item itself is, as far as it decides what compares with it. */
export interface Compared {
  /** Its title: a lot is compared with lots. */
  readonly title: string;
  readonly conditionId: string | undefined;
  readonly currency: string;
  /** The seller's user name, where it is known. */
  readonly ownSeller: string | null;
  /** Numbers of listings that are the seller's own. */
  readonly ownListings: ReadonlySet<string>;
  /** Prices count with what buyers pay for shipping. */
  readonly includeShipping: boolean;
}

/** Many of a thing at once, in the words of English and German sellers. */
const LOTS =
  /\b(lots?|bundle|job ?lot|bulk|wholesale|set of \d+|(?:\d{2,}|[2-9])\s*(?:x|pcs|pieces|pack|pairs|stück|stk)|konvolut|sammlung|restposten|posten)\b/i;
/** A broken thing, or something that only belongs to it. */
const NOT_THE_THING =
  /\b(parts? only|for parts|spares?|spares or repairs?|not working|non[- ]?working|broken|defekte?s?|repair|as[- ]is|bastler|ersatzteile?|empty box|box only|case only|cover only|sleeve only|manual only|instructions? only|no (?:game|disc|box contents)|nur (?:ovp|verpackung|anleitung|hülle)|leerkarton|replica|reproduction|repro|replacement)\b/i;

/** Conditions that compete with each other (CONTRACTS 2.5): new ones, refurbished ones, used ones, parts. */
const FAMILIES: readonly (readonly string[])[] = [
  ['1000', '1500', '1750'],
  ['2000', '2010', '2020', '2030', '2500'],
  ['2750', '2990', '3000', '3010', '4000', '5000', '6000'],
  ['7000'],
];
const PARTS = '7000';

/** What a buyer would look at instead; empty where the item has no condition. */
export const alike = (conditionId: string | undefined): readonly string[] =>
  FAMILIES.find((family) => conditionId !== undefined && family.includes(conditionId)) ?? [];

/** A comparable with the price it counts at. */
export interface Counted {
  readonly comparable: Comparable;
  readonly price: Money;
}

/**
 * The listings that say something about the price of this item, cheapest first: of others, in the currency, each
 * offer of a seller once, lots with lots and broken things with broken things, without outliers. Pure.
 */
export function comparableWith(item: Compared, found: readonly Comparable[]): readonly Counted[] {
  const counted = found
    .filter((one) => !isOwn(item, one) && isSameKind(item, one))
    .flatMap((comparable): Counted[] => {
      const price = countedPrice(item, comparable);
      return price ? [{ comparable, price }] : [];
    })
    .sort((a, b) => a.price.minor - b.price.minor);
  return withoutOutliers(onceEach(counted));
}

const isOwn = ({ ownSeller, ownListings }: Compared, { seller, listingId }: Comparable): boolean =>
  (ownSeller !== null && seller?.toLowerCase() === ownSeller.toLowerCase()) || (listingId !== undefined && ownListings.has(listingId));

function isSameKind(item: Compared, { title }: Comparable): boolean {
  if (LOTS.test(title) !== LOTS.test(item.title)) return false;
  return item.conditionId === PARTS || !NOT_THE_THING.test(title) || NOT_THE_THING.test(item.title);
}

/** Undefined where shipping counts and the listing does not tell it: a guess would move the median. */
function countedPrice({ currency, includeShipping }: Compared, { price, shipping }: Comparable): Money | undefined {
  if (price.currency !== currency || price.minor <= 0) return undefined;
  if (!includeShipping) return price;
  return shipping?.currency === currency ? { minor: price.minor + shipping.minor, currency } : undefined;
}

/** The cheapest of what one seller offers under the same words: ten listings of one thing are one opinion. */
function onceEach(cheapestFirst: readonly Counted[]): readonly Counted[] {
  const seen = new Set<string>();
  return cheapestFirst.filter(({ comparable: { itemId, seller, title } }) => {
    const key =
      seller === undefined
        ? itemId
        : `${seller} ${title
            .toLowerCase()
            .replace(/[^\p{L}\p{N}]+/gu, ' ')
            .trim()}`;
    return !seen.has(key) && seen.add(key);
  });
}

/** Fewer prices than this have no usual and no unusual. */
const ENOUGH_FOR_FENCES = 4;

/** Tukey's fences: whoever asks ten times the usual says nothing about the usual. */
function withoutOutliers(cheapestFirst: readonly Counted[]): readonly Counted[] {
  if (cheapestFirst.length < ENOUGH_FOR_FENCES) return cheapestFirst;
  const prices = cheapestFirst.map(({ price }) => price);
  const [low, median, high] = [at(prices, 0.25).minor, at(prices, 0.5).minor, at(prices, 0.75).minor];
  // Where most ask the same the quartiles meet, and a price a little beside it is no outlier.
  const reach = Math.max(1.5 * (high - low), 0.25 * median);
  return cheapestFirst.filter(({ price: { minor } }) => minor >= low - reach && minor <= high + reach);
}

/** The price at a share of the way from the lowest (0) to the highest (1). */
export function at(sorted: readonly Money[], share: number): Money {
  const price = sorted[Math.min(sorted.length - 1, Math.round(share * (sorted.length - 1)))];
  if (!price) throw new RangeError('no prices');
  return price;
}
