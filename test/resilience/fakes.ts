import { EasyflipError } from '../../src/core/errors.ts';
import type { RunEvent } from '../../src/core/events.ts';
import type { Call, JournalEntry, JournalStore, LedgerStore, RateStore } from '../../src/core/ports/index.ts';
import type { ServiceName, ServiceSettings } from '../../src/core/settings.ts';
import { SERVICES } from '../../src/core/settings.ts';
import type { GuardedOutgoing, OutgoingOptions } from '../../src/resilience/guard.ts';
import { createOutgoing } from '../../src/resilience/guard.ts';
import { FakeClock } from './fake-clock.ts';

/** The store's promises, kept in memory: every operation answers a turn later, as a real one does. */
class MemoryRates implements RateStore {
  readonly taken: number[] = [];
  asked = 0;
  readonly days = new Map<string, number>();

  async take(
    _service: ServiceName,
    window: { readonly calls: number; readonly perMs: number },
    nowMs: number,
  ): Promise<{ waitMs: number }> {
    this.asked += 1;
    const recent = this.taken.filter((at) => at > nowMs - window.perMs);
    const oldest = recent[recent.length - window.calls];
    if (oldest !== undefined) return { waitMs: oldest + window.perMs - nowMs };
    this.taken.push(nowMs);
    return { waitMs: 0 };
  }

  async count(service: ServiceName, day: string, quota: number): Promise<boolean> {
    const key = `${service} ${day}`;
    const used = this.days.get(key) ?? 0;
    if (used >= quota) return false;
    this.days.set(key, used + 1);
    return true;
  }
}

class MemoryLedger implements LedgerStore {
  readonly rows: { reserved: number; settled?: number; itemId?: string | undefined; operation: string }[] = [];
  broken = false;

  get spent(): number {
    return this.rows.reduce((sum, { reserved, settled }) => sum + (settled ?? reserved), 0);
  }

  async reserve(entry: Parameters<LedgerStore['reserve']>[0]): ReturnType<LedgerStore['reserve']> {
    const limit = entry.limits.run ?? null;
    if (limit !== null && this.spent + entry.microUsd > limit) return { over: 'run' };
    this.rows.push({ reserved: entry.microUsd, itemId: entry.itemId, operation: entry.operation });
    return { reservation: this.rows.length - 1 };
  }

  async settle(reservation: number, microUsd: number): Promise<void> {
    if (this.broken) throw new EasyflipError('store.full', 'The disk is full.', { hint: 'Make room.' });
    const row = this.rows[reservation];
    if (row === undefined) throw new Error('no such reservation');
    row.settled = microUsd;
  }

  async spentByRun(): Promise<number> {
    return this.spent;
  }

  async spending(): ReturnType<LedgerStore['spending']> {
    return [];
  }

  async spentByItem(): ReturnType<LedgerStore['spentByItem']> {
    return new Map();
  }
}

export class MemoryJournal implements JournalStore {
  readonly rows = new Map<string, { entry: JournalEntry; scope: string }>();

  async read(key: string): Promise<JournalEntry | undefined> {
    return this.rows.get(key)?.entry;
  }

  async sent(key: string, scope: string): Promise<void> {
    this.rows.set(key, { scope, entry: { state: 'sent', at: '' } });
  }

  async answered(key: string, scope: string, answer: unknown): Promise<void> {
    this.rows.set(key, { scope, entry: { state: 'answered', at: '', answer: JSON.parse(JSON.stringify(answer)) } });
  }

  async ofScope(wanted: string): ReturnType<JournalStore['ofScope']> {
    return [...this.rows].flatMap(([key, { entry, scope }]) => (scope === wanted ? [{ key, ...entry }] : []));
  }

  async drop(key: string): Promise<void> {
    this.rows.delete(key);
  }

  async dropScope(scope: string): Promise<void> {
    for (const [key, row] of this.rows) if (row.scope === scope) this.rows.delete(key);
  }
}

const PLAIN: ServiceSettings = {
  concurrency: 3,
  tries: 3,
  strategy: 'exponential',
  timeoutMs: 10_000,
  failuresInARow: 5,
  firstProbeMs: 30_000,
  longestProbeMs: 30_000,
  window: null,
  dailyQuota: null,
};

export interface World {
  readonly clock: FakeClock;
  readonly rates: MemoryRates;
  readonly ledger: MemoryLedger;
  readonly events: RunEvent[];
  readonly outgoing: GuardedOutgoing;
}

/** A real Outgoing over fake time and a store in memory; `service` changes the settings of every service. */
export function makeWorld(service: Partial<ServiceSettings> = {}, options: Partial<OutgoingOptions> = {}): World {
  const clock = new FakeClock();
  const rates = new MemoryRates();
  const ledger = new MemoryLedger();
  const events: RunEvent[] = [];
  const services = Object.fromEntries(SERVICES.map((name) => [name, { ...PLAIN, ...service }])) as Record<ServiceName, ServiceSettings>;
  const outgoing = createOutgoing({
    settings: { services },
    rates,
    ledger,
    clock,
    emit: (event) => events.push(event),
    runId: 'run-1',
    spendLimits: {},
    random: () => 0.5,
    ...options,
  });
  return { clock, rates, ledger, events, outgoing };
}

export const callOf = (call: Partial<Call> = {}): Call => ({ signal: new AbortController().signal, priority: 0, ...call });

export const unavailable = (details: { retryAfterMs?: number; mayHaveHappened?: boolean } = {}): EasyflipError =>
  new EasyflipError('provider.unavailable', 'The service is down.', { hint: 'Wait.', retryable: true, ...details });

export const rateLimited = (retryAfterMs: number): EasyflipError =>
  new EasyflipError('provider.rate-limited', 'Too fast.', { hint: 'Wait.', retryable: true, retryAfterMs });

export const rejected = (): EasyflipError => new EasyflipError('listing.rejected', 'The title is too long.', { hint: 'Shorten it.' });

export const cancelled = (): EasyflipError => new EasyflipError('run.cancelled', 'Interrupted.', { hint: 'Run it again.' });

/** A promise that is settled from outside. */
export function gate<T = void>(): {
  readonly promise: Promise<T>;
  readonly open: (value: T) => void;
  readonly fail: (error: unknown) => void;
} {
  let open: (value: T) => void = () => undefined;
  let fail: (error: unknown) => void = () => undefined;
  const promise = new Promise<T>((resolve, reject) => {
    open = resolve;
    fail = reject;
  });
  return { promise, open, fail };
}

/** What became of a promise, without waiting for it. */
export function watch<T>(promise: Promise<T>): { state: 'waiting' | 'done' | 'failed'; value?: T; error?: unknown } {
  const seen: { state: 'waiting' | 'done' | 'failed'; value?: T; error?: unknown } = { state: 'waiting' };
  promise.then(
    (value) => Object.assign(seen, { state: 'done', value }),
    (error: unknown) => Object.assign(seen, { state: 'failed', error }),
  );
  return seen;
}

/** A repeatable stream of numbers from 0 to below 1 (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
