import type { ItemId } from '../item.ts';
import type { Money } from '../money.ts';
import type { Sale, ShippingLabel, Traffic } from '../sale.ts';
import type { Span } from './after-sale.ts';

export interface StoredSale extends Sale {
  readonly itemId: ItemId;
  /** What the label cost where one was bought on the marketplace. */
  readonly label: Money | undefined;
}

export interface StoredTraffic extends Traffic {
  readonly itemId: ItemId;
  readonly during: Span;
}

/** What sold of our items. Kept after an item is forgotten: it is the seller's bookkeeping. */
export interface SalesStore {
  /** Adds or replaces by `lineId`; true for those that were not known. Repeatable. */
  record(sales: readonly { readonly sale: Sale; readonly itemId: ItemId }[]): Promise<readonly boolean[]>;
  /** Costs of labels for orders that are known; others are left out. The same label twice counts once. */
  recordLabels(labels: readonly ShippingLabel[]): Promise<void>;
  ofItem(id: ItemId): Promise<readonly StoredSale[]>;
  /** Sold in the span, oldest first. */
  during(span: Span): Promise<readonly StoredSale[]>;
  /** The newest figures for each listing replace older ones. */
  recordTraffic(traffic: readonly StoredTraffic[]): Promise<void>;
  trafficOf(id: ItemId): Promise<StoredTraffic | undefined>;
  /** Up to when orders are known; undefined before the first sync. */
  syncedTo(): Promise<string | undefined>;
  markSynced(to: string): Promise<void>;
}
