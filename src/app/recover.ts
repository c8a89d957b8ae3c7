import type { Emit } from '../core/events.ts';
import { anchorOf, itemIdOf, ownPartOf, skuOf } from '../core/identity.ts';
import type { Sku } from '../core/item.ts';
import { listingOf } from '../core/item-state.ts';
import type { Call, Claim, KnownListing, StageOutcome, StoredItem } from '../core/ports/index.ts';
import type { PlannedItem } from '../intake/group-photos.ts';
import { registerItems } from '../intake/register-items.ts';
import type { RecoveredItem, RecoverView } from '../report/recover.ts';
import type { App } from './app.ts';
import { planItems } from './plan.ts';
import { wireMarketplace } from './wire-run.ts';
import { withClaim } from './with-claim.ts';

export interface RecoverRequest {
  readonly directories: readonly string[];
  /** Says what would be recorded; nothing is. */
  readonly dryRun: boolean;
  readonly emit: Emit;
  readonly signal: AbortSignal;
}

/** What a planned item is known as: registered, or in a dry run only looked up. */
interface Candidate {
  readonly plan: PlannedItem;
  readonly stored: StoredItem | undefined;
}

/**
 * Rebuilds, after the database was lost, what eBay and the photos know: which items are live, sold, ended, withdrawn or half made. Reads
 * only on eBay. Each item is recorded by itself, so that a kill costs nothing, and what is known already stays as it is: it may be repeated.
 * What was said to easyflip alone (approvals, holds, facts set by command) and what was spent cannot come back.
 * Errors: those of scanning and of the marketplace.
 */
export async function recover(app: App, { directories, dryRun, emit, signal }: RecoverRequest): Promise<RecoverView> {
  const { items: plans } = await planItems(app, directories, { emit, signal });
  const { marketplace, close } = await wireMarketplace(app, emit);
  try {
    // All is read before anything is recorded: whoever stops here has changed nothing.
    const listings = new Map<Sku, KnownListing>();
    let others = 0;
    for await (const page of marketplace.everything((sku) => ownPartOf(sku) !== undefined, { signal, priority: 0 } satisfies Call)) {
      for (const listing of page.listings) listings.set(listing.sku, listing);
      others += page.others;
    }
    const found = matched(plans, [...listings.values()]);
    const items: RecoveredItem[] = [];
    for (const candidate of await candidates(app, plans, dryRun)) {
      signal.throwIfAborted();
      items.push(await settle(app, candidate, found.byPlan.get(candidate.plan) ?? [], dryRun));
    }
    return { dryRun, items, withoutPhotos: found.without, others };
  } finally {
    await close();
  }
}

async function candidates(app: App, plans: readonly PlannedItem[], dryRun: boolean): Promise<readonly Candidate[]> {
  const { store, clock } = app;
  if (!dryRun) {
    const registered = await registerItems(plans, store, () => new Date(clock.now()).toISOString());
    return plans.map((plan, at) => ({ plan, stored: registered[at]?.stored }));
  }
  return Promise.all(plans.map(async (plan) => ({ plan, stored: await store.items.bySource(plan.source) })));
}

/** A listing belongs to the item that has the photo its SKU is made from. */
function matched(plans: readonly PlannedItem[], listings: readonly KnownListing[]) {
  const planOf = new Map<Sku, PlannedItem>();
  for (const plan of plans) for (const { sha256 } of plan.photos) if (!planOf.has(skuOf(sha256))) planOf.set(skuOf(sha256), plan);
  const byPlan = new Map<PlannedItem, KnownListing[]>();
  const without: KnownListing[] = [];
  for (const listing of listings) {
    const plan = planOf.get(ownPartOf(listing.sku) ?? listing.sku);
    if (!plan) without.push(listing);
    else if (byPlan.has(plan)) byPlan.get(plan)?.push(listing);
    else byPlan.set(plan, [listing]);
  }
  return { byPlan, without };
}

async function settle(app: App, { plan, stored }: Candidate, listings: readonly KnownListing[], dryRun: boolean): Promise<RecoveredItem> {
  const [listing, second] = listings;
  const id = stored?.item.id ?? itemIdOf(anchorOf(plan.photos.map(({ sha256 }) => sha256)));
  const told = (was: RecoveredItem['was']): RecoveredItem => ({ item: id, source: plan.source, was, listing: listing ?? null });
  if (stored && (await isKnown(app, stored))) return told('known');
  if (!listing) return told('new');
  // Which of them is the item is a person's to say: `list` looks at them again, and holds it.
  if (second) return told('several');
  const was = stateNow(listing);
  if (stored && !dryRun) await withClaim(app, stored, (claim) => record(app, stored, listing, was, claim));
  return told(was);
}

async function isKnown({ store }: App, stored: StoredItem): Promise<boolean> {
  if (stored.withdrawnAt !== undefined) return true;
  return listingOf(stored, await store.outcomes.ofItem(stored.item.id)) !== undefined;
}

/** Something sold of which more is left is still live. Without a listing number there is nothing to adopt: `list` asks again. */
function stateNow({ state, available, listingId }: KnownListing): Exclude<RecoveredItem['was'], 'known' | 'new' | 'several'> {
  if (state === 'withdrawn') return 'withdrawn';
  if (state === 'unpublished' || listingId === undefined) return 'debris';
  return state === 'sold' && (available ?? 0) > 0 ? 'live' : state;
}

async function record(
  { store, clock }: App,
  { item, intakeHold }: StoredItem,
  listing: KnownListing,
  was: ReturnType<typeof stateNow>,
  claim: Claim,
): Promise<void> {
  const at = new Date(clock.now()).toISOString();
  // Debris keeps its SKU, so that it becomes the listing instead of lying about.
  if (item.sku !== listing.sku) await store.items.save({ ...item, sku: listing.sku }, intakeHold);
  if (was === 'debris') return;
  for (const outcome of shown(item.id, listing, at)) await store.outcomes.record(outcome, claim);
  if (was === 'withdrawn') {
    await store.items.markWithdrawn(item.id, at);
    return;
  }
  const { listingId = '', url = '', offerId } = listing;
  await store.items.adopt(item.id, listing.sku, { listingId, url, ...(offerId === undefined ? {} : { offerId }) });
  // Killed before this, it passes for live until the next `sync` finds its end.
  if (was !== 'live') await store.items.markListingEnd(item.id, { kind: was, at });
}

/**
 * Title, category and price as they are on eBay, for whoever looks at the item. The fingerprints fit nothing: a stage that runs again
 * makes its own result.
 */
function shown(itemId: StageOutcome['itemId'], { title, categoryId, price }: KnownListing, at: string): readonly StageOutcome[] {
  const outcome = (stage: string, output: unknown): StageOutcome => ({
    itemId,
    stage,
    fingerprint: 'recovered',
    kind: 'done',
    output,
    attempts: 0,
    startedAt: at,
    finishedAt: at,
  });
  const words = { ...(title === undefined ? {} : { title }), ...(categoryId === undefined ? {} : { categoryId }) };
  return [outcome('specify', words), ...(price ? [outcome('price', { price })] : [])];
}
