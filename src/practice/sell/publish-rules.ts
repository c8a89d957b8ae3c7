import { aspectRules, type ConditionFact, findLeaf, findNode, type Leaf } from '../commerce/catalogue.ts';
import { CURRENCY, MARKETPLACE, type Market } from '../ground/market.ts';
import type { WireError } from '../wire/wire.ts';
import { wireError } from '../wire/wire.ts';
import { CONDITION_IDS, type InventoryItem } from './item-types.ts';
import type { Amount, OfferBody } from './offer-types.ts';
import { pictureProblems } from './picture-rules.ts';
import { findPolicy } from './policies.ts';

/** Taxonomy may allow more, the listing engine does not ("Enter a value of no more than 65 characters"). */
const ASPECT_VALUE_MAX = 65;
const ASPECT_VALUES_MAX = 30;
const NO_NOTE = new Set(['NEW', 'LIKE_NEW', 'NEW_OTHER', 'NEW_WITH_DEFECTS']);

export interface Candidate {
  readonly item: InventoryItem;
  readonly offer: OfferBody;
  /** It is live already: a quantity of 0 then means out of stock, and is allowed. */
  readonly revision?: boolean;
}

type Rule = (market: Market, candidate: Candidate) => readonly WireError[];

/** What a listing needs to be live ("Required fields for publishing an offer"), one rule each, in eBay's order of reading. */
const RULES: readonly Rule[] = [location, policies, category, texts, pictures, condition, aspects, price, quantity, duration];

/** Every reason why this may not go live; empty when it may. */
export function publishProblems(market: Market, candidate: Candidate): readonly WireError[] {
  return RULES.flatMap((rule) => rule(market, candidate));
}

/** What eBay drops or ignores, with a warning. */
export function publishWarnings({ item, offer }: Candidate): readonly WireError[] {
  const leaf = findLeaf(offer.categoryId ?? '');
  const warnings: WireError[] = [];
  if (item.condition !== undefined && leaf?.conditions.length === 0) warnings.push(wireError(25028, ['condition']));
  if (item.conditionDescription !== undefined && item.conditionDescription !== '' && NO_NOTE.has(item.condition ?? '')) {
    warnings.push(wireError(25030, ['conditionDescription']));
  }
  return warnings;
}

/** How many may be bought: the offer's own figure, else the item's. */
export function effectiveQuantity({ item, offer }: Candidate): number {
  return offer.availableQuantity ?? item.availability?.shipToLocationAvailability?.quantity ?? 0;
}

function location(market: Market, { offer }: Candidate): readonly WireError[] {
  const key = offer.merchantLocationKey;
  if (key === undefined || key === '') {
    return [userError('No <Item.Country> exists or <Item.Country> is specified as an empty tag in the request.', ['Item.Country'])];
  }
  const row = market.state.get<{ enabled: number }>('SELECT enabled FROM locations WHERE key = ?', key);
  if (row === undefined) return [wireError(25012, ['The merchantLocationKey was not found.'], { merchantLocationKey: key })];
  return row.enabled === 1 ? [] : [wireError(25012, ['The location is disabled.'], { merchantLocationKey: key })];
}

function policies(market: Market, { offer }: Candidate): readonly WireError[] {
  const wanted = [
    ['fulfillment', 'fulfillmentPolicyId', 25007],
    ['payment', 'paymentPolicyId', 25008],
    ['return', 'returnPolicyId', 25009],
  ] as const;
  return wanted.flatMap(([kind, field, errorId]) => {
    const id = offer.listingPolicies?.[field];
    if (id === undefined || id === '') return [wireError(errorId, [`${field} is missing.`], { fieldName: field })];
    const found = findPolicy(market, kind, id);
    if (found === undefined) return [wireError(errorId, [`${field} ${id} was not found.`], { [field]: id })];
    return found.marketplace === (offer.marketplaceId ?? MARKETPLACE)
      ? []
      : [wireError(errorId, [`${field} ${id} is for another marketplace.`])];
  });
}

function category(_market: Market, { offer }: Candidate): readonly WireError[] {
  const id = offer.categoryId;
  if (id === undefined || id === '') return [wireError(25005, ['The category is missing.'], { fieldName: 'categoryId' })];
  if (findLeaf(id) !== undefined) return [];
  const why = findNode(id) === undefined ? 'The category is not valid.' : 'The category selected is not a leaf category.';
  return [wireError(25005, [why], { categoryId: id })];
}

function texts(_market: Market, { item, offer }: Candidate): readonly WireError[] {
  const problems: WireError[] = [];
  if ((item.product?.title ?? '').trim() === '') problems.push(wireError(25016, ['title', 'A title is required.']));
  const description = offer.listingDescription ?? item.product?.description ?? '';
  if (description.trim() === '') problems.push(wireError(25016, ['description', 'A description is required.']));
  if (/<\s*(script|iframe|object|embed|form)\b/i.test(description)) {
    problems.push(userError('Your listing cannot contain active content such as javascript.', ['description']));
  }
  return problems;
}

function pictures(market: Market, { item }: Candidate): readonly WireError[] {
  return pictureProblems(market, item.product?.imageUrls ?? []);
}

