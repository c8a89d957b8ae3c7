import type { Market } from './market.ts';
import { readSettings } from './settings.ts';
import type { State } from './state.ts';

interface Newcomer {
  readonly madeAt: number;
  askedFor: number;
}

/**
 * eBay's machines learn of a new item or offer one after the other: what was made a moment ago may still be unknown to
 * the next call (CONTRACTS 2.8, "eventual consistency"). Off unless the settings `consistencyCalls` or
 * `consistencyMs` ask for it. Kept in memory, for after a restart they have all heard of it.
 */
const newcomersOf = new WeakMap<State, Map<string, Newcomer>>();

/** Something was made: an item by its SKU, an offer by its id. */
export function welcome(market: Market, kind: 'item' | 'offer', key: string): void {
  const { consistencyCalls, consistencyMs } = readSettings(market.state);
  if (consistencyCalls === 0 && consistencyMs === 0) return;
  const known = newcomersOf.get(market.state) ?? new Map<string, Newcomer>();
  newcomersOf.set(market.state, known.set(`${kind} ${key}`, { madeAt: market.now(), askedFor: 0 }));
}

/** Whether this call meets a machine that has not heard of it yet. Every question counts as a call. */
export function isUnheardOf(market: Market, kind: 'item' | 'offer', key: string): boolean {
  const newcomers = newcomersOf.get(market.state);
  const newcomer = newcomers?.get(`${kind} ${key}`);
  if (newcomer === undefined) return false;
  const { consistencyCalls, consistencyMs } = readSettings(market.state);
  newcomer.askedFor += 1;
  if (newcomer.askedFor <= consistencyCalls || market.now() < newcomer.madeAt + consistencyMs) return true;
  newcomers?.delete(`${kind} ${key}`);
  return false;
}
