import { EasyflipError } from '../../core/errors.ts';
import { microUsdToUsd } from '../../core/money.ts';
import type { BatchState } from '../../core/ports/index.ts';
import type { BatchContext } from './batch-context.ts';
import { forgetUnsent, settleCreation } from './settle.ts';
import type { Part, Spool } from './spool.ts';

/**
 * Uploads a part and orders its batch. Each step is written down before the next, so that whoever comes after a crash knows
 * what may have happened. Errors: why it was not sent; then it is forgotten, and its cost given back.
 */
export async function sendPart(context: BatchContext, spool: Spool, part: Part): Promise<void> {
  const { store, service, call, emit } = context;
  try {
    if (part.broken) throw unwritten(part.broken);
    const fileId = await service.upload(part.path, part.id, call);
    await store.batches.creating(part.id, fileId);
    const report = await created(context, part, fileId);
    const questions = (await store.batches.open()).find(({ id }) => id === part.id);
    emit({
      type: 'batch.sent',
      batch: report.id,
      questions: part.requests,
      costUsdMax: microUsdToUsd(questions?.reservedMicroUsd ?? 0),
    });
  } catch (error) {
    // Stopped at once, or in doubt whether it began: it stays as it is, and is settled with the next look.
    if (!call.signal.aborted && (await stateOf(context, part)) === 'filling') await forgetUnsent(context, part);
    throw error;
  } finally {
    await spool.remove(part);
  }
}

const stateOf = async ({ store }: BatchContext, part: Part): Promise<BatchState | undefined> =>
  (await store.batches.open()).find(({ id }) => id === part.id)?.state;

/** An order without an answer is looked for: what was begun all the same is waited for. */
async function created(context: BatchContext, part: Part, fileId: string): Promise<{ readonly id: string }> {
  const { store, service, call } = context;
  try {
    const report = await service.create(fileId, part.id, call);
    await store.batches.waiting(part.id, report.id);
    return report;
  } catch (error) {
    if (call.signal.aborted) throw error;
    const found = await settleCreation(context, part.id, fileId);
    if (found) return found;
    throw error;
  }
}

const unwritten = (cause: unknown): EasyflipError =>
  new EasyflipError('store.full', 'The questions for a batch could not be written to disk.', {
    hint: 'Make room in the data folder, then run `easyflip resume --batch`.',
    cause,
  });
