import type { RunEvent } from '../core/events.ts';
import { costText, counted } from './amounts.ts';
import { clean } from './text.ts';

/** A batch of questions to a model whose answers are not there yet. */
export interface WaitingBatch {
  /** The service's id; null: not sent yet. */
  readonly batch: string | null;
  readonly questions: number;
  /** The service's word, as last seen. */
  readonly status: string;
  readonly completed: number;
  readonly failed: number;
  readonly since: string;
  /** The most it can still cost; counted as spent until it is known. */
  readonly costUsdMax: number;
}

/** What is told of a batch while a run waits for it; undefined for other events. */
export function batchLine(event: RunEvent): string | undefined {
  switch (event.type) {
    case 'batch.sent':
      return `${clean(event.batch)}: ${counted(event.questions, 'question')} sent, at most ${costText(event.costUsdMax)}; answers come within 24 hours`;
    case 'batch.progress':
      return `${clean(event.batch)}: ${word(event.status)}, ${event.completed + event.failed} of ${event.total}`;
    case 'batch.finished': {
      const failed = event.failed > 0 ? `, ${event.failed} without an answer` : '';
      return `${clean(event.batch)}: ${word(event.status)}, ${counted(event.answered, 'answer')}${failed}; cost ${costText(event.costUsd)}`;
    }
    default:
      return undefined;
  }
}

export function waitingBatchLines(batches: readonly WaitingBatch[]): string[] {
  return batches.map(({ batch, questions, status, completed, failed, since, costUsdMax }) => {
    const name = batch === null ? 'A batch that was not sent yet' : `Batch ${clean(batch)}`;
    return `${name}: ${counted(questions, 'question')}, ${word(status)}, ${completed + failed} done, since ${since}; counts at ${costText(costUsdMax)}`;
  });
}

/** In the published form. */
export const waitingBatchJson = (one: WaitingBatch): Record<string, unknown> => {
  const { batch, questions, status, completed, failed, since, costUsdMax } = one;
  return { batch, questions, status, completed, failed, since, costUsdMax };
};

const word = (status: string): string => clean(status.replaceAll('_', ' '));
