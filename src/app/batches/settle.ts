import { rm } from 'node:fs/promises';
import { microUsdToUsd } from '../../core/money.ts';
import type { BatchReport, StoredBatch } from '../../core/ports/index.ts';
import type { BatchContext } from './batch-context.ts';
import { spoolFile } from './spool.ts';

/** Open batches of this account; those of another key or address wait for it. */
export async function openBatches({ store, service }: BatchContext): Promise<readonly StoredBatch[]> {
  return (await store.batches.open()).filter(({ account }) => account === service.account);
}

/**
 * One look at each open batch: what was left by a process that died is settled, what is over is collected. Repeatable at any
 * point, also by two processes at once. Errors: the service's; the batches before it are settled.
 */
export async function lookAtBatches(context: BatchContext): Promise<void> {
  for (const batch of await context.store.batches.open()) {
    const ours = batch.account === context.service.account;
    if (batch.state === 'filling' && batch.abandoned) await forgetUnsent(context, batch, ours);
    else if (!ours) continue;
    else if (batch.state === 'waiting') await lookAt(context, batch);
    // Of this process only one whose order got no answer is still in that state when somebody looks.
    else if (batch.state === 'creating' && (batch.abandoned || batch.mine)) await settleCreation(context, batch.id, batch.fileId ?? '');
  }
}

/** It never began. An upload that went out all the same is free, but there are pictures in it. */
export async function forgetUnsent(
  { store, service, call, folder }: BatchContext,
  { id }: Pick<StoredBatch, 'id'>,
  ours = true,
): Promise<void> {
  await store.batches.drop(id);
  await rm(spoolFile(folder, id), { force: true });
  if (!ours) return;
  await service
    .filesNamed(id, call)
    .then((files) => service.removeFiles(files, call))
    .catch(() => undefined);
}

/**
 * Whether a batch was begun whose order was left without an answer. If it is not found, its file is removed before it is
 * looked for once more: an order that is still on its way then finds no file, fails, and costs nothing. Undefined: it was
 * not, and is forgotten.
 */
export async function settleCreation({ store, service, call }: BatchContext, id: string, fileId: string): Promise<BatchReport | undefined> {
  let found = await service.findByName(id, call);
  if (!found) {
    await service.removeFiles([fileId], call);
    found = await service.findByName(id, call);
  }
  if (found) await store.batches.waiting(id, found.id);
  else await store.batches.drop(id);
  return found;
}

async function lookAt(context: BatchContext, batch: StoredBatch): Promise<void> {
  const { store, service, call, emit } = context;
  const { id, remoteId = '', seen } = batch;
  const report = await service.look(remoteId, call);
  if (report?.state === 'over') return await collect(context, batch, report);
  if (!report) return await close(context, batch, 'gone', 'worst-case');
  const { word, total, completed, failed } = report;
  if (seen?.word === word && seen.completed === completed && seen.failed === failed) return;
  await store.batches.seen(id, report);
  // A night has many looks; a line for each quarter is enough.
  if (seen?.word !== word || quarter(report) !== quarter(seen))
    emit({ type: 'batch.progress', batch: remoteId, status: word, total, completed, failed });
}

const quarter = ({ total, completed, failed }: Pick<BatchReport, 'total' | 'completed' | 'failed'>): number =>
  total === 0 ? 0 : Math.floor(((completed + failed) / total) * 4);

/** Answers are kept before the files go and the batch is closed: a crash in between repeats what is harmless. */
async function collect(context: BatchContext, batch: StoredBatch, report: BatchReport): Promise<void> {
  const { store, service, call, emit } = context;
  for (const file of report.answerFiles) {
    await service.read({ id: file, model: batch.model }, async (answers) => void (await store.batches.answer(batch.id, answers)), call);
  }
  // The pictures need not lie there for a month.
  await service.removeFiles(report.files, call).catch(() => undefined);
  if (report.problem)
    emit({ type: 'run.notice', message: `Batch ${report.id} was refused: ${report.problem} Its questions are asked by ordinary calls.` });
  await close(context, batch, report.word, report.word === 'failed' ? 'free' : 'worst-case');
}

async function close({ store, emit }: BatchContext, batch: StoredBatch, status: string, rest: 'worst-case' | 'free'): Promise<void> {
  const { answered, failed, microUsd } = await store.batches.close(batch.id, rest);
  emit({ type: 'batch.finished', batch: batch.remoteId ?? batch.id, status, answered, failed, costUsd: microUsdToUsd(microUsd) });
}
