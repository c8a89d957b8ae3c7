import { hashOf } from '../core/hash.ts';
import type { AnyStage, StageUses } from './stage.ts';

/**
 * The identity of a stage's work: its version, what it uses, and what the stages before it gave.
 * Same fingerprint, same result: a recorded one is reused.
 */
export function fingerprint(stage: AnyStage, inputs: Readonly<Record<string, unknown>>, from: StageUses): string {
  return hashOf({ stage: stage.name, version: stage.version, uses: stage.uses?.(from), inputs });
}
