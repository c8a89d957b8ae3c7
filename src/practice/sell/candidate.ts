import { findLeaf } from '../commerce/catalogue.ts';
import type { Leaf } from '../commerce/leaf.ts';
import { MARKETPLACE, type Market } from '../ground/market.ts';
import { findSite, type Site } from '../ground/sites.ts';
import type { WireError } from '../wire/wire.ts';
import { wireError } from '../wire/wire.ts';
import type { InventoryItem } from './item-types.ts';
import type { OfferBody } from './offer-types.ts';

/** What would go live: an item and the offer for it on one site. */
export interface Candidate {
  readonly item: InventoryItem;
  readonly offer: OfferBody;
  /** It is live already: a quantity of 0 then means out of stock, and is allowed. */
  readonly revision?: boolean;
}

/** One thing that a listing needs; says everything that is wrong about it. */
export type Rule = (market: Market, candidate: Candidate) => readonly WireError[];

export function siteOf({ offer }: Candidate): Site | undefined {
  return findSite(offer.marketplaceId ?? MARKETPLACE);
}

/** The leaf category in the words of the offer's site: specifics are compared in them. */
export function leafOf({ offer }: Candidate): Leaf | undefined {
  return findLeaf(offer.categoryId ?? '', offer.marketplaceId);
}

/** How many may be bought: the offer's own figure, else the item's. */
export function effectiveQuantity({ item, offer }: Candidate): number {
  if (offer.format === 'AUCTION') return 1;
  return offer.availableQuantity ?? item.availability?.shipToLocationAvailability?.quantity ?? 0;
}

/** 25002 with its numeric parameter names; the last one is the thing that is wrong (CONTRACTS 2.9). */
export function userError(text: string, tail: readonly string[]): WireError {
  const entries = [text, ...tail].map((value, index) => [String(index), value]);
  return wireError(25002, [text], Object.fromEntries(entries));
}
