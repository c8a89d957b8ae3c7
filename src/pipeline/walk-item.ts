import type { Emit } from '../core/events.ts';
import type { ItemEnd } from '../core/outcome.ts';
import type { Claim, Store, StoredItem } from '../core/ports/index.ts';
import type { RunControl } from './run-control.ts';
import type { AnyStage, StageContext } from './stage.ts';
import { runStep, type StepResult } from './step.ts';

export interface WalkDependencies {
  readonly stages: readonly AnyStage[];
  readonly store: Pick<Store, 'outcomes'>;
  readonly control: RunControl;
  readonly emit: Emit;
  readonly dryRun: boolean;
  readonly contextOf: (stored: StoredItem, call: StageContext['call']) => StageContext;
  readonly defers: (error: unknown) => boolean;
  readonly now: () => number;
}

export interface Walk {
  readonly end: ItemEnd;
  /** By stage name, as far as the item came. */
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** Takes one claimed item through its stages until it is live, held, failed, or the run stops. */
export async function walkItem(stored: StoredItem, claim: Claim, deps: WalkDependencies): Promise<Walk> {
  const { stages, store, control, emit, dryRun } = deps;
  const recorded = new Map((await store.outcomes.ofItem(stored.item.id)).map((outcome) => [outcome.stage, outcome]));
  const outputs: Record<string, unknown> = {};

  for (const [index, stage] of stages.entries()) {
    if (stage.writes && dryRun) return { end: { outcome: 'listed' }, outputs };
    if (control.soft.aborted) return { end: stopped(control), outputs };

    const signal = stage.finishOnStop ? control.hard : control.soft;
    // Later stages first: what is nearly live goes live before new work begins.
    const context = deps.contextOf(stored, { signal, priority: index, itemId: stored.item.id });
    const inputs = Object.fromEntries(Object.entries(stage.needs).map(([key, needed]) => [key, outputs[(needed as AnyStage).name]]));

    const began = deps.now();
    emit({ type: 'stage.started', item: stored.item.id, stage: stage.name });
    const finished = (kind: StepResult['kind'] | 'deferred', known: { readonly known?: true } = {}): void =>
      emit({ type: 'stage.finished', item: stored.item.id, stage: stage.name, kind, ...known, ms: deps.now() - began });
    let result: StepResult;
    try {
      result = await runStep({
        stage,
        inputs,
        recorded: recorded.get(stage.name),
        context,
        claim,
        outcomes: store.outcomes,
        defers: (error) => signal.aborted || deps.defers(error),
      });
    } catch (error) {
      finished('deferred');
      throw error;
    }
    finished(result.kind, 'known' in result ? { known: result.known } : {});
    if (result.kind === 'held') return { end: { outcome: 'held', reason: result.reason }, outputs };
    if (result.kind === 'failed') return { end: { outcome: 'failed', reason: result.reason }, outputs };
    outputs[stage.name] = result.output;
  }
  return { end: { outcome: 'listed' }, outputs };
}

export function stopped(control: RunControl): ItemEnd {
  const reason = control.reason();
  return { outcome: 'deferred', ...(reason ? { reason } : {}) };
}
