import { findLeaf, findNode, leavesBelow } from '../commerce/catalogue.ts';
import { wordsOf } from '../commerce/words.ts';
import { CURRENCY, MARKETPLACE, type Market, SELLER } from '../ground/market.ts';
import { CONDITION_IDS } from '../sell/item-types.ts';
import { type ListingContent, newestActive } from '../sell/listings.ts';
import type { Reply, Request, WireError } from '../wire/wire.ts';
import { refuse, wireError } from '../wire/wire.ts';
import { type OtherListing, otherListings } from './asking-prices.ts';
import { parseFilter, type SearchFilter } from './browse-filter.ts';
import { words } from './query-words.ts';

const DEFAULT_LIMIT = 50;
const LIMIT_MAX = 200;
const OFFSET_MAX = 10_000;
/** So many of the seller's own listings take part in a search: with thousands live, each search would read them all. */
const OWN_MAX = 200;

interface Found extends OtherListing {
  readonly imageUrl?: string;
}

/**
 * GET item_summary/search: active listings, so asking prices. All words must match; only FIXED_PRICE unless the
 * filter says otherwise; `total` counts all matches. Wrong filters are warnings, wrong paging is an error.
 */
export function search(market: Market, request: Request): Reply {
  const query = request.query.get('q') ?? '';
  const gtin = request.query.get('gtin') ?? '';
  const categoryIds = (request.query.get('category_ids') ?? '').split(',').filter((id) => id !== '');
  if (query === '' && gtin === '' && categoryIds.length === 0 && (request.query.get('epid') ?? '') === '') throw refuse(12001);
  const { limit, offset } = paging(request);
  const warnings: WireError[] = [];
  const filter = parseFilter(request.query.get('filter') ?? '', warnings);
  const categories = categoriesOf(categoryIds, warnings);
  const matches = isGtinUsable(gtin, warnings) ? candidates(market).filter((one) => fits(one, query, gtin, categories, filter)) : [];
  const sorted = request.query.get('sort') === 'price' ? [...matches].sort((a, b) => a.priceMinor - b.priceMinor) : matches;
  const slice = sorted.slice(offset, offset + limit);
  return {
    status: 200,
    body: {
      href: `https://api.ebay.com${request.path}`,
      total: matches.length,
      limit,
      offset,
      ...(slice.length > 0 ? { itemSummaries: slice.map(summary) } : {}),
      ...(warnings.length > 0 ? { warnings } : {}),
    },
  };
}

function fits(one: Found, query: string, gtin: string, categories: ReadonlySet<string> | undefined, filter: SearchFilter): boolean {
  if (gtin !== '' && one.gtin !== gtin.padStart(13, '0')) return false;
  if (categories !== undefined && !categories.has(one.categoryId)) return false;
  if (!filter.buyingOptions.has(one.buyingOption)) return false;
  if (filter.conditionIds !== undefined && !filter.conditionIds.has(one.conditionId ?? '')) return false;
  if (one.priceMinor < filter.priceMinMinor || one.priceMinor > filter.priceMaxMinor) return false;
  return query === '' || words(query).every((alternatives) => alternatives.some((word) => wordsFor(one).has(word)));
}

const wordCache = new Map<string, ReadonlySet<string>>();

/** Title and category name: what eBay's index knows of a listing, as far as words go. */
function wordsFor(one: Found): ReadonlySet<string> {
  const key = `${one.legacyId} ${one.title}`;
  const known = wordCache.get(key);
  if (known !== undefined) return known;
  const fresh = new Set(wordsOf(`${one.title} ${findLeaf(one.categoryId)?.name ?? ''}`));
  if (wordCache.size < 20_000) wordCache.set(key, fresh);
  return fresh;
}

/** Others first, then the newest of what the practice seller has live. */
function candidates(market: Market): readonly Found[] {
  const own = newestActive(market, OWN_MAX).map((listing): Found => {
    const content = JSON.parse(listing.content) as ListingContent;
    const conditionId = CONDITION_IDS[content.condition ?? ''];
    const imageUrl = content.imageUrls[0];
    return {
      legacyId: listing.id,
      categoryId: content.categoryId,
      title: content.title,
      priceMinor: Math.round(Number(content.price.value) * 100),
      shippingMinor: 595,
      conditionId,
      conditionName: findLeaf(content.categoryId)?.conditions.find((one) => one.id === conditionId)?.name,
      buyingOption: 'FIXED_PRICE',
      gtin: undefined,
      seller: SELLER,
      ...(imageUrl === undefined ? {} : { imageUrl }),
    };
  });
  return [...otherListings(), ...own];
}

function paging(request: Request): { limit: number; offset: number } {
  const limit = Number(request.query.get('limit') ?? DEFAULT_LIMIT);
  const offset = Number(request.query.get('offset') ?? 0);
  if (!Number.isInteger(limit)) throw refuse(12007);
  if (limit < 1 || limit > LIMIT_MAX) throw refuse(12006);
  if (!Number.isInteger(offset)) throw refuse(12005);
  if (offset < 0) throw refuse(12004);
  if (offset >= OFFSET_MAX) throw refuse(12029);
  if (offset % limit !== 0) throw refuse(12515);
  return { limit, offset };
}

function categoriesOf(ids: readonly string[], warnings: WireError[]): ReadonlySet<string> | undefined {
  const known = ids.filter((id) => findNode(id) !== undefined);
  if (known.length < ids.length) warnings.push(wireError(12009));
  return ids.length === 0 ? undefined : new Set(known.flatMap((id) => leavesBelow(id).map((leaf) => leaf.id)));
}

function isGtinUsable(gtin: string, warnings: WireError[]): boolean {
  if (gtin === '' || /^\d{8}$|^\d{12,14}$|^\d{9}[\dX]$/.test(gtin)) return true;
  warnings.push(wireError(12022, [gtin]));
  return false;
}

function summary(one: Found): unknown {
  const leaf = findLeaf(one.categoryId);
  const path = leaf === undefined ? [] : [leaf, ...leaf.ancestors];
  const price = { value: (one.priceMinor / 100).toFixed(2), currency: CURRENCY };
  const shipping =
    one.shippingMinor === undefined
      ? { shippingCostType: 'CALCULATED' }
      : { shippingCostType: 'FIXED', shippingCost: { value: (one.shippingMinor / 100).toFixed(2), currency: CURRENCY } };
  return {
    itemId: `v1|${one.legacyId}|0`,
    legacyItemId: one.legacyId,
    title: one.title,
    leafCategoryIds: [one.categoryId],
    categories: path.map((node) => ({ categoryId: node.id, categoryName: node.name })),
    ...(one.imageUrl === undefined ? {} : { image: { imageUrl: one.imageUrl } }),
    ...(one.buyingOption === 'AUCTION' ? { currentBidPrice: price, bidCount: 1 } : {}),
    price,
    itemHref: `https://api.ebay.com/buy/browse/v1/item/v1%7C${one.legacyId}%7C0`,
    itemWebUrl: `https://www.ebay.com/itm/${one.legacyId}`,
    seller: { username: one.seller, feedbackPercentage: '99.4', feedbackScore: 1284 },
    ...(one.conditionId === undefined ? {} : { condition: one.conditionName ?? '', conditionId: one.conditionId }),
    shippingOptions: [shipping],
    buyingOptions: [one.buyingOption],
    itemLocation: { postalCode: '951**', country: 'US' },
    listingMarketplaceId: MARKETPLACE,
  };
}
