import { existsSync } from 'node:fs';
import type { Reason } from '../core/errors.ts';
import { anchorOf, binnedSku, itemIdOf } from '../core/identity.ts';
import type { Item, ItemId, Photo, Sku } from '../core/item.ts';
import { listingOf } from '../core/item-state.ts';
import type { Store, StoredItem } from '../core/ports/index.ts';
import type { PlannedItem } from './group-photos.ts';

export interface Registered {
  readonly stored: StoredItem;
  readonly isNew: boolean;
  /** The photos on disk differ from those of the live listing. */
  readonly changedWhileLive: boolean;
}

/**
 * Finds each planned item among those seen before, or adds it (DESIGN section 4): same source with
 * other photos is the same item changed; same photos elsewhere the same item moved; photos that
 * another item already has make a possible duplicate, which is held. A live item is left as it is.
 */
export async function registerItems(
  planned: readonly PlannedItem[],
  store: Pick<Store, 'items' | 'outcomes'>,
  now: () => string,
): Promise<readonly Registered[]> {
  const sources = new Set(planned.map(({ source }) => source));
  const registered: Registered[] = [];
  for (const plan of planned) registered.push(await registerOne(plan, sources, store, now));
  return registered;
}

async function registerOne(
  plan: PlannedItem,
  sources: ReadonlySet<string>,
  store: Pick<Store, 'items' | 'outcomes'>,
  now: () => string,
): Promise<Registered> {
  const hashes = plan.photos.map(({ sha256 }) => sha256);
  const inPlace = await store.items.bySource(plan.source);
  const sharing = (await store.items.withPhotos(hashes)).filter(({ item }) => item.id !== inPlace?.item.id);
  const same = [...(inPlace ? [inPlace] : []), ...sharing].find((other) => samePhotos(other.item.photos, plan.photos));
  const moved = sharing.find((other) => !sources.has(other.item.source) && isGone(other));
  const known = same ?? inPlace ?? moved;
  const clashing = sharing.filter((other) => other !== known);

  if (!known) return add(plan, clashing, store, now);

  const changed = !samePhotos(known.item.photos, plan.photos);
  if (await isLive(known, store)) {
    const disjoint = known.item.photos.every(({ sha256 }) => !hashes.includes(sha256));
    if (disjoint) return add(plan, clashing, store, now, known);
    if (changed || known.item.source === plan.source || !isGone(known)) return { stored: known, isNew: false, changedWhileLive: changed };
    // Moved: only where it lies is new, what is listed stays as it is.
    await store.items.save({ ...known.item, source: plan.source, photos: plan.photos }, known.intakeHold);
    return { stored: (await store.items.get(known.item.id)) ?? known, isNew: false, changedWhileLive: false };
  }
  const sku = (await wasAdmitted(known, store)) ? known.item.sku : skuFor(plan, known.item.anchor);
  const { source, photos, nameWords, seller } = plan;
  // What was set by command is kept apart by the store and laid over the sidecar again.
  await store.items.save({ ...known.item, sku, source, photos, nameWords, seller }, intakeHoldOf(known.item.id, plan, clashing));
  return { stored: (await store.items.get(known.item.id)) ?? known, isNew: false, changedWhileLive: false };
}

async function add(
  plan: PlannedItem,
  clashing: readonly StoredItem[],
  store: Pick<Store, 'items'>,
  now: () => string,
  reused?: StoredItem,
): Promise<Registered> {
  // An anchor that another item has would give the same id: the next photo names this one.
  const taken = new Set(clashing.map(({ item }) => item.anchor));
  const free = plan.photos.map(({ sha256 }) => sha256).filter((hash) => !taken.has(hash));
  const anchor = anchorOf(free.length > 0 ? free : plan.photos.map(({ sha256 }) => sha256));
  const { source, photos, nameWords, seller } = plan;
  const item: Item = { id: itemIdOf(anchor), sku: skuFor(plan, anchor), anchor, source, photos, nameWords, seller };
  const intakeHold = reused ? reusedFolder(item.id, reused) : intakeHoldOf(item.id, plan, clashing);
  await store.items.save(item, intakeHold);
  const stored = (await store.items.get(item.id)) ?? {
    item,
    firstSeenAt: now(),
    sidecar: seller,
    set: {},
    ...(intakeHold ? { intakeHold } : {}),
  };
  return { stored, isNew: true, changedWhileLive: false };
}

const skuFor = ({ seller, bin }: PlannedItem, anchor: Item['anchor']): Sku =>
  (seller.sku as Sku | undefined) ?? binnedSku(seller.bin ?? bin, anchor);

const samePhotos = (a: readonly Photo[], b: readonly Photo[]): boolean => {
  const have = new Set(a.map(({ sha256 }) => sha256));
  return have.size === new Set(b.map(({ sha256 }) => sha256)).size && b.every(({ sha256 }) => have.has(sha256));
};

const isGone = ({ item }: StoredItem): boolean => item.photos.every(({ path }) => !existsSync(path));

async function isLive(stored: StoredItem, { outcomes }: Pick<Store, 'outcomes'>): Promise<boolean> {
  return listingOf(stored, await outcomes.ofItem(stored.item.id)) !== undefined || stored.withdrawnAt !== undefined;
}

/** Once the marketplace was asked about a SKU, or wrote under it, the item keeps it. */
async function wasAdmitted({ item }: StoredItem, { outcomes }: Pick<Store, 'outcomes'>): Promise<boolean> {
  return (await outcomes.ofItem(item.id)).some(({ stage, kind }) => stage === 'admit' && kind === 'done');
}

/** A sidecar that cannot be read may have said anything: without it the item is not listed. */
const intakeHoldOf = (id: ItemId, { problem, confidence, why }: PlannedItem, [clash]: readonly StoredItem[]): Reason | undefined =>
  problem ?? (clash ? duplicateOf(id, clash) : confidence < DOUBTFUL_BELOW ? doubtful(id, why) : undefined);

/** A guess about what belongs together must not become two listings of one thing, or one of two. */
const DOUBTFUL_BELOW = 0.5;

const doubtful = (id: ItemId, why: string): Reason => ({
  code: 'item.doubtful-group',
  message: `It is not certain that these photos are one item and all of it: ${why}.`,
  hint: `Put the photos of each thing into a folder of its own, or run \`easyflip approve ${id}\` if it is right.`,
});

const duplicateOf = (id: ItemId, { item }: StoredItem): Reason => ({
  code: 'item.possible-duplicate',
  message: `It shares photos with item ${item.id} (${item.source}).`,
  hint: `If it is another thing, run \`easyflip approve ${id}\`; else \`easyflip skip ${id}\`, or remove the copied photos.`,
});

const reusedFolder = (id: ItemId, { item }: StoredItem): Reason => ({
  code: 'item.changed-while-live',
  message: `Its folder belongs to item ${item.id}, which is live with other photos.`,
  hint: `Put new things into a folder of their own; if this is another thing, run \`easyflip approve ${id}\`.`,
});
