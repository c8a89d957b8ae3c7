import { isEasyflipError, type Reason, reasonOf } from '../core/errors.ts';
import type { Claim, StageOutcome, Store } from '../core/ports/index.ts';
import { fingerprint } from './fingerprint.ts';
import type { AnyStage, Hold, StageContext } from './stage.ts';
import { canPassByItself } from './transient.ts';

export type StepResult =
  | { readonly kind: 'done' | 'reused'; readonly output: unknown }
  /** `known`: an earlier run found it out, and nothing was done. */
  | { readonly kind: 'held'; readonly reason: Reason; readonly known?: true }
  | { readonly kind: 'failed'; readonly reason: Reason; readonly known?: true };

export interface StepInputs {
  readonly stage: AnyStage;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly recorded: StageOutcome | undefined;
  readonly context: StageContext;
  readonly claim: Claim;
  readonly outcomes: Store['outcomes'];
  /** Errors that put the item off instead of failing it: rethrown, nothing is recorded. */
  readonly defers: (error: unknown) => boolean;
}

/**
 * One item, one stage: look it up, else run it and record what came of it. This is the whole of
 * recovery: after a crash the same call finds what was finished and does the rest.
 */
export async function runStep({ stage, inputs, recorded, context, claim, outcomes, defers }: StepInputs): Promise<StepResult> {
  const print = fingerprint(stage, inputs, context);
  const known = recorded?.fingerprint === print ? recorded : undefined;
  if (known?.kind === 'done' && ((await stage.stillValid?.(known.output, context)) ?? true))
    return { kind: 'reused', output: known.output };
  if (known?.kind === 'held' && known.reason && !stage.retryHold) return { kind: 'held', reason: known.reason, known: true };
  if (known?.kind === 'failed' && known.reason && !canPassByItself(known.reason.code)) {
    return { kind: 'failed', reason: known.reason, known: true };
  }

  const begun = {
    itemId: context.item.id,
    stage: stage.name,
    fingerprint: print,
    attempts: (known?.attempts ?? 0) + 1,
    startedAt: new Date(context.ports.clock.now()).toISOString(),
  };
  const record = (end: Pick<StageOutcome, 'kind' | 'output' | 'reason' | 'partial'>): Promise<void> =>
    outcomes.record({ ...begun, ...end, finishedAt: new Date(context.ports.clock.now()).toISOString() }, claim);

  await outcomes.record({ ...begun, kind: 'started' }, claim);
  try {
    const result: unknown = await stage.run(inputs, context);
    if (isHold(result)) {
      await record({ kind: 'held', reason: result.hold, ...(result.partial === undefined ? {} : { partial: result.partial }) });
      return { kind: 'held', reason: result.hold };
    }
    await record({ kind: 'done', output: result });
    return { kind: 'done', output: result };
  } catch (error) {
    if (defers(error) || (isEasyflipError(error) && error.code.startsWith('store.'))) throw error;
    const reason = reasonOf(error);
    await record({ kind: 'failed', reason });
    return { kind: 'failed', reason };
  }
}

const isHold = (value: unknown): value is Hold => typeof value === 'object' && value !== null && 'hold' in value;
