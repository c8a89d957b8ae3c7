import type { ListingRow } from '../sell/listings.ts';

export interface ListingState {
  readonly word: 'Live' | 'Scheduled' | 'Sold' | 'Out of stock' | 'Withdrawn' | 'Ended';
  /** For the badge's colour. */
  readonly kind: 'live' | 'scheduled' | 'sold' | 'over';
  /** A sentence for the listing page; a live listing needs none. */
  readonly sentence?: string;
}

/** What a buyer would be told. An offer that still stands but has let go of the listing was withdrawn. */
export function listingState(row: ListingRow, offerListingId: string | null | undefined, now: number): ListingState {
  if (row.status === 'ENDED') {
    const withdrawn = offerListingId !== undefined && offerListingId !== row.id;
    return withdrawn
      ? { word: 'Withdrawn', kind: 'over', sentence: 'The seller took this listing back.' }
      : { word: 'Ended', kind: 'over', sentence: 'This listing has ended.' };
  }
  if (row.quantity < 1) {
    return row.sold > 0
      ? { word: 'Sold', kind: 'sold', sentence: 'This item has been sold.' }
      : { word: 'Out of stock', kind: 'over', sentence: 'None is left, and none was sold: the quantity was set to 0.' };
  }
  if (row.started_at > now) return { word: 'Scheduled', kind: 'scheduled', sentence: 'This listing has not started yet.' };
  return { word: 'Live', kind: 'live' };
}
