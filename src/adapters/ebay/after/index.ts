import type { AfterSale } from '../../../core/ports/after-sale.ts';
import type { Transport } from '../transport.ts';
import { boughtLabels } from './labels.ts';
import { orderSales } from './orders.ts';
import { listingTraffic } from './traffic.ts';

/** What happened on eBay after the listing: orders, traffic, shipping labels. */
export const createAfterSale = (transport: Transport): AfterSale => ({
  sales: (changed, call) => orderSales(transport, changed, call),
  traffic: (listingIds, during, call) => listingTraffic(transport, listingIds, during, call),
  labels: (bought, call) => boughtLabels(transport, bought, call),
});
