import { derived, type Figure, isKnown, known, unknown } from '../../core/figure.ts';
import type { Currency, Money } from '../../core/money.ts';
import type { ListingFigure, StoredSale } from '../../core/ports/index.ts';
import type { BusinessView } from '../../report/stats-view.ts';

const DAY_MS = 86_400_000;
const OLDEST_SHOWN = 20;

export interface BusinessRequest {
  readonly currency: Currency;
  /** ISO times. */
  readonly since: string;
  readonly until: string;
  readonly syncedTo: string | undefined;
  /** Everything that is or was live. */
  readonly listings: readonly ListingFigure[];
  /** Sold in the period. */
  readonly sales: readonly StoredSale[];
  /** What sending costs where no label is known. */
  readonly shippingCost: Money;
  readonly staleDays: number;
}

/** What came of the listings. Amounts are summed as whole minor units; what is not known stays so, with the reason. Pure. */
export function businessOf(request: BusinessRequest): BusinessView {
  const { currency, since, until, syncedTo, listings, shippingCost } = request;
  const ours = request.sales.filter(({ amount }) => amount.currency === currency);
  const inState = (state: StoredSale['state']): number => ours.filter((sale) => sale.state === state).length;
  const sales = ours.filter(({ state }) => state === 'paid' || state === 'refunded');
  const money = (minor: number): Money => ({ minor, currency });
  const sum = (of: (sale: StoredSale) => number): number => sales.reduce((total, sale) => total + of(sale), 0);
  const costs = new Map(listings.map(({ itemId, cost }) => [itemId as string, cost?.currency === currency ? cost.minor : undefined]));

  const none =
    syncedTo === undefined
      ? 'nothing is known of sales yet: run `easyflip sync`'
      : sales.length === 0
        ? 'no sales yet in this time'
        : undefined;
  const figure = <T>(make: () => T): Figure<T> => (none === undefined ? known(make()) : unknown(none));
  const complete = <T>(missing: number, what: string, make: () => T): Figure<T> =>
    none !== undefined ? unknown(none) : missing > 0 ? unknown(`${what} of ${missing} of ${sales.length} sales`) : known(make());

  const revenue = sum(({ amount }) => amount.minor);
  const soldItems = new Set(sales.map(({ itemId }) => itemId as string));
  const fresh = listings.filter(({ listedAt }) => listedAt !== undefined && listedAt >= since && listedAt <= until);
  const offered = listings.filter((listing) => wasOffered(listing, since, until));
  const parcels = parcelsOf(sales);
  const shipping = (sale: StoredSale): number => (parcels.has(sale.lineId) ? (sale.label?.minor ?? shippingCost.minor) : 0);
  const costOf = (sale: StoredSale): number | undefined => {
    const piece = costs.get(sale.itemId);
    return piece === undefined ? undefined : piece * sale.quantity;
  };
  const refunded = sales.filter((sale) => sale.refunded.minor > 0);

  const profit = profitOf();
  return {
    currency,
    syncedTo: syncedTo ?? null,
    otherCurrencies: request.sales.length - ours.length,
    sales: figure(() => ({
      sales: sales.length,
      pieces: sum(({ quantity }) => quantity),
      cancelled: inState('cancelled'),
      unpaid: inState('unpaid'),
    })),
    conversion: shareFigure(
      fresh.filter(({ itemId }) => soldItems.has(itemId)).length,
      fresh.length,
      none ?? (fresh.length === 0 ? 'nothing was listed in this time' : undefined),
      'none of the listings of this time has sold yet',
      (sold, listed, share) => ({ sold, listed, share }),
    ),
    sellThrough: shareFigure(
      offered.filter(({ itemId }) => soldItems.has(itemId)).length,
      offered.length,
      none ?? (offered.length === 0 ? 'nothing was on offer in this time' : undefined),
      'nothing that is still known here has sold in this time',
      (sold, all, share) => ({ sold, offered: all, share }),
    ),
    traffic: trafficOf(listings),
    revenue: figure(() => money(revenue)),
    averageValue: figure(() => money(Math.round(revenue / sales.length))),
    delivery: figure(() => money(sum(({ delivery }) => delivery.minor))),
    refunds: figure(() => ({
      amount: money(sum((sale) => sale.refunded.minor)),
      sales: refunded.length,
      share: refunded.length / sales.length,
    })),
    fees: complete(sales.filter(({ fee }) => fee === undefined).length, 'eBay has not told the fees', () =>
      money(sum(({ fee }) => fee?.minor ?? 0)),
    ),
    shipping: figure(() => ({
      amount: money(sum(shipping)),
      estimated: sales.filter(({ lineId, label }) => parcels.has(lineId) && label === undefined).length,
    })),
    cost: complete(sales.filter((sale) => costOf(sale) === undefined).length, 'you have not told the cost', () =>
      money(sum((sale) => costOf(sale) ?? 0)),
    ),
    profit,
    margin:
      isKnown(profit) && profit.value.of.minor <= 0
        ? unknown('these sales brought nothing in')
        : derived(profit, ({ amount, of }) => amount.minor / of.minor),
    stale: staleOf(request, soldItems),
  };

  function profitOf(): BusinessView['profit'] {
    if (none !== undefined) return unknown(none);
    const whole = sales.filter((sale) => sale.fee !== undefined && costOf(sale) !== undefined);
    if (whole.length === 0)
      return unknown('of no sale both the fees and the cost are known: put `cost` into sidecars or `easyflip edit ITEM --set cost=…`');
    const of = whole.reduce((total, { amount, delivery }) => total + amount.minor + delivery.minor, 0);
    const spent = whole.reduce(
      (total, sale) => total + (sale.fee?.minor ?? 0) + (costOf(sale) ?? 0) + shipping(sale) + sale.refunded.minor,
      0,
    );
    return known({ amount: money(of - spent), of: money(of), sales: whole.length, left: sales.length - whole.length });
  }
}

