import type { Market } from '../ground/market.ts';
import { findSite, SITES } from '../ground/sites.ts';
import type { Reply, Request } from '../wire/wire.ts';
import { refuse } from '../wire/wire.ts';
import { type AspectFilter, hasAspects, parseAspectFilter } from './aspect-filter.ts';
import { findNode, leavesBelow, levelOfNode } from './catalogue.ts';
import { type CatalogProduct, gtin13, PRODUCTS } from './products.ts';
import { wordsOf } from './words.ts';

const DEFAULT_LIMIT = 50;
const LIMIT_MAX = 200;
const FIELDGROUPS = ['ASPECT_REFINEMENTS', 'FULL', 'MATCHING_PRODUCTS'];

/**
 * GET product_summary/search: by words, or by GTIN or MPN, in one category if wanted (Catalog document). Refinements
 * are not made.
 */
export function search(_market: Market, request: Request): Reply {
  checkSite(request);
  const { q, gtins, mpns, category, aspects } = criteria(request);
  const limit = limitOf(request);
  const leaves = category === '' ? undefined : new Set(leavesBelow(category).map((leaf) => leaf.id));
  const found = PRODUCTS.filter(
    (product) =>
      (leaves === undefined || leaves.has(product.categoryId)) &&
      (q === '' || hasWords(product, q)) &&
      (gtins.length === 0 || product.gtins.some((own) => gtins.includes(own))) &&
      (mpns.length === 0 || mpns.includes(product.mpn ?? '')) &&
      (aspects === undefined || hasAspects(product.aspects, aspects)),
  );
  return {
    status: 200,
    body: {
      href: `https://api.ebay.com${request.path}`,
      limit,
      total: found.length,
      ...(found.length === 0 ? {} : { productSummaries: found.slice(0, limit).map(summary) }),
    },
  };
}

interface Criteria {
  readonly q: string;
  readonly gtins: readonly string[];
  readonly mpns: readonly string[];
  readonly category: string;
  readonly aspects: AspectFilter | undefined;
}

/** GET product/{epid}; 75010 for one that is not in the catalogue. */
export function getProduct(_market: Market, request: Request): Reply {
  checkSite(request);
  const epid = request.params.epid ?? '';
  const product = PRODUCTS.find((one) => one.epid === epid);
  if (product === undefined) throw refuse(75010, [epid], { epid });
  return { status: 200, body: { ...facts(product), description: product.description, primaryCategoryId: product.categoryId } };
}

function checkSite(request: Request): void {
  const marketplace = String(request.headers['x-ebay-c-marketplace-id'] ?? SITES[0]?.marketplace);
  if (findSite(marketplace) === undefined) throw refuse(75007, [marketplace, SITES.map((site) => site.marketplace).join(', ')]);
}

function criteria(request: Request): Criteria {
  const one = (name: string) => request.query.get(name) ?? '';
  const list = (name: string) => one(name).split(',').filter(Boolean);
  const q = one('q').trim();
  const aspectText = one('aspect_filter');
  // "Currently, only the first category_id value is accepted."
  const category = list('category_ids')[0] ?? '';
  const hasNumbers = list('gtin').length > 0 || list('mpn').length > 0;
  if (q === '' && category === '' && !hasNumbers) throw refuse(75001);
  if (q !== '' && hasNumbers) throw refuse(75018);
  if (aspectText !== '' && hasNumbers) throw refuse(75019);
  if (list('gtin').some((gtin) => !/^(\d{8}|\d{12,14}|\d{9}[\dX])$/.test(gtin))) throw refuse(75017);
  const groups = list('fieldgroups').filter((group) => !FIELDGROUPS.includes(group));
  if (groups.length > 0) throw refuse(75008, [groups.join(','), FIELDGROUPS.join(', ')]);
  if (levelOfNode(category) === 1 && findNode(category) !== undefined && q === '' && !hasNumbers) throw refuse(75006);
  return { q, gtins: list('gtin').map(gtin13), mpns: list('mpn'), category, aspects: aspectsOf(aspectText) };
}

function aspectsOf(text: string): AspectFilter | undefined {
  if (text === '') return undefined;
  const filter = parseAspectFilter(text);
  if (filter === 'no category') throw refuse(75013);
  if (filter === 'malformed') throw refuse(75012);
  if (findNode(filter.categoryId) === undefined) throw refuse(75014);
  return filter;
}

function limitOf(request: Request): number {
  const limit = Number(request.query.get('limit') ?? DEFAULT_LIMIT);
  if (!Number.isInteger(limit) || limit < 1 || limit > LIMIT_MAX) throw refuse(75004);
  return limit;
}

/** Words apart by commas must all be there; words apart by spaces, any of them (Catalog document, `q`). */
function hasWords(product: CatalogProduct, q: string): boolean {
  const own = new Set(wordsOf([product.title, product.description, product.brand, ...Object.keys(product.aspects)].join(' ')));
  const has = (word: string) => wordsOf(word).some((part) => own.has(part));
  return /\s/.test(q) ? q.split(/[\s,]+/).some(has) : q.split(',').every(has);
}

function summary(product: CatalogProduct): unknown {
  return { ...facts(product), productHref: `https://api.ebay.com/commerce/catalog/v1_beta/product/${product.epid}` };
}

function facts(product: CatalogProduct) {
  return {
    epid: product.epid,
    title: product.title,
    ...(product.brand === undefined ? {} : { brand: product.brand }),
    ...(product.mpn === undefined ? {} : { mpn: [product.mpn] }),
    gtin: product.gtins,
    ean: product.gtins,
    aspects: Object.entries(product.aspects).map(([localizedName, localizedValues]) => ({ localizedName, localizedValues })),
  };
}
