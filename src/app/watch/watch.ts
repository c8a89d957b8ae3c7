import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import { isOpen, opensInMs } from '../../core/daily-window.ts';
import { EasyflipError, isEasyflipError } from '../../core/errors.ts';
import type { Emit, WatchWaiting } from '../../core/events.ts';
import type { StoredItem } from '../../core/ports/index.ts';
import { isInside } from '../../intake/walk-folders.ts';
import { type FolderWatch, watchFolder } from '../../intake/watch/watch-folder.ts';
import type { RunControl } from '../../pipeline/run-control.ts';
import type { App } from '../app.ts';
import { BusyRun, type RunEnd } from '../busy-run.ts';
import { duePerPace } from '../pace.ts';
import { inState } from '../resume.ts';
import { keepWatch } from './keep-watch.ts';
import { ReadyItems } from './ready-items.ts';
import { Tally } from './tally.ts';
import { Wake } from './wake.ts';

export interface WatchRequest {
  readonly folder: string;
  /** Look again and again instead of being told. Default: as set. */
  readonly polling?: boolean | undefined;
  readonly emit: Emit;
  readonly control: RunControl;
}

/** Without news it looks by itself so often: changes that nobody told, the word of another command, the pace. */
const LOOK_EVERY_MS = 30_000;
/** A drive that went, and everything that is asked of the database: pauses. */
const ASK_EVERY_MS = 2_000;
const LEAST_REST_MS = 250;
const FIRST_RETRY_MS = 60_000;

/**
 * Lists what arrives in a folder, until `control` stops it; then it ends in order. Whatever was there before is listed first.
 * What was put off (a service down, no credit) is tried again with growing pauses. One at a time for a folder.
 * Errors: `watch.busy`, `input.missing-folder`, `metrics.port-taken` at the start; later `config.*`, `credentials.*` and `store.*`, which no waiting mends.
 */
export async function watch(app: App, { folder: named, polling = app.settings.watch.polling, emit, control }: WatchRequest): Promise<void> {
  const folder = await folderAt(named);
  const lease = await claimed(app, folder);
  try {
    const kept = await keepWatch(app, emit, control);
    try {
      await new Watch(app, folder, polling, emit, control).untilStopped();
    } finally {
      await kept.end();
    }
  } finally {
    await lease.end();
  }
}

class Watch {
  readonly #app: App;
  readonly #folder: string;
  readonly #emit: Emit;
  readonly #polling: boolean;
  readonly #control: RunControl;
  readonly #wake: Wake;
  readonly #tally = new Tally();
  readonly #found: ReadyItems;
  readonly #run: BusyRun;
  /** By item, so that one which changed again meanwhile is there once. */
  readonly #queue = new Map<string, StoredItem>();
  #watched: FolderWatch | undefined;
  #retry: { readonly atMs: number; readonly pauseMs: number; readonly forAll: boolean } | undefined;
  /** When the folder is looked at next. */
  #lookAtMs = 0;
  #fatal: { readonly error: unknown } | undefined;
  #settling = 0;
  #said = '';
  #isGone = false;

  constructor(app: App, folder: string, polling: boolean, emit: Emit, control: RunControl) {
    this.#app = app;
    this.#folder = folder;
    this.#polling = polling;
    this.#control = control;
    this.#wake = new Wake(app.clock);
    this.#emit = (event) => {
      this.#tally.take(event);
      emit(event);
      // The pace may allow the next.
      if (event.type === 'item.finished' && this.#queue.size > 0) this.#wake.call();
    };
    this.#found = new ReadyItems(app, folder, this.#emit);
    this.#run = new BusyRun(app, { command: 'watch', emit: this.#emit, outer: control, onEnd: (end) => this.#ended(end) });
  }

