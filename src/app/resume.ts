import { EasyflipError } from '../core/errors.ts';
import type { Emit, RunFinished } from '../core/events.ts';
import { deriveState } from '../core/item-state.ts';
import type { ItemState } from '../core/outcome.ts';
import type { Description, StageOutcome, StoredItem } from '../core/ports/index.ts';
import type { RunControl } from '../pipeline/run-control.ts';
import { isStandIn } from '../stages/draft/stand-in.ts';
import type { App } from './app.ts';
import { findItem } from './find-item.ts';
import { performRun } from './perform-run.ts';
import { outcomesByItem, stageNames } from './status.ts';

interface Again {
  readonly dryRun: boolean;
  readonly emit: Emit;
  readonly control: RunControl;
  /** Wait for half the price. */
  readonly batch?: boolean | undefined;
}

/** Continues what an earlier run left: everything that is neither live nor skipped, without looking at the folders again. */
export const resume = (app: App, again: Again): Promise<RunFinished> =>
  performRun(app, {
    command: 'resume',
    ...again,
    collect: async () => (await inState(app, ['waiting', 'held'])).map(({ stored }) => stored),
  });

export interface RetryRequest extends Again {
  /** Only failures with this code. */
  readonly code?: string | undefined;
  /** Only this item. */
  readonly item?: string | undefined;
}

/** Runs failed items again from the stage that failed; what they had finished is kept. */
export const retryFailed = (app: App, { code, item, ...again }: RetryRequest): Promise<RunFinished> =>
  performRun(app, {
    command: 'retry-failed',
    ...again,
    async collect() {
      const only = item === undefined ? undefined : await findItem(app.store, item);
      const failed = [...(await inState(app, ['failed'])), ...(await stoodInFor(app))].filter(
        ({ stored, failedStage }) =>
          (!only || only.item.id === stored.item.id) && (code === undefined || failedStage?.reason?.code === code),
      );
      if (failed.length === 0 && only) {
        throw new EasyflipError('usage.wrong-state', `Item ${only.item.id} has not failed${code ? ` with ${code}` : ''}.`, {
          hint: `See \`easyflip show ${only.item.id}\`.`,
        });
      }
      for (const { stored, failedStage } of failed) if (failedStage) await app.store.outcomes.forget(stored.item.id, anew(failedStage));
      return failed.map(({ stored }) => stored);
    },
  });

/** Held items that the local analysis described because the provider failed: the provider's failure is what is tried again. */
async function stoodInFor(app: App): Promise<readonly { readonly stored: StoredItem; readonly failedStage: StageOutcome }[]> {
  const found = [];
  for (const { stored } of await inState(app, ['held'])) {
    if (stored.decision?.kind === 'approve') continue;
    const drafted = (await app.store.outcomes.ofItem(stored.item.id)).find(({ stage, kind }) => stage === 'draft' && kind === 'done');
    const described = drafted?.output as Description | undefined;
    if (!drafted || !described?.insteadOf || !isStandIn(described)) continue;
    found.push({ stored, failedStage: { ...drafted, reason: described.insteadOf } });
  }
  return found;
}

/** What is done anew: the stage that failed, and the upload of pictures that eBay then did not take. */
const anew = ({ stage, reason }: StageOutcome): readonly string[] => (reason?.code === 'picture.rejected' ? ['upload', stage] : [stage]);

/** One item by itself: what `approve` does after the seller's word. */
export const runOne = (app: App, stored: StoredItem, again: Again): Promise<RunFinished> =>
  performRun(app, { command: 'approve', ...again, collect: async () => [stored] });

async function inState(
  app: App,
  states: readonly ItemState[],
): Promise<readonly { readonly stored: StoredItem; readonly failedStage: StageOutcome | undefined }[]> {
  const [items, summary] = await Promise.all([app.store.items.all(), app.store.outcomes.summary()]);
  const byItem = outcomesByItem(summary);
  return items
    .filter((stored) => states.includes(deriveState(stored, byItem.get(stored.item.id) ?? [], stageNames).state))
    .map((stored) => ({ stored, failedStage: byItem.get(stored.item.id)?.find(({ kind }) => kind === 'failed') }));
}
