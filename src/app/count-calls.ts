import type { CallFinished, Emit } from '../core/events.ts';
import type { ItemId } from '../core/item.ts';
import type { FailureStore, ItemCalls, RunStore } from '../core/ports/index.ts';
import type { ServiceName, Settings } from '../core/settings.ts';

interface CallCounterRequest {
  readonly failures: Pick<FailureStore, 'addCalls'>;
  readonly runs: Pick<RunStore, 'keepUsage'>;
  readonly services: Settings['services'];
  readonly emit: Emit;
}

interface Sums {
  calls: number;
  failed: number;
  ms: number;
}

/**
 * Counts the calls of each item by service and writes them down when the item has ended, and those of the run at its end. What
 * is under way when the program dies loses the counts of that run; nothing is decided by them.
 */
export function createCallCounter({ failures, runs, services, emit }: CallCounterRequest) {
  let run: string | undefined;
  const ofRun = new Map<ServiceName, Sums>();
  const open = new Map<ItemId, Map<ServiceName, Sums>>();
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
    if (event.type === 'run.started') run = event.run;
    if (event.type === 'call.finished') {
      count(ofRun, event);
      if (event.item !== undefined) {
        const ofItem = open.get(event.item) ?? new Map<ServiceName, Sums>();
        open.set(event.item, ofItem);
        count(ofItem, event);
      }
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
      if (run === undefined || ofRun.size === 0) return;
      const used = [...ofRun].map(([service, { calls, failed, ms }]) => ({
        service,
        atOnce: services[service].concurrency,
        calls,
        failed,
        busyMs: Math.round(ms),
      }));
      await runs.keepUsage(run, used).catch(() => undefined);
    },
  };
}

function count(sums: Map<ServiceName, Sums>, { service, code, ms }: CallFinished): void {
  const so = sums.get(service) ?? { calls: 0, failed: 0, ms: 0 };
  sums.set(service, { calls: so.calls + 1, failed: so.failed + (code === undefined ? 0 : 1), ms: so.ms + ms });
}
