import { setImmediate as breathe } from 'node:timers/promises';
import type { StageOutcome, StoredItem } from '../core/ports/index.ts';
import type { App } from './app.ts';

export interface ItemSoFar {
  readonly stored: StoredItem;
  /** Outputs of `publish`, `specify` and `price` only. */
  readonly outcomes: readonly StageOutcome[];
}

/** All items, the oldest first, one by one: thousands of them with their photos need not be held in memory. */
export async function* eachItem({ store }: Pick<App, 'store'>): AsyncGenerator<ItemSoFar> {
  let seen = 0;
  for (const id of await store.items.ids()) {
    // The store answers at once, so that nothing else would come to its turn.
    if (seen++ % 100 === 0) await breathe();
    const stored = await store.items.get(id);
    // Gone: another process has forgotten it meanwhile.
    if (stored) yield { stored, outcomes: await store.outcomes.summaryOf(id) };
  }
}
