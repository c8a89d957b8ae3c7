import type { Clock } from '../../core/clock.ts';
import type { ErrorCode } from '../../core/errors.ts';
import { isEasyflipError } from '../../core/errors.ts';
import type { Call } from '../../core/ports/outgoing.ts';
import type { ReferenceStore } from '../../core/ports/store.ts';
import { createMemory } from './flight.ts';

const DAY_MS = 86_400_000;
/** After this an answer is asked for anew: eBay changes categories a few times a year, and announces it. */
const FRESH_MS = 7 * DAY_MS;
/** What could not be asked anew serves this long: an old list of specifics is better than a day without listing. */
const KEPT_MS = 90 * DAY_MS;
/** Raise it when the form of what is kept changes: older entries are then passed over. */
const FORM = 1;

export interface ReferenceParts {
  readonly clock: Clock;
  /** Absent: answers last as long as the object. */
  readonly store?: ReferenceStore | undefined;
}

interface Asked {
  /** Changes with eBay's data (the version of the category tree): an answer of another version is asked for anew. */
  readonly version?: string;
  readonly freshMs?: number;
}

/** Looks the answer up, or asks with `work`. */
export type Reference<T> = (key: string, call: Call, work: (call: Call) => Promise<T>, asked?: Asked) => Promise<T>;

interface Entry {
  readonly form: number;
  readonly version?: string;
  readonly value: unknown;
}

/**
 * Answers that rarely change: asked once, also when many ask at the same time, and kept across runs. An answer past its
 * time is asked for anew; where eBay cannot be reached the old one goes on serving, for up to 90 days. `name` keeps the
 * kinds of answers apart; the site is part of it.
 */
export function createReference<T>({ clock, store }: ReferenceParts, name: string, inMemory: number): Reference<T> {
  const memory = createMemory<T>(inMemory);
  return (key, call, work, { version, freshMs = FRESH_MS } = {}) =>
    memory(`${version ?? ''} ${key}`, call, async (shared) => {
      if (store === undefined) return await work(shared);
      const row = `${name}:${key}`;
      const kept = await store.read(row);
      const entry = kept && isEntry(kept.answer) ? kept.answer : undefined;
      const ageMs = kept === undefined ? Number.POSITIVE_INFINITY : clock.now() - Date.parse(kept.askedAt);
      // An answer from the future was written by a clock that was wrong.
      const isFresh = ageMs >= 0 && ageMs < freshMs && entry?.version === version;
      if (entry !== undefined && isFresh) return entry.value as T;
      try {
        const value = await work(shared);
        // JSON has no undefined: "there is no such thing" is not kept, it may come to be.
        if (value !== undefined) await store.keep(row, { form: FORM, version, value }, new Date(clock.now() - KEPT_MS).toISOString());
        return value;
      } catch (error) {
        if (entry === undefined || ageMs >= KEPT_MS || shared.signal.aborted || !isOutage(error)) throw error;
        return entry.value as T;
      }
    });
}

const isEntry = (answer: unknown): answer is Entry =>
  typeof answer === 'object' && answer !== null && 'value' in answer && (answer as Entry).form === FORM;

const OUTAGES: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'provider.unavailable',
  'provider.timeout',
  'provider.rate-limited',
  'provider.quota-exhausted',
  'provider.bad-reply',
  'breaker.open',
]);

/** eBay did not say no; it said nothing, or nothing that could be understood. */
const isOutage = (error: unknown): boolean => isEasyflipError(error) && OUTAGES.has(error.code);
