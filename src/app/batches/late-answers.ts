import { isEasyflipError, type Reason, reasonOf } from '../../core/errors.ts';
import type { ItemId } from '../../core/item.ts';
import type { RunControl } from '../../pipeline/run-control.ts';
import type { LateAnswers } from '../../pipeline/runner.ts';
import { endsRun } from '../../resilience/deferring.ts';
import type { BatchContext } from './batch-context.ts';
import { sendPart } from './send.ts';
import { lookAtBatches, openBatches } from './settle.ts';
import type { Spool } from './spool.ts';
import { waitingReason } from './waiting-reason.ts';

/** Looks without an answer in a row, after which a service is not waited for any longer. */
const FAILED_LOOKS_MAX = 10;

/** Sends what was gathered, and waits until no batch is open, a few of them at once. */
export function createLateAnswers(context: BatchContext, spool: Spool, control: RunControl): LateAnswers {
  const { store, settings, clock, emit } = context;

  return {
    parks: (error) => isEasyflipError(error) && error.code === 'batch.waiting',

    async wait() {
      const unsent = new Map<ItemId, Reason>();
      let failedLooks = 0;
      for (let looks = 1; !control.soft.aborted; looks += 1) {
        await sendSome(unsent);
        if ((await openBatches(context)).length === 0 && spool.parts.length === 0) break;
        await clock.sleep(pauseMs(looks), control.soft).catch(() => undefined);
        if (control.soft.aborted) break;
        const failure = await lookedAt();
        failedLooks = failure === undefined ? 0 : failedLooks + 1;
        if (failure !== undefined && (endsRun(failure) || failedLooks >= FAILED_LOOKS_MAX)) break;
      }
      await giveUpUnsent(unsent, control.reason() ?? waitingReason(undefined));
      const waiting = await store.batches.waitingItems();
      return (item) => {
        const batch = waiting.get(item);
        return batch ? waitingReason(batch) : unsent.get(item);
      };
    },
  };

  function pauseMs(looks: number): number {
    return Math.min(settings.longestPollSeconds, settings.pollSeconds * looks) * 1000;
  }

  /** Its error, when it failed; a look that fails is followed by another. */
  async function lookedAt(): Promise<unknown> {
    try {
      await lookAtBatches(context);
      return undefined;
    } catch (error) {
      if (!isEasyflipError(error) || error.code.startsWith('store.')) throw error;
      if (!control.hard.aborted) emit({ type: 'run.notice', message: `The batches could not be looked at: ${error.message}` });
      return error;
    }
  }

  async function sendSome(unsent: Map<ItemId, Reason>): Promise<void> {
    let open = (await openBatches(context)).filter(({ state }) => state === 'waiting').length;
    for (const part of [...spool.parts]) {
      if (open >= settings.atOnce || control.soft.aborted) return;
      try {
        await sendPart(context, spool, part);
        open += 1;
      } catch (error) {
        if (!isEasyflipError(error)) throw error;
        // What stands in the way of one stands in the way of all: nothing is tried twice tonight.
        if (!(await openBatches(context)).some(({ id }) => id === part.id)) for (const item of part.items) unsent.set(item, error.reason);
        return await giveUpUnsent(unsent, reasonOf(error));
      }
    }
  }

  async function giveUpUnsent(unsent: Map<ItemId, Reason>, reason: Reason): Promise<void> {
    for (const part of [...spool.parts]) {
      await store.batches.drop(part.id);
      await spool.remove(part);
      for (const item of part.items) unsent.set(item, reason);
    }
  }
}
