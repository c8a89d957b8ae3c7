import type { Emit } from '../core/events.ts';
import type { ItemId } from '../core/item.ts';
import type { FailureStore, ItemCalls } from '../core/ports/index.ts';
import type { ServiceName } from '../core/settings.ts';

/**
 * Counts the calls of each item by service and writes them down when the item has ended. An item that is under way when the
 * program dies loses the counts of that run; nothing is decided by them.
 */
export function createCallCounter(failures: Pick<FailureStore, 'addCalls'>, emit: Emit) {
  const open = new Map<ItemId, Map<ServiceName, { calls: number; failed: number; ms: number }>>();
  const writing = new Set<Promise<void>>();

  const keep = (item: ItemId): void => {
    const counted = open.get(item);
    if (counted === undefined) return;
    open.delete(item);
    const calls: ItemCalls[] = [...counted].map(([service, sums]) => ({ service, ...sums }));
    // A store that cannot be written ends the run by itself; counts are not worth another error.
    const written = failures.addCalls(item, calls).catch(() => undefined);
    writing.add(written);
    void written.then(() => writing.delete(written));
  };

  const counting: Emit = (event) => {
    if (event.type === 'call.finished' && event.item !== undefined) {
      const ofItem = open.get(event.item) ?? new Map();
      open.set(event.item, ofItem);
      const sums = ofItem.get(event.service) ?? { calls: 0, failed: 0, ms: 0 };
      ofItem.set(event.service, {
        calls: sums.calls + 1,
        failed: sums.failed + (event.code === undefined ? 0 : 1),
        ms: sums.ms + event.ms,
      });
    }
    if (event.type === 'item.finished') keep(event.item);
    emit(event);
  };
  return {
    emit: counting,
    /** Resolves when all counts are written, also of items that did not end. */
    async close(): Promise<void> {
      for (const item of [...open.keys()]) keep(item);
      await Promise.all(writing);
    },
  };
}
