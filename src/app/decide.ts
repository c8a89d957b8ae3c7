import { EasyflipError } from '../core/errors.ts';
import { deriveState, isOver } from '../core/item-state.ts';
import { mergeFacts } from '../core/merge-facts.ts';
import type { Decision, StageOutcome, StoredItem } from '../core/ports/index.ts';
import type { SellerFacts } from '../core/seller-facts.ts';
import type { Checked } from '../stages/check.ts';
import type { App } from './app.ts';
import { noteCorrections, noteKept } from './edit/corrections.ts';
import { layEdit, NO_EDIT } from './edit/lay-edit.ts';
import { findItem } from './find-item.ts';
import { refuseUnseen } from './shown-hash.ts';
import { stageNames } from './status.ts';

/**
 * The seller's yes. What was ready is approved by the hash of exactly what was shown; what lacked a
 * fact gets it (`set`) and is worked out anew, so an approval never covers what nobody saw. `shown`: the
 * `shownHash` of what the seller looked at; an item that is another by now is not approved.
 * Errors: `usage.unknown-item`, `usage.wrong-state` for what is live already, still lacks facts, or has changed since it was shown.
 */
export async function approve(app: App, name: string, set: SellerFacts | undefined, shown?: string): Promise<StoredItem> {
  const { store } = app;
  const stored = await findItem(store, name);
  const { item } = stored;
  const outcomes = await store.outcomes.ofItem(item.id);
  refuseApproval(stored, outcomes, set !== undefined);
  if (shown !== undefined) refuseUnseen(stored, outcomes, shown);

  const seen = { stored, outcomes };
  if (set) {
    const said = layEdit(stored, { ...NO_EDIT, set });
    await noteCorrections(app, seen, mergeFacts(stored.sidecar, said), 'approve');
    await store.items.setFacts(item.id, said);
  }
  await noteKept(app, seen, set);
  if (stored.withdrawnAt) {
    await store.outcomes.forget(item.id, ['upload', 'publish']);
    await store.items.markWithdrawn(item.id, undefined);
  }
  const ready = outcomes.find(({ stage }) => stage === 'check');
  const contentHash = set ? undefined : ((ready?.output ?? ready?.partial) as Partial<Checked> | undefined)?.contentHash;
  await decide(app, stored, { kind: 'approve', ...(contentHash ? { contentHash } : {}) });
  return (await store.items.get(item.id)) ?? stored;
}

/** Refuses a yes that cannot be: it is live or over, or lacks what only facts can mend. Errors: as for approve. */
export function refuseApproval(stored: StoredItem, outcomes: readonly StageOutcome[], withFacts: boolean): void {
  const { item } = stored;
  const derived = deriveState(stored, outcomes, stageNames);
  if (derived.state === 'live') {
    throw new EasyflipError('usage.wrong-state', `Item ${item.id} is live already.`, { hint: `See it with \`easyflip show ${item.id}\`.` });
  }
  if (isOver(derived.state)) {
    throw new EasyflipError('usage.wrong-state', `The listing of item ${item.id} is over: ${derived.state}.`, {
      hint: `To list it again, run \`easyflip withdraw ${item.id}\` first, then \`easyflip approve ${item.id}\`.`,
    });
  }
  if (derived.state === 'held' && derived.stage && !withFacts && !['admit', 'check', 'publish'].includes(derived.stage)) {
    throw new EasyflipError('usage.wrong-state', `Item ${item.id} cannot be approved as it is. ${derived.reason?.message ?? ''}`.trim(), {
      hint: derived.reason?.hint ?? `Look with \`easyflip show ${item.id}\`.`,
    });
  }
}

/** Keeps an item back until `approve`. Errors: as for approve. */
export const hold = (app: App, name: string): Promise<StoredItem> => setAside(app, name, 'hold');

/** Never lists an item, until `approve`. Errors: as for approve. */
export const skip = (app: App, name: string): Promise<StoredItem> => setAside(app, name, 'skip');

async function setAside(app: App, name: string, kind: 'hold' | 'skip'): Promise<StoredItem> {
  const stored = await findItem(app.store, name);
  refuseSettingAside(stored, await app.store.outcomes.ofItem(stored.item.id));
  await decide(app, stored, { kind });
  return stored;
}

/** What is or was live cannot be put aside. Errors: `usage.wrong-state`. */
export function refuseSettingAside(stored: StoredItem, outcomes: readonly StageOutcome[]): void {
  const { state } = deriveState(stored, outcomes, stageNames);
  if (state === 'live' || isOver(state)) {
    throw new EasyflipError('usage.wrong-state', `Item ${stored.item.id} is ${state}.`, {
      hint:
        state === 'live'
          ? `End its listing with \`easyflip withdraw ${stored.item.id}\`.`
          : 'Nothing is to be done: it is not listed again by itself.',
    });
  }
}

const decide = ({ store, clock }: App, { item }: StoredItem, decision: Omit<Decision, 'at'>): Promise<void> =>
  store.items.decide(item.id, { ...decision, at: new Date(clock.now()).toISOString() });
