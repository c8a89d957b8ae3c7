import type { Emit, RunEvent } from '../core/events.ts';
import { deriveState, isOver } from '../core/item-state.ts';
import { type Registered, registerItems } from '../intake/register-items.ts';
import type { PlannedItem } from '../report/views.ts';
import type { App } from './app.ts';
import { planItems } from './plan.ts';
import { stageNames } from './status.ts';

/** What `list` would do with these folders. Remembers the files it has read, and nothing else. */
export async function scan(
  app: App,
  directories: readonly string[],
  { emit, signal }: { readonly emit: Emit; readonly signal: AbortSignal },
): Promise<{ readonly items: readonly PlannedItem[]; readonly finished: RunEvent }> {
  let finished: RunEvent | undefined;
  const { items } = await planItems(app, directories, {
    signal,
    // The closing line comes after the plan.
    emit: (event) => {
      if (event.type === 'scan.finished') finished = event;
      else emit(event);
    },
  });
  const looking = { outcomes: app.store.outcomes, items: { ...app.store.items, save: async () => {} } };
  const registered = await registerItems(items, looking, () => new Date(app.clock.now()).toISOString());
  return {
    items: await Promise.all(registered.map((one) => plannedItem(app, one))),
    finished: finished ?? { type: 'scan.finished', items: items.length, photos: 0, refused: 0 },
  };
}

async function plannedItem({ store }: App, { stored, isNew, changedWhileLive }: Registered): Promise<PlannedItem> {
  const { item } = stored;
  const outcomes = isNew ? [] : await store.outcomes.ofItem(item.id);
  const { state, reason } = deriveState(stored, outcomes, stageNames);
  const action =
    state === 'live' || isOver(state)
      ? changedWhileLive
        ? 'changed'
        : 'already'
      : state === 'held' || state === 'withdrawn'
        ? 'held'
        : state === 'skipped'
          ? 'skipped'
          : isNew
            ? 'new'
            : 'continue';
  return {
    item: item.id,
    sku: item.sku,
    source: item.source,
    photos: item.photos.length,
    action,
    title: item.seller.title ?? null,
    reason: reason ?? null,
  };
}
