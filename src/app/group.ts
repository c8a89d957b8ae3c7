import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { EasyflipError } from '../core/errors.ts';
import { MAX_PHOTOS_PER_ITEM, type PhotoHash } from '../core/item.ts';
import { deriveState, isOver } from '../core/item-state.ts';
import type { Placement, StoredItem } from '../core/ports/index.ts';
import type { App } from './app.ts';
import { findItem } from './find-item.ts';
import { stageNames } from './status.ts';
import { withClaim } from './with-claim.ts';

/** What a correction touched; the next scan makes the items anew from it. */
export interface Regrouped {
  readonly items: readonly StoredItem[];
}

/** All photos of these items are one item from now on. Errors: `usage.unknown-item`, `usage.invalid`, `usage.wrong-state`. */
export async function mergeItems(app: App, names: readonly string[]): Promise<Regrouped> {
  const items = await several(app, names);
  if (items.length < 2)
    throw new EasyflipError('usage.invalid', 'One item cannot be merged with itself.', { hint: 'Name two items or more.' });
  return regroup(app, items, [items.flatMap(({ item }) => item.photos.map(({ sha256 }) => sha256))]);
}

/** These photos of an item (by number, file name or path) are an item of their own. Errors: as for merge. */
export async function splitItem(app: App, name: string, photos: readonly string[]): Promise<Regrouped> {
  const stored = await findItem(app.store, name);
  const off = new Set(photos.map((photo) => photoOf(stored, photo)));
  const all = stored.item.photos.map(({ sha256 }) => sha256);
  if (off.size === all.length)
    throw new EasyflipError('usage.invalid', 'These are all photos of the item.', {
      hint: 'Name the photos that belong to another thing.',
    });
  return regroup(app, [stored], [all.filter((hash) => !off.has(hash)), [...off]]);
}

/** A photo (by path) goes from wherever it is to an item. Errors: as for merge. */
export async function movePhoto(app: App, photo: string, name: string): Promise<Regrouped> {
  const target = await findItem(app.store, name);
  const path = resolve(photo);
  const seen = (await app.store.files.at([path])).get(path);
  if (!seen || !('photo' in seen.result) || !existsSync(path)) {
    throw new EasyflipError('usage.invalid', `No scan has seen a photo ${path}.`, {
      hint: 'Give the path of a photo; `easyflip show ITEM` tells them.',
    });
  }
  const { sha256 } = seen.result.photo;
  const holders = (await app.store.items.withPhotos([sha256])).filter(({ item }) => item.id !== target.item.id);
  const rests = holders.map(({ item }) => item.photos.map((one) => one.sha256).filter((hash) => hash !== sha256));
  const together = [...new Set([...target.item.photos.map((one) => one.sha256), sha256])];
  return regroup(app, [target, ...holders], [together, ...rests]);
}

/**
 * Notes which photos belong together, for all later scans, and keeps the items back until the next scan has made
 * them anew with their sidecars: what was worked out for other photos must not go live meanwhile.
 */
async function regroup(app: App, items: readonly StoredItem[], groups: readonly (readonly PhotoHash[])[]): Promise<Regrouped> {
  const { store } = app;
  for (const stored of items) await refuseListed(app, stored);
  const tooMany = groups.find((group) => group.length > MAX_PHOTOS_PER_ITEM);
  if (tooMany) {
    throw new EasyflipError('usage.invalid', `Together they are ${tooMany.length} photos; an item has at most ${MAX_PHOTOS_PER_ITEM}.`, {
      hint: 'Leave some photos out, or keep the items apart.',
    });
  }
  const note = async (): Promise<void> => {
    await store.grouping.place(new Map(groups.flatMap((group) => placedTogether(group))));
    for (const { item, decision } of items) {
      // An approval was given to other photos.
      if (decision) await store.items.decide(item.id, undefined);
      await store.items.save(item, {
        code: 'item.regrouped',
        message: 'Its photos were grouped anew by you.',
        hint: 'Run `easyflip list` with its folders again.',
      });
    }
  };
  await items.reduce<() => Promise<void>>((work, stored) => () => withClaim(app, stored, work), note)();
  return { items };
}

/** `inOrder`: the order, too, is the seller's word. */
export function placedTogether(photos: readonly PhotoHash[], { inOrder = false } = {}): (readonly [PhotoHash, Placement])[] {
  const group = randomUUID();
  return photos.map((hash, at) => [hash, inOrder ? { group, at } : { group }] as const);
}

async function refuseListed({ store }: App, stored: StoredItem): Promise<void> {
  const { item } = stored;
  const { state } = deriveState(stored, await store.outcomes.ofItem(item.id), stageNames);
  if (state !== 'live' && !isOver(state) && state !== 'withdrawn') return;
  throw new EasyflipError('usage.wrong-state', `Item ${item.id} is ${state}; its photos stay together.`, {
    hint:
      state === 'live'
        ? `End its listing with \`easyflip withdraw ${item.id}\` first; \`easyflip update ${item.id} --from-photos\` shows other photos of the same thing.`
        : 'Nothing is to be done: it is not for sale any more.',
  });
}

async function several(app: App, names: readonly string[]): Promise<readonly StoredItem[]> {
  const found = new Map<string, StoredItem>();
  for (const name of names) {
    const stored = await findItem(app.store, name);
    found.set(stored.item.id, stored);
  }
  return [...found.values()];
}

function photoOf({ item }: StoredItem, name: string): PhotoHash {
  const byNumber = /^\d{1,2}$/.test(name) ? item.photos[Number(name) - 1] : undefined;
  const found = item.photos.filter(({ path }) => path === resolve(name) || basename(path) === name);
  const photo = byNumber ?? (found.length === 1 ? found[0] : undefined);
  if (photo) return photo.sha256;
  throw new EasyflipError('usage.invalid', `Item ${item.id} has no photo "${name}".`, {
    hint: `Give its number (1 to ${item.photos.length}), file name or path; \`easyflip show ${item.id}\` tells them.`,
  });
}
