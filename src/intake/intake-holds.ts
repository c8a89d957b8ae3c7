import type { Reason } from '../core/errors.ts';
import type { ItemId } from '../core/item.ts';
import type { StoredItem } from '../core/ports/index.ts';
import type { PlannedItem } from './planned-item.ts';

/** A sidecar that cannot be read may have said anything: without it the item is not listed. */
export const intakeHoldOf = (id: ItemId, { problem, confidence, why }: PlannedItem, [clash]: readonly StoredItem[]): Reason | undefined =>
  problem ?? (clash ? duplicateOf(id, clash) : confidence < DOUBTFUL_BELOW ? doubtful(id, why) : undefined);

/** A guess about what belongs together must not become two listings of one thing, or one of two. */
const DOUBTFUL_BELOW = 0.5;

const doubtful = (id: ItemId, why: string): Reason => ({
  code: 'item.doubtful-group',
  message: `It is not certain that these photos are one item and all of it: ${why}.`,
  hint: `Run \`easyflip approve ${id}\` if it is right; else correct it with \`easyflip group\`, or give each thing a folder of its own.`,
});

const duplicateOf = (id: ItemId, { item }: StoredItem): Reason => ({
  code: 'item.possible-duplicate',
  message: `It shares photos with item ${item.id} (${item.source}).`,
  hint: `If it is another thing, run \`easyflip approve ${id}\`; else \`easyflip skip ${id}\`, or remove the copied photos.`,
});

export const reusedFolder = (id: ItemId, { item }: StoredItem): Reason => ({
  code: 'item.changed-while-live',
  message: `Its folder belongs to item ${item.id}, which is live with other photos.`,
  hint: `Put new things into a folder of their own; if this is another thing, run \`easyflip approve ${id}\`.`,
});
