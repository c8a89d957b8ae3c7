import type { Clock } from '../../core/clock.ts';
import { isEasyflipError } from '../../core/errors.ts';
import type { Vault } from '../../core/ports/credentials.ts';
import type { Marketplace } from '../../core/ports/marketplace.ts';
import type { Outgoing } from '../../core/ports/outgoing.ts';
import type { JournalStore, ReferenceStore } from '../../core/ports/store.ts';
import type { Environment, Settings } from '../../core/settings.ts';
import type { Site } from '../../core/site.ts';
import { createSellerAccount } from './account/index.ts';
import { listPolicies } from './account/policies.ts';
import { createAfterSale } from './after/index.ts';
import { findComparables } from './comparables.ts';
import { createConditions } from './conditions.ts';
import type { EbayCredentials } from './credentials.ts';
import { allListings } from './everything.ts';
import { offerFees } from './fees.ts';
import { createAbsentSkus, findListings } from './find.ts';
import { createLane, createMemory } from './flight.ts';
import { distrustPictures, uploadPicture } from './pictures.ts';
import { createPolicies } from './policies.ts';
import { createPublisher } from './publish.ts';
import { createTaxonomy } from './taxonomy.ts';
import { createTransport } from './transport.ts';
import { withdrawListing } from './withdraw.ts';

export interface EbayMarketplaceOptions {
  readonly site: Site;
  readonly environment: Environment;
  /** Address of the practice marketplace, http on loopback; required in practice, refused elsewhere. */
  readonly baseUrl?: string;
  readonly credentials: EbayCredentials;
  /** Where tokens are kept between runs; absent: nowhere. */
  readonly vault?: Pick<Vault, 'read' | 'change'>;
  readonly outgoing: Outgoing;
  readonly journal: JournalStore;
  /** Where trees, specifics and conditions are kept between runs; absent: nowhere. */
  readonly reference?: ReferenceStore;
  readonly clock: Clock;
  readonly settings: Settings['listing'];
}

/** CONTRACTS 2.2: what the Inventory API enforces when a listing is published. */
const LIMITS: Marketplace['limits'] = {
  titleMax: 80,
  descriptionMax: 4_000,
  photosMax: 24,
  aspectValueMax: 65,
  aspectValuesMax: 30,
  conditionNoteMax: 1_000,
};

/**
 * eBay as a Marketplace, over the `ebay-api` client. The client is loaded with the first request. What
 * rarely changes (tree, aspects, conditions) is kept in the store; policies are asked for once in the life of the object.
 * Errors at once: `config.invalid` for a base URL that does not belong to the practice marketplace.
 */
export function createEbayMarketplace(options: EbayMarketplaceOptions): Marketplace {
  const { environment, baseUrl, journal, clock, settings, site } = options;
  const transport = createTransport(options);
  const listingUrl = (listingId: string): string => new URL(`/itm/${listingId}`, webAddress(site, environment, baseUrl)).href;
  const taxonomy = createTaxonomy(transport, { clock, store: options.reference });
  const conditions = createConditions(transport, { clock, store: options.reference });
  const policies = createPolicies(transport, settings);
  const calculated = createMemory<ReadonlySet<string>>(1);
  const absent = createAbsentSkus();
  let uploading = 0;
  const publish = createPublisher({ transport, journal, clock, listingUrl, isKnownAbsent: absent.take, moreComing: () => uploading > 0 });
  const inLane = createLane();

  return {
    name: 'ebay',
    site,
    account: createSellerAccount(transport),
    afterSale: createAfterSale(transport),
    limits: LIMITS,
    nowMs: transport.nowMs,
    policies,
    needsPackage: (chosen, call) =>
      calculated(
        'calculated',
        call,
        async (shared) =>
          new Set((await listPolicies(transport, 'fulfillment', shared)).filter((one) => one.calculated).map(({ id }) => id)),
      ).then((ids) => ids.has(chosen.fulfillmentPolicyId)),
    suggestCategories: taxonomy.suggestCategories,
    category: taxonomy.category,
    aspects: taxonomy.aspects,
    conditions,
    comparables: (query, call) => findComparables(transport, query, call),
    listingFees: (offerId, call) => offerFees(transport, offerId, call),
    find: async (skus, call) => {
      const found = await findListings(transport, listingUrl, skus, call);
      absent.note(skus, found);
      return found;
    },
    everything: (wanted, call) => allListings(transport, listingUrl, wanted, call),
    uploadPicture: async (picture, call) => {
      uploading += 1;
      try {
        return await uploadPicture({ transport, journal, clock }, picture, call);
      } finally {
        uploading -= 1;
      }
    },
    publish: (listing, call) =>
      inLane(listing.sku, async () => {
        try {
          return await publish(listing, call);
        } catch (error) {
          const refused = isEasyflipError(error) && error.code === 'picture.rejected' ? listing.pictures : [];
          await distrustPictures(
            journal,
            refused.map(({ url }) => url),
          );
          throw error;
        }
      }),
    withdraw: (sku, call) => inLane(sku, () => withdrawListing(transport, journal, sku, call)),
  };
}

function webAddress({ host }: Site, environment: Environment, baseUrl: string | undefined): string {
  if (environment === 'practice' && baseUrl !== undefined) return baseUrl;
  return environment === 'sandbox' ? `https://www.sandbox.${host}` : `https://www.${host}`;
}
