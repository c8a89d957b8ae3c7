import { hasAspects, parseAspectFilter } from '../commerce/aspect-filter.ts';
import { findNode, LEAVES, leavesBelow, levelOfNode } from '../commerce/catalogue.ts';
import { findProduct, gtin13 } from '../commerce/products.ts';
import type { Market } from '../ground/market.ts';
import type { Site } from '../ground/sites.ts';
import type { Reply, Request, WireError } from '../wire/wire.ts';
import { refuse, wireError } from '../wire/wire.ts';
import { found, othersIn } from './asking-prices.ts';
import type { Found } from './found.ts';
import { summary } from './item-view.ts';
import { ownListings } from './own-listings.ts';
import { type Group, groupsOf, refinement } from './refinements.ts';
import { parseFilter, type Test } from './search-filters.ts';
import { pageLinks, pageOf } from './search-page.ts';
import { isTooWide, wordTest } from './search-words.ts';
import { siteOfCall } from './site-of-call.ts';

/** So many of the seller's own listings take part in a search: with thousands live, each search would read them all. */
const OWN_MAX = 200;
const CHARITIES_MAX = 20;
const CHARITY_SITES = ['EBAY_US', 'EBAY_GB'];

/** What is looked for, apart from the filter. */
interface Query {
  readonly q: string;
  readonly gtin: string;
  readonly epid: string;
  readonly categoryIds: readonly string[];
}

/**
 * GET item_summary/search: active listings of one site, so asking prices. All words must match; only FIXED_PRICE
 * unless the filter says otherwise; `total` counts all matches. Wrong filters are warnings, wrong paging is an error.
 */
export function search(market: Market, request: Request): Reply {
  const site = siteOfCall(request, 12019);
  const query = queryOf(request);
  const groups = groupsOf(request);
  checkQuery(request, query, groups.asked, site);
  const { limit, offset } = pageOf(request);
  const warnings: WireError[] = [...groups.warnings];
  const test = testOf(request, query, site, warnings);
  const matches = sorted(
    candidates(market, site, categoriesOf(query.categoryIds, warnings)).filter(test),
    request.query.get('sort') ?? '',
    warnings,
  );
  const slice = groups.withItems ? matches.slice(offset, offset + limit) : [];
  return {
    status: 200,
    body: {
      href: `https://api.ebay.com${request.path}`,
      total: matches.length,
      limit,
      offset,
      ...pageLinks(request, { limit, offset, total: matches.length }),
      ...(slice.length > 0 ? { itemSummaries: slice.map((one) => summary(one, site, groups.asked.has('EXTENDED'))) } : {}),
      ...refinement(groups.asked, matches, site, request),
      ...(warnings.length > 0 ? { warnings } : {}),
    },
  };
}

function queryOf(request: Request): Query {
  const one = (name: string) => (request.query.get(name) ?? '').trim();
  return { q: one('q'), gtin: one('gtin'), epid: one('epid'), categoryIds: one('category_ids').split(',').filter(Boolean) };
}

function checkQuery(request: Request, { q, gtin, epid, categoryIds }: Query, groups: ReadonlySet<Group>, site: Site): void {
  if (q === '' && gtin === '' && epid === '' && categoryIds.length === 0) throw refuse(12001);
  // "If a top-level (L1) category is specified, you must also include a q query parameter."
  const isTop = categoryIds.some((id) => findNode(id) !== undefined && levelOfNode(id) === 1);
  if (isTop && q === '' && gtin === '' && epid === '') throw refuse(12013);
  if (categoryIds.length === 0 && gtin === '' && epid === '' && isTooWide(q)) throw refuse(12023);
  if (groups.size > 0 && categoryIds.length > 1) throw refuse(12020, [[...groups].join(',')]);
  const charities = (request.query.get('charity_ids') ?? '').split(',').filter(Boolean);
  if (charities.length > 0 && !CHARITY_SITES.includes(site.marketplace)) {
    throw refuse(12026, [site.marketplace, CHARITY_SITES.join(', ')]);
  }
  if (charities.length > CHARITIES_MAX) throw refuse(12025);
  const autoCorrect = request.query.get('auto_correct') ?? '';
  if (autoCorrect !== '' && autoCorrect !== 'KEYWORD') throw refuse(12027);
  // Vehicle parts have no category here.
  if (request.query.has('compatibility_filter')) throw refuse(categoryIds.length === 0 ? 12504 : 12506);
}

