import { stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { Emit } from '../../core/events.ts';
import { hashOf } from '../../core/hash.ts';
import { listingOf } from '../../core/item-state.ts';
import type { StoredItem } from '../../core/ports/index.ts';
import type { PlannedItem } from '../../intake/group-photos.ts';
import type { ScanResult } from '../../intake/scan-folders.ts';
import type { RefusedFile } from '../../intake/walk-folders.ts';
import { Stillness } from '../../intake/watch/stillness.ts';
import { isUnfinishedName } from '../../intake/watch/unfinished-name.ts';
import type { App } from '../app.ts';
import { type Plan, planItems } from '../plan.ts';
import { register } from '../register.ts';

export interface Look {
  /** Items that came or changed, whose folders are quiet, and that are not live. */
  readonly ready: readonly StoredItem[];
  /** Items whose folders are not quiet yet. */
  readonly settling: number;
  /** When one of them may be ready, if nothing changes any more; milliseconds from now. */
  readonly againInMs: number | undefined;
}

/** A file that cannot be read yet, or has the name of one that is being written, holds its folder up for so many quiet times. */
const PATIENCE = 5;

/**
 * Finds what of a watched folder is whole and new. All of it is derived from the disk at every look, so that nothing is lost by
 * a change that was not told, or by a program that was killed; only what was handed out already is remembered.
 */
export class ReadyItems {
  readonly #app: App;
  readonly #folder: string;
  readonly #emit: Emit;
  readonly #stillness = new Stillness();
  /** What each source was like when it was handed out. */
  readonly #taken = new Map<string, string>();
  readonly #told = new Set<string>();

  constructor(app: App, folder: string, emit: Emit) {
    this.#app = app;
    this.#folder = folder;
    this.#emit = emit;
  }

  /** Errors: `input.missing-folder` when the folder is not there (a drive that went), `store.*`; the signal's reason. */
  async look(signal: AbortSignal): Promise<Look> {
    const plan = await planItems(this.#app, [this.#folder], { emit: () => {}, signal, mayBeEmpty: true });
    const marks = new Map(plan.items.map((item) => [item.source, markOf(item)]));
    for (const source of this.#taken.keys()) if (!marks.has(source)) this.#taken.delete(source);
    const fresh = plan.items.filter(({ source }) => this.#taken.get(source) !== marks.get(source));
    const untold = plan.unused.filter((file) => !this.#told.has(toldAs(file)));
    const still = await this.#stillSince(fresh, untold, plan.scanned);
    const { now, quietMs } = { now: this.#app.clock.now(), quietMs: this.#app.settings.watch.quietSeconds * 1000 };

    const waits = new Map(fresh.map((item) => [item, this.#waitOf(item, still) - now]));
    const whole = fresh.filter((item) => (waits.get(item) ?? 0) <= 0);
    const ready = await this.#register(whole, plan);
    for (const item of whole) this.#taken.set(item.source, marks.get(item.source) ?? '');
    this.#tell(
      untold.filter((file) => (still.files.get(file.path) ?? 0) + (mayBecomeWhole(file) ? PATIENCE : 1) * quietMs <= now),
      ready,
    );
    const rest = [...waits.values()].filter((wait) => wait > 0);
    return { ready, settling: rest.length, againInMs: rest.length > 0 ? Math.min(...rest) : undefined };
  }

  /** When the item may be taken, if nothing changes until then. */
  #waitOf({ photos, closed }: PlannedItem, { files, folders }: Still): number {
    const { quietSeconds, stableSeconds } = this.#app.settings.watch;
    const stable = Math.max(...photos.map(({ path }) => files.get(path) ?? 0)) + stableSeconds * 1000;
    const blocked = Math.max(...photos.map(({ path }) => folders.get(dirname(path))?.blockedUntil ?? 0));
    if (closed) return Math.max(stable, blocked);
    const quiet = Math.max(...photos.map(({ path }) => folders.get(dirname(path))?.stillSince ?? 0)) + quietSeconds * 1000;
    return Math.max(stable, quiet, blocked);
  }

  async #stillSince(fresh: readonly PlannedItem[], untold: readonly RefusedFile[], scanned: ScanResult): Promise<Still> {
    const { clock, settings } = this.#app;
    const quietMs = settings.watch.quietSeconds * 1000;
    const files = new Map<string, number>();
    const folders = new Map<string, { stillSince: number; blockedUntil: number }>();
    const folderOf = (path: string) => {
      const folder = dirname(path);
      const known = folders.get(folder) ?? { stillSince: 0, blockedUntil: 0 };
      folders.set(folder, known);
      return known;
    };
    const note = async (path: string): Promise<number> => {
      const since = await this.#noted(path);
      files.set(path, since);
      const folder = folderOf(path);
      folder.stillSince = Math.max(folder.stillSince, since);
      return since;
    };
    for (const { path } of fresh.flatMap(({ photos }) => photos)) await note(path);
    for (const folder of new Set(fresh.flatMap(({ photos }) => photos.map(({ path }) => dirname(path))))) {
      const here = scanned.sidecars.get(folder);
      const sidecars = here ? [...here.defaults, ...here.item, ...here.notes, ...here.named] : [];
      for (const { path } of sidecars) await note(path);
    }
    for (const file of untold) {
      const since = await note(file.path);
      if (!mayBecomeWhole(file)) continue;
      const folder = folderOf(file.path);
      const until = since + PATIENCE * quietMs;
      if (until > clock.now()) folder.blockedUntil = Math.max(folder.blockedUntil, until);
    }
    this.#stillness.keep(new Set(files.keys()));
    return { files, folders };
  }

  async #noted(path: string): Promise<number> {
    const now = this.#app.clock.now();
    try {
      const { size, mtimeMs, ctimeMs } = await stat(path);
      return this.#stillness.note(path, { bytes: size, modifiedMs: mtimeMs, changedMs: ctimeMs }, now);
    } catch {
      // It went between scan and look: something is going on here.
      return now;
    }
  }

  /** What is live already is known by now, and needs nothing. */
  async #register(whole: readonly PlannedItem[], plan: Plan): Promise<readonly StoredItem[]> {
    if (whole.length === 0) return [];
    const open: StoredItem[] = [];
    for (const stored of await register(this.#app, whole, this.#emit, plan.items)) {
      if (!listingOf(stored, await this.#app.store.outcomes.ofItem(stored.item.id))) open.push(stored);
    }
    return open;
  }

  #tell(unused: readonly RefusedFile[], ready: readonly StoredItem[]): void {
    for (const file of unused) {
      this.#told.add(toldAs(file));
      this.#emit({ type: 'file.refused', path: file.path, reason: file.reason });
    }
    if (ready.length === 0) return;
    const photos = ready.reduce((sum, { item }) => sum + item.photos.length, 0);
    this.#emit({ type: 'scan.finished', items: ready.length, photos, refused: unused.length });
  }
}

/** Times in milliseconds since 1970. */
interface Still {
  readonly files: ReadonlyMap<string, number>;
  readonly folders: ReadonlyMap<string, { readonly stillSince: number; readonly blockedUntil: number }>;
}

/** What a photo looks like while it is being copied. */
const UNREADABLE: ReadonlySet<string> = new Set(['photo.empty', 'photo.damaged', 'photo.not-an-image', 'photo.unreadable-file']);

const mayBecomeWhole = ({ path, reason }: RefusedFile): boolean => isUnfinishedName(basename(path)) || UNREADABLE.has(reason.code);

const toldAs = ({ path, reason }: RefusedFile): string => `${reason.code} ${path}`;

const markOf = ({ photos, seller, problem }: PlannedItem): string =>
  hashOf([photos.map(({ sha256, path }) => [sha256, path]), seller, problem ?? null]);
