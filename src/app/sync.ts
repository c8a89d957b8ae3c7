import { EasyflipError, type Reason, reasonOf } from '../core/errors.ts';
import type { Emit } from '../core/events.ts';
import type { ItemId } from '../core/item.ts';
import { deriveState, isOver, listingOf } from '../core/item-state.ts';
import type { Call, FoundListing, Marketplace, Span, StoredItem } from '../core/ports/index.ts';
import type { ListingEnd, Sale } from '../core/sale.ts';
import type { SyncView } from '../report/sync.ts';
import { watchOver } from './alerts/watch-over.ts';
import type { App } from './app.ts';
import { createMeasurer } from './metrics/measurer.ts';
import { outcomesByItem, stageNames } from './status.ts';
import { wireMarketplace } from './wire-run.ts';

/** Orders may show up a little later than their own time says; what is read twice is stored once. */
const OVERLAP_MS = 60 * 60_000;
/** Fulfillment, getOrders: orders are kept for two years. */
const ORDERS_KEPT_MS = 729 * 86_400_000;
const TRAFFIC_DAYS_MS = 30 * 86_400_000;
const SKUS_PER_LOOK = 25;

export interface SyncRequest {
  /** ISO time; default: where the last sync ended, at first when the oldest item was seen. */
  readonly since: string | undefined;
  readonly emit: Emit;
  readonly signal: AbortSignal;
}

interface Listed {
  readonly stored: StoredItem;
  readonly listingId: string;
}

/**
 * Learns what happened on the marketplace since the last time: orders, ended listings, traffic, labels.
 * Reads only there; everything it stores may be stored again, so a kill costs nothing but time.
 * Orders and listings must be read or it fails; traffic and labels are extras whose failure is told.
 */
export async function sync(app: App, request: SyncRequest): Promise<SyncView> {
  const measurer = createMeasurer(app.store.measures, app.clock, request);
  try {
    return await learn(app, { ...request, emit: measurer.emit });
  } catch (error) {
    measurer.broke(reasonOf(error));
    throw error;
  } finally {
    await measurer.flush();
    await watchOver(app, request);
  }
}

async function learn(app: App, { since, emit, signal }: SyncRequest): Promise<SyncView> {
  const { store, clock } = app;
  const [items, outcomes] = await Promise.all([store.items.all(), store.outcomes.summary()]);
  const byItem = outcomesByItem(outcomes);
  const listed = items.flatMap((stored): Listed[] => {
    const listing = listingOf(stored, byItem.get(stored.item.id) ?? []);
    return listing ? [{ stored, listingId: listing.listingId }] : [];
  });
  const open = listed.filter(({ stored }) => !isOver(deriveState(stored, byItem.get(stored.item.id) ?? [], stageNames).state));

  const { marketplace, close } = await wireMarketplace(app, emit);
  const call: Call = { signal, priority: 0 };
  try {
    const span = await spanOf(app, since, items);
    const orders = await readSales(app, marketplace, ownerOf(items, listed), span, call);
    const ends = await readEnds(app, marketplace, open, call);
    const recent: Span = { from: new Date(clock.now() - TRAFFIC_DAYS_MS).toISOString(), to: span.to };
    const [traffic, labels] = await Promise.all([
      attempt(() => readTraffic(app, marketplace, open, recent, call)),
      attempt(async () => store.sales.recordLabels(await marketplace.afterSale.labels(span, call))),
    ]);
    // Last, so that a kill before reads the same span again.
    await store.sales.markSynced(span.to);
    return {
      span,
      ...orders,
      ended: ends,
      stillLive: open.length - ends.length,
      traffic: traffic.value ?? null,
      notices: [traffic.reason, labels.reason].filter((reason) => reason !== undefined),
    };
  } finally {
    await close();
  }
}

async function spanOf({ store, clock }: App, since: string | undefined, items: readonly StoredItem[]): Promise<Span> {
  const now = clock.now();
  const last = since === undefined ? await store.sales.syncedTo() : undefined;
  const first = items.reduce((oldest, { firstSeenAt }) => (firstSeenAt < oldest ? firstSeenAt : oldest), new Date(now).toISOString());
  const from = since ? Date.parse(since) : last ? Date.parse(last) - OVERLAP_MS : Date.parse(first);
  if (from > now) {
    throw new EasyflipError('usage.invalid', `--since ${since?.slice(0, 10)} is in the future.`, {
      hint: 'Give a day that is over, such as 2026-01-31.',
    });
  }
  return { from: new Date(Math.max(from, now - ORDERS_KEPT_MS)).toISOString(), to: new Date(now).toISOString() };
}

