import type { Sku } from '../../core/item.ts';
import type { FoundListing } from '../../core/ports/marketplace.ts';
import type { Call } from '../../core/ports/outgoing.ts';
import { BULK_MAX, type BulkCall, sendBulk } from './bulk.ts';
import { badReply, isMissing } from './errors.ts';
import { isActive, isPublished, offersOf } from './offers.ts';
import type { Transport } from './transport.ts';
import type { WireItem, WireOffer } from './wire.ts';
import { doneEntry, itemAnswer } from './wire.ts';

export const bulkGet: BulkCall<Sku> = {
  operation: 'inventory.bulkGetInventoryItem',
  writes: false,
  keyOf: (sku) => sku,
  answerKeyOf: ({ sku, inventoryItem }) => sku ?? inventoryItem?.sku,
  send: (ebay, skus) => ebay.sell.inventory.bulkGetInventoryItem({ requests: skus.map((sku) => ({ sku })) }),
  single: {
    operation: 'inventory.getInventoryItem',
    send: (ebay, sku) => ebay.sell.inventory.getInventoryItem(sku),
    read: (answer, sku) => {
      const inventoryItem = itemAnswer(answer);
      return inventoryItem && doneEntry({ sku, inventoryItem });
    },
  },
};

/**
 * What exists under these SKUs: items 25 a call, then the offers of those that exist. Only eBay's own
 * "not there" counts as absence; anything doubtful is an error, because a wrong "absent" would list twice.
 */
export async function findListings(
  transport: Transport,
  listingUrl: (listingId: string) => string,
  skus: readonly Sku[],
  call: Call,
): Promise<readonly FoundListing[]> {
  const wanted = [...new Set(skus)];
  const chunks: Sku[][] = [];
  for (let at = 0; at < wanted.length; at += BULK_MAX) chunks.push(wanted.slice(at, at + BULK_MAX));
  const found = await Promise.all(
    chunks.map(async (chunk) => {
      const answers = await sendBulk(transport, bulkGet, chunk, call);
      return await Promise.all(
        chunk.map(async (sku, at) => {
          const answer = answers[at];
          if (answer instanceof Error && !isMissing(answer)) throw answer;
          if (answer === undefined || answer instanceof Error) return undefined;
          if (!answer.inventoryItem) throw badReply(bulkGet.operation, false);
          return stateOf(sku, answer.inventoryItem, await offersOf(transport, sku, call), listingUrl);
        }),
      );
    }),
  );
  return found.flat().filter((listing) => listing !== undefined);
}

/** SKUs kept at most; a forgotten one costs one read more. */
const ABSENT_MAX = 50_000;

/** SKUs of which eBay said that nothing exists: publish need not ask again. An answer serves once. */
export function createAbsentSkus(): {
  readonly note: (asked: readonly Sku[], found: readonly FoundListing[]) => void;
  readonly take: (sku: Sku) => boolean;
} {
  const absent = new Set<Sku>();
  return {
    note: (asked, found) => {
      for (const sku of asked) if (absent.size < ABSENT_MAX) absent.add(sku);
      for (const { sku } of found) absent.delete(sku);
    },
    take: (sku) => absent.delete(sku),
  };
}

/**
 * The state by the most alive of the SKU's offers, whatever its marketplace and format. Quantity 0 on
 * something that is not live is the mark that `withdraw` leaves.
 */
export function stateOf(sku: Sku, item: WireItem, offers: readonly WireOffer[], listingUrl: (listingId: string) => string): FoundListing {
  const [offer] = [...offers].sort((a, b) => rank(a) - rank(b));
  const listingId = offer?.listing?.listingId ?? undefined;
  const available = item.availability?.shipToLocationAvailability?.quantity ?? undefined;
  const title = item.product?.title ?? undefined;
  return {
    sku,
    state: stateWith(offer, available ?? 0),
    ...(title === undefined ? {} : { title }),
    ...(offer === undefined ? {} : { offerId: offer.offerId }),
    ...(listingId === undefined ? {} : { listingId, url: listingUrl(listingId) }),
    ...(available === undefined ? {} : { available }),
  };
}

function stateWith(offer: WireOffer | undefined, quantity: number): FoundListing['state'] {
  if ((offer?.listing?.soldQuantity ?? 0) > 0) return 'sold';
  if (offer !== undefined && isPublished(offer)) return isActive(offer) ? 'live' : 'ended';
  return quantity === 0 ? 'withdrawn' : 'unpublished';
}

function rank(offer: WireOffer): number {
  if (isPublished(offer) && isActive(offer)) return 0;
  if ((offer.listing?.soldQuantity ?? 0) > 0) return 1;
  return isPublished(offer) ? 2 : 3;
}
