import { existsSync } from 'node:fs';
import { canonicalJson, sha256 } from '../core/hash.ts';
import { anchorOf, binnedSku, itemIdOf } from '../core/identity.ts';
import type { Item, ItemId, Photo, PhotoHash, Sku } from '../core/item.ts';
import { listingOf } from '../core/item-state.ts';
import { mergeFacts } from '../core/merge-facts.ts';
import type { Store, StoredItem } from '../core/ports/index.ts';
import type { PlannedItem } from './group-photos.ts';
import { intakeHoldOf, reusedFolder } from './intake-holds.ts';

export interface Registered {
  readonly stored: StoredItem;
  readonly isNew: boolean;
  /** The photos on disk differ from those of the live listing. */
  readonly changedWhileLive: boolean;
  /** The item as it was, where its sidecar says something else now. */
  readonly before?: StoredItem;
}

type Known = Pick<Store, 'items' | 'outcomes'>;

/**
 * Finds each planned item among those seen before, or adds it (DESIGN section 4): same source with other photos is
 * the same item changed; same photos elsewhere the same item moved; of an item that was parted, the part with its
 * anchor stays that item, and one whose photos all went to others is forgotten. Photos that another item keeps
 * make a possible duplicate, which is held. A live item is left as it is. `among`: all that lies there, where only some of it
 * is to be registered.
 */
export async function registerItems(
  planned: readonly PlannedItem[],
  store: Known,
  now: () => string,
  among: readonly PlannedItem[] = planned,
): Promise<readonly Registered[]> {
  const registered: Registered[] = [];
  for await (const one of registerEach(planned, whatIsWhere(among), store, now)) registered.push(one);
  return registered;
}

/** The same one by one, so that thousands need not be held in memory. Ends only when it is asked to the end. */
export async function* registerEach(
  planned: Iterable<PlannedItem> | AsyncIterable<PlannedItem>,
  scan: Whereabouts,
  store: Known,
  now: () => string,
): AsyncGenerator<Registered> {
  const yielding = new Map<ItemId, StoredItem>();
  const kept = new Set<ItemId>();
  for await (const plan of planned) {
    const one = await registerOne(plan, scan, store, now, yielding);
    kept.add(one.stored.item.id);
    yield one;
  }
  for (const id of yielding.keys()) if (!kept.has(id)) await store.items.remove(id);
}

/** What this scan found, by which the parts of an item that was parted know of each other. */
export interface Whereabouts {
  /** Some item was found there. */
  hasSource(source: string): boolean;
  /** Where a photo lies that belongs to an item of this scan. */
  pathOf(photo: PhotoHash): string | undefined;
}

function whatIsWhere(planned: readonly PlannedItem[]): Whereabouts {
  const sources = new Set(planned.map(({ source }) => source));
  const paths = new Map(planned.flatMap(({ photos }) => photos.map(({ sha256, path }) => [sha256, path])));
  return { hasSource: (source) => sources.has(source), pathOf: (photo) => paths.get(photo) };
}

async function registerOne(
  plan: PlannedItem,
  scan: Whereabouts,
  store: Known,
  now: () => string,
  yielding: Map<ItemId, StoredItem>,
): Promise<Registered> {
  const hashes = plan.photos.map(({ sha256 }) => sha256);
  const atSource = await store.items.bySource(plan.source);
  // The part that has the anchor is the item; what is left at its old place is another one.
  const parted = atSource && !hashes.includes(atSource.item.anchor) && scan.pathOf(atSource.item.anchor) !== undefined;
  const inPlace = parted && !(await isLive(atSource, store)) ? undefined : atSource;
  const sharing = (await store.items.withPhotos(hashes)).filter(({ item }) => item.id !== inPlace?.item.id);
  const same = [...(inPlace ? [inPlace] : []), ...sharing].find((other) => samePhotos(other.item.photos, plan.photos));
  const moved = sharing.find((other) => !scan.hasSource(other.item.source) && isGone(other));
  const stays = inPlace && (await isLive(inPlace, store)) ? inPlace : byAnchor([...(inPlace ? [inPlace] : []), ...sharing], plan, scan);
  const known = same ?? stays ?? inPlace ?? moved;
  const clashing: StoredItem[] = [];
  for (const other of [...sharing, ...(inPlace && sharedPhotos(inPlace, plan) > 0 ? [inPlace] : [])]) {
    if (other.item.id === known?.item.id) continue;
    if (await yields(other, scan, store)) yielding.set(other.item.id, other);
    else clashing.push(other);
  }

  if (!known) return add(plan, clashing, store, now);

  const changed = !samePhotos(known.item.photos, plan.photos);
  if (await isLive(known, store)) {
    const disjoint = known.item.photos.every(({ sha256 }) => !hashes.includes(sha256));
    if (disjoint) return add(plan, clashing, store, now, known);
    if (changed || known.item.source === plan.source || !isGone(known)) return { stored: known, isNew: false, changedWhileLive: changed };
    // Moved: only where it lies is new, what is listed stays as it is.
    await store.items.save({ ...known.item, source: plan.source, photos: plan.photos, seller: known.sidecar }, known.intakeHold);
    return { stored: (await store.items.get(known.item.id)) ?? known, isNew: false, changedWhileLive: false };
  }
  const said = { ...plan, seller: mergeFacts(plan.seller, known.set) };
  const sku = (await wasAdmitted(known, store)) ? known.item.sku : skuFor(said, known.item.anchor);
  const { source, photos, nameWords, seller } = plan;
  // What was set by command is kept apart by the store and laid over the sidecar again.
  await store.items.save({ ...known.item, sku, source, photos, nameWords, seller }, intakeHoldOf(known.item.id, plan, clashing));
  const stored = (await store.items.get(known.item.id)) ?? known;
  const says = canonicalJson(known.sidecar) !== canonicalJson(seller);
  return { stored, isNew: false, changedWhileLive: false, ...(says ? { before: known } : {}) };
}