/** Whose sale it is: by listing number, else by SKU. Sales of anything else are counted and forgotten. */
function ownerOf(items: readonly StoredItem[], listed: readonly Listed[]): (sale: Sale) => ItemId | undefined {
  const byListing = new Map(listed.map(({ stored, listingId }) => [listingId, stored.item.id]));
  const bySku = new Map<string, ItemId>(items.map(({ item }) => [item.sku, item.id]));
  return ({ listingId, sku }) =>
    (listingId === undefined ? undefined : byListing.get(listingId)) ?? (sku === undefined ? undefined : bySku.get(sku));
}

async function readSales(
  { store }: App,
  { afterSale }: Marketplace,
  owner: (sale: Sale) => ItemId | undefined,
  span: Span,
  call: Call,
): Promise<Pick<SyncView, 'sold' | 'changed' | 'foreign'>> {
  const seen = new Map<string, { readonly sale: Sale; readonly itemId: ItemId; readonly isNew: boolean }>();
  const foreign = new Set<string>();
  for await (const page of afterSale.sales(span, call)) {
    const ours = page.flatMap((sale) => {
      const itemId = owner(sale);
      if (itemId === undefined) foreign.add(sale.lineId);
      return itemId === undefined ? [] : [{ sale, itemId }];
    });
    const isNew = await store.sales.record(ours);
    for (const [at, one] of ours.entries()) {
      seen.set(one.sale.lineId, { ...one, isNew: (seen.get(one.sale.lineId)?.isNew ?? false) || isNew[at] === true });
    }
  }
  const all = [...seen.values()];
  return {
    sold: all.filter(({ isNew }) => isNew).map(({ sale, itemId }) => ({ ...sale, itemId })),
    changed: all.filter(({ isNew }) => !isNew).length,
    foreign: foreign.size,
  };
}

/** What was live here and is not for sale there any more. */
async function readEnds({ store, clock }: App, marketplace: Marketplace, open: readonly Listed[], call: Call): Promise<SyncView['ended']> {
  const at = new Date(clock.now()).toISOString();
  const ended: { itemId: ItemId; listingId: string; kind: ListingEnd['kind'] }[] = [];
  for (let from = 0; from < open.length; from += SKUS_PER_LOOK) {
    const some = open.slice(from, from + SKUS_PER_LOOK);
    const found = new Map(
      (
        await marketplace.find(
          some.map(({ stored }) => stored.item.sku),
          call,
        )
      ).map((one) => [one.sku, one]),
    );
    for (const { stored, listingId } of some) {
      const kind = endOf(found.get(stored.item.sku));
      if (kind === undefined) continue;
      await store.items.markListingEnd(stored.item.id, { kind, at });
      ended.push({ itemId: stored.item.id, listingId, kind });
    }
  }
  return ended;
}

/** Something sold of which more is left is still live. */
function endOf(found: FoundListing | undefined): ListingEnd['kind'] | undefined {
  if (found?.state === 'live') return undefined;
  if (found?.state === 'sold') return (found.available ?? 0) > 0 ? undefined : 'sold';
  return 'ended';
}

async function readTraffic(
  { store }: App,
  { afterSale }: Marketplace,
  open: readonly Listed[],
  during: Span,
  call: Call,
): Promise<SyncView['traffic']> {
  if (open.length === 0) return null;
  const itemOf = new Map(open.map(({ stored, listingId }) => [listingId, stored.item.id]));
  const figures = await afterSale.traffic([...itemOf.keys()], during, call);
  await store.sales.recordTraffic(
    figures.flatMap((one) => {
      const itemId = itemOf.get(one.listingId);
      return itemId ? [{ ...one, itemId, during }] : [];
    }),
  );
  const sum = (of: (one: (typeof figures)[number]) => number): number => figures.reduce((total, one) => total + of(one), 0);
  return { listings: figures.length, impressions: sum((one) => one.impressions), views: sum((one) => one.views) };
}

/** A bug still ends the program. */
async function attempt<T>(work: () => Promise<T>): Promise<{ readonly value?: T; readonly reason?: Reason }> {
  try {
    return { value: await work() };
  } catch (error) {
    if (!(error instanceof EasyflipError)) throw error;
    return { reason: reasonOf(error) };
  }
}
