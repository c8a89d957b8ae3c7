import type { Emit } from '../core/events.ts';
import type { StoredItem } from '../core/ports/index.ts';
import type { PlannedItem } from '../intake/group-photos.ts';
import { type Registered, registerEach, registerItems } from '../intake/register-items.ts';
import type { App } from './app.ts';
import { tookNewSidecar } from './edit/new-sidecar.ts';
import type { Planning } from './planning.ts';

/**
 * Makes items of what grouping found; tells of those that changed since they went live, which are left as they are.
 * `among`: all that lies there, where only some of it is taken. Repeatable.
 */
export async function register(
  app: App,
  planned: readonly PlannedItem[],
  emit: Emit,
  among: readonly PlannedItem[] = planned,
): Promise<readonly StoredItem[]> {
  const found: StoredItem[] = [];
  for (const one of await registerItems(planned, app.store, nowOf(app), among)) found.push(await taken(app, one, emit));
  return found;
}

/** The same for a plan of many thousand items, one by one. */
export async function* registerPlan(app: App, plan: Planning, emit: Emit): AsyncGenerator<StoredItem> {
  for await (const one of registerEach(itemsOf(plan), plan.whereabouts, app.store, nowOf(app))) yield await taken(app, one, emit);
}

async function* itemsOf(plan: Planning): AsyncGenerator<PlannedItem> {
  for await (const { item } of plan.each()) yield item;
}

const nowOf =
  ({ clock }: App) =>
  (): string =>
    new Date(clock.now()).toISOString();

async function taken(app: App, { stored, changedWhileLive, before }: Registered, emit: Emit): Promise<StoredItem> {
  const item = before ? await tookNewSidecar(app, before, stored) : stored;
  if (changedWhileLive)
    emit({
      type: 'run.notice',
      message: `The photos of item ${stored.item.id} (${stored.item.source}) changed since it went live; its listing is left as it is.`,
    });
  return item;
}
