import type { Clock } from '../core/clock.ts';
import type { Reason } from '../core/errors.ts';
import { hashOf } from '../core/hash.ts';
import { skuOf } from '../core/identity.ts';
import type { Sku } from '../core/item.ts';
import { listingOf, onHold, SKIPPED, withdrawn } from '../core/item-state.ts';
import type { Call, Claim, FoundListing, Marketplace, Store, StoredItem } from '../core/ports/index.ts';
import { sharedSku } from '../intake/same-sku.ts';
import type { Admission } from '../pipeline/runner.ts';
import { createBatcher } from '../resilience/batch.ts';
import type { CallsLeft } from './calls-left.ts';

export interface AdmitDependencies {
  readonly store: Pick<Store, 'items' | 'outcomes'>;
  readonly marketplace: Pick<Marketplace, 'find'>;
  readonly clock: Clock;
  /** Default: calls are there. */
  readonly callsLeft?: CallsLeft | undefined;
  /** For the calls that join several items. */
  readonly call: Call;
}

/** eBay's bulk get takes 25 SKUs (CONTRACTS 2.7). */
const SKUS_PER_CALL = 25;
const LINGER_MS = 25;

/**
 * What ends an item before any stage: it is live, skipped, on hold, or the marketplace knows it already.
 * An item new to this database is looked up there under the SKU of each of its photos before anything is
 * written, so that a lost database never lists twice (DESIGN section 4).
 */
export function createAdmit({
  store,
  marketplace,
  clock,
  callsLeft,
  call,
}: AdmitDependencies): (stored: StoredItem, claim: Claim, signal: AbortSignal) => Promise<Admission> {
  const lookUps = createBatcher<Sku, FoundListing | undefined>({
    max: SKUS_PER_CALL,
    lingerMs: LINGER_MS,
    async run(skus, signal) {
      const found = new Map((await marketplace.find([...new Set(skus)], { ...call, signal })).map((one) => [one.sku, one]));
      return skus.map((sku) => found.get(sku));
    },
  });

  return async (stored, claim, signal) => {
    const { item, decision } = stored;
    const outcomes = await store.outcomes.ofItem(item.id);
    const listing = listingOf(stored, outcomes);
    if (listing) return { end: { outcome: 'already', listingId: listing.listingId, listingUrl: listing.url } };
    if (decision?.kind === 'skip') return { end: { outcome: 'skipped', reason: SKIPPED } };
    if (stored.withdrawnAt) return { end: { outcome: 'held', reason: withdrawn(stored) } };
    if (decision?.kind === 'hold') return { end: { outcome: 'held', reason: onHold(stored) } };
    if (stored.intakeHold && decision?.kind !== 'approve') return { end: { outcome: 'held', reason: stored.intakeHold } };
    callsLeft?.(stored, outcomes);
    // Adopted and not live: an update of it waits to be sent.
    if (stored.adopted || outcomes.some(({ stage, kind }) => stage === 'admit' && kind === 'done')) return { item: stored };

    const wanted: StoredItem = { ...stored, item: { ...item, sku: (item.seller.sku as Sku | undefined) ?? item.sku } };
    const { sku } = wanted.item;
    const skus = [...new Set([sku, ...item.photos.map(({ sha256 }) => skuOf(sha256)), ...binned(wanted)])];
    const hits = (await Promise.all(skus.map((sku) => lookUps.add(sku, signal)))).filter((hit) => hit !== undefined);
    const at = new Date(clock.now()).toISOString();
    const record = (end: { kind: 'done'; output: unknown } | { kind: 'held'; reason: Reason }): Promise<void> =>
      store.outcomes.record(
        { itemId: item.id, stage: 'admit', fingerprint: hashOf(skus), attempts: 1, startedAt: at, finishedAt: at, ...end },
        claim,
      );

    // What an approval overruled (`intakeHold`) stays true: the second listing would write over the first.
    const problem = (await sharedSkuOf(wanted, store.items)) ?? problemWith(wanted, hits);
    // An approval means "list it again"; it cannot choose between entries or take over somebody's SKU.
    if (problem && !(problem.code === 'item.ended-listing' && decision?.kind === 'approve')) {
      await record({ kind: 'held', reason: problem });
      return { end: { outcome: 'held', reason: problem } };
    }
    const hit = hits[0];
    if (hit?.state === 'live' && hit.listingId && hits.length === 1) {
      await store.items.adopt(item.id, hit.sku, {
        listingId: hit.listingId,
        url: hit.url ?? '',
        ...(hit.offerId ? { offerId: hit.offerId } : {}),
      });
      return { end: { outcome: 'already', listingId: hit.listingId, ...(hit.url ? { listingUrl: hit.url } : {}) } };
    }
    // Debris of an earlier run keeps its SKU, so that it becomes the listing instead of lying about.
    const taken = hit ? { ...stored, item: { ...item, sku: hit.sku } } : wanted;
    if (taken.item.sku !== item.sku) await store.items.save({ ...taken.item, seller: stored.sidecar }, stored.intakeHold);
    await record({ kind: 'done', output: { sku: taken.item.sku } });
    return { item: taken };
  };
}

/** The seller's bin may have been before the SKU of any of the photos. */
function binned({ item }: StoredItem): readonly Sku[] {
  const own = skuOf(item.anchor);
  const prefix = item.sku.endsWith(own) ? item.sku.slice(0, -own.length) : '';
  return prefix === '' ? [] : item.photos.map(({ sha256 }) => `${prefix}${skuOf(sha256)}` as Sku);
}

/** Another item of this database, not skipped, with the same SKU. */
async function sharedSkuOf({ item }: StoredItem, items: Pick<Store['items'], 'lookUp'>): Promise<Reason | undefined> {
  const others = (await items.lookUp(item.sku)).filter(
    ({ item: other, decision }) => other.id !== item.id && other.sku.toUpperCase() === item.sku.toUpperCase() && decision?.kind !== 'skip',
  );
  return others.length > 0 ? sharedSku(item.sku, [item.source, ...others.map(({ item: { source } }) => source)]) : undefined;
}

/** Never relist, overwrite or take over on a guess. */
function problemWith({ item }: StoredItem, hits: readonly FoundListing[]): Reason | undefined {
  const [hit, second] = hits;
  if (!hit) return undefined;
  if (second) {
    return {
      code: 'item.several-listings',
      message: `The marketplace has several entries for its photos: ${hits.map(({ sku }) => sku).join(', ')}.`,
      hint: 'Put the photos of each thing into a folder of its own, or end the entries that are wrong.',
    };
  }
  if (!item.photos.some(({ sha256 }) => hit.sku.endsWith(skuOf(sha256)))) {
    return {
      code: 'item.foreign-listing',
      message: `The SKU ${hit.sku} is taken by ${hit.title ? `"${hit.title}"` : 'something'} that this database does not know.`,
      hint: 'Give it another SKU in the sidecar, or take "sku" out of it.',
    };
  }
  if (hit.state === 'live' || hit.state === 'unpublished') return undefined;
  const was = { sold: 'sold', ended: 'listed, and the listing has ended', withdrawn: 'withdrawn' }[hit.state];
  return {
    code: 'item.ended-listing',
    message: `It was ${was}${hit.listingId ? ` (listing ${hit.listingId})` : ''}; nothing is listed again without your word.`,
    hint: `Run \`easyflip approve ${item.id}\` to list it again, or \`easyflip skip ${item.id}\`.`,
  };
}
