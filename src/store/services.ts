import type { KnownAllowance, OpenBreaker, ServiceStore } from '../core/ports/service-store.ts';
import type { ServiceName } from '../core/settings.ts';
import type { Connection } from './connection.ts';
import * as sql from './service-sql.ts';

export function serviceStore({ db, read, write }: Connection): ServiceStore {
  const breakers = db.prepare<[], OpenBreaker & { readonly service: ServiceName }>(sql.OPEN_BREAKERS);
  const keepBreaker = db.prepare(sql.KEEP_BREAKER);
  const closeBreaker = db.prepare<[ServiceName]>(sql.CLOSE_BREAKER);
  const callsOf = db.prepare<[string], [ServiceName, number]>(sql.CALLS_OF_DAY).raw();
  const allowances = db.prepare<[], KnownAllowance>(sql.ALLOWANCES);
  const dropAllowances = db.prepare(sql.DROP_ALLOWANCES);
  const keepAllowance = db.prepare(sql.KEEP_ALLOWANCE);
  return {
    breakers: () => read(() => new Map(breakers.all().map(({ service, ...breaker }) => [service, breaker]))),
    keepBreaker: (service, breaker) =>
      write(() => {
        if (breaker === undefined) closeBreaker.run(service);
        else keepBreaker.run({ service, sinceMs: Math.floor(breaker.sinceMs), probeAtMs: Math.floor(breaker.probeAtMs) });
      }),
    callsOf: (day) => read(() => new Map(callsOf.all(day))),
    allowances: () => read(() => allowances.all()),
    keepAllowances: (known, askedAt) =>
      write(() => {
        dropAllowances.run();
        for (const { name, limit, remaining, resetsAt } of known) keepAllowance.run({ name, limit, remaining, resetsAt, askedAt });
      }),
  };
}
