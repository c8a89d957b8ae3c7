import type { Emit, RunFinished } from '../core/events.ts';
import { deriveState } from '../core/item-state.ts';
import type { ItemState } from '../core/outcome.ts';
import type { StageOutcome, StoredItem } from '../core/ports/index.ts';
import type { RunControl } from '../pipeline/run-control.ts';
import type { App } from './app.ts';
import { eachItem } from './each-item.ts';
import { performRun } from './perform-run.ts';
import { stageNames } from './status.ts';

export interface Again {
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
    collect: async () => waitingOrHeld(app),
  });

async function* waitingOrHeld(app: App): AsyncGenerator<StoredItem> {
  for await (const { stored, outcomes } of eachItem(app)) {
    const { state } = deriveState(stored, outcomes, stageNames);
    if (state === 'waiting' || state === 'held') yield stored;
  }
}

/** One item by itself: what `approve` does after the seller's word. */
export const runOne = (app: App, stored: StoredItem, again: Again): Promise<RunFinished> =>
  performRun(app, { command: 'approve', ...again, collect: async () => [stored] });

/** What changed words make of items, up to the first call that writes to eBay: nothing goes live, and no photo is looked at again. */
export const workOut = (app: App, items: readonly StoredItem[], again: Omit<Again, 'dryRun'>): Promise<RunFinished> =>
  performRun(app, { command: 'edit', dryRun: true, ...again, collect: async () => items });

/** Items in one of these states, each with the stage that failed, if one did. */
export async function inState(
  app: App,
  states: readonly ItemState[],
): Promise<readonly { readonly stored: StoredItem; readonly failedStage: StageOutcome | undefined }[]> {
  const found = [];
  for await (const { stored, outcomes } of eachItem(app)) {
    if (!states.includes(deriveState(stored, outcomes, stageNames).state)) continue;
    found.push({ stored, failedStage: outcomes.find(({ kind }) => kind === 'failed') });
  }
  return found;
}
