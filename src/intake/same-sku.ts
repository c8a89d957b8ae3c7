import type { Reason } from '../core/errors.ts';
import { groupBy } from './group-by.ts';
import type { PlannedItem } from './planned-item.ts';

/**
 * Holds items to which the seller gave one SKU: a card that was photographed for two things, a sidecar that was copied. On
 * eBay the second would write over the first, and nobody can say which of them is meant. Pure.
 */
export function withoutSharedSkus(items: readonly PlannedItem[]): readonly PlannedItem[] {
  const bySku = groupBy(items, ({ seller }) => seller.sku?.toUpperCase() ?? '');
  return items.map((item) => {
    const { sku } = item.seller;
    const places = (bySku.get(sku?.toUpperCase() ?? '') ?? []).map(({ source }) => source);
    return sku === undefined || places.length < 2 || item.problem ? item : { ...item, problem: sharedSku(sku, places) };
  });
}

/** `places`: what the items are called by. */
export const sharedSku = (sku: string, places: readonly string[]): Reason => ({
  code: 'item.same-sku',
  message: `The SKU ${sku} is given to ${places.length} items: ${places.join(', ')}.`,
  hint: 'Give each its own with `easyflip approve ITEM --set sku=…`, in the sidecar or with another card; if they are one thing, join them with `easyflip group merge`; or `easyflip skip` the other one.',
});
