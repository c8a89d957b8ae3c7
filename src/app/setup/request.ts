import type { Emit } from '../../core/events.ts';
import type { SetupStep } from '../../report/setup.ts';
import type { Answers } from './questions.ts';

export interface SetupRequest {
  readonly answers: Answers;
  /** False: nothing is created on the marketplace; what is missing is an error. */
  readonly mayCreate: boolean;
  readonly configFile: string | undefined;
  /** Told as soon as it is settled. */
  readonly tell: (step: SetupStep) => void;
  readonly emit: Emit;
  readonly signal: AbortSignal;
}
