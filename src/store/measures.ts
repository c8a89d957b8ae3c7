import type { Clock } from '../core/clock.ts';
import type { ItemId } from '../core/item.ts';
import type { Measure } from '../core/measure.ts';
import type { StageKind } from '../core/outcome.ts';
import type { ItemsAlike, LoginSeen, MeasureStore, SoldInAll, SpentOnModel } from '../core/ports/measure-store.ts';
import type { Decision } from '../core/ports/store.ts';
import type { ListingEnd } from '../core/sale.ts';
import type { Connection } from './connection.ts';
import * as sql from './measures-sql.ts';

/** Longer than any look back; older days are one sum, so that the table stays small. */
const DAYS_KEPT = 100;
const DAY_MS = 86_400_000;

interface StandingRow {
  readonly items: number;
  readonly oldestAt: string;
  readonly decision: Decision['kind'] | null;
  readonly held: number;
  readonly adopted: number;
  readonly withdrawn: number;
  readonly listingEnd: ListingEnd['kind'] | null;
  readonly stages: string;
}

export function measureStore({ db, read, write }: Connection, clock: Clock): MeasureStore {
  const add = db.prepare<Measure>(sql.ADD_MEASURE);
  const hasOld = db.prepare<[string], number>(sql.HAS_OLD_MEASURES).pluck();
  const sumUpOld = db.prepare<[string]>(sql.SUM_UP_OLD);
  const dropOld = db.prepare<[string]>(sql.DROP_OLD_MEASURES);
  const totals = db.prepare<[], Measure>(sql.MEASURE_TOTALS);
  const since = db.prepare<[string], Measure>(sql.MEASURES_SINCE);
  const sawLogin = db.prepare<LoginSeen>(sql.SAW_LOGIN);
  const standing = db.prepare<[string], StandingRow>(sql.STANDING);
  const logins = db.prepare<[], LoginSeen>(sql.LOGINS);
  const sold = db.prepare<[], SoldInAll>(sql.SOLD_IN_ALL);
  const spentOnModels = db.prepare<[], SpentOnModel>(sql.SPENT_ON_MODELS);
  const spentByDay = db.prepare<[string], { day: string; microUsd: number }>(sql.SPENT_BY_DAYS);

  return {
    add: (measures, seen) =>
      write(() => {
        for (const measure of measures) add.run(measure);
        for (const login of seen) sawLogin.run(login);
        const oldest = new Date(clock.now() - DAYS_KEPT * DAY_MS).toISOString().slice(0, 10);
        if (hasOld.get(oldest) === undefined) return;
        sumUpOld.run(oldest);
        dropOld.run(oldest);
      }),
    standing: (firstSeen = '') => read(() => standing.all(firstSeen).map(itemsAlike)),
    totals: () => read(() => totals.all()),
    since: (day) => read(() => since.all(day)),
    logins: () => read(() => logins.all()),
    sold: () => read(() => sold.all()),
    spentOnModels: () => read(() => spentOnModels.all()),
    spentByDay: (day) => read(() => spentByDay.all(day)),
  };
}

/** What only a reader would ask (times, numbers, sentences) is left empty. */
function itemsAlike({ items, oldestAt, decision, held, adopted, withdrawn, listingEnd, stages }: StandingRow): ItemsAlike {
  return {
    items,
    oldestAt,
    like: {
      item: { id: '' as ItemId },
      ...(decision === null ? {} : { decision: { kind: decision, at: '' } }),
      ...(held ? { intakeHold: { code: 'item.on-hold', message: '', hint: '' } } : {}),
      ...(adopted ? { adopted: { listingId: '', url: '' } } : {}),
      ...(withdrawn ? { withdrawnAt: oldestAt } : {}),
      ...(listingEnd === null ? {} : { listingEnd: { kind: listingEnd, at: '' } }),
    },
    recorded: stages
      .split(' ')
      .filter(Boolean)
      .map((text) => {
        const at = text.lastIndexOf(':');
        return { stage: text.slice(0, at), kind: text.slice(at + 1) as StageKind, output: { listingId: '', url: '' } };
      }),
  };
}