  async untilStopped(): Promise<void> {
    const { settings, clock } = this.#app;
    this.#emit({ type: 'watch.started', folder: this.#folder, quietSeconds: settings.watch.quietSeconds });
    let lastTookMs = 0;
    try {
      await this.#listen();
      while (!this.#control.soft.aborted && !this.#fatal) {
        const began = clock.now();
        if (began >= this.#lookAtMs) await this.#lookOnce();
        await this.#retryWhatWaits();
        const wait = await this.#offer();
        this.#say({ settling: this.#settling, queued: this.#queue.size, ...wait });
        const now = clock.now();
        const next = Math.min(
          this.#lookAtMs,
          this.#retry?.atMs ?? this.#lookAtMs,
          now + (this.#queue.size > 0 ? ASK_EVERY_MS : LOOK_EVERY_MS),
        );
        // A look at a large folder takes its time; most of the time is the work's. One that was long because photos were new says
        // nothing of the next.
        const leastMs = Math.max(LEAST_REST_MS, 3 * Math.min(now - began, lastTookMs));
        lastTookMs = now - began;
        await this.#wake.rest(Math.max(0, next - now), leastMs, this.#control.soft);
      }
    } finally {
      await this.#watched?.close();
      await this.#run.rest();
    }
    if (this.#fatal) throw this.#fatal.error;
    this.#emit({ type: 'watch.stopped', folder: this.#folder, counts: this.#tally.counts });
  }

  async #listen(): Promise<void> {
    await this.#watched?.close();
    this.#watched = await watchFolder(this.#folder, {
      polling: this.#polling,
      pollMs: this.#app.settings.watch.pollSeconds * 1000,
      onChange: () => {
        this.#lookAtMs = 0;
        this.#wake.call();
      },
      onTrouble: (why) =>
        this.#emit({
          type: 'run.notice',
          message: `Changes in ${this.#folder} are not told any more (${why}); it is looked at every ${LOOK_EVERY_MS / 1000} seconds.`,
        }),
    });
  }

  /** A folder that is not there any more, such as a drive's, is waited for. */
  async #lookOnce(): Promise<void> {
    const { clock } = this.#app;
    this.#lookAtMs = clock.now() + LOOK_EVERY_MS;
    try {
      const look = await this.#found.look(this.#control.soft);
      if (this.#isGone) {
        this.#isGone = false;
        this.#emit({ type: 'run.notice', message: `${this.#folder} is there again.` });
        await this.#listen();
      }
      for (const stored of look.ready) this.#queue.set(stored.item.id, stored);
      this.#settling = look.settling;
      if (look.againInMs !== undefined) this.#lookAtMs = Math.min(this.#lookAtMs, clock.now() + look.againInMs);
    } catch (error) {
      if (this.#control.soft.aborted) return;
      if (!isEasyflipError(error) || error.code.startsWith('store.')) throw error;
      if (!this.#isGone) this.#emit({ type: 'run.notice', message: `${error.message} It is looked for again.` });
      this.#isGone = true;
      this.#lookAtMs = clock.now() + ASK_EVERY_MS;
    }
  }

  async #retryWhatWaits(): Promise<void> {
    if (!this.#retry || this.#app.clock.now() < this.#retry.atMs || this.#run.isUnderWay) return;
    const waiting = (await inState(this.#app, ['waiting'])).filter(({ stored }) => isInside(stored.item.source, this.#folder));
    for (const { stored } of waiting) this.#queue.set(stored.item.id, stored);
    // Kept without a time until the run has shown whether the trouble is over.
    this.#retry = waiting.length > 0 ? { ...this.#retry, forAll: false, atMs: Number.POSITIVE_INFINITY } : undefined;
  }

  /** Hands what is ready to the run, as far as it may be begun now; answers why not. */
  async #offer(): Promise<Pick<WatchWaiting, 'why' | 'until'>> {
    if (this.#queue.size === 0) return this.#retry ? { why: 'trouble', until: iso(this.#retry.atMs) } : { why: null, until: null };
    const { store, settings, clock } = this.#app;
    const now = clock.now();
    const { window } = settings.limits;
    if ((await store.pauses.pauses()).some(({ what }) => what === 'all')) return { why: 'paused', until: null };
    if (window && !isOpen(window, now)) return { why: 'window', until: iso(now + opensInMs(window, now)) };
    if (this.#retry?.forAll) return { why: 'trouble', until: iso(this.#retry.atMs) };
    const due = await duePerPace(this.#app, this.#tally.underWay);
    const items = [...this.#queue.values()].slice(0, due);
    if (items.length > 0 && this.#run.take(items)) {
      this.#tally.began(items.length);
      for (const { item } of items) this.#queue.delete(item.id);
    }
    return { why: this.#queue.size > 0 && due < Number.POSITIVE_INFINITY ? 'pace' : null, until: null };
  }

  #ended({ again, fatal }: RunEnd): void {
    this.#tally.runEnded();
    if (fatal !== undefined) this.#fatal = { error: fatal };
    else if (again && !this.#control.soft.aborted) {
      const pauseMs = Math.min(this.#retry ? this.#retry.pauseMs * 2 : FIRST_RETRY_MS, this.#app.settings.watch.retryMinutes * 60_000);
      this.#retry = { atMs: this.#app.clock.now() + pauseMs, pauseMs, forAll: again.forAll };
      this.#emit({ type: 'run.notice', message: `${again.message} It is tried again at ${localTime(this.#retry.atMs)}.` });
    } else this.#retry = undefined;
    this.#wake.call();
  }

  /** Only what changed is worth a word. */
  #say(waiting: Omit<WatchWaiting, 'type' | 'counts'>): void {
    if (this.#run.isUnderWay) return;
    const event: WatchWaiting = { type: 'watch.waiting', ...waiting, counts: this.#tally.counts };
    const text = JSON.stringify(event);
    if (text === this.#said) return;
    this.#said = text;
    this.#emit(event);
  }
}

const iso = (ms: number): string | null => (Number.isFinite(ms) ? new Date(ms).toISOString() : null);

const localTime = (ms: number): string => new Date(ms).toTimeString().slice(0, 5);

/** Without links, so that one folder has one name. Errors: `input.missing-folder`. */
async function folderAt(named: string): Promise<string> {
  try {
    return await realpath(resolve(named));
  } catch {
    throw new EasyflipError('input.missing-folder', `There is no folder ${resolve(named)}.`, {
      hint: 'Check the path; it is taken relative to the folder you are in.',
    });
  }
}

/** One watch at a time for a folder, on one database. Errors: `watch.busy`. */
async function claimed({ store, settings }: App, folder: string): Promise<{ end(): Promise<void> }> {
  const { leaseMs } = settings.pipeline;
  const claim = await store.claims.take(`folder:${folder}`, leaseMs);
  if (!claim) {
    throw new EasyflipError('watch.busy', `Another easyflip watches ${folder}.`, { hint: 'Stop it first, or watch another folder.' });
  }
  const heartbeat = setInterval(() => void store.claims.renew([claim], leaseMs).catch(() => {}), leaseMs / 3);
  return {
    async end() {
      clearInterval(heartbeat);
      await store.claims.release(claim);
    },
  };
}
