import type { Correction } from '../../core/correction.ts';
import { EasyflipError } from '../../core/errors.ts';
import { canonicalJson } from '../../core/hash.ts';
import { deriveState, isOver } from '../../core/item-state.ts';
import { mergeFacts } from '../../core/merge-facts.ts';
import type { StageOutcome, StoredItem } from '../../core/ports/index.ts';
import type { SellerFacts } from '../../core/seller-facts.ts';
import { skuFor, wasAdmitted } from '../../intake/register-items.ts';
import type { FieldChange } from '../../report/edit.ts';
import type { App } from '../app.ts';
import { stageNames } from '../status.ts';
import { withClaim } from '../with-claim.ts';
import { noteCorrections } from './corrections.ts';
import { fieldKey, fieldsOf } from './fields.ts';
import { type Edit, layEdit } from './lay-edit.ts';

/** What an edit would change; nothing is recorded yet. */
export interface ProposedEdit {
  readonly stored: StoredItem;
  readonly edit: Edit;
  readonly changes: readonly FieldChange[];
  /** What was approved is not what would be listed any more. */
  readonly withdrawsApproval: boolean;
}

/**
 * Looks what an edit does to an item that is not live. What it means for category and allowed values is found when the
 * stages run again. Errors: `usage.wrong-state` for what is or was live, and for the SKU of an item that eBay knows.
 */
export async function proposeEdit(app: App, stored: StoredItem, edit: Edit): Promise<ProposedEdit> {
  const outcomes = await app.store.outcomes.ofItem(stored.item.id);
  refuseListed(stored, outcomes);
  const set = layEdit(stored, edit);
  const changes = changesOf(stored, outcomes, set, edit);
  if (changes.some(({ field }) => field === 'sku' || field === 'bin') && (await wasAdmitted(stored, app.store))) {
    throw new EasyflipError(
      'usage.wrong-state',
      `Item ${stored.item.id} keeps its SKU ${stored.item.sku}: eBay was asked about it already.`,
      {
        hint: 'Leave sku and bin as they are; a bin may also stand in the note.',
      },
    );
  }
  return {
    stored,
    edit,
    changes,
    withdrawsApproval: stored.decision?.kind === 'approve' && changes.some(({ field }) => bindsApproval(field)),
  };
}

/**
 * Records an edit: the seller's word from now on, over sidecar and photos. What rested on the old word is worked out anew
 * by the next run, nothing else. Errors: as for `proposeEdit`; `usage.wrong-state` while another process has the item.
 */
export async function applyEdit(app: App, { stored: { item }, edit }: ProposedEdit, by: Correction['by'] = 'edit'): Promise<StoredItem> {
  const { store } = app;
  const shown = await store.items.get(item.id);
  if (!shown) throw new EasyflipError('usage.unknown-item', `There is no item ${item.id} any more.`, { hint: 'See `easyflip status`.' });
  return withClaim(app, shown, async () => {
    // Read again under the claim: another process may have listed it meanwhile.
    const stored = (await store.items.get(item.id)) ?? shown;
    const outcomes = await store.outcomes.ofItem(item.id);
    refuseListed(stored, outcomes);
    const set = layEdit(stored, edit);
    const changes = changesOf(stored, outcomes, set, edit);
    if (canonicalJson(set) === canonicalJson(stored.set)) return stored;
    const seller = mergeFacts(stored.sidecar, set);
    await noteCorrections(app, { stored, outcomes }, seller, by);
    await store.items.setFacts(item.id, set);
    if (changes.some(({ field }) => field === 'sku' || field === 'bin')) {
      const sku = skuFor({ seller }, item.anchor);
      await store.items.save({ ...stored.item, sku, seller: stored.sidecar }, stored.intakeHold);
    }
    await store.outcomes.forget(item.id, staleStages(changes, edit));
    if (stored.decision?.kind === 'approve' && changes.some(({ field }) => bindsApproval(field)))
      await store.items.decide(item.id, undefined);
    return (await store.items.get(item.id)) ?? stored;
  });
}

function refuseListed(stored: StoredItem, outcomes: readonly StageOutcome[]): void {
  const { state } = deriveState(stored, outcomes, stageNames);
  const { id } = stored.item;
  if (state === 'live') {
    throw new EasyflipError('usage.wrong-state', `Item ${id} is live; what buyers see is changed by \`update\` only.`, {
      hint: `Run \`easyflip update ${id} --set NAME=VALUE\`.`,
    });
  }
  if (isOver(state)) {
    throw new EasyflipError('usage.wrong-state', `The listing of item ${id} is over: ${state}.`, {
      hint: `To list it again, run \`easyflip withdraw ${id}\` first, then edit and approve it.`,
    });
  }
}

/** Each field whose value is another, as it was and as it will be; null: none, or not known before the next run. */
function changesOf(stored: StoredItem, outcomes: readonly StageOutcome[], set: SellerFacts, edit: Edit): readonly FieldChange[] {
  const after: StoredItem = { ...stored, set, item: { ...stored.item, seller: mergeFacts(stored.sidecar, set) } };
  const stale = staleByName([...edit.remove, ...edit.unset]);
  const [was, is] = [
    fieldsOf(stored, outcomes),
    fieldsOf(
      after,
      outcomes.filter(({ stage }) => !stale.has(stage)),
    ),
  ];
  const named = new Set([...edit.remove, ...edit.unset].map(fieldKey));
  const left = new Set(edit.remove.map(fieldKey));
  const changed = [...new Set([...was.keys(), ...is.keys()])].flatMap((field) => {
    const [from, to] = [was.get(field), is.get(field)];
    if (from?.value === to?.value && from?.said === to?.said) return [];
    // What other fields make of it is not known before the stages have run.
    if (!to?.said && !from?.said && !named.has(fieldKey(field))) return [];
    return [
      {
        field,
        from: from?.value ?? null,
        to: to?.value ?? null,
        leftOut: left.has(fieldKey(field)),
        proposed: from !== undefined && !from.said,
      },
    ];
  });
  // What was left out has no value before the stages have run again.
  const told = new Set(changed.map(({ field }) => fieldKey(field)));
  const back = (stored.set.leaveOut ?? []).filter((field) => !(set.leaveOut ?? []).includes(field) && !told.has(fieldKey(field)));
  return [...changed, ...back.map((field) => ({ field, from: null, to: null, leftOut: false, proposed: false }))];
}

/** Stages whose recorded result has the seller's old word in it, where that word would look like the program's. */
const WORD_IN: Readonly<Record<string, readonly string[]>> = {
  title: ['specify', 'price', 'check'],
  condition: ['specify', 'price', 'check'],
  category: ['classify', 'specify', 'price', 'check'],
  price: ['price', 'check'],
};

const staleByName = (taken: readonly string[]): ReadonlySet<string> => new Set(taken.flatMap((field) => WORD_IN[field] ?? []));

/** `check` in any case: its content is what an approval would bind to. */
const staleStages = (changes: readonly FieldChange[], { remove, unset }: Edit): readonly string[] => [
  ...staleByName([...remove, ...unset]),
  ...(changes.some(({ field }) => bindsApproval(field)) ? ['check'] : []),
];

/** A private note is for the seller's eyes; everything else may change what is listed. */
const bindsApproval = (field: string): boolean => field !== 'privateNote';
