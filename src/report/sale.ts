import type { ChalkInstance } from 'chalk';
import { type Money, moneyLabel } from '../core/money.ts';
import type { StoredSale, StoredTraffic } from '../core/ports/index.ts';
import type { Sale } from '../core/sale.ts';
import { moneyJson } from './json-lines.ts';
import { table } from './table.ts';
import { clean } from './text.ts';

/** `2026-11-24 09:30`, UTC. */
export const minuteText = (time: string): string => time.slice(0, 16).replace('T', ' ');

/** A line for each sale; `first` is what stands before it. */
export function salesTable<T extends Sale>(
  sales: readonly T[],
  {
    title,
    of,
    columns,
    paint,
    label,
  }: {
    readonly title: string;
    readonly of: (sale: T) => string;
    readonly columns: number;
    readonly paint?: ChalkInstance;
    /** What the shipping label cost, where that is known by now. */
    readonly label?: (sale: T) => Money | undefined;
  },
): readonly string[] {
  return table({
    columns: [
      { title },
      { title: 'SOLD' },
      { title: 'AMOUNT', align: 'right' },
      { title: 'DELIVERY', align: 'right' },
      { title: 'FEES', align: 'right' },
      { title: 'REFUNDED', align: 'right' },
      ...(label ? [{ title: 'LABEL', align: 'right' } as const] : []),
      { title: 'STATE' },
      { title: 'TITLE', shrinks: true },
    ],
    rows: sales.map((sale) => [
      of(sale),
      minuteText(sale.soldAt),
      moneyLabel(sale.amount),
      moneyLabel(sale.delivery),
      amountOr(sale.fee),
      sale.refunded.minor === 0 ? '-' : moneyLabel(sale.refunded),
      ...(label ? [amountOr(label(sale))] : []),
      sale.state,
      clean(sale.quantity > 1 ? `${sale.quantity} x ${sale.title}` : sale.title),
    ]),
    width: columns,
    paint: (cell, row) => (row < 0 && paint ? paint.dim(cell) : cell),
  });
}

const amountOr = (money: Money | undefined): string => (money ? moneyLabel(money) : '-');

export const saleJson = (sale: Sale): Record<string, unknown> => ({
  orderId: sale.orderId,
  lineId: sale.lineId,
  listingId: sale.listingId ?? null,
  sku: sale.sku ?? null,
  title: sale.title,
  soldAt: sale.soldAt,
  quantity: sale.quantity,
  amount: moneyJson(sale.amount),
  delivery: moneyJson(sale.delivery),
  fee: sale.fee ? moneyJson(sale.fee) : null,
  refunded: moneyJson(sale.refunded),
  state: sale.state,
  shipped: sale.shipped,
});

export const storedSaleJson = (sale: StoredSale): Record<string, unknown> => ({
  ...saleJson(sale),
  label: sale.label ? moneyJson(sale.label) : null,
});

export const trafficText = ({ impressions, views, sales, during }: StoredTraffic): string =>
  `${impressions} impressions, ${views} views, ${sales} sold from ${during.from.slice(0, 10)} to ${during.to.slice(0, 10)}`;

export const trafficJson = ({ impressions, views, sales, during }: StoredTraffic): Record<string, unknown> => ({
  from: during.from,
  to: during.to,
  impressions,
  views,
  sales,
});
