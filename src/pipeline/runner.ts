import PQueue from 'p-queue';
import type { Clock } from '../core/clock.ts';
import { isEasyflipError, type Reason, reasonOf } from '../core/errors.ts';
import type { Emit, ItemFinished } from '../core/events.ts';
import type { ItemId } from '../core/item.ts';
import type { ItemEnd } from '../core/outcome.ts';
import type { Claim, Store, StoredItem } from '../core/ports/index.ts';
import type { Settings } from '../core/settings.ts';
import type { RunControl } from './run-control.ts';
import type { AnyStage, StageContext } from './stage.ts';
import { stopped, type Walk, walkItem } from './walk-item.ts';

/** What is known of an item before any stage runs. */
export type Admission = { readonly end: ItemEnd } | { readonly item: StoredItem };

/** Items that wait for answers which come hours later: they are walked again when these are there. */
export interface LateAnswers {
  /** The error with which such an item stops. */
  readonly parks: (error: unknown) => boolean;
  /** Ends when the answers are there, or with `control.soft`. Tells why an item still waits; undefined: it goes on. */
  readonly wait: () => Promise<(item: ItemId) => Reason | undefined>;
}

export interface RunnerDependencies {
  readonly stages: readonly AnyStage[];
  readonly store: Store;
  readonly settings: Settings['pipeline'];
  readonly clock: Clock;
  readonly emit: Emit;
  readonly control: RunControl;
  readonly dryRun: boolean;
  /** Live already, on hold, skipped, found on the marketplace: what ends an item without a stage. */
  readonly admit: (stored: StoredItem, claim: Claim, signal: AbortSignal) => Promise<Admission>;
  readonly contextOf: (stored: StoredItem, call: StageContext['call']) => StageContext;
  /** Errors that put an item off instead of failing it. */
  readonly defers: (error: unknown) => boolean;
  /** Errors after which going on makes no sense for any item. */
  readonly endsRun: (error: unknown) => boolean;
  /** Of those: errors after which the items under way still go on. */
  readonly closesIntake: (error: unknown) => boolean;
  /** Absent: nothing is waited for. */
  readonly lateAnswers?: LateAnswers | undefined;
  /** Is handed the way to add items while the run is under way; false: it came too late for this run. */
  readonly arrivals?: ((add: (items: readonly StoredItem[]) => boolean) => void) | undefined;
  /** Title, price and listing of an item, for the line that tells how it ended; without the item where nothing was done for it. */
  readonly tell: (
    stored: StoredItem | undefined,
    walk: Pick<Walk, 'end' | 'outputs'>,
  ) => ItemEnd & Pick<ItemFinished, 'title' | 'price' | 'estimate'>;
}

/** How long to wait before asking again for an item that another process works on. */
const ELSEWHERE_POLL_MS = 250;

/** What is kept of an item until it is begun. */
export interface Waiting {
  readonly item: Pick<StoredItem['item'], 'id' | 'sku' | 'source'>;
}

export interface RunResult {
  /** What went wrong with the store; the run was stopped for it, after all work had come to rest. */
  readonly trouble?: unknown;
}

/**
 * Takes many items through the pipeline, a bounded number at once, each claimed so that processes on one
 * database share the work. Every item ends in exactly one outcome, also those that another process has
 * in hand: the run waits for them. Never rejects.
 */
