import type { Emit, RunEvent } from '../core/events.ts';
import { deriveState, isOver, listingOf } from '../core/item-state.ts';
import type { PlannedItem as Planned } from '../intake/group-photos.ts';
import { type Registered, registerEach } from '../intake/register-items.ts';
import { sameShots } from '../intake/same-shots.ts';
import type { PlannedItem } from '../report/views.ts';
import type { App } from './app.ts';
import { type GlancedItem, type Planning, planFolders } from './planning.ts';
import { stageNames } from './status.ts';

export interface Scan {
  readonly plan: Planning;
  /** Once for each item, in order; each time from the beginning. */
  items(): AsyncGenerator<PlannedItem>;
  readonly finished: RunEvent;
}

/** What a page or a plan file is made of. */
export interface ScanResult {
  readonly items: readonly PlannedItem[];
  readonly plan: Pick<Planning, 'roots' | 'unused'>;
}

/** What `list` would do with these folders. Remembers the files it has read, and nothing else. */
export async function scan(
  app: App,
  directories: readonly string[],
  { emit, signal }: { readonly emit: Emit; readonly signal: AbortSignal },
): Promise<Scan> {
  const plan = await planFolders(app, directories, signal);
  for (const { path, reason } of plan.unused) emit({ type: 'file.refused', path, reason });
  return {
    plan,
    items: () => plannedItems(app, plan),
    // The closing line comes after the plan.
    finished: { type: 'scan.finished', items: plan.items, photos: plan.photos, refused: plan.unused.length },
  };
}

async function* plannedItems(app: App, plan: Planning): AsyncGenerator<PlannedItem> {
  const looking = { outcomes: app.store.outcomes, items: { ...app.store.items, save: async () => {}, remove: async () => {} } };
  let now: GlancedItem | undefined;
  async function* planned(): AsyncGenerator<Planned> {
    for await (now of plan.each()) yield now.item;
  }
  for await (const one of registerEach(planned(), plan.whereabouts, looking, () => new Date(app.clock.now()).toISOString())) {
    if (now) yield await plannedItem(app, one, now);
  }
}

async function plannedItem(
  { store }: App,
  { stored, isNew, changedWhileLive }: Registered,
  { item: { border, why, confidence, photos }, glances }: GlancedItem,
): Promise<PlannedItem> {
  const { item } = stored;
  const publish = isNew ? undefined : await store.outcomes.ofStage(item.id, 'publish');
  const isLive = publish && listingOf(stored, [publish]);
  const outcomes = isNew ? [] : isLive ? [publish] : await store.outcomes.ofItem(item.id);
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
