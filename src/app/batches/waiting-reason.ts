import type { Reason } from '../../core/errors.ts';
import type { StoredBatch } from '../../core/ports/index.ts';

/** Why an item waits whose question is in this batch. */
export function waitingReason(batch: StoredBatch | undefined): Reason {
  return {
    code: 'batch.waiting',
    message: batch?.remoteId
      ? `Its answer comes with batch ${batch.remoteId}${progressText(batch)}.`
      : 'Its question waits for a batch that has not been sent yet.',
    hint: 'Run `easyflip resume --batch` to wait for it, or `easyflip resume` later; a batch takes up to 24 hours.',
  };
}

function progressText({ seen }: StoredBatch): string {
  if (!seen) return '';
  const done = seen.total > 0 ? `, ${seen.completed + seen.failed} of ${seen.total}` : '';
  return ` (${seen.word.replaceAll('_', ' ')}${done})`;
}
