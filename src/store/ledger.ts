import type { Clock } from '../core/clock.ts';
import type { ItemId } from '../core/item.ts';
import type { LedgerStore, Spending, SpendLimits, SpendScope } from '../core/ports/ledger.ts';
import type { TokenUsage } from '../core/ports/outgoing.ts';
import type { Connection } from './connection.ts';
import * as sql from './service-sql.ts';

type Reserve = (entry: Parameters<LedgerStore['reserve']>[0]) => Awaited<ReturnType<LedgerStore['reserve']>>;

/** Reserving and settling, to be called inside a transaction: also of those who write down more with it. */
export function ledgerWrites(
  { db }: Pick<Connection, 'db'>,
  clock: Clock,
): { readonly reserve: Reserve; readonly settle: (reservation: number, microUsd: number, usage?: TokenUsage) => void } {
  const reserve = db.prepare(sql.RESERVE);
  const readReservation = db.prepare<[number], { runId: string; day: string; microUsd: number }>(sql.READ_RESERVATION);
  const settle = db.prepare(sql.SETTLE);
  const addToRun = db.prepare<{ runId: string; microUsd: number }>(sql.ADD_TO_RUN);
  const addToDay = db.prepare<{ day: string; microUsd: number }>(sql.ADD_TO_DAY);
  const spentByRun = db.prepare<[string], number>(sql.SPENT_BY_RUN).pluck();
  const spentByDay = db.prepare<[string], number>(sql.SPENT_BY_DAY).pluck();
  const spentByOneItem = db.prepare<[ItemId], number | null>(sql.SPENT_BY_ONE_ITEM).pluck();
  const now = (): string => new Date(clock.now()).toISOString();

  return {
    reserve: ({ runId, itemId, service, operation, microUsd: asked, limits, paid }) => {
      const microUsd = whole(asked);
      const at = now();
      const day = at.slice(0, 10);
      const over = passed(limits, microUsd, {
        run: () => spentByRun.get(runId) ?? 0,
        // A call for no item in particular is bound by the other two.
        item: () => (itemId === undefined ? Number.NEGATIVE_INFINITY : (spentByOneItem.get(itemId) ?? 0)),
        day: () => spentByDay.get(day) ?? 0,
      });
      if (over !== undefined) return { over };
      const { provider = null, model = null, pictures = null } = paid ?? {};
      const row = { runId, itemId: itemId ?? null, service, operation, now: at, microUsd, provider, model, pictures };
      const { lastInsertRowid } = reserve.run(row);
      addToRun.run({ runId, microUsd });
      addToDay.run({ day, microUsd });
      return { reservation: Number(lastInsertRowid) };
    },

    settle: (reservation, cost, usage) => {
      const before = readReservation.get(reservation);
      if (before === undefined) throw new Error(`the ledger has no reservation ${reservation}`);
      const microUsd = whole(cost);
      const { input = null, cached = null, output = null } = usage ?? {};
      settle.run({ reservation, microUsd, now: now(), input, cached, output });
      addToRun.run({ runId: before.runId, microUsd: microUsd - before.microUsd });
      addToDay.run({ day: before.day, microUsd: microUsd - before.microUsd });
    },
  };
}

/** A reservation that is never settled keeps counting at its worst case: the call may have been paid for. */
export function ledgerStore(connection: Connection, clock: Clock): LedgerStore {
  const { db, read, write } = connection;
  const writes = ledgerWrites(connection, clock);
  const spentByRun = db.prepare<[string], number>(sql.SPENT_BY_RUN).pluck();
  const spentByItem = db.prepare<[], [ItemId, number]>(sql.SPENT_BY_ITEM).raw();
  const spending = db.prepare<{ since: string }, Spending>(sql.SPENDING);

  return {
    reserve: (entry) => write(() => writes.reserve(entry)),
    settle: (reservation, cost, usage) => write(() => writes.settle(reservation, cost, usage)),
    spending: (sinceDay = '') => read(() => spending.all({ since: sinceDay })),
    spentByRun: (runId) => read(() => spentByRun.get(runId) ?? 0),
    spentByItem: () => read(() => new Map(spentByItem.all())),
  };
}

/** The first limit that this amount would pass; the widest first, since it concerns the most. */
function passed(limits: SpendLimits, microUsd: number, spent: Readonly<Record<SpendScope, () => number>>): SpendScope | undefined {
  return (['day', 'run', 'item'] as const).find((scope) => {
    const limit = limits[scope] ?? null;
    return limit !== null && spent[scope]() + microUsd > limit;
  });
}

/** Part of a millionth counts whole, so that a budget is never passed by rounding. */
function whole(microUsd: number): number {
  const rounded = Math.ceil(microUsd);
  if (!Number.isSafeInteger(rounded) || rounded < 0) throw new RangeError(`not an amount of money: ${microUsd}`);
  return rounded;
}
