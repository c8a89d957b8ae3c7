import { Chalk } from 'chalk';
import type { Reason } from '../core/errors.ts';
import type { ItemId } from '../core/item.ts';
import { type Money, moneyLabel } from '../core/money.ts';
import type { Span } from '../core/ports/index.ts';
import type { ListingEnd, Sale } from '../core/sale.ts';
import { counted } from './amounts.ts';
import { reasonText } from './item-lines.ts';
import { reasonJson } from './json-lines.ts';
import { minuteText, saleJson, salesTable } from './sale.ts';
import type { TextStyle } from './text-style.ts';

/** What one sync learned. */
export interface SyncView {
  readonly span: Span;
  /** Sales that were not known before. */
  readonly sold: readonly (Sale & { readonly itemId: ItemId })[];
  /** Known sales that were read again, because something about them changed or the spans overlap. */
  readonly changed: number;
  /** Order lines of things that easyflip did not list. */
  readonly foreign: number;
  readonly ended: readonly { readonly itemId: ItemId; readonly listingId: string; readonly kind: ListingEnd['kind'] }[];
  readonly stillLive: number;
  /** Of the last 30 days; null when nothing is live or the marketplace gave none. */
  readonly traffic: { readonly listings: number; readonly impressions: number; readonly views: number } | null;
  /** Extras that could not be read. */
  readonly notices: readonly Reason[];
}

/** `easyflip sync`: what sold since the last time, what ended, how it is seen. Ends with a line break. */
export function renderSync(view: SyncView, { color, columns, commandSuffix = '' }: TextStyle): string {
  const paint = new Chalk({ level: color ? 1 : 0 });
  const { span, sold, changed, foreign, ended, stillLive, traffic, notices } = view;
  const lines: string[] = [paint.bold(`Changes from ${minuteText(span.from)} to ${minuteText(span.to)}`)];
  if (sold.length > 0) {
    lines.push('', ...salesTable(sold, { title: 'ITEM', of: ({ itemId }) => itemId, columns, paint }), '');
  }
  lines.push(soldLine(sold));
  if (changed > 0) lines.push(`${counted(changed, 'known sale')} read again`);
  if (foreign > 0) lines.push(`${counted(foreign, 'order line')} of things easyflip did not list, left alone`);
  const over = ended.filter(({ kind }) => kind === 'ended');
  for (const { itemId, listingId } of over) {
    lines.push(paint.yellow(`Listing ${listingId} of ${itemId} ended without selling out`));
    lines.push(`    ${paint.cyan(`easyflip withdraw ${itemId}${commandSuffix}`)} makes it free to be listed again`);
  }
  lines.push(`${counted(stillLive, 'listing')} live`);
  if (traffic)
    lines.push(
      `Last 30 days: ${traffic.impressions} impressions and ${traffic.views} views of ${counted(traffic.listings, 'listing')} that were live`,
    );
  for (const notice of notices) lines.push(paint.yellow(`Not read: ${reasonText(notice)} ${notice.hint}`));
  return `${lines.join('\n')}\n`;
}

function soldLine(sold: SyncView['sold']): string {
  if (sold.length === 0) return 'Nothing sold since the last sync';
  const counting = sold.filter(({ state }) => state !== 'cancelled');
  const sum = (of: (sale: Sale) => Money | undefined): string => {
    const totals = new Map<string, number>();
    for (const sale of counting) {
      const money = of(sale);
      if (money) totals.set(money.currency, (totals.get(money.currency) ?? 0) + money.minor);
    }
    return [...totals].map(([currency, minor]) => moneyLabel({ minor, currency })).join(' + ') || '-';
  };
  return `${counted(sold.length, 'sale')}: ${sum(({ amount }) => amount)}, delivery ${sum(({ delivery }) => delivery)}, fees ${sum(({ fee }) => fee)}`;
}

/** Nothing that a person must know: nothing sold or ended, nothing went unread. */
export const isQuietSync = ({ sold, ended, notices }: SyncView): boolean => sold.length + ended.length + notices.length === 0;

/** `easyflip sync --json`: one object. */
export function syncJson({ span, sold, changed, foreign, ended, stillLive, traffic, notices }: SyncView): Record<string, unknown> {
  return {
    type: 'sync.finished',
    from: span.from,
    to: span.to,
    sold: sold.map((sale) => ({ item: sale.itemId, ...saleJson(sale) })),
    changed,
    foreign,
    ended: ended.map(({ itemId, listingId, kind }) => ({ item: itemId, listingId, kind })),
    live: stillLive,
    traffic,
    notices: notices.map(reasonJson),
  };
}
