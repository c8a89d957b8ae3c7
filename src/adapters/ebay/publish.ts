import type { Clock } from '../../core/clock.ts';
import { EasyflipError } from '../../core/errors.ts';
import { hashOf } from '../../core/hash.ts';
import type { Sku } from '../../core/item.ts';
import type { Receipt } from '../../core/listing.ts';
import type { ReadyListing } from '../../core/ports/marketplace.ts';
import type { Call } from '../../core/ports/outgoing.ts';
import type { JournalStore } from '../../core/ports/store.ts';
import { once } from '../../resilience/journaled.ts';
import type { ItemBody, OfferBody } from './bodies.ts';
import { itemBody, itemCarries, offerBody, offerCarries } from './bodies.ts';
import { createBulkQueue, patiently } from './bulk.ts';
import { badReply, isMissing, offerExists } from './errors.ts';
import { bulkGet } from './find.ts';
import { endedListing, isPublished, itemBySku, liveListingOf, offerById, ourOffer } from './offers.ts';
import type { Transport } from './transport.ts';
import type { WireOffer } from './wire.ts';
import { doneEntry, ignored } from './wire.ts';

export interface PublisherParts {
  readonly transport: Transport;
  readonly journal: JournalStore;
  readonly clock: Clock;
  readonly listingUrl: (listingId: string) => string;
  /** True when `find` was just told by eBay that nothing exists under this SKU. */
  readonly isKnownAbsent: (sku: Sku) => boolean;
  /** Pictures of other items are on their way, and soon these items are ready too. */
  readonly moreComing?: () => boolean;
}

/** What the offer step leaves behind: `existed` asks the publish step to look before it publishes. */
interface OfferAnswer {
  readonly offerId: string;
  readonly existed: boolean;
}

interface Job {
  readonly sku: Sku;
  readonly item: ItemBody;
  readonly offer: OfferBody;
  /** Over what is sent, picture addresses included: other addresses are another item to write. */
  readonly hash: string;
  readonly call: Call;
  /** It has been answered in one step and is about to ask for the next: the batch of that step waits for it. */
  next: 'offer' | 'publish' | undefined;
}

/**
 * Item, offer, live: three steps, each journaled by SKU and content, each joined with those of other items.
 * A step that was answered is not sent again; one whose answer was lost is looked up first. Only the first step
 * waits for items that are on their way; those of its batch go on together.
 *
 * The caller runs one publish or withdraw per SKU at a time.
 * Errors: `listing.rejected` and narrower codes; `item.ended-listing`; those of the Outgoing port.
 */
