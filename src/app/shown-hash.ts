import { EasyflipError } from '../core/errors.ts';
import { hashOf } from '../core/hash.ts';
import { deriveState } from '../core/item-state.ts';
import type { StageOutcome, StoredItem } from '../core/ports/index.ts';
import type { Checked } from '../stages/check.ts';
import { fieldsOf } from './edit/fields.ts';
import { stageNames } from './status.ts';

/**
 * Over all that a person is shown of an item before they decide: photos, fields, the content that would be listed, and why it
 * waits. Of an item that no stage has looked at yet, over what is known so far. Pure.
 */
export function shownHash(stored: StoredItem, outcomes: readonly StageOutcome[]): string {
  const check = outcomes.find(({ stage }) => stage === 'check');
  const { contentHash } = ((check?.output ?? check?.partial) as Partial<Checked> | undefined) ?? {};
  const { state, reason } = deriveState(stored, outcomes, stageNames);
  return hashOf({
    photos: stored.item.photos.map(({ sha256 }) => sha256),
    fields: [...fieldsOf(stored, outcomes)].sort(([a], [b]) => (a < b ? -1 : 1)),
    content: contentHash ?? null,
    state,
    reason: reason ? [reason.code, reason.message] : null,
    decision: stored.decision?.kind ?? null,
  });
}

/** Refuses what would be done to an item that is not any more what was shown. Errors: `usage.wrong-state`. */
export function refuseUnseen(stored: StoredItem, outcomes: readonly StageOutcome[], shown: string): void {
  if (shownHash(stored, outcomes) === shown) return;
  throw new EasyflipError('usage.wrong-state', `Item ${stored.item.id} has changed since it was shown to you; nothing was done.`, {
    hint: 'Look at it as it is now, then say it again.',
  });
}
