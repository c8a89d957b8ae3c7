import type { Sku } from '../../core/item.ts';
import type { Call } from '../../core/ports/outgoing.ts';
import type { JournalStore } from '../../core/ports/store.ts';
import { type BulkCall, sendBulk } from './bulk.ts';
import { EbayError, isMissing } from './errors.ts';
import { isPublished, itemBySku, offerById, offersOf } from './offers.ts';
import type { Transport } from './transport.ts';
import type { WireOffer } from './wire.ts';
import { ignored } from './wire.ts';

/** One SKU a call: the Inventory document says so, although its entries are a list. */
const markCall: BulkCall<Sku> = {
  operation: 'inventory.bulkUpdatePriceQuantity',
  writes: true,
  keyOf: (sku) => sku,
  answerKeyOf: ({ sku }) => sku,
  send: (ebay, skus) =>
    ebay.sell.inventory.bulkUpdatePriceQuantity({ requests: skus.map((sku) => ({ sku, shipToLocationAvailability: { quantity: 0 } })) }),
};

/**
 * Ends whatever is live under a SKU and leaves quantity 0 as the mark. The mark comes first: cut off after
 * it, the listing cannot sell and `find` does not take it for debris; cut off the other way round, an
 * unpublished offer with stock would look like an unfinished listing and be listed again. Where eBay
 * refuses quantity 0 on a live listing, the listing is ended first and marked right after.
 * Repeatable; a SKU that eBay does not know is withdrawn already.
 */
export async function withdrawListing(transport: Transport, journal: JournalStore, sku: Sku, call: Call): Promise<void> {
  const live = (await offersOf(transport, sku, call)).filter(isPublished);
  const refusal = await mark(transport, sku, call);
  // eBay says of a SKU that is not there only that it is no valid one (25709): the item itself tells.
  if (refusal !== undefined && live.length === 0 && (await itemBySku(transport, sku, call)) === undefined)
    return await journal.dropScope(sku);
  for (const offer of live) await endOffer(transport, offer, call);
  if (refusal !== undefined) {
    const again = await mark(transport, sku, call);
    if (again !== undefined) throw again;
  }
  await journal.dropScope(sku);
}

/** Returns eBay's refusal; undefined when the mark is set or there is nothing to mark. */
async function mark(transport: Transport, sku: Sku, call: Call): Promise<Error | undefined> {
  const [answer] = await sendBulk(transport, markCall, [sku], call);
  if (!(answer instanceof Error) || isMissing(answer)) return undefined;
  if (answer.retryable) throw answer;
  return answer;
}

async function endOffer(transport: Transport, { offerId }: WireOffer, call: Call): Promise<void> {
  try {
    await transport.request(
      {
        token: 'user',
        service: 'inventory',
        operation: 'inventory.withdrawOffer',
        writes: true,
        send: (ebay) => ebay.sell.inventory.withdrawOffer(offerId),
        read: ignored,
      },
      call,
    );
  } catch (error) {
    // 25713 on a repetition, or an answer that was lost: what counts is that it is not live any more.
    if (isMissing(error)) return;
    const now = error instanceof EbayError && !error.retryable ? await offerById(transport, offerId, call) : undefined;
    if (now === undefined || isPublished(now)) throw error;
  }
}