export function createPublisher({
  transport,
  journal,
  clock,
  listingUrl,
  isKnownAbsent,
  moreComing = () => false,
}: PublisherParts): (listing: ReadyListing, call: Call) => Promise<Receipt> {
  const jobs = new Set<Job>();
  const someGoTo =
    (step: Job['next']): (() => boolean) =>
    () =>
      [...jobs].some(({ next }) => next === step);
  const looks = createBulkQueue<Sku>(transport, clock, bulkGet);
  const items = createBulkQueue<ItemBody>(
    transport,
    clock,
    {
      operation: 'inventory.bulkCreateOrReplaceInventoryItem',
      writes: true,
      keyOf: ({ sku }) => sku,
      answerKeyOf: ({ sku }) => sku,
      // The client's own type has aspects as a string (CONTRACTS 1.1).
      send: (ebay, requests) => ebay.sell.inventory.bulkCreateOrReplaceInventoryItem({ requests } as never),
      single: {
        operation: 'inventory.createOrReplaceInventoryItem',
        // Here the SKU stands in the address, and the language in the header (CONTRACTS 2.1).
        send: (ebay, { sku, locale: _locale, ...item }) => ebay.sell.inventory.createOrReplaceInventoryItem(sku, item as never),
        read: (_answer, { sku }) => doneEntry({ sku }),
      },
    },
    moreComing,
  );
  const offers = createBulkQueue<OfferBody>(
    transport,
    clock,
    {
      operation: 'inventory.bulkCreateOffer',
      writes: true,
      keyOf: ({ sku }) => sku,
      answerKeyOf: ({ sku }) => sku,
      send: (ebay, requests) => ebay.sell.inventory.bulkCreateOffer({ requests } as never),
      single: {
        operation: 'inventory.createOffer',
        send: (ebay, offer) => ebay.sell.inventory.createOffer(offer as never),
        read: doneEntry,
      },
    },
    someGoTo('offer'),
  );
  const publishes = createBulkQueue<{ readonly offerId: string }>(
    transport,
    clock,
    {
      operation: 'inventory.bulkPublishOffer',
      writes: true,
      keyOf: ({ offerId }) => offerId,
      answerKeyOf: ({ offerId }) => offerId,
      send: (ebay, requests) => ebay.sell.inventory.bulkPublishOffer({ requests: [...requests] }),
      single: {
        operation: 'inventory.publishOffer',
        send: (ebay, { offerId }) => ebay.sell.inventory.publishOffer(offerId),
        read: doneEntry,
      },
    },
    someGoTo('publish'),
  );

  return async (listing, call) => {
    const { sku } = listing;
    const item = itemBody(listing, transport.site);
    const offer = offerBody(listing, transport.site);
    const job: Job = { sku, item, offer, hash: hashOf({ item, offer }), call, next: undefined };
    jobs.add(job);
    try {
      const standing = await beginContent(job);
      await itemStep(job);
      const { offerId, existed } = await offerStep(job, standing);
      const { listingId, created } = await publishStep(job, offerId, existed);
      return { sku, offerId, listingId, url: listingUrl(listingId), created };
    } finally {
      jobs.delete(job);
    }
  };

  /**
   * Remembers which content is being written. Another one than last time makes the old answers worthless:
   * they are forgotten. What stands at eBay is read before it is written over, also when this database
   * knows nothing of it (an adopted listing), unless eBay has just said that nothing is there.
   */
  async function beginContent({ sku, hash, item, call }: Job): Promise<WireOffer | undefined> {
    const key = `ebay:content:${sku}`;
    const last = await journal.read(key);
    if (last?.state === 'answered' && last.answer === hash) return undefined;
    const isNew = last === undefined && isKnownAbsent(sku);
    const standing = isNew ? undefined : await standingOffer(sku, call);
    if (standing !== undefined) {
      liveListingOf(standing);
      refuseRestocking(standing, item);
    }
    if (last !== undefined) await journal.dropScope(sku);
    await journal.sent(key, sku);
    await journal.answered(key, sku, hash);
    return standing;
  }

  /** Asked for many SKUs in one call; only those that have an item are asked for their offers. */
  async function standingOffer(sku: Sku, call: Call): Promise<WireOffer | undefined> {
    try {
      await patiently(clock, call, false, () => looks.add(sku, call));
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
    return await ourOffer(transport, sku, call);
  }

  async function itemStep(job: Job): Promise<void> {
    const { sku, item, hash, call } = job;
    const settle = async (): Promise<true | undefined> => {
      const theirs = await itemBySku(transport, sku, call);
      return theirs !== undefined && itemCarries(theirs, item) ? true : undefined;
    };
    await once(journal, { key: `ebay:item:${sku}:${hash}`, scope: sku, settle, signal: call.signal }, async () => {
      await patiently(clock, call, false, () => items.add(item, call));
      job.next = 'offer';
      return true;
    });
  }

  async function offerStep(job: Job, standing: WireOffer | undefined): Promise<OfferAnswer> {
    const { sku, offer, hash, call } = job;
    const settle = async (): Promise<OfferAnswer | undefined> => {
      const theirs = await ourOffer(transport, sku, call);
      return theirs !== undefined && offerCarries(theirs, offer) ? { offerId: theirs.offerId, existed: true } : undefined;
    };
    return await once(journal, { key: `ebay:offer:${sku}:${hash}`, scope: sku, settle, signal: call.signal }, async () => {
      job.next = undefined;
      if (standing !== undefined) return await takeOver(standing, offer, call);
      try {
        const { offerId } = await patiently(clock, call, true, () => offers.add(offer, call));
        if (!offerId) throw badReply('inventory.bulkCreateOffer', true);
        job.next = 'publish';
        return { offerId, existed: false };
      } catch (error) {
        if (!offerExists(error)) throw error;
        const theirs = error.existingOfferId
          ? await offerById(transport, error.existingOfferId, call)
          : await ourOffer(transport, sku, call);
        if (theirs === undefined) throw error;
        return await takeOver(theirs, offer, call);
      }
    });
  }

  /** An offer that stands already gets our content; updateOffer replaces it whole, live or not. */
  async function takeOver(theirs: WireOffer, offer: OfferBody, call: Call): Promise<OfferAnswer> {
    liveListingOf(theirs);
    const { offerId } = theirs;
    if (!offerCarries(theirs, offer)) {
      // What an offer is made under cannot be changed, and the document has no place for it here.
      const { sku: _sku, marketplaceId: _site, format: _format, ...changes } = offer;
      await transport.request(
        {
          token: 'user',
          service: 'inventory',
          operation: 'inventory.updateOffer',
          writes: true,
          send: (ebay) => ebay.sell.inventory.updateOffer(offerId, changes as never),
          read: ignored,
        },
        call,
      );
    }
    return { offerId, existed: true };
  }

  async function publishStep(job: Job, offerId: string, existed: boolean): Promise<{ listingId: string; created: boolean }> {
    const { sku, hash, call } = job;
    let sent = false;
    let looked = false;
    const liveNow = async (): Promise<string | undefined> => {
      const offer = await offerById(transport, offerId, call);
      looked = true;
      return offer === undefined ? undefined : liveListingOf(offer);
    };
    const key = `ebay:publish:${sku}:${hash}`;
    const listingId = await once(journal, { key, scope: sku, settle: liveNow, signal: call.signal }, async () => {
      const live = existed ? await liveNow() : undefined;
      if (live !== undefined) return live;
      sent = true;
      job.next = undefined;
      return await publishNow(offerId, call, liveNow);
    });
    if (!sent && !looked && (await liveNow()) !== listingId) throw endedListing(listingId);
    return { listingId, created: sent };
  }

  /** After any refusal eBay is asked before it is believed: an earlier try may have gone through without an answer. */
  async function publishNow(offerId: string, call: Call, liveNow: () => Promise<string | undefined>): Promise<string> {
    try {
      const { listingId } = await patiently(clock, call, true, () => publishes.add({ offerId }, call));
      if (!listingId) throw badReply('inventory.bulkPublishOffer', true);
      return listingId;
    } catch (error) {
      call.signal.throwIfAborted();
      const live = await liveNow().catch((second: unknown) => {
        if (second instanceof EasyflipError && second.code === 'item.ended-listing') throw second;
        return undefined;
      });
      if (live !== undefined) return live;
      throw error;
    }
  }
}

/** The seller's number is what was there at first; after a sale it would offer pieces that are gone. */
function refuseRestocking(offer: WireOffer, item: ItemBody): void {
  const sold = offer.listing?.soldQuantity ?? 0;
  const { quantity } = item.availability.shipToLocationAvailability;
  if (!isPublished(offer) || sold === 0 || quantity === 0) return;
  throw new EasyflipError('listing.rejected', `${sold} of this listing sold already, so its quantity of ${quantity} is in doubt.`, {
    hint: 'Change the live listing in Seller Hub, or withdraw it and list what is left.',
  });
}
