import type { Emit, RunEvent } from '../core/events.ts';
import { deriveState, isOver } from '../core/item-state.ts';
import type { PlannedItem as Planned } from '../intake/group-photos.ts';
import { type Registered, registerItems } from '../intake/register-items.ts';
import { sameShots } from '../intake/same-shots.ts';
import type { PlannedItem } from '../report/views.ts';
import type { App } from './app.ts';
import { type Plan, planItems } from './plan.ts';
import { stageNames } from './status.ts';

export interface ScanResult {
  readonly items: readonly PlannedItem[];
  readonly plan: Plan;
  readonly finished: RunEvent;
}

/** What `list` would do with these folders. Remembers the files it has read, and nothing else. */
export async function scan(
  app: App,
  directories: readonly string[],
  { emit, signal }: { readonly emit: Emit; readonly signal: AbortSignal },
): Promise<ScanResult> {
  let finished: RunEvent | undefined;
  const plan = await planItems(app, directories, {
    signal,
    // The closing line comes after the plan.
    emit: (event) => {
      if (event.type === 'scan.finished') finished = event;
      else emit(event);
    },
  });
  const looking = { outcomes: app.store.outcomes, items: { ...app.store.items, save: async () => {}, remove: async () => {} } };
  const registered = await registerItems(plan.items, looking, () => new Date(app.clock.now()).toISOString());
  return {
    items: await Promise.all(registered.map((one, at) => plannedItem(app, one, plan.items[at] as Planned, plan))),
    plan,
    finished: finished ?? { type: 'scan.finished', items: plan.items.length, photos: 0, refused: 0 },
  };
}

async function plannedItem(
  { store }: App,
  { stored, isNew, changedWhileLive }: Registered,
  { border, why, confidence, photos }: Planned,
  { glances }: Plan,
): Promise<PlannedItem> {
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
    border,
    why,
    confidence,
    files: sameShots(photos, glances).map((sameShotAs, at) => ({ path: photos[at]?.path ?? '', sameShotAs })),
  };
}
