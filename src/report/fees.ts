import { Chalk } from 'chalk';
import type { Reason } from '../core/errors.ts';
import type { FeeEstimate } from '../core/fees.ts';
import { moneyLabel } from '../core/money.ts';
import type { ListingFees } from '../core/ports/index.ts';
import { reasonText } from './item-lines.ts';
import { moneyJson, reasonJson } from './json-lines.ts';
import { clean } from './text.ts';
import type { TextStyle } from './text-style.ts';
import type { StatusItem } from './views.ts';

/** What some items cost at eBay; the two kinds of figure are never mixed. */
export interface FeesView {
  readonly items: readonly {
    readonly item: StatusItem;
    /** eBay's own figure for putting it live; null where eBay has no offer that is not live. */
    readonly listing: ListingFees | null;
    /** The fee table's estimate of eBay's share of the sale; null while price or category is not known. */
    readonly sale: FeeEstimate | null;
  }[];
  /** Where the fee table is from. */
  readonly source: string;
  /** Why eBay could not be asked. */
  readonly notice: Reason | null;
}

/** `easyflip fees ITEM…`. Ends with a line break. */
export function renderFees({ items, source, notice }: FeesView, { color }: TextStyle): string {
  const paint = new Chalk({ level: color ? 1 : 0 });
  const lines = items.flatMap(({ item, listing, sale }) => [
    paint.bold(`${item.id}  ${clean(item.title ?? item.source)}${item.price ? `, ${moneyLabel(item.price)}` : ''}`),
    `  listing, eBay's own figure: ${listing ? listingText(listing) : 'none: eBay holds no offer of it that is not live'}`,
    `  sale, estimate: ${sale ? `${moneyLabel(sale.total)} (${clean(sale.group)}, your fee table of ${sale.asOf})` : 'none: its price or category is not known yet'}`,
  ]);
  if (notice) lines.push(paint.yellow(`eBay was not asked: ${reasonText(notice)} ${clean(notice.hint)}`));
  lines.push(paint.dim(`The estimate is as good as the table in your settings (fees); compare it with ${clean(source)}`));
  return `${lines.join('\n')}\n`;
}

function listingText({ fees, total }: ListingFees): string {
  if (fees.length === 0) return `${moneyLabel(total)}, no fee for listing it`;
  const each = fees.map(
    ({ type, amount, discount }) => `${clean(type)} ${moneyLabel(amount)}${discount.minor > 0 ? `, discount ${moneyLabel(discount)}` : ''}`,
  );
  return `${moneyLabel(total)} (${each.join('; ')})`;
}

/** `easyflip fees ITEM… --json`: one object. */
export function feesJson({ items, source, notice }: FeesView): Record<string, unknown> {
  return {
    type: 'fees',
    items: items.map(({ item, listing, sale }) => ({
      item: item.id,
      sku: item.sku,
      title: item.title,
      price: item.price && moneyJson(item.price),
      listing: listing && {
        from: 'ebay',
        total: moneyJson(listing.total),
        fees: listing.fees.map(({ type, amount, discount }) => ({ type, amount: moneyJson(amount), discount: moneyJson(discount) })),
      },
      sale: sale && { from: 'estimate', total: moneyJson(sale.total), group: sale.group, asOf: sale.asOf, source },
    })),
    notice: notice && reasonJson(notice),
  };
}
