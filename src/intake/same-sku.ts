import type { Reason } from '../core/errors.ts';
import { groupBy } from './group-by.ts';
import type { PlannedItem } from './planned-item.ts';

/** The places of the items that the seller gave each SKU, by what eBay takes for the same one. */
export type SkuPlaces = ReadonlyMap<string, readonly string[]>;

const skuPlaces = (items: readonly PlannedItem[]): SkuPlaces => {
  const named = items.filter(({ seller }) => seller.sku !== undefined);
  const bySku = groupBy(named, ({ seller }) => sameSku(seller.sku ?? ''));
  return new Map([...bySku].map(([sku, all]) => [sku, all.map(({ source }) => source)]));
};

export const sameSku = (sku: string): string => sku.toUpperCase();

/**
 * Holds items to which the seller gave one SKU: a card that was photographed for two things, a sidecar that was copied. On
 * eBay the second would write over the first, and nobody can say which of them is meant. Pure.
 */
export function withoutSharedSkus(items: readonly PlannedItem[]): readonly PlannedItem[] {
  const places = skuPlaces(items);
  return items.map((item) => withoutSharedSku(item, places));
}

export function withoutSharedSku(item: PlannedItem, bySku: SkuPlaces): PlannedItem {
  const { sku } = item.seller;
  if (sku === undefined || item.problem) return item;
  const places = bySku.get(sameSku(sku)) ?? [];
  return places.length < 2 ? item : { ...item, problem: sharedSku(sku, places) };
}

/** `places`: what the items are called by. */
export const sharedSku = (sku: string, places: readonly string[]): Reason => ({
  code: 'item.same-sku',
  message: `The SKU ${sku} is given to ${places.length} items: ${places.join(', ')}.`,
  hint: 'Give each its own with `easyflip approve ITEM --set sku=…`, in the sidecar or with another card; if they are one thing, join them with `easyflip group merge`; or `easyflip skip` the other one.',
});
