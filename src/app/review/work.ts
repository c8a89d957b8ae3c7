import { EasyflipError, type Reason } from '../../core/errors.ts';
import type { Emit, RunEvent } from '../../core/events.ts';
import type { ItemId } from '../../core/item.ts';
import type { StoredItem } from '../../core/ports/index.ts';
import type { RunControl } from '../../pipeline/run-control.ts';
import type { App } from '../app.ts';
import { BusyRun, type RunEnd } from '../busy-run.ts';
import type { Activity, ReviewChange } from './views.ts';

const RETRY_MS = 60_000;
const OFFER_AGAIN_MS = 250;

const OF_LISTING: ReadonlySet<RunEvent['type']> = new Set(['run.started', 'run.finished', 'item.finished']);

interface Task {
  readonly stored: StoredItem;
  readonly kind: Activity['kind'];
  /** A run has begun with it. */
  begun: boolean;
  /** It was handed to a run. */
  offered: boolean;
  stage: string | null;
}

/**
 * What goes on while a person looks at the next item: approved items go live, edited ones are worked out anew. An item is in
 * one of the two at most, because one store may take its own claim away from itself. What is put off is tried again.
 */
export class ReviewWork {
  readonly #app: App;
  readonly #emit: Emit;
  readonly #tell: (change: ReviewChange) => void;
  readonly #tasks = new Map<ItemId, Task>();
  readonly #control: RunControl;
  readonly #runs: Readonly<Record<Activity['kind'], BusyRun>>;
  readonly #timers = new Set<NodeJS.Timeout>();

  constructor(app: App, { emit, control, tell }: { emit: Emit; control: RunControl; tell: (change: ReviewChange) => void }) {
    this.#app = app;
    this.#emit = emit;
    this.#tell = tell;
    this.#control = control;
    this.#runs = { publishing: this.#runOf('publishing'), 'working-out': this.#runOf('working-out') };
    control.soft.addEventListener('abort', () => {
      for (const timer of this.#timers) clearTimeout(timer);
    });
  }

  activityOf(id: ItemId): Activity | null {
    const task = this.#tasks.get(id);
    return task ? { kind: task.kind, stage: task.stage } : null;
  }

  /** Refuses a word about an item that is in a run of ours. `yet`: also one that waits for its turn. Errors: `usage.wrong-state`. */
  refuseBusy(id: ItemId, { queued }: { readonly queued: boolean }): void {
    const task = this.#tasks.get(id);
    if (!task || (!queued && !task.begun)) return;
    const [doing, hint] =
      task.kind === 'publishing'
        ? ['is going live just now', 'Wait until it is live; `easyflip update` and `easyflip withdraw` change what is live.']
        : ['is being worked out anew just now', 'Wait a moment, look at what came of it, then say it again.'];
    throw new EasyflipError('usage.wrong-state', `Item ${id} ${doing}.`, { hint });
  }

  /** Begins with it as soon as there is room. What is in work already stays there. */
  begin(kind: Activity['kind'], items: readonly StoredItem[]): void {
    for (const stored of items) {
      if (this.#tasks.has(stored.item.id)) continue;
      this.#tasks.set(stored.item.id, { stored, kind, begun: false, offered: false, stage: null });
      this.#tell({ kind: 'item', id: stored.item.id });
    }
    this.#offer(kind);
  }

  /** Resolves when nothing is under way; begins nothing more. */
  async rest(): Promise<void> {
    await Promise.all(Object.values(this.#runs).map((run) => run.rest()));
  }

  #offer(kind: Activity['kind']): void {
    if (this.#control.soft.aborted) return;
    const tasks = [...this.#tasks.values()].filter((task) => task.kind === kind && !task.offered);
    if (tasks.length === 0) return;
    for (const task of tasks) task.offered = true;
    if (this.#runs[kind].take(tasks.map(({ stored }) => stored))) return;
    for (const task of tasks) task.offered = false;
    this.#later(() => this.#offer(kind), OFFER_AGAIN_MS);
  }

  #runOf(kind: Activity['kind']): BusyRun {
    return new BusyRun(this.#app, {
      command: kind === 'publishing' ? 'approve' : 'edit',
      dryRun: kind === 'working-out',
      outer: this.#control,
      emit: (event) => {
        this.#follow(event);
        // What is only worked out must not look listed to a person or script that reads along.
        if (kind === 'publishing' || !OF_LISTING.has(event.type)) this.#emit(event);
      },
      onEnd: (end) => this.#ended(kind, end),
    });
  }

  #follow(event: RunEvent): void {
    if (event.type === 'run.notice') this.#tell({ kind: 'notice', message: event.message, trouble: false });
    if (event.type !== 'item.started' && event.type !== 'stage.started' && event.type !== 'item.finished') return;
    const task = this.#tasks.get(event.item);
    if (!task) return;
    if (event.type === 'item.started') task.begun = true;
    if (event.type === 'stage.started') task.stage = event.stage;
    if (event.type === 'item.finished') {
      this.#tasks.delete(event.item);
      if (event.outcome === 'deferred') this.#again(task, event.reason);
    }
    this.#tell({ kind: 'item', id: event.item });
  }

  /** A service that is down, a limit that is reached: the item waits, and is tried again while the page is open. */
  #again({ stored, kind }: Task, reason: Reason | undefined): void {
    if (this.#control.soft.aborted) return;
    const why = reason ? ` ${reason.message}` : '';
    this.#tell({ kind: 'notice', message: `Item ${stored.item.id} was put off.${why} It is tried again in a minute.`, trouble: true });
    this.#later(() => void this.#beginAgain(kind, [stored]), RETRY_MS);
  }

  /** Those that are still there, and of which nothing else was said meanwhile. */
  async #beginAgain(kind: Activity['kind'], items: readonly StoredItem[]): Promise<void> {
    try {
      const now = await Promise.all(items.map(({ item }) => this.#app.store.items.get(item.id)));
      const open = now.filter((stored) => stored !== undefined);
      this.begin(kind, kind === 'publishing' ? open.filter(({ decision }) => decision?.kind === 'approve') : open);
    } catch (error) {
      this.#tell({ kind: 'notice', message: reasonIn(error).message, trouble: true });
    }
  }

  #ended(kind: Activity['kind'], { again, fatal }: RunEnd): void {
    const left = [...this.#tasks.values()].filter((task) => task.kind === kind && task.offered);
    for (const task of left) this.#tasks.delete(task.stored.item.id);
    const reason = again ?? (fatal === undefined ? undefined : reasonIn(fatal));
    if (left.length > 0 && !this.#control.soft.aborted) {
      this.#tell({ kind: 'notice', message: `${reason?.message ?? 'The run ended early.'} ${reason?.hint ?? ''}`.trim(), trouble: true });
      const items = left.map(({ stored }) => stored);
      if (fatal === undefined) this.#later(() => void this.#beginAgain(kind, items), RETRY_MS);
    }
    for (const task of left) this.#tell({ kind: 'item', id: task.stored.item.id });
    this.#offer(kind);
  }

  #later(work: () => void, ms: number): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      work();
    }, ms);
    this.#timers.add(timer);
  }
}

const reasonIn = (error: unknown): Pick<Reason, 'message' | 'hint'> =>
  error instanceof EasyflipError ? error : { message: 'The run broke.', hint: 'Look at the terminal.' };
