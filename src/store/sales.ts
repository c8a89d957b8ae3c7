import type { ItemId, Sku } from '../core/item.ts';
import type { Money } from '../core/money.ts';
import type { SalesStore, StoredSale, StoredTraffic } from '../core/ports/sales-store.ts';
import type { SaleState } from '../core/sale.ts';
import type { Connection } from './connection.ts';
import * as sql from './sales-sql.ts';

interface SaleRow {
  readonly lineId: string;
  readonly orderId: string;
  readonly itemId: ItemId;
  readonly sku: string | null;
  readonly listingId: string | null;
  readonly title: string;
  readonly soldAt: string;
  readonly quantity: number;
  readonly currency: string;
  readonly amount: number;
  readonly delivery: number;
  readonly fee: number | null;
  readonly refunded: number;
  readonly state: SaleState;
  readonly shipped: number;
  readonly label: number | null;
}

interface TrafficRow {
  readonly listingId: string;
  readonly itemId: ItemId;
  readonly since: string;
  readonly until: string;
  readonly impressions: number;
  readonly views: number;
  readonly sales: number;
}

const SYNCED_TO = 'sales.synced-to';

export function salesStore({ db, read, write }: Connection): SalesStore {
  const knows = db.prepare<[string], number>(sql.KNOWS_SALE).pluck();
  const recordSale = db.prepare(sql.RECORD_SALE);
  const recordLabel = db.prepare(sql.RECORD_LABEL);
  const ofItem = db.prepare<[string], SaleRow>(sql.SALES_OF_ITEM);
  const during = db.prepare<[string, string], SaleRow>(sql.SALES_DURING);
  const recordTraffic = db.prepare(sql.RECORD_TRAFFIC);
  const trafficOf = db.prepare<[string], TrafficRow>(sql.TRAFFIC_OF_ITEM);
  const mark = db.prepare<[string], string>(sql.READ_MARK).pluck();
  const setMark = db.prepare<[string, string]>(sql.SET_MARK);

  return {
    record: (sales) =>
      write(() =>
        sales.map(({ sale, itemId }) => {
          const isNew = knows.get(sale.lineId) === undefined;
          recordSale.run({
            lineId: sale.lineId,
            orderId: sale.orderId,
            itemId,
            sku: sale.sku ?? null,
            listingId: sale.listingId ?? null,
            title: sale.title,
            soldAt: sale.soldAt,
            quantity: sale.quantity,
            currency: sale.amount.currency,
            amount: sale.amount.minor,
            delivery: sale.delivery.minor,
            fee: sale.fee?.minor ?? null,
            refunded: sale.refunded.minor,
            state: sale.state,
            shipped: sale.shipped ? 1 : 0,
          });
          return isNew;
        }),
      ),
    recordLabels: (labels) =>
      write(() => {
        for (const { transactionId, orderId, cost } of labels)
          recordLabel.run({ transactionId, orderId, currency: cost.currency, cost: cost.minor });
      }),
    ofItem: (id) => read(() => ofItem.all(id).map(storedSale)),
    during: ({ from, to }) => read(() => during.all(from, to).map(storedSale)),
    recordTraffic: (traffic) =>
      write(() => {
        for (const { listingId, itemId, during: span, impressions, views, sales } of traffic)
          recordTraffic.run({ listingId, itemId, since: span.from, until: span.to, impressions, views, sales });
      }),
    trafficOf: (id) =>
      read(() => {
        const row = trafficOf.get(id);
        return row && storedTraffic(row);
      }),
    syncedTo: () => read(() => mark.get(SYNCED_TO)),
    markSynced: (to) => write(() => void setMark.run(SYNCED_TO, to)),
  };
}

function storedSale(row: SaleRow): StoredSale {
  const money = (minor: number): Money => ({ minor, currency: row.currency });
  return {
    lineId: row.lineId,
    orderId: row.orderId,
    itemId: row.itemId,
    sku: (row.sku as Sku | null) ?? undefined,
    listingId: row.listingId ?? undefined,
    title: row.title,
    soldAt: row.soldAt,
    quantity: row.quantity,
    amount: money(row.amount),
    delivery: money(row.delivery),
    fee: row.fee === null ? undefined : money(row.fee),
    refunded: money(row.refunded),
    state: row.state,
    shipped: row.shipped === 1,
    label: row.label === null ? undefined : money(row.label),
  };
}

const storedTraffic = ({ listingId, itemId, since, until, impressions, views, sales }: TrafficRow): StoredTraffic => ({
  listingId,
  itemId,
  during: { from: since, to: until },
  impressions,
  views,
  sales,
});
