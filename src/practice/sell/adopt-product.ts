import { findProduct } from '../commerce/products.ts';
import type { InventoryItem } from './item-types.ts';
import type { OfferBody } from './offer-types.ts';

/**
 * What a listing shows of its item. Unless the offer says `includeCatalogProductDetails: false`, an ePID or GTIN that
 * is in eBay's catalogue brings the catalogue's title, description and specifics in place of the seller's own.
 */
export function adoptProduct(item: InventoryItem, offer: OfferBody): InventoryItem {
  const own = item.product;
  if (own === undefined || offer.includeCatalogProductDetails === false) return item;
  const gtins = [...(own.upc ?? []), ...(own.ean ?? []), ...(own.isbn ?? [])];
  const found = findProduct({ ...(own.epid === undefined ? {} : { epid: own.epid }), gtins });
  if (found === undefined) return item;
  const { title, description, aspects } = found;
  return { ...item, product: { ...own, title, description, aspects: { ...own.aspects, ...aspects } } };
}
