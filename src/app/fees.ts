import { EasyflipError, type Reason, reasonOf } from '../core/errors.ts';
import type { Emit } from '../core/events.ts';
import { estimateFees, type FeeEstimate } from '../core/fees.ts';
import type { Category } from '../core/listing.ts';
import type { Money } from '../core/money.ts';
import type { Call, ListingFees, Marketplace, StoredItem } from '../core/ports/index.ts';
import type { Settings } from '../core/settings.ts';
import type { FeesView } from '../report/fees.ts';
import type { Classified } from '../stages/classify.ts';
import type { App } from './app.ts';
import { findItem } from './find-item.ts';
import { statusItem } from './status.ts';
import { wireMarketplace } from './wire-run.ts';

export interface FeesRequest {
  readonly emit: Emit;
  readonly signal: AbortSignal;
}

/**
 * What items cost at eBay: for each its own figure for listing an offer that exists there and is not live, and the fee
 * table's estimate of what it takes of the sale. Reads only. When eBay cannot be asked the estimates are told all the
 * same, with the reason. Errors: `usage.unknown-item`.
 */
export async function feesView(app: App, names: readonly string[], request: FeesRequest): Promise<FeesView> {
  const { settings, store } = app;
  const items: StoredItem[] = [];
  for (const name of names) items.push(await findItem(store, name));
  const { found, notice } = await listingFeesOf(app, items, request);
  return {
    source: settings.fees.source,
    items: await Promise.all(
      items.map(async (stored) => {
        const outcomes = await store.outcomes.ofItem(stored.item.id);
        const item = statusItem(stored, outcomes, 0);
        const classified = outcomes.find(({ stage, kind }) => stage === 'classify' && kind === 'done')?.output as Classified | undefined;
        return {
          item,
          listing: found.get(stored) ?? null,
          sale: item.price && classified ? saleFees(settings, item.price, classified.category) : null,
        };
      }),
    ),
    notice: notice ?? null,
  };
}

/** What eBay takes of a sale at this price by the seller's fee table. */
export const saleFees = ({ fees, pricing }: Settings, price: Money, category: Category): FeeEstimate =>
  estimateFees(fees, { price, shipping: pricing.shippingCharged, path: [category.id, ...category.ancestors.map(({ id }) => id)] });

interface Asked {
  readonly found: ReadonlyMap<StoredItem, ListingFees>;
  readonly notice?: Reason;
}

async function listingFeesOf(app: App, items: readonly StoredItem[], { emit, signal }: FeesRequest): Promise<Asked> {
  const found = new Map<StoredItem, ListingFees>();
  try {
    const { marketplace, close } = await wireMarketplace(app, emit);
    try {
      await askEach(marketplace, items, found, { signal, priority: 0 });
    } finally {
      await close();
    }
    return { found };
  } catch (error) {
    if (!(error instanceof EasyflipError)) throw error;
    return { found, notice: reasonOf(error) };
  }
}

async function askEach(
  marketplace: Marketplace,
  items: readonly StoredItem[],
  found: Map<StoredItem, ListingFees>,
  call: Call,
): Promise<void> {
  const skus = items.map(({ item }) => item.sku);
  const known = new Map((await marketplace.find(skus, call)).map((listing) => [listing.sku, listing]));
  for (const stored of items) {
    const { offerId, state } = known.get(stored.item.sku) ?? {};
    // eBay tells listing fees of offers that are not live, and refuses the rest.
    if (offerId === undefined || (state !== 'unpublished' && state !== 'withdrawn')) continue;
    const fees = await marketplace.listingFees(offerId, call);
    if (fees) found.set(stored, fees);
  }
}