function testOf(request: Request, { q, gtin, epid, categoryIds }: Query, site: Site, warnings: WireError[]): Test {
  const tests = [
    wordTest(q),
    parseFilter(request.query.get('filter') ?? '', site, q, warnings),
    gtinTest(gtin, warnings),
    epidTest(epid, warnings),
    aspectTest(request.query.get('aspect_filter') ?? '', categoryIds, warnings),
    // No listing here is for the benefit of a charity.
    () => (request.query.get('charity_ids') ?? '') === '',
  ];
  return (one) => tests.every((test) => test(one));
}

function gtinTest(gtin: string, warnings: WireError[]): Test {
  if (gtin === '') return () => true;
  if (!/^\d{8}$|^\d{12,14}$|^\d{9}[\dX]$/.test(gtin)) {
    warnings.push(wireError(12022, [gtin]));
    return () => false;
  }
  const wanted = gtin13(gtin);
  return (one) => one.gtin === wanted;
}

function epidTest(epid: string, warnings: WireError[]): Test {
  if (epid === '') return () => true;
  if (!/^\d+$/.test(epid)) {
    warnings.push(wireError(12021, [epid]));
    return () => false;
  }
  const gtins = findProduct({ epid, gtins: [] })?.gtins ?? [];
  return (one) => one.epid === epid || gtins.includes(one.gtin ?? '');
}

/** It must name the category of `category_ids` once more; one that cannot be read is left out, with a warning. */
function aspectTest(text: string, categoryIds: readonly string[], warnings: WireError[]): Test {
  if (text === '') return () => true;
  const filter = parseAspectFilter(text);
  if (filter === 'no category') warnings.push(wireError(12017));
  else if (filter === 'malformed' || !categoryIds.includes(filter.categoryId)) warnings.push(wireError(12018, [text]));
  else return (one) => hasAspects(one.aspects, filter);
  return () => true;
}

/** Undefined for all categories. */
function categoriesOf(ids: readonly string[], warnings: WireError[]): ReadonlySet<string> | undefined {
  const known = ids.filter((id) => findNode(id) !== undefined);
  if (known.length < ids.length) warnings.push(wireError(12009));
  return ids.length === 0 ? undefined : new Set(known.flatMap((id) => leavesBelow(id).map((leaf) => leaf.id)));
}

/** Others first, then the newest of what the practice seller has live. */
function candidates(market: Market, site: Site, categories: ReadonlySet<string> | undefined): readonly Found[] {
  const isIn = (id: string) => categories === undefined || categories.has(id);
  const now = market.now();
  const others = LEAVES.filter((leaf) => isIn(leaf.id)).flatMap((leaf) => othersIn(site.marketplace, leaf));
  const own = ownListings(market, site.marketplace, OWN_MAX).filter((one) => isIn(one.categoryId));
  return [...others.map((one) => found(one, now)), ...own];
}

const total = (one: Found): number => one.priceMinor + (one.shippingMinor ?? 0);

/** By price with shipping, or by age. Best match, the usual order, is the order of the catalogue here. */
const ORDERS: Readonly<Record<string, (a: Found, b: Found) => number>> = {
  price: (a, b) => total(a) - total(b),
  '-price': (a, b) => total(b) - total(a),
  newlyListed: (a, b) => b.startedAt - a.startedAt,
  endingSoonest: (a, b) => a.startedAt - b.startedAt,
};

function sorted(matches: readonly Found[], sort: string, warnings: WireError[]): readonly Found[] {
  const order = ORDERS[sort];
  if (order !== undefined) return [...matches].sort(order);
  if (sort !== '') warnings.push(wireError(12008));
  return matches;
}
