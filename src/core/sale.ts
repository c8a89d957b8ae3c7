import type { Sku } from './item.ts';
import type { Money } from './money.ts';

/** How a listing of ours came to its end, as `sync` found it. */
export interface ListingEnd {
  /** `sold`: nothing is left of it. `ended`: over without having sold out. */
  readonly kind: 'sold' | 'ended';
  /** ISO time at which it was noticed. */
  readonly at: string;
}

export const SALE_STATES = ['unpaid', 'paid', 'cancelled', 'refunded'] as const;
/** `refunded`: the whole amount went back; part of it shows in `refunded` and leaves the sale `paid`. */
export type SaleState = (typeof SALE_STATES)[number];

/**
 * What one buyer bought of one listing. Nothing about the buyer is in it, and nothing may be added:
 * the figures of a business need no names and no addresses.
 */
export interface Sale {
  /** The marketplace's number of the order's line. */
  readonly lineId: string;
  readonly orderId: string;
  readonly sku: Sku | undefined;
  readonly listingId: string | undefined;
  readonly title: string;
  /** ISO time. */
  readonly soldAt: string;
  readonly quantity: number;
  /** For the whole quantity, after discounts, without delivery and taxes. */
  readonly amount: Money;
  /** What the buyer paid for delivery. */
  readonly delivery: Money;
  /** The marketplace's fees; undefined while it has not told them. An order's fee is shared by its lines' amounts. */
  readonly fee: Money | undefined;
  /** What went back to the buyer so far. */
  readonly refunded: Money;
  readonly state: SaleState;
  readonly shipped: boolean;
}

/** How often a listing was seen and clicked in a time. */
export interface Traffic {
  readonly listingId: string;
  readonly impressions: number;
  readonly views: number;
  readonly sales: number;
}

/** A shipping label bought on the marketplace for an order. */
export interface ShippingLabel {
  readonly transactionId: string;
  readonly orderId: string;
  readonly cost: Money;
}

/**
 * Shares an amount by weights, to the last minor unit: the parts add up to the whole, and whatever
 * rounding leaves goes to the parts that lost most by it. Equal shares where all weights are zero.
 */
export function shareOut(whole: Money, weights: readonly number[]): readonly Money[] {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const exact = weights.map((weight) => whole.minor * (sum === 0 ? 1 / weights.length : weight / sum));
  const parts = exact.map(Math.floor);
  let left = whole.minor - parts.reduce((total, part) => total + part, 0);
  const byLoss = exact.map((value, at) => ({ at, loss: value - Math.floor(value) })).sort((a, b) => b.loss - a.loss || a.at - b.at);
  for (const { at } of byLoss) {
    if (left <= 0) break;
    parts[at] = (parts[at] ?? 0) + 1;
    left -= 1;
  }
  return parts.map((minor) => ({ minor, currency: whole.currency }));
}
