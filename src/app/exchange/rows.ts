import { hashOf } from '../../core/hash.ts';
import { deriveState } from '../../core/item-state.ts';
import { ASPECT } from '../../core/merge-facts.ts';
import type { ItemState } from '../../core/outcome.ts';
import type { StageOutcome, StoredItem } from '../../core/ports/index.ts';
import { FIELDS } from '../../intake/field-text.ts';
import type { Sheet } from '../../report/sheet.ts';
import { fieldsOf } from '../edit/fields.ts';
import { stageNames } from '../status.ts';

/** Columns that say which item it is and how it stands; only `decision` may be changed. */
export const ABOUT = ['item', 'version', 'state', 'reason', 'source', 'decision'] as const;

export interface ItemRow {
  readonly state: ItemState;
  readonly cells: ReadonlyMap<string, string>;
}

/** One item as a row: every field as it stands, the seller's word or the program's proposal. Pure. */
export function rowOf(stored: StoredItem, outcomes: readonly StageOutcome[]): ItemRow {
  const { state, reason } = deriveState(stored, outcomes, stageNames);
  const fields = new Map([...fieldsOf(stored, outcomes)].map(([name, { value }]) => [name, value]));
  fields.set('sku', stored.item.sku);
  const decision = stored.decision?.kind ?? '';
  const about: Readonly<Record<(typeof ABOUT)[number], string>> = {
    item: stored.item.id,
    // Over all that may be edited: an item that changed since the export is not overwritten by an old row.
    version: hashOf([decision, [...fields].sort()]).slice(0, 12),
    state,
    reason: reason ? `${reason.code}: ${reason.message}` : '',
    source: stored.item.source,
    decision,
  };
  return { state, cells: new Map([...Object.entries(about), ...fields]) };
}

/** What a person has to look at comes first. */
const ORDER: readonly ItemState[] = ['held', 'failed', 'waiting', 'skipped', 'withdrawn', 'live', 'sold', 'ended'];

/** Rows in the order of work, columns always the same but for the specifics, which follow by name. Pure. */
export function sheetOf(rows: readonly ItemRow[]): Sheet {
  const sorted = ORDER.flatMap((state) => rows.filter((row) => row.state === state));
  const aspects = new Set(rows.flatMap(({ cells }) => [...cells.keys()].filter((name) => name.startsWith(ASPECT))));
  return { columns: [...ABOUT, ...FIELDS, ...[...aspects].sort()], rows: sorted.map(({ cells }) => cells) };
}
