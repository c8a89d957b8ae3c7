import { microUsdToUsd } from '../../core/money.ts';
import type { StoredBatch } from '../../core/ports/index.ts';
import type { WaitingBatch } from '../../report/batches.ts';
import type { App } from '../app.ts';

/** Batches whose answers are not there yet, from the database alone. */
export const waitingBatches = async ({ store }: App): Promise<readonly WaitingBatch[]> => (await store.batches.open()).map(viewOf);

const viewOf = ({ remoteId, questions, seen, state, beganAt, reservedMicroUsd }: StoredBatch): WaitingBatch => ({
  batch: remoteId ?? null,
  questions,
  status: seen?.word ?? (state === 'waiting' ? 'sent' : state),
  completed: seen?.completed ?? 0,
  failed: seen?.failed ?? 0,
  since: beganAt,
  costUsdMax: microUsdToUsd(reservedMicroUsd),
});
