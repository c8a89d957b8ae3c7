import type { Market } from '../ground/market.ts';
import type { Reply, Request } from '../wire/wire.ts';
import { refuse } from '../wire/wire.ts';
import { answer, entries } from './bulk.ts';
import { findListing } from './listings.ts';

/** "One to five eBay listings" (Inventory document, BulkMigrateListing). */
const LISTINGS_MAX = 5;

/**
 * POST bulk_migrate_listing takes listings made with the Trading API into the inventory model. There are none here: what
 * is on sale was made by the Inventory API already. So every entry is refused (25718) and says why.
 */
export function bulkMigrateListing(market: Market, request: Request): Reply {
  const list = entries(request, 25709, LISTINGS_MAX);
  return answer(
    market,
    list,
    ({ listingId }) => {
      const listing = findListing(market, String(listingId));
      const why = listing === undefined ? 'The listing was not found.' : 'The listing is in the inventory model already.';
      throw refuse(25718, [why], { listingId: String(listingId) });
    },
    ({ listingId }) => ({ listingId }),
  );
}
