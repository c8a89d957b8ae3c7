import type { Pause } from '../core/ports/index.ts';
import type { ServiceName } from '../core/settings.ts';
import { pauseLines } from './pauses.ts';

/** A service of which there is something to tell: it is left alone, or calls were made today. */
interface ServiceHealth {
  readonly service: ServiceName;
  /** ISO times; null: it answers, as far as is known. */
  readonly breaker: { readonly since: string; readonly probeAt: string } | null;
  /** Counted here, by all processes on this database, since midnight Pacific time. */
  readonly callsToday: number;
  readonly dailyQuota: number | null;
}

/** What the marketplace said when it was last asked. */
interface AllowanceView {
  readonly name: string;
  readonly limit: number;
  readonly remaining: number;
  readonly resetsAt: string;
  readonly askedAt: string;
}

export interface ServicesView {
  readonly services: readonly ServiceHealth[];
  readonly allowances: readonly AllowanceView[];
  /** What the seller stopped by command. */
  readonly paused: readonly Pause[];
}

/** Lines for people: who does not answer, and whose calls run out. What is well is not worth a line. */
export function serviceLines({ services, allowances, paused }: ServicesView, nowMs: number): string[] {
  const down = services.flatMap(({ service, breaker }) => {
    if (!breaker) return [];
    const isDue = Date.parse(breaker.probeAt) <= nowMs;
    return [
      `${service} has not answered since ${minute(breaker.since)}; ${isDue ? 'the next call tries it' : `it is tried again at ${minute(breaker.probeAt)}`}`,
    ];
  });
  const low = services.flatMap(({ service, callsToday, dailyQuota }) =>
    dailyQuota !== null && callsToday >= dailyQuota / 2 ? [`${service}: ${callsToday} of today's ${dailyQuota} calls are used`] : [],
  );
  const told = allowances
    .filter(({ limit, remaining, resetsAt }) => remaining < limit / 10 && Date.parse(resetsAt) > nowMs)
    .map(
      ({ name, limit, remaining, resetsAt, askedAt }) =>
        `eBay said at ${minute(askedAt)}: ${name} has ${remaining} of ${limit} calls left until ${minute(resetsAt)}`,
    );
  return [...pauseLines(paused), ...down, ...low, ...told];
}

const minute = (iso: string): string => `${iso.slice(0, 16).replace('T', ' ')} UTC`;

export const servicesJson = ({ services, allowances, paused }: ServicesView): Record<string, unknown> => ({
  services: services.map(({ service, breaker, callsToday, dailyQuota }) => ({
    service,
    breaker: breaker && { since: breaker.since, probeAt: breaker.probeAt },
    callsToday,
    dailyQuota,
  })),
  paused: paused.map(({ what, since }) => ({ what, since })),
  allowances: allowances.map(({ name, limit, remaining, resetsAt, askedAt }) => ({ name, limit, remaining, resetsAt, askedAt })),
});
