import type { Emit } from '../core/events.ts';
import type { StoredItem } from '../core/ports/index.ts';
import type { PlannedItem } from '../intake/group-photos.ts';
import { registerItems } from '../intake/register-items.ts';
import type { App } from './app.ts';
import { tookNewSidecar } from './edit/new-sidecar.ts';

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
  const registered = await registerItems(planned, app.store, () => new Date(app.clock.now()).toISOString(), among);
  const found: StoredItem[] = [];
  for (const { stored, changedWhileLive, before } of registered) {
    found.push(before ? await tookNewSidecar(app, before, stored) : stored);
    if (!changedWhileLive) continue;
    emit({
      type: 'run.notice',
      message: `The photos of item ${stored.item.id} (${stored.item.source}) changed since it went live; its listing is left as it is.`,
    });
  }
  return found;
}
