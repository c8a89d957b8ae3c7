import { deriveState } from '../core/item-state.ts';
import { microUsdToUsd } from '../core/money.ts';
import type { StageOutcome, StoredBatch, StoredItem } from '../core/ports/index.ts';
import type { StatusItem, StatusView } from '../report/views.ts';
import { stages } from '../stages/index.ts';
import type { Priced } from '../stages/price.ts';
import type { Specified } from '../stages/specify.ts';
import type { App } from './app.ts';
import { waitingBatches } from './batches/waiting-batches.ts';
import { waitingReason } from './batches/waiting-reason.ts';
import { eachItem } from './each-item.ts';
import { servicesView } from './services-view.ts';

export const stageNames: readonly string[] = stages.map(({ name }) => name);

/** Where every item stands, from the database alone: no photo is opened, nothing outside is asked. All items at once: memory grows with them. */
export async function statusView(app: App): Promise<StatusView> {
  const standing = await standingOf(app);
  const items: StatusItem[] = [];
  for await (const item of eachStatusItem(app)) items.push(item);
  return { ...standing, items };
}

/** All of it but the items. */
export async function standingOf(app: App): Promise<Omit<StatusView, 'items'>> {
  const [batches, services] = await Promise.all([waitingBatches(app), servicesView(app)]);
  return { environment: app.settings.environment, ...services, batches };
}

/** The items one by one, the oldest first. */
export async function* eachStatusItem(app: App): AsyncGenerator<StatusItem> {
  const [costs, waiting] = await Promise.all([app.store.ledger.spentByItem(), app.store.batches.waitingItems()]);
  for await (const { stored, outcomes } of eachItem(app)) {
    yield statusItem(stored, outcomes, costs.get(stored.item.id) ?? 0, waiting.get(stored.item.id));
  }
}

export function outcomesByItem(outcomes: readonly StageOutcome[]): ReadonlyMap<string, readonly StageOutcome[]> {
  const byItem = new Map<string, StageOutcome[]>();
  for (const outcome of outcomes) {
    const list = byItem.get(outcome.itemId);
    if (list) list.push(outcome);
    else byItem.set(outcome.itemId, [outcome]);
  }
  return byItem;
}

export function statusItem(stored: StoredItem, outcomes: readonly StageOutcome[], costMicroUsd: number, batch?: StoredBatch): StatusItem {
  const { item } = stored;
  const derived = deriveState(stored, outcomes, stageNames);
  const output = <T>(stage: string): Partial<T> | undefined => {
    const outcome = outcomes.find((one) => one.stage === stage);
    return (outcome?.kind === 'done' ? outcome.output : outcome?.partial) as Partial<T> | undefined;
  };
  return {
    id: item.id,
    sku: item.sku,
    source: item.source,
    photos: item.photos.length,
    state: derived.state,
    stage: derived.stage ?? null,
    title: output<Specified>('specify')?.title ?? item.seller.title ?? null,
    categoryId: output<Specified>('specify')?.categoryId ?? null,
    price: output<Priced>('price')?.price ?? item.seller.price ?? null,
    listingId: derived.listing?.listingId ?? null,
    listingUrl: derived.listing?.url ?? null,
    reason: derived.reason ?? (batch && derived.state === 'waiting' ? waitingReason(batch) : null),
    attempts: outcomes.reduce((sum, { attempts }) => sum + attempts, 0),
    costUsd: microUsdToUsd(costMicroUsd),
  };
}
