import { EasyflipError } from '../core/errors.ts';
import { listingOf } from '../core/item-state.ts';
import type { ItemState } from '../core/outcome.ts';
import type { StoredItem } from '../core/ports/index.ts';
import type { App } from './app.ts';
import { findItem } from './find-item.ts';
import { inState } from './resume.ts';
import { withClaim } from './with-claim.ts';

export interface ForgetRequest {
  /** Ids, SKUs or names of items. */
  readonly named: readonly string[];
  /** And all in these states. */
  readonly states: readonly ItemState[];
  /** Only say which. */
  readonly dryRun: boolean;
}

/** What may be forgotten in a heap. */
export const FORGETTABLE = ['waiting', 'held', 'failed'] as const satisfies readonly ItemState[];

/**
 * Takes items out of the database, as if they had never been seen; photos stay where they are, and a later `list` of their folder
 * finds them as new. What is live, or was ended by command, stays: forgetting it could list it twice. Answers what went.
 * Errors: `usage.unknown-item`, `usage.wrong-state`, before anything is forgotten.
 */
export async function forget(app: App, { named, states, dryRun }: ForgetRequest): Promise<readonly StoredItem[]> {
  const items = new Map<string, StoredItem>();
  for (const name of named) {
    const stored = await findItem(app.store, name);
    if (listingOf(stored, await app.store.outcomes.ofItem(stored.item.id)) || stored.adopted || stored.withdrawnAt) {
      throw new EasyflipError('usage.wrong-state', `Item ${stored.item.id} is or was on the marketplace; it is not forgotten.`, {
        hint: 'Run `easyflip withdraw` to end its listing; its record is kept so that nothing is listed twice.',
      });
    }
    items.set(stored.item.id, stored);
  }
  for (const { stored } of states.length > 0 ? await inState(app, states) : [])
    if (!stored.withdrawnAt && !stored.adopted) items.set(stored.item.id, stored);
  if (!dryRun) for (const stored of items.values()) await withClaim(app, stored, () => app.store.items.remove(stored.item.id));
  return [...items.values()];
}
