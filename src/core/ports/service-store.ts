import type { ServiceName } from '../settings.ts';
import type { CallAllowance } from './seller-account.ts';

/** A breaker that is open: its service is left alone. Clock times, milliseconds since 1970. */
export interface OpenBreaker {
  readonly sinceMs: number;
  /** The next call after this probes the service. */
  readonly probeAtMs: number;
}

/** What a marketplace said of the calls that are left. */
export interface KnownAllowance extends CallAllowance {
  /** ISO time. */
  readonly askedAt: string;
}

/** How services fare, between runs: a program that cron starts every minute must not learn it anew each time. */
export interface ServiceStore {
  breakers(): Promise<ReadonlyMap<ServiceName, OpenBreaker>>;
  /** Undefined: closed again. */
  keepBreaker(service: ServiceName, breaker: OpenBreaker | undefined): Promise<void>;
  /** Calls counted here on that day (`2026-03-01`, Pacific time), by service. */
  callsOf(day: string): Promise<ReadonlyMap<ServiceName, number>>;
  allowances(): Promise<readonly KnownAllowance[]>;
  /** Replaces what was known. */
  keepAllowances(allowances: readonly CallAllowance[], askedAt: string): Promise<void>;
}
