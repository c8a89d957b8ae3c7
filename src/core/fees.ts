import { type Money, thousandths, WHOLE } from './money.ts';

/** What the marketplace takes from a sale, as the seller keeps it in the settings; always an estimate. */
export interface FeeTable {
  /** The day on which somebody last compared it with the source, `2026-02-01`. */
  readonly asOf: string;
  readonly source: string;
  /** By category, nearest to the leaf first; an empty list of categories is everything else. */
  readonly groups: readonly FeeGroup[];
  /** The fee per order, by the total of the order. */
  readonly perOrder: readonly { readonly upTo: Money | null; readonly fee: Money }[];
  /** Sales tax that buyers pay on top on average, in percent: the fee is taken from it too. 0 where prices include it. */
  readonly buyerTaxPercent: number;
}

interface FeeGroup {
  readonly name: string;
  /** Category ids; each stands for all below it. */
  readonly categories: readonly string[];
  /** Percent of each portion of the total, in order; `null` is the rest. */
  readonly portions: readonly { readonly upTo: Money | null; readonly percent: number }[];
}

export interface FeeEstimate {
  readonly total: Money;
  /** Which row of the table it was made with. */
  readonly group: string;
  readonly asOf: string;
}

/** The category a thing is in, leaf first, then its parents. */
export type CategoryPath = readonly string[];

/** What eBay would take from a sale at this price, with what the buyer pays for shipping. Pure; never eBay's own figure. */
export function estimateFees(
  table: FeeTable,
  { price, shipping, path }: { price: Money; shipping: Money; path: CategoryPath },
): FeeEstimate {
  const group = groupOf(table, path);
  const total = Math.ceil(((price.minor + shipping.minor) * (WHOLE + thousandths(table.buyerTaxPercent))) / WHOLE);
  let share = 0;
  let from = 0;
  for (const { upTo, percent } of group.portions) {
    const to = Math.min(total, upTo?.minor ?? total);
    share += Math.max(0, to - from) * thousandths(percent);
    from = Math.max(from, to);
  }
  const perOrder = table.perOrder.find(({ upTo }) => upTo === null || total <= upTo.minor)?.fee.minor ?? 0;
  return { total: { minor: Math.ceil(share / WHOLE) + perOrder, currency: price.currency }, group: group.name, asOf: table.asOf };
}

/** The row that names a category nearest to the leaf; else the row for everything else. */
function groupOf({ groups }: FeeTable, path: CategoryPath): FeeGroup {
  for (const id of path) {
    const named = groups.find(({ categories }) => categories.includes(id));
    if (named) return named;
  }
  return groups.find(({ categories }) => categories.length === 0) ?? { name: 'none', categories: [], portions: [] };
}