/** The item whose anchor is here; of several that became one, the one that brings most photos, then the oldest. */
function byAnchor(candidates: readonly StoredItem[], plan: PlannedItem, scan: Whereabouts): StoredItem | undefined {
  return candidates
    .filter(({ item }) => plan.photos.some(({ sha256: hash }) => hash === item.anchor) && liesAsBefore(item, [item.anchor], scan))
    .sort((a, b) => sharedPhotos(b, plan) - sharedPhotos(a, plan) || (a.firstSeenAt < b.firstSeenAt ? -1 : 1))[0];
}

const sharedPhotos = ({ item }: StoredItem, { photos }: PlannedItem): number =>
  item.photos.filter(({ sha256: hash }) => photos.some((photo) => photo.sha256 === hash)).length;

async function add(
  plan: PlannedItem,
  clashing: readonly StoredItem[],
  store: Pick<Store, 'items'>,
  now: () => string,
  reused?: StoredItem,
): Promise<Registered> {
  const anchor = await freeAnchor(plan, clashing, store);
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

/** An anchor that another item has, or once had, would give the same id and write over it: the next photo names this one. */
async function freeAnchor({ photos }: PlannedItem, clashing: readonly StoredItem[], { items }: Pick<Store, 'items'>): Promise<PhotoHash> {
  const hashes = photos.map(({ sha256 }) => sha256).sort();
  const taken = new Set(clashing.map(({ item }) => item.anchor));
  for (const hash of hashes) if (!taken.has(hash) && !(await items.get(itemIdOf(hash)))) return hash;
  return sha256(`again ${anchorOf(hashes)}`) as PhotoHash;
}

/** The seller's own SKU, else one made of bin and anchor. */
export const skuFor = ({ seller, bin }: Pick<PlannedItem, 'seller' | 'bin'>, anchor: Item['anchor']): Sku =>
  (seller.sku as Sku | undefined) ?? binnedSku(seller.bin ?? bin, anchor);

const samePhotos = (a: readonly Photo[], b: readonly Photo[]): boolean => {
  const have = new Set(a.map(({ sha256 }) => sha256));
  return have.size === new Set(b.map(({ sha256 }) => sha256)).size && b.every(({ sha256 }) => have.has(sha256));
};

/** The very files, not copies of them elsewhere. */
const liesAsBefore = ({ photos }: Item, hashes: readonly PhotoHash[], scan: Whereabouts): boolean =>
  photos.filter(({ sha256 }) => hashes.includes(sha256)).every(({ sha256, path }) => scan.pathOf(sha256) === path);

/** Its files were only grouped anew, so it need not stay: nothing of it was listed, and nobody decided or edited anything about it. */
async function yields(other: StoredItem, scan: Whereabouts, store: Known): Promise<boolean> {
  if (other.decision || Object.keys(other.set).length > 0 || other.adopted || (await isLive(other, store))) return false;
  return other.item.photos.every(({ sha256, path }) => scan.pathOf(sha256) === path || !existsSync(path));
}

const isGone = ({ item }: StoredItem): boolean => item.photos.every(({ path }) => !existsSync(path));

async function isLive(stored: StoredItem, { outcomes }: Pick<Store, 'outcomes'>): Promise<boolean> {
  if (stored.withdrawnAt !== undefined) return true;
  const publish = await outcomes.ofStage(stored.item.id, 'publish');
  return listingOf(stored, publish ? [publish] : []) !== undefined;
}

/** Once the marketplace was asked about a SKU, or wrote under it, the item keeps it. */
export async function wasAdmitted({ item }: StoredItem, { outcomes }: Pick<Store, 'outcomes'>): Promise<boolean> {
  return (await outcomes.ofStage(item.id, 'admit'))?.kind === 'done';
}
