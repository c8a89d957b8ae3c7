import type { Currency } from '../../core/money.ts';
import type { ListingFigure } from '../../core/ports/index.ts';
import type { BusinessView } from '../../report/stats-view.ts';

const DAY_MS = 86_400_000;
const OLDEST_SHOWN = 20;

export interface ListingsRequest {
  readonly currency: Currency;
  /** ISO times. */
  readonly since: string;
  readonly until: string;
  readonly staleDays: number;
  /** Items of which something sold in the period. */
  readonly sold: ReadonlySet<string>;
}

export interface ListingsTally {
  /** Listed in the period. */
  readonly fresh: { readonly all: number; readonly sold: number };
  /** On sale at some time of the period. */
  readonly offered: { readonly all: number; readonly sold: number };
  /** What a piece cost in minor units, of those that sold; undefined: it was not told. */
  readonly costs: ReadonlyMap<string, number | undefined>;
  readonly traffic: { readonly listings: number; readonly impressions: number; readonly views: number };
  /** Live for longer than `staleDays`, of which nothing sold in the period. */
  readonly stale: BusinessView['stale'];
}

/** Looks at each listing once, the longest listed first, and keeps none but the few that are shown: of many thousand the sums are wanted. Pure. */
export function tallyListings(
  listings: Iterable<ListingFigure>,
  { currency, since, until, staleDays, sold }: ListingsRequest,
): ListingsTally {
  const fresh = { all: 0, sold: 0 };
  const offered = { all: 0, sold: 0 };
  const costs = new Map<string, number | undefined>();
  const traffic = { listings: 0, impressions: 0, views: 0 };
  const oldest: BusinessView['stale']['oldest'][number][] = [];
  let stale = 0;
  let staleValue = 0;

  for (const listing of listings) {
    const { itemId, sku, title = null, listedAt, cost, price } = listing;
    const isSold = sold.has(itemId);
    const countIn = (sums: { all: number; sold: number }): void => {
      sums.all += 1;
      if (isSold) sums.sold += 1;
    };
    if (listedAt !== undefined && listedAt >= since && listedAt <= until) countIn(fresh);
    if (wasOffered(listing, since, until)) countIn(offered);
    if (isSold) costs.set(itemId, cost?.currency === currency ? cost.minor : undefined);
    if (listing.traffic) {
      traffic.listings += 1;
      traffic.impressions += listing.traffic.impressions;
      traffic.views += listing.traffic.views;
    }
    const days = isSold ? undefined : daysLive(listing, until);
    if (days === undefined || days < staleDays) continue;
    stale += 1;
    if (price?.currency === currency) staleValue += price.minor;
    if (oldest.length < OLDEST_SHOWN)
      oldest.push({ item: itemId, sku, title, days, price: price ?? null, views: listing.traffic?.views ?? null });
  }
  return { fresh, offered, costs, traffic, stale: { days: staleDays, count: stale, value: { minor: staleValue, currency }, oldest } };
}

function wasOffered({ listedAt, end, withdrawnAt }: ListingFigure, since: string, until: string): boolean {
  const over = end?.at ?? withdrawnAt;
  return (listedAt === undefined || listedAt <= until) && (over === undefined || over >= since);
}

/** Undefined: it is not live any more, or not known since when. */
function daysLive({ listedAt, end, withdrawnAt }: ListingFigure, until: string): number | undefined {
  if (end !== undefined || withdrawnAt !== undefined || listedAt === undefined) return undefined;
  return Math.floor((Date.parse(until) - Date.parse(listedAt)) / DAY_MS);
}
