import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { EasyflipError, type Reason, reasonOf } from '../core/errors.ts';
import type { Photo } from '../core/item.ts';
import { deriveState, isOver } from '../core/item-state.ts';
import type { StoredItem } from '../core/ports/index.ts';
import { isInside } from '../intake/walk-folders.ts';
import type { App } from './app.ts';
import { moveWithoutLoss } from './archive/move.ts';
import { damageOf } from './archive/original.ts';
import { stageNames } from './status.ts';
import { withClaim } from './with-claim.ts';

export interface Archived {
  readonly item: string;
  readonly from: string;
  /** Where it lies now; null when it stayed. */
  readonly to: string | null;
  readonly reason: Reason | null;
}

export interface Verified {
  readonly item: string;
  readonly path: string;
  readonly state: 'changed' | 'missing' | 'unreadable';
}

/**
 * Moves the folders of items that were listed into a done folder; of an item that shares its folder, its photos. Never
 * writes over anything. easyflip knows the items afterwards where they lie. May be repeated: what was moved stays.
 */
export async function archive(app: App, to: string, dryRun: boolean): Promise<readonly Archived[]> {
  const all = await app.store.items.all();
  const listed = (await listedItems(app, all)).filter(({ item }) => !isInside(item.source, resolve(to)));
  const results: Archived[] = [];
  for (const stored of listed) results.push(await archiveOne(app, stored, all, resolve(to), dryRun));
  return results;
}

/** Reads every original of listed items again and tells which are not what was listed: bit rot, edits, losses. */
export async function verifyOriginals(app: App): Promise<{ readonly checked: number; readonly damaged: readonly Verified[] }> {
  const damaged: Verified[] = [];
  let checked = 0;
  for (const { item } of await listedItems(app, await app.store.items.all())) {
    for (const { path, sha256 } of item.photos) {
      const state = await damageOf(path, sha256);
      checked += 1;
      if (state) damaged.push({ item: item.id, path, state });
    }
  }
  return { checked, damaged };
}

async function listedItems({ store }: App, all: readonly StoredItem[]): Promise<readonly StoredItem[]> {
  const listed: StoredItem[] = [];
  for (const stored of all) {
    const { state } = deriveState(stored, await store.outcomes.ofItem(stored.item.id), stageNames);
    if (state === 'live' || isOver(state)) listed.push(stored);
  }
  return listed;
}

async function archiveOne(app: App, stored: StoredItem, all: readonly StoredItem[], to: string, dryRun: boolean): Promise<Archived> {
  const { item } = stored;
  const said = { item: item.id, from: item.source };
  const folder = dirname(item.photos[0]?.path ?? '');
  const whole =
    item.source === folder && !all.some((other) => other !== stored && other.item.photos.some(({ path }) => isInside(path, folder)));
  const target = join(to, targetName(folder, item.id, to, whole));
  if (dryRun) return { ...said, to: target, reason: null };
  try {
    await withClaim(app, stored, async () => {
      if (whole && existsSync(folder))
        await moveWithoutLoss(folder, target, new Map(item.photos.map(({ path, sha256 }) => [path, sha256])));
      else for (const { path, sha256 } of item.photos) await moveWithoutLoss(path, join(target, nameIn(path)), new Map([[path, sha256]]));
      const photos = item.photos.map(
        (photo): Photo => ({ ...photo, path: join(target, whole ? photo.path.slice(folder.length + 1) : nameIn(photo.path)) }),
      );
      await app.store.items.save({ ...item, seller: stored.sidecar, source: target, photos }, stored.intakeHold);
    });
    return { ...said, to: target, reason: null };
  } catch (error) {
    if (!(error instanceof EasyflipError)) throw error;
    return { ...said, to: null, reason: reasonOf(error) };
  }
}

/** The folder's own name; with the item's id where it shares a folder, or another has that name in the done folder. */
function targetName(folder: string, id: string, to: string, whole: boolean): string {
  const name = nameIn(folder);
  // A folder that is gone was moved by a program that died before it could note it.
  const taken = existsSync(join(to, name)) && existsSync(folder);
  return whole && !taken ? name : `${name}-${id}`;
}

const nameIn = (path: string): string => path.slice(dirname(path).length).replace(/^[/\\]/, '');
