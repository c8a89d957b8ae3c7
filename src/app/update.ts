import { randomUUID } from 'node:crypto';
import { dirname } from 'node:path';
import { type ContentChange, contentChanges } from '../core/content-changes.ts';
import { EasyflipError, type Reason } from '../core/errors.ts';
import type { Emit } from '../core/events.ts';
import { hashOf } from '../core/hash.ts';
import type { Item, ItemId } from '../core/item.ts';
import { deriveState } from '../core/item-state.ts';
import { mergeFacts } from '../core/merge-facts.ts';
import type { Claim, OutcomeStore, StageOutcome, StoredItem } from '../core/ports/index.ts';
import type { SellerFacts } from '../core/seller-facts.ts';
import type { RunControl } from '../pipeline/run-control.ts';
import { type Walk, walkItem } from '../pipeline/walk-item.ts';
import { defers } from '../resilience/deferring.ts';
import type { Checked } from '../stages/check.ts';
import { stages } from '../stages/index.ts';
import type { App } from './app.ts';
import { noteCorrections } from './edit/corrections.ts';
import { findItem } from './find-item.ts';
import { planItems } from './plan.ts';
import { stageNames } from './status.ts';
import { wireRun } from './wire-run.ts';
import { withClaim } from './with-claim.ts';

export interface UpdateRequest {
  readonly set: SellerFacts | undefined;
  /** Takes photos and sidecar as they lie on disk now. */
  readonly fromPhotos: boolean;
  /** Looks for a new price; otherwise the live one stays unless it is set. */
  readonly reprice: boolean;
  readonly emit: Emit;
  readonly control: RunControl;
}

/** What an update would change. Nothing is recorded and nothing was written to the marketplace. */
export interface Proposal {
  readonly stored: StoredItem;
  readonly changes: readonly ContentChange[];
  /** What would hold it if it were new; the seller's yes overrules it. */
  readonly doubt: Reason | undefined;
  /** Sends exactly the proposed content. Errors: those of the stages; the live listing is then as before or, after a lost answer, settled by saying it again. */
  readonly apply: () => Promise<void>;
}

/**
 * Works out what a live listing would look like with other facts, photos or settings. The stages run
 * against recorded results that are only looked at; theirs are kept aside until `apply`.
 * Errors: `usage.wrong-state` for an item that is not live; the reason that keeps it from being listed.
 */
export async function proposeUpdate(app: App, name: string, request: UpdateRequest): Promise<Proposal> {
  const { store } = app;
  const stored = await findItem(store, name);
  const before = await store.outcomes.ofItem(stored.item.id);
  const { state } = deriveState(stored, before, stageNames);
  if (state !== 'live') {
    throw new EasyflipError('usage.wrong-state', `Item ${stored.item.id} is not live but ${state}.`, {
      hint: `See \`easyflip show ${stored.item.id}\`; \`easyflip approve\` tells a held item what it lacks.`,
    });
  }
  const live = before.find(({ stage, kind }) => stage === 'check' && kind === 'done')?.output as Checked | undefined;
  const wanted = await wantedItem(app, stored, request);
  const set = wantedFacts(stored, wanted, live, request);

  const drafted = new Map<string, StageOutcome>();
  const aside: OutcomeStore = { ...store.outcomes, record: async (outcome) => void drafted.set(outcome.stage, outcome) };
  const proposed: StoredItem = { ...stored, item: { ...wanted, seller: mergeFacts(wanted.seller, set) }, set };
  const walk = await withStages(app, request, (deps) =>
    // Nobody else is kept out: what is recorded aside is nobody else's.
    walkItem(proposed, { itemId: wanted.id, token: 0 }, { ...deps, store: { outcomes: aside }, dryRun: true }),
  );
  const checked = (walk.outputs.check ?? drafted.get('check')?.partial) as Checked | undefined;
  const doubt = walk.end.reason;
  if (!checked || (doubt && !OVERRULED.has(doubt.code))) throw refused(doubt);
  return {
    stored,
    changes: contentChanges(live?.content, checked.content),
    doubt,
    apply: () => apply(app, request, { stored, wanted, set, before, drafted, contentHash: checked.contentHash }),
  };
}

/** Doubts that a person settles by looking; everything else is a fault in the content. */
const OVERRULED: ReadonlySet<string> = new Set([
  'item.awaits-approval',
  'item.possible-duplicate',
  'facts.uncertain',
  'condition.doubtful',
  'item.several-pieces',
  'listing.package-estimated',
  'check.restricted-word',
]);

const refused = (reason: Reason | undefined): EasyflipError =>
  reason
    ? new EasyflipError(reason.code, `It cannot be changed so: ${reason.message}`, { hint: reason.hint })
    : new EasyflipError('run.cancelled', 'The update was interrupted; nothing was changed.', { hint: 'Run the same command again.' });

