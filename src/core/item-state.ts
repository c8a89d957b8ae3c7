import type { Reason } from './errors.ts';
import type { Receipt } from './listing.ts';
import type { ItemState } from './outcome.ts';
import type { StageOutcome, StoredItem } from './ports/store.ts';

/** What of an item, and of what its stages recorded, its state rests on. */
export type Decided = Pick<StoredItem, 'decision' | 'intakeHold' | 'adopted' | 'withdrawnAt' | 'listingEnd'> & {
  readonly item: Pick<StoredItem['item'], 'id'>;
};
export type Recorded = Pick<StageOutcome, 'stage' | 'kind' | 'reason' | 'output'>;

export interface DerivedState {
  readonly state: ItemState;
  /** The stage that is next, holds or failed; undefined when all is done. */
  readonly stage?: string;
  readonly reason?: Reason;
  readonly listing?: { readonly listingId: string; readonly url: string };
}

/** It was live and is not for sale any more, without a withdrawal of ours. */
export const isOver = (state: ItemState): state is 'sold' | 'ended' => state === 'sold' || state === 'ended';

/**
 * The listing an item has now, made by us or found and adopted. None while an update of it waits to be sent: `publish` has begun then,
 * also of what was adopted. A `publish` that failed before it was found tells nothing.
 */
export function listingOf(stored: Decided, outcomes: readonly Recorded[]): DerivedState['listing'] {
  if (stored.withdrawnAt) return undefined;
  const publish = outcomes.find(({ stage }) => stage === 'publish');
  const receipt = publish?.kind === 'done' ? (publish.output as Receipt | undefined) : undefined;
  if (receipt) return { listingId: receipt.listingId, url: receipt.url };
  if (publish?.kind === 'started') return undefined;
  return stored.adopted && { listingId: stored.adopted.listingId, url: stored.adopted.url };
}

/**
 * What an item is between runs. Derived from what its stages recorded and what the seller decided,
 * never stored beside them, so that the two cannot disagree.
 */
export function deriveState(stored: Decided, outcomes: readonly Recorded[], stageNames: readonly string[]): DerivedState {
  const listing = listingOf(stored, outcomes);
  if (listing) return { state: stored.listingEnd?.kind ?? 'live', listing };
  if (stored.decision?.kind === 'skip') return { state: 'skipped', reason: SKIPPED };
  if (stored.withdrawnAt) return { state: 'withdrawn', reason: withdrawn(stored) };
  if (stored.decision?.kind === 'hold') return { state: 'held', reason: onHold(stored) };
  if (stored.intakeHold && stored.decision?.kind !== 'approve') return { state: 'held', reason: stored.intakeHold };
  const by = new Map(outcomes.map((outcome) => [outcome.stage, outcome]));
  for (const stage of ['admit', ...stageNames]) {
    const outcome = by.get(stage);
    if (outcome?.kind === 'held') return { state: 'held', stage, ...(outcome.reason ? { reason: outcome.reason } : {}) };
    if (outcome?.kind === 'failed') return { state: 'failed', stage, ...(outcome.reason ? { reason: outcome.reason } : {}) };
    if (outcome?.kind !== 'done' && stage !== 'admit') return { state: 'waiting', stage };
  }
  return { state: 'waiting' };
}

export const SKIPPED: Reason = {
  code: 'item.skipped',
  message: 'You chose not to list it.',
  hint: 'Run `easyflip approve ITEM` if it shall be listed after all.',
};

export const onHold = ({ item }: Decided): Reason => ({
  code: 'item.on-hold',
  message: 'You put it on hold.',
  hint: `Run \`easyflip approve ${item.id}\` to go on.`,
});

export const withdrawn = ({ item, withdrawnAt }: Decided): Reason => ({
  code: 'item.ended-listing',
  message: `Its listing was withdrawn${withdrawnAt ? ` on ${withdrawnAt.slice(0, 10)}` : ''}; nothing is listed again without your word.`,
  hint: `Run \`easyflip approve ${item.id}\` to list it again.`,
});