export async function runItems(items: readonly Waiting[], deps: RunnerDependencies): Promise<RunResult> {
  const { itemsInFlight } = deps.settings;
  const queue = new PQueue({ concurrency: itemsInFlight });
  let waiting: readonly Waiting[] = [];
  let next = 0;
  const held = new Map<string, Claim>();
  const elsewhere: Waiting[] = [];
  const parked: Waiting[] = [];
  /** What was begun goes on, also when nothing new is begun any more. */
  const begun = new Set<Waiting>();
  let trouble: unknown;
  let closed: Reason | undefined;
  let over = false;

  const finish = ({ item }: Waiting, walk: Pick<Walk, 'end' | 'outputs'>, stored?: StoredItem): void => {
    const { title, price, estimate, ...end } = deps.tell(stored, walk);
    const { id, sku, source } = item;
    deps.emit({
      type: 'item.finished',
      item: id,
      sku,
      source,
      ...(title === undefined ? {} : { title }),
      ...(price ? { price } : {}),
      ...(estimate ? { estimate } : {}),
      ...end,
    });
  };

  const one = async (stored: Waiting): Promise<void> => {
    if (deps.control.soft.aborted) return finish(stored, { end: stopped(deps.control), outputs: {} });
    if (closed && !begun.has(stored)) return finish(stored, { end: { outcome: 'deferred', reason: closed }, outputs: {} });
    try {
      const claim = await deps.store.claims.take(stored.item.id, deps.settings.leaseMs);
      if (!claim) {
        elsewhere.push(stored);
        return;
      }
      held.set(stored.item.id, claim);
      try {
        // Read again under the claim: another process or command may have changed it meanwhile.
        const current = await deps.store.items.get(stored.item.id);
        // Its photos went to another item meanwhile: it is none of this run any more.
        if (!current) return;
        deps.emit({ type: 'item.started', item: current.item.id, source: current.item.source });
        const admission = await deps.admit(current, claim, deps.control.soft);
        if ('end' in admission) finish(current, { end: admission.end, outputs: {} }, current);
        else finish(admission.item, await walkItem(admission.item, claim, { ...deps, now: () => deps.clock.now() }), admission.item);
      } finally {
        held.delete(stored.item.id);
        // A claim that cannot be given back runs out by itself; the item has its outcome already.
        await deps.store.claims.release(claim).catch((error: unknown) => {
          trouble ??= error;
        });
      }
    } catch (error) {
      settleError(stored, error);
    }
  };

  const settleError = (stored: Waiting, error: unknown): void => {
    if (isEasyflipError(error) && error.code === 'claim.lost') {
      elsewhere.push(stored);
      return;
    }
    if (deps.lateAnswers?.parks(error)) {
      parked.push(stored);
      return;
    }
    if (deps.closesIntake(error)) closed ??= reasonOf(error);
    else if (deps.endsRun(error)) deps.control.stop(reasonOf(error));
    if (isEasyflipError(error) && error.code.startsWith('store.')) trouble ??= error;
    const aborted = deps.control.soft.aborted && deps.control.reason();
    const deferred = aborted || deps.defers(error) || trouble !== undefined;
    const reason: Reason = deferred && aborted ? aborted : reasonOf(error);
    finish(stored, { end: { outcome: deferred ? 'deferred' : 'failed', reason }, outputs: {} });
  };

  /** Those that go on. */
  const answered = async (asked: readonly Waiting[]): Promise<readonly Waiting[]> => {
    if (asked.length === 0 || !deps.lateAnswers) return [];
    try {
      const whyNot = await deps.lateAnswers.wait();
      return asked.filter((stored) => {
        const reason = whyNot(stored.item.id);
        if (reason) finish(stored, { end: { outcome: 'deferred', reason }, outputs: {} });
        else begun.add(stored);
        return reason === undefined;
      });
    } catch (error) {
      for (const stored of asked) settleError(stored, error);
      return [];
    }
  };

  /** `one` settles every error itself. */
  const worker = async (): Promise<void> => {
    for (let stored = waiting[next]; stored; stored = waiting[next]) {
      next += 1;
      await one(stored);
    }
  };
  const start = (round: readonly Waiting[]): void => {
    waiting = [...waiting.slice(next), ...round];
    next = 0;
    // No more than can be under way: a task for each of many thousand items would be kept in memory.
    for (let at = queue.size + queue.pending; at < Math.min(itemsInFlight, waiting.length + queue.pending); at += 1) void queue.add(worker);
  };

  const heartbeat = setInterval(() => {
    if (held.size === 0) return;
    deps.store.claims.renew([...held.values()], deps.settings.leaseMs).catch((error: unknown) => {
      trouble ??= error;
      deps.control.stop(reasonOf(error));
    });
  }, deps.settings.leaseMs / 3);

  try {
    start(items);
    deps.arrivals?.((more) => {
      if (over) return false;
      start(more);
      return true;
    });
    while (!over) {
      await queue.onIdle();
      const waited = elsewhere.splice(0);
      const round = [...waited, ...(await answered(parked.splice(0)))];
      if (waited.length > 0) await deps.clock.sleep(ELSEWHERE_POLL_MS, deps.control.soft).catch(() => {});
      start(round);
      // Nothing is awaited between this look and the end: what arrives later is told so.
      over = queue.size === 0 && queue.pending === 0;
    }
  } finally {
    clearInterval(heartbeat);
  }
  if (closed) deps.control.stop(closed);
  return trouble === undefined ? {} : { trouble };
}
