import { derived, type Figure, isKnown, known, unknown } from '../../core/figure.ts';
import type { Currency, Money } from '../../core/money.ts';
import type { StoredSale } from '../../core/ports/index.ts';
import type { BusinessView } from '../../report/stats-view.ts';
import type { ListingsTally } from './listings.ts';

export interface BusinessRequest {
  readonly currency: Currency;
  readonly syncedTo: string | undefined;
  /** Of everything that is or was live. */
  readonly listings: ListingsTally;
  /** Sold in the period. */
  readonly sales: readonly StoredSale[];
  /** What sending costs where no label is known. */
  readonly shippingCost: Money;
}

/** Items of which something sold and stayed sold. */
export const soldItemsOf = (sales: readonly StoredSale[], currency: Currency): ReadonlySet<string> =>
  new Set(soldIn(sales, currency).map(({ itemId }) => itemId as string));

const soldIn = (sales: readonly StoredSale[], currency: Currency): readonly StoredSale[] =>
  sales.filter(({ amount, state }) => amount.currency === currency && (state === 'paid' || state === 'refunded'));

/** What came of the listings. Amounts are summed as whole minor units; what is not known stays so, with the reason. Pure. */
export function businessOf(request: BusinessRequest): BusinessView {
  const { currency, syncedTo, listings, shippingCost } = request;
  const ours = request.sales.filter(({ amount }) => amount.currency === currency);
  const inState = (state: StoredSale['state']): number => ours.filter((sale) => sale.state === state).length;
  const sales = soldIn(request.sales, currency);
  const money = (minor: number): Money => ({ minor, currency });
  const sum = (of: (sale: StoredSale) => number): number => sales.reduce((total, sale) => total + of(sale), 0);

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
  const { fresh, offered, costs } = listings;
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
      fresh.sold,
      fresh.all,
      none ?? (fresh.all === 0 ? 'nothing was listed in this time' : undefined),
      'none of the listings of this time has sold yet',
      (sold, listed, share) => ({ sold, listed, share }),
    ),
    sellThrough: shareFigure(
      offered.sold,
      offered.all,
      none ?? (offered.all === 0 ? 'nothing was on offer in this time' : undefined),
      'nothing that is still known here has sold in this time',
      (sold, all, share) => ({ sold, offered: all, share }),
    ),
    traffic: trafficOf(listings.traffic),
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
    stale: listings.stale,
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

function trafficOf({ listings, impressions, views }: ListingsTally['traffic']): BusinessView['traffic'] {
  if (listings === 0) return unknown('eBay has told no traffic yet: run `easyflip sync`');
  return known({ listings, impressions, views, viewsPerListing: views / listings });
}