function condition(_market: Market, { item, offer }: Candidate): readonly WireError[] {
  const leaf = findLeaf(offer.categoryId ?? '');
  if (leaf === undefined || leaf.conditions.length === 0) return [];
  if (item.condition === undefined) return [wireError(25021, ['Condition is required for this category.'], { fieldName: 'condition' })];
  const allowed = leaf.conditions.find((fact) => fact.id === CONDITION_IDS[item.condition ?? '']);
  if (allowed === undefined) {
    return [
      wireError(25021, ['The provided condition id is invalid for the selected primary category id.'], { condition: item.condition }),
    ];
  }
  return missingDescriptors(allowed, item);
}

/** Graded and ungraded cards and coins must say by whom and how (condition descriptors). */
function missingDescriptors(allowed: ConditionFact, item: InventoryItem): readonly WireError[] {
  const given = new Set((item.conditionDescriptors ?? []).filter((one) => (one.values ?? []).length > 0).map((one) => one.name));
  return (allowed.requiredDescriptors ?? [])
    .filter((descriptor) => !given.has(descriptor.id))
    .map((descriptor) => wireError(25066, [descriptor.name], { conditionDescriptorId: descriptor.id }));
}

function aspects(_market: Market, { item, offer }: Candidate): readonly WireError[] {
  const leaf = findLeaf(offer.categoryId ?? '');
  if (leaf === undefined) return [];
  const given = item.product?.aspects ?? {};
  return [...missingAspects(leaf, item), ...Object.entries(given).flatMap(([name, values]) => valueProblems(leaf, name, values))];
}

/** Brand and MPN may also stand in their own fields. */
function missingAspects(leaf: Leaf, item: InventoryItem): readonly WireError[] {
  const product = item.product ?? {};
  const own: Readonly<Record<string, string | undefined>> = { Brand: product.brand, MPN: product.mpn };
  const isGiven = (name: string) => (product.aspects?.[name] ?? []).some((value) => value.trim() !== '') || (own[name] ?? '') !== '';
  return (leaf.aspects ?? [])
    .filter((fact) => aspectRules(fact).required && !isGiven(fact.name))
    .map((fact) =>
      userError(`The item specific ${fact.name} is missing. Add ${fact.name} to this listing, enter a valid value, and then try again.`, [
        fact.name,
      ]),
    );
}

function valueProblems(leaf: Leaf, name: string, values: readonly string[]): readonly WireError[] {
  const fact = (leaf.aspects ?? []).find((one) => one.name === name);
  const problems: WireError[] = [];
  for (const value of values) {
    if ([...value].length > ASPECT_VALUE_MAX) {
      problems.push(
        userError(`${name}'s value of "${value}" is too long. Enter a value of no more than ${ASPECT_VALUE_MAX} characters.`, [name]),
      );
    }
  }
  if (values.length > ASPECT_VALUES_MAX)
    problems.push(wireError(25022, [`${name}: no more than ${ASPECT_VALUES_MAX} values are allowed.`]));
  if (fact === undefined) return problems;
  const rules = aspectRules(fact);
  if (rules.single && values.length > 1) {
    problems.push(userError(`${name} should contain only one value. Remove the extra values and try again.`, [name]));
  }
  // A list that was cut short in the records cannot tell right from wrong.
  if (rules.selectionOnly && fact.valuesTrimmed !== true && fact.values !== undefined) {
    const unknown = values.find((value) => fact.values?.includes(value) !== true);
    if (unknown !== undefined)
      problems.push(wireError(25022, [`${name}: "${unknown}" is not one of the allowed values.`], { aspect: name }));
  }
  return problems;
}

function price(_market: Market, { offer }: Candidate): readonly WireError[] {
  const given: Amount | undefined = offer.format === 'AUCTION' ? offer.pricingSummary?.auctionStartPrice : offer.pricingSummary?.price;
  if (given?.value === undefined || given.currency === undefined)
    return [wireError(25003, ['The price is missing.'], { fieldName: 'price' })];
  if (given.currency !== CURRENCY) return [wireError(25003, [`The currency must be ${CURRENCY}.`], { currency: given.currency })];
  if (!/^\d{1,9}(\.\d{1,2})?$/.test(given.value) || Number(given.value) <= 0) {
    return [wireError(25003, ['The price must be a positive amount with two decimal places.'], { price: given.value })];
  }
  return [];
}

function quantity(_market: Market, candidate: Candidate): readonly WireError[] {
  const stock = candidate.item.availability?.shipToLocationAvailability?.quantity;
  if (stock === undefined) return [wireError(25004, ['shipToLocationAvailability.quantity is missing.'], { fieldName: 'quantity' })];
  const wanted = effectiveQuantity(candidate);
  if (wanted < 1 && !(candidate.revision === true && wanted === 0))
    return [wireError(25004, ['The quantity must be 1 or more.'], { quantity: String(wanted) })];
  if (wanted > stock)
    return [wireError(25004, ['The quantity of the offer is larger than what is in stock.'], { quantity: String(wanted) })];
  if (candidate.offer.format === 'AUCTION' && wanted !== 1) return [wireError(25004, ['The quantity of an auction must be 1.'])];
  return [];
}

function duration(_market: Market, { offer }: Candidate): readonly WireError[] {
  if (offer.format === 'AUCTION') return [];
  return offer.listingDuration === 'GTC'
    ? []
    : [wireError(25006, ['A fixed price listing needs the duration GTC.'], { fieldName: 'listingDuration' })];
}

/** 25002 with its numeric parameter names; the last one is the thing that is wrong. */
function userError(text: string, tail: readonly string[]): WireError {
  const entries = [text, ...tail].map((value, index) => [String(index), value]);
  return wireError(25002, [text], Object.fromEntries(entries));
}