/** The live price is the seller's approved word: another title must not bring another price with it. */
function wantedFacts({ set }: StoredItem, { seller }: Item, live: Checked | undefined, request: UpdateRequest): SellerFacts {
  if (request.reprice && !request.set?.price) {
    const { price, ...others } = set;
    return mergeFacts(others, request.set ?? {});
  }
  const wanted = mergeFacts(set, request.set ?? {});
  return wanted.price || seller.price || !live ? wanted : { ...wanted, price: live.content.price };
}

/** The item as its folder has it; its seller's facts are the sidecar's alone. */
async function wantedItem(app: App, { item, sidecar }: StoredItem, { fromPhotos, control }: UpdateRequest): Promise<Item> {
  if (!fromPhotos) return { ...item, seller: sidecar };
  const mark = item.source.lastIndexOf('#');
  const folder = mark > 0 ? item.source.slice(0, mark) : dirname(item.source);
  const { items } = await planItems(app, [folder], { emit: () => {}, signal: control.soft });
  const plan = items.find(({ source }) => source === item.source);
  if (!plan) {
    throw new EasyflipError('usage.wrong-state', `The photos of item ${item.id} are not in ${item.source} any more.`, {
      hint: 'Put them back, or leave out --from-photos.',
    });
  }
  return { ...item, photos: plan.photos, nameWords: plan.nameWords, seller: plan.seller };
}

interface Application {
  readonly stored: StoredItem;
  /** The sidecar's facts in it, without those of `set`. */
  readonly wanted: Item;
  readonly set: SellerFacts;
  readonly before: readonly StageOutcome[];
  readonly drafted: ReadonlyMap<string, StageOutcome>;
  readonly contentHash: string;
}

/**
 * Records the proposal and walks it to its end. Killed in between, the item waits at `publish` and the next
 * run completes what was said. Refused, everything is put back as it was before.
 */
async function apply(app: App, request: UpdateRequest, { stored, wanted, set, before, drafted, contentHash }: Application): Promise<void> {
  const { store, clock } = app;
  const { id } = wanted;
  await withClaim(app, stored, async (claim) => {
    const was = await store.items.get(id);
    if (!was) throw new EasyflipError('usage.unknown-item', `There is no item ${id} any more.`, { hint: 'See `easyflip status`.' });
    await store.items.setFacts(id, set);
    if (request.fromPhotos) await store.items.save(wanted, was.intakeHold);
    await store.items.decide(id, { kind: 'approve', contentHash, at: new Date(clock.now()).toISOString() });
    await reopen(app, id, before, claim);
    for (const outcome of drafted.values())
      if (outcome.stage !== 'check' && outcome.kind === 'done') await store.outcomes.record(outcome, claim);

    const current = (await store.items.get(id)) ?? stored;
    const putBack = async (): Promise<void> => {
      await store.items.setFacts(id, was.set);
      if (request.fromPhotos) await store.items.save({ ...was.item, seller: was.sidecar }, was.intakeHold);
      await store.items.decide(id, was.decision);
      // Of an adopted listing nothing was published here.
      if (!before.some(({ stage }) => stage === 'publish')) await store.outcomes.forget(id, ['publish']);
      for (const outcome of before) await store.outcomes.record(outcome, claim);
    };
    const end = await withStages(
      app,
      request,
      async (deps) => (await walkItem(current, claim, { ...deps, store, dryRun: false })).end,
    ).catch(async (error: unknown) => {
      await putBack();
      throw error;
    });
    if (end.outcome === 'listed') {
      // The live price that was kept is nobody's correction.
      await noteCorrections(app, { stored, outcomes: before }, mergeFacts(wanted.seller, stored.set, request.set ?? {}), 'update');
      return;
    }
    await putBack();
    throw refused(end.reason);
  });
}

/** From here on it waits at `publish`: else a kill after `check` would leave the old listing looking like the new one. */
async function reopen({ store, clock }: App, itemId: ItemId, before: readonly StageOutcome[], claim: Claim): Promise<void> {
  const publish = before.find(({ stage }) => stage === 'publish');
  // An adopted listing was published by nobody that is known here.
  const { fingerprint, attempts, startedAt } = publish ?? {
    fingerprint: hashOf('adopted'),
    attempts: 0,
    startedAt: new Date(clock.now()).toISOString(),
  };
  await store.outcomes.record({ itemId, stage: 'publish', fingerprint, attempts, startedAt, kind: 'started' }, claim);
}

type WalkParts = Omit<Parameters<typeof walkItem>[2], 'store' | 'dryRun'>;

async function withStages<T extends Walk | Walk['end']>(
  app: App,
  { emit, control }: Pick<UpdateRequest, 'emit' | 'control'>,
  work: (parts: WalkParts) => Promise<T>,
): Promise<T> {
  const { ports, settings, close } = await wireRun(app, { runId: randomUUID(), emit });
  try {
    return await work({
      stages,
      control,
      emit,
      defers,
      now: () => app.clock.now(),
      contextOf: ({ item, decision, firstSeenAt }, call) => ({ item, decision, firstSeenAt, settings, ports, call, emit }),
    });
  } finally {
    await close();
  }
}
