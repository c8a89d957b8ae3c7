import { EasyflipError } from '../../core/errors.ts';
import type { Sku } from '../../core/item.ts';
import type { Call } from '../../core/ports/outgoing.ts';
import { FORMAT } from './bodies.ts';
import { isMissing } from './errors.ts';
import type { Transport } from './transport.ts';
import type { WireItem, WireOffer } from './wire.ts';
import { itemAnswer, offerAnswer, offersAnswer } from './wire.ts';

/** All offers of a SKU. eBay answers 404 for a SKU that has none (CONTRACTS 2.8). */
export async function offersOf(transport: Transport, sku: Sku, call: Call): Promise<readonly WireOffer[]> {
  try {
    return await transport.request(
      {
        token: 'user',
        service: 'inventory',
        operation: 'inventory.getOffers',
        send: (ebay) => ebay.sell.inventory.getOffers({ sku }),
        read: offersAnswer,
      },
      call,
    );
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

/** The one offer that stands for our listing: eBay allows one per SKU, marketplace and format. */
export async function ourOffer(transport: Transport, sku: Sku, call: Call): Promise<WireOffer | undefined> {
  const offers = await offersOf(transport, sku, call);
  return offers.find(({ marketplaceId, format }) => marketplaceId === transport.site.id && format === FORMAT);
}

export async function offerById(transport: Transport, offerId: string, call: Call): Promise<WireOffer | undefined> {
  try {
    return await transport.request(
      {
        token: 'user',
        service: 'inventory',
        operation: 'inventory.getOffer',
        send: (ebay) => ebay.sell.inventory.getOffer(offerId),
        read: offerAnswer,
      },
      call,
    );
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

export async function itemBySku(transport: Transport, sku: Sku, call: Call): Promise<WireItem | undefined> {
  try {
    return await transport.request(
      {
        token: 'user',
        service: 'inventory',
        operation: 'inventory.getInventoryItem',
        send: (ebay) => ebay.sell.inventory.getInventoryItem(sku),
        read: itemAnswer,
      },
      call,
    );
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

export const isPublished = ({ status }: WireOffer): boolean => status === 'PUBLISHED';

/** A listing that was just made may not tell its status yet. */
export const isActive = ({ listing }: WireOffer): boolean => (listing?.listingStatus ?? 'ACTIVE') === 'ACTIVE';

/**
 * The listing that an offer is live as; undefined when it is not live and may be published.
 * Errors: `item.ended-listing` when it was live and is over: it is never listed again on a guess.
 */
export function liveListingOf(offer: WireOffer): string | undefined {
  const listingId = offer.listing?.listingId ?? undefined;
  if (!isPublished(offer) || listingId === undefined) return undefined;
  if (isActive(offer)) return listingId;
  throw endedListing(listingId);
}

export const endedListing = (listingId: string): EasyflipError =>
  new EasyflipError('item.ended-listing', `Listing ${listingId} is over on eBay.`, {
    hint: 'Run `easyflip withdraw ITEM` first if it should be listed anew.',
  });
