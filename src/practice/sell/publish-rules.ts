import { findLeaf, findNode } from '../commerce/catalogue.ts';
import { MARKETPLACE, type Market } from '../ground/market.ts';
import type { WireError } from '../wire/wire.ts';
import { wireError } from '../wire/wire.ts';
import { adoptProduct } from './adopt-product.ts';
import { aspectProblems } from './aspect-rules.ts';
import { type Candidate, type Rule, siteOf, userError } from './candidate.ts';
import { conditionProblems, conditionWarnings } from './condition-rules.ts';
import { pictureProblems } from './picture-rules.ts';
import { businessPolicyProblems, customPolicyProblems, packageProblems } from './policy-rules.ts';
import { bestOfferProblems, durationProblems, optionProblems, priceProblems, quantityProblems, startDateWarnings } from './price-rules.ts';
import { refurbishedProblems } from './refurbished-rules.ts';
import { regulatoryProblems } from './regulatory-rules.ts';

const ACTIVE_CONTENT = /<\s*(script|iframe|object|embed|form)\b|<[^>]*\son\w+\s*=|<[^>]*=\s*["']?\s*javascript:/i;

/** What a listing needs to be live ("Required fields for publishing an offer"), one rule each, in eBay's order of reading. */
const RULES: readonly Rule[] = [
  siteProblems,
  locationProblems,
  businessPolicyProblems,
  customPolicyProblems,
  packageProblems,
  categoryProblems,
  textProblems,
  pictureProblems,
  conditionProblems,
  refurbishedProblems,
  aspectProblems,
  priceProblems,
  bestOfferProblems,
  quantityProblems,
  durationProblems,
  optionProblems,
  regulatoryProblems,
];

/** Every reason why this may not go live; empty when it may. */
export function publishProblems(market: Market, candidate: Candidate): readonly WireError[] {
  const shown = { ...candidate, item: adoptProduct(candidate.item, candidate.offer) };
  return RULES.flatMap((rule) => rule(market, shown));
}

/** What eBay drops or ignores, with a warning. */
export function publishWarnings(market: Market, candidate: Candidate): readonly WireError[] {
  return [...conditionWarnings(candidate), ...startDateWarnings(candidate, market.now())];
}

/** eBay has more sites than this server; an offer for one of those can be made and never goes live. */
function siteProblems(_market: Market, candidate: Candidate): readonly WireError[] {
  if (siteOf(candidate) !== undefined) return [];
  return [wireError(25016, ['marketplaceId', `The practice marketplace has no site ${candidate.offer.marketplaceId ?? MARKETPLACE}.`])];
}

function locationProblems(market: Market, { offer }: Candidate): readonly WireError[] {
  const key = offer.merchantLocationKey;
  if (key === undefined || key === '') {
    return [userError('No <Item.Country> exists or <Item.Country> is specified as an empty tag in the request.', ['Item.Country'])];
  }
  const row = market.state.get<{ enabled: number }>('SELECT enabled FROM locations WHERE key = ?', key);
  if (row === undefined) return [wireError(25012, ['The merchantLocationKey was not found.'], { merchantLocationKey: key })];
  return row.enabled === 1 ? [] : [wireError(25012, ['The location is disabled.'], { merchantLocationKey: key })];
}

function categoryProblems(_market: Market, { offer }: Candidate): readonly WireError[] {
  const id = offer.categoryId;
  if (id === undefined || id === '') return [wireError(25005, ['The category is missing.'], { fieldName: 'categoryId' })];
  return [id, ...(offer.secondaryCategoryId === undefined ? [] : [offer.secondaryCategoryId])].flatMap(leafProblem);
}

function leafProblem(id: string): readonly WireError[] {
  if (findLeaf(id) !== undefined) return [];
  const why = findNode(id) === undefined ? 'The category is not valid.' : 'The category selected is not a leaf category.';
  return [wireError(25005, [why], { categoryId: id })];
}

function textProblems(_market: Market, { item, offer }: Candidate): readonly WireError[] {
  const problems: WireError[] = [];
  if ((item.product?.title ?? '').trim() === '') problems.push(wireError(25016, ['title', 'A title is required.'], { fieldName: 'title' }));
  const description = offer.listingDescription ?? item.product?.description ?? '';
  if (description.trim() === '')
    problems.push(wireError(25016, ['description', 'A description is required.'], { fieldName: 'description' }));
  if (ACTIVE_CONTENT.test(description)) {
    problems.push(userError('Your listing cannot contain active content such as javascript.', ['description']));
  }
  return problems;
}
