import type { Clock } from '../core/clock.ts';
import { reasonOf } from '../core/errors.ts';
import type { CallFinished, Emit } from '../core/events.ts';
import type { Attempt, ServiceAnswer } from '../core/ports/index.ts';

/** Runs one attempt and tells of it: how long it took, what the service answered, what came of it. Errors: the attempt's. */
export async function toldOf<T>(
  about: Pick<CallFinished, 'service' | 'operation' | 'item' | 'attempt'>,
  { clock, emit }: { readonly clock: Clock; readonly emit: Emit },
  attempt: (answered: Attempt['answered']) => Promise<T>,
): Promise<T> {
  const beganMs = clock.now();
  let answer: ServiceAnswer = {};
  const tell = (end: Pick<CallFinished, 'code'>): void =>
    emit({ type: 'call.finished', ...about, ms: clock.now() - beganMs, ...answer, ...end });
  try {
    const result = await attempt((more) => {
      answer = { ...answer, ...more };
    });
    tell({});
    return result;
  } catch (error) {
    tell({ code: reasonOf(error).code });
    throw error;
  }
}
