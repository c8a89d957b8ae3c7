import { EasyflipError, type Reason } from '../../core/errors.ts';
import type { BatchedQuestions, SpendLimits } from '../../core/ports/index.ts';
import type { RunControl } from '../../pipeline/run-control.ts';
import type { LateAnswers } from '../../pipeline/runner.ts';
import { budgetExhausted } from '../../resilience/budget.ts';
import type { BatchContext } from './batch-context.ts';
import { createLateAnswers } from './late-answers.ts';
import { lookAtBatches } from './settle.ts';
import { createSpool } from './spool.ts';
import { waitingReason } from './waiting-reason.ts';

export interface BatchDeskOptions {
  readonly context: BatchContext;
  readonly runId: string;
  readonly spendLimits: SpendLimits;
  /** New questions wait for a batch; else only what was asked before is known and collected. */
  readonly accepts: boolean;
}

export interface BatchDesk {
  readonly questions: BatchedQuestions;
  /** Goes on where earlier runs stopped: one look at what is open. Errors: the service's. */
  lookOnce(): Promise<void>;
  /** For a run that waits. */
  lateAnswers(control: RunControl): LateAnswers;
}

/** Where questions are handed in and answers lie ready. The stages know nothing of it, and the service nothing of items. */
export function createBatchDesk({ context, runId, spendLimits: limits, accepts }: BatchDeskOptions): BatchDesk {
  const { store } = context;
  const spool = createSpool(context);

  return {
    questions: {
      accepts,
      find: async (key) => {
        const kept = await store.batches.question(key);
        return kept?.state === 'waiting' ? { state: 'waiting', reason: waitingReason(kept.batch) } : kept;
      },
      forget: (key) => store.batches.forget(key),
      hand: async (question, { itemId }) => {
        const { key, operation, paid, worstCaseMicroUsd: microUsd } = question;
        const cost = { runId, ...(itemId === undefined ? {} : { itemId }), operation, microUsd, limits, paid };
        await spool.add(question, itemId, async (batchId) => {
          const added = await store.batches.add(batchId, key, cost);
          if ('over' in added) throw budgetExhausted(added.over, limits[added.over] ?? 0);
          return 'added' in added;
        });
        throw waits(waitingReason(undefined));
      },
    },

    async lookOnce() {
      await lookAtBatches(context);
      await store.batches.tidy();
    },

    lateAnswers: (control) => createLateAnswers(context, spool, control),
  };
}

const waits = ({ message, hint }: Reason): EasyflipError => new EasyflipError('batch.waiting', message, { hint });