function shareFigure<T>(
  part: number,
  whole: number,
  none: string | undefined,
  nothing: string,
  make: (part: number, whole: number, share: number) => T,
): Figure<T> {
  if (none !== undefined) return unknown(none);
  return part === 0 ? unknown(nothing) : known(make(part, whole, part / whole));
}

/** An order is one parcel: the line that its label stands with, or else its first. */
function parcelsOf(sales: readonly StoredSale[]): ReadonlySet<string> {
  const lineOf = new Map<string, StoredSale>();
  for (const sale of sales) {
    const other = lineOf.get(sale.orderId);
    if (!other || (other.label === undefined && sale.label !== undefined)) lineOf.set(sale.orderId, sale);
  }
  return new Set([...lineOf.values()].map(({ lineId }) => lineId));
}

/** On sale at some time of the period. */
function wasOffered({ listedAt, end, withdrawnAt }: ListingFigure, since: string, until: string): boolean {
  const over = end?.at ?? withdrawnAt;
  return (listedAt === undefined || listedAt <= until) && (over === undefined || over >= since);
}

function trafficOf(listings: readonly ListingFigure[]): BusinessView['traffic'] {
  const seen = listings.flatMap(({ traffic }) => (traffic ? [traffic] : []));
  if (seen.length === 0) return unknown('eBay has told no traffic yet: run `easyflip sync`');
  const views = seen.reduce((total, one) => total + one.views, 0);
  const impressions = seen.reduce((total, one) => total + one.impressions, 0);
  return known({ listings: seen.length, impressions, views, viewsPerListing: views / seen.length });
}

/** Live for longer than `staleDays`, of which nothing sold in the period; the oldest first. */
function staleOf({ listings, until, staleDays, currency }: BusinessRequest, sold: ReadonlySet<string>): BusinessView['stale'] {
  const now = Date.parse(until);
  const stale = listings
    .filter(
      ({ itemId, end, withdrawnAt, listedAt }) =>
        !sold.has(itemId) && end === undefined && withdrawnAt === undefined && listedAt !== undefined,
    )
    .map((listing) => ({ listing, days: Math.floor((now - Date.parse(listing.listedAt ?? until)) / DAY_MS) }))
    .filter(({ days }) => days >= staleDays)
    .sort((a, b) => b.days - a.days);
  const priced = stale.filter(({ listing }) => listing.price?.currency === currency);
  return {
    days: staleDays,
    count: stale.length,
    value: { minor: priced.reduce((total, { listing }) => total + (listing.price?.minor ?? 0), 0), currency },
    oldest: stale.slice(0, OLDEST_SHOWN).map(({ listing, days }) => ({
      item: listing.itemId,
      sku: listing.sku,
      title: listing.title ?? null,
      days,
      price: listing.price ?? null,
      views: listing.traffic?.views ?? null,
    })),
  };
}
