import type { Reason } from '../core/errors.ts';
import type { Failure, FailureStore, ItemCalls } from '../core/ports/failure-store.ts';
import type { Connection } from './connection.ts';
import * as sql from './service-sql.ts';

/** Enough to see a pattern; an item that fails in every run for a month must not fill the database. */
const KEPT_PER_ITEM = 20;

export function failureStore({ db, read, write, parse }: Connection): FailureStore {
  const ofItem = db.prepare<[string], Omit<Failure, 'reason'> & { readonly reason: string }>(sql.FAILURES_OF_ITEM);
  const addCalls = db.prepare(sql.ADD_ITEM_CALLS);
  const callsOf = db.prepare<[string], ItemCalls>(sql.CALLS_OF_ITEM);
  return {
    ofItem: (id) => read(() => ofItem.all(id).map((row) => ({ ...row, reason: parse<Reason>(row.reason) }))),
    addCalls: (id, calls) =>
      write(() => {
        for (const { service, calls: made, failed, ms } of calls)
          addCalls.run({ itemId: id, service, calls: made, failed, ms: Math.round(ms) });
      }),
    callsOf: (id) => read(() => callsOf.all(id)),
  };
}

/** For the transaction that records the outcome: the failure and its outcome are written together or not at all. */
export function failureWriter({ db }: Pick<Connection, 'db'>): (failure: Failure) => void {
  const add = db.prepare(sql.ADD_FAILURE);
  const dropOld = db.prepare(sql.DROP_OLD_FAILURES);
  return ({ itemId, reason, ...failure }) => {
    add.run({ itemId, ...failure, reason: JSON.stringify(reason) });
    dropOld.run({ itemId, keep: KEPT_PER_ITEM });
  };
}
