import type { Sale, ShippingLabel, Traffic } from '../sale.ts';
import type { Call } from './outgoing.ts';

/** A span of time, both ends included; ISO times, UTC. */
export interface Span {
  readonly from: string;
  readonly to: string;
}

/**
 * What happened on the marketplace after the listing. Reads only; may be repeated at will.
 * Errors: the marketplace's, `provider.auth` where the seller's consent does not cover the call.
 */
export interface AfterSale {
  /** The lines of all orders that changed in the span, in pages; an order may come twice. */
  sales(changed: Span, call: Call): AsyncIterable<readonly Sale[]>;
  /** How these listings did in the span, at most 90 days. Those the marketplace counts nothing for are left out. */
  traffic(listingIds: readonly string[], during: Span, call: Call): Promise<readonly Traffic[]>;
  /** Labels that were bought in the span. */
  labels(bought: Span, call: Call): Promise<readonly ShippingLabel[]>;
}
