import type { ListingContent } from '../../core/listing.ts';
import { type Money, percentOf } from '../../core/money.ts';
import type { Settings } from '../../core/settings.ts';
import type { Floor } from './floor.ts';

/**
 * At which offers eBay answers for the seller. Never accepts less than the floor and declines all that is below it. eBay
 * wants decline < accept < price (Inventory API, BestOffer). Undefined: no offers wanted, or no room for any.
 */
export function bestOfferFor(
  price: Money,
  { price: floor }: Floor,
  { enabled, acceptPercent, declinePercent }: Settings['pricing']['bestOffer'],
): ListingContent['bestOffer'] {
  if (!enabled || floor.minor >= price.minor) return undefined;
  const accept = acceptPercent === null ? undefined : Math.max(percentOf(price, acceptPercent).minor, floor.minor);
  const decline = Math.max(declinePercent === null ? 0 : percentOf(price, declinePercent).minor, floor.minor - 1);
  const autoAccept = accept !== undefined && accept < price.minor ? { minor: accept, currency: price.currency } : undefined;
  const ceiling = autoAccept?.minor ?? price.minor;
  return {
    ...(autoAccept ? { autoAccept } : {}),
    ...(decline > 0 ? { autoDecline: { minor: Math.min(decline, ceiling - 1), currency: price.currency } } : {}),
  };
}
