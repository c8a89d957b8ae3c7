import type { Clock } from '../core/clock.ts';
import type { ItemId } from '../core/item.ts';
import type { LedgerStore } from '../core/ports/store.ts';
import type { Connection } from './connection.ts';
import * as sql from './service-sql.ts';

/** A reservation that is never settled keeps counting at its worst case: the call may have been paid for. */
export function ledgerStore({ db, read, write }: Connection, clock: Clock): LedgerStore {
  const reserve = db.prepare(sql.RESERVE);
  const readReservation = db.prepare<[number], { runId: string; microUsd: number }>(sql.READ_RESERVATION);
  const settle = db.prepare<[number, number]>(sql.SETTLE);
  const addToRun = db.prepare<{ runId: string; microUsd: number }>(sql.ADD_TO_RUN);
  const spentByRun = db.prepare<[string], number>(sql.SPENT_BY_RUN).pluck();
  const spentByItem = db.prepare<[], [ItemId, number]>(sql.SPENT_BY_ITEM).raw();

  return {
    reserve: ({ runId, itemId, service, operation, microUsd: asked, limitMicroUsd }) =>
      write(() => {
        const microUsd = whole(asked);
        if (limitMicroUsd !== null && (spentByRun.get(runId) ?? 0) + microUsd > limitMicroUsd) return undefined;
        const now = new Date(clock.now()).toISOString();
        const { lastInsertRowid } = reserve.run({ runId, itemId: itemId ?? null, service, operation, now, microUsd });
        addToRun.run({ runId, microUsd });
        return Number(lastInsertRowid);
      }),

    settle: (reservation, cost) =>
      write(() => {
        const before = readReservation.get(reservation);
        if (before === undefined) throw new Error(`the ledger has no reservation ${reservation}`);
        const microUsd = whole(cost);
        settle.run(microUsd, reservation);
        addToRun.run({ runId: before.runId, microUsd: microUsd - before.microUsd });
      }),

    spentByRun: (runId) => read(() => spentByRun.get(runId) ?? 0),
    spentByItem: () => read(() => new Map(spentByItem.all())),
  };
}

/** Part of a millionth counts whole, so that a budget is never passed by rounding. */
function whole(microUsd: number): number {
  const rounded = Math.ceil(microUsd);
  if (!Number.isSafeInteger(rounded) || rounded < 0) throw new RangeError(`not an amount of money: ${microUsd}`);
  return rounded;
}
