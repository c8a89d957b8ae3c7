import type { ItemId, Sku } from '../core/item.ts';
import type { Money } from '../core/money.ts';
import type { FiguresStore, ListingFigure, OperationSpend, RunUse, ServiceUse, StageFigure } from '../core/ports/figures-store.ts';
import type { ListingEnd } from '../core/sale.ts';
import type { Connection } from './connection.ts';
import * as sql from './figures-sql.ts';

interface ListingRow {
  readonly itemId: ItemId;
  readonly sku: Sku;
  readonly listedAt: string | null;
  readonly listingId: string;
  readonly price: string | null;
  readonly title: string | null;
  readonly cost: string | null;
  readonly listingEnd: string | null;
  readonly withdrawnAt: string | null;
  readonly impressions: number | null;
  readonly views: number | null;
  readonly until: string | null;
}

type StageTimes = Pick<StageFigure, 'stage' | 'medianMs' | 'p95Ms'>;

export function figuresStore({ db, read, parse }: Connection): FiguresStore {
  const listedByDay = db.prepare<[string], { readonly day: string; readonly listed: number }>(sql.LISTED_BY_DAY);
  const stageCounts = db.prepare<[string], Omit<StageFigure, 'medianMs' | 'p95Ms'>>(sql.STAGE_COUNTS);
  const stageTimes = db.prepare<[string], StageTimes>(sql.STAGE_TIMES);
  const spend = db.prepare<[string], OperationSpend>(sql.SPEND_BY_OPERATION);
  const runs = db.prepare<[string], Omit<RunUse, 'services'>>(sql.RUNS_USED);
  const services = db.prepare<[string], ServiceUse>(sql.SERVICES_USED);
  const listings = db.prepare<[], ListingRow>(sql.LISTINGS);

  return {
    listedByDay: (since) => read(() => listedByDay.all(since)),
    stages: (since) =>
      read(() => {
        const times = new Map(stageTimes.all(since).map((row) => [row.stage, row]));
        return stageCounts.all(since).map((row) => {
          const { medianMs = 0, p95Ms = 0 } = times.get(row.stage) ?? {};
          return { ...row, medianMs, p95Ms };
        });
      }),
    spendByOperation: (since) => read(() => spend.all(since)),
    runUse: (since) => read(() => ({ ...(runs.get(since) ?? { runs: 0, wallMs: 0, items: 0 }), services: services.all(since) })),
    listings: (sum) =>
      read(() => {
        function* all(): Generator<ListingFigure> {
          for (const row of listings.iterate()) yield listingFigure(row, parse);
        }
        return sum(all());
      }),
  };
}

function listingFigure(row: ListingRow, parse: Connection['parse']): ListingFigure {
  return {
    itemId: row.itemId,
    sku: row.sku,
    title: row.title ?? undefined,
    listingId: row.listingId,
    listedAt: row.listedAt ?? undefined,
    price: row.price === null ? undefined : parse<Money>(row.price),
    cost: row.cost === null ? undefined : parse<Money>(row.cost),
    end: row.listingEnd === null ? undefined : parse<ListingEnd>(row.listingEnd),
    withdrawnAt: row.withdrawnAt ?? undefined,
    traffic: row.until === null ? undefined : { impressions: row.impressions ?? 0, views: row.views ?? 0, until: row.until },
  };
}
