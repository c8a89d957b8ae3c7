import { EasyflipError } from '../core/errors.ts';
import type { Emit } from '../core/events.ts';
import { deriveState, isOver } from '../core/item-state.ts';
import type { StoredItem } from '../core/ports/index.ts';
import type { App } from './app.ts';
import { findItem } from './find-item.ts';
import { stageNames } from './status.ts';
import { wireMarketplace } from './wire-run.ts';
import { withClaim } from './with-claim.ts';

/** Ends an item's listing. Repeatable: a crash in between is mended by saying it again. Errors: `usage.wrong-state`, the marketplace's. */
export async function withdraw(
  app: App,
  name: string,
  { emit, signal }: { readonly emit: Emit; readonly signal: AbortSignal },
): Promise<StoredItem> {
  const { store, clock } = app;
  const stored = await findItem(store, name);
  const { item } = stored;
  const { state } = deriveState(stored, await store.outcomes.ofItem(item.id), stageNames);
  if (state !== 'live' && !isOver(state) && state !== 'withdrawn') {
    throw new EasyflipError('usage.wrong-state', `Item ${item.id} is not live, so there is nothing to withdraw.`, {
      hint: `See \`easyflip show ${item.id}\`.`,
    });
  }
  await withClaim(app, stored, async () => {
    const { marketplace, close } = await wireMarketplace(app, emit);
    try {
      await marketplace.withdraw(item.sku, { signal, priority: 0, itemId: item.id });
      await store.items.markWithdrawn(item.id, new Date(clock.now()).toISOString());
      // An approval was for that listing; listing again wants a new one.
      await store.items.decide(item.id, undefined);
    } finally {
      await close();
    }
  });
  return (await store.items.get(item.id)) ?? stored;
}
