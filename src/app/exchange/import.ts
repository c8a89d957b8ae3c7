import { EasyflipError, isEasyflipError, ProblemsError } from '../../core/errors.ts';
import type { ItemId } from '../../core/item.ts';
import { aspectNameOf, withoutFields } from '../../core/merge-facts.ts';
import type { Decision, StageOutcome, StoredItem } from '../../core/ports/index.ts';
import type { SellerFacts } from '../../core/seller-facts.ts';
import { SITES } from '../../core/site.ts';
import { FIELDS, factsOfTexts, textsOf } from '../../intake/field-text.ts';
import { nearestKey } from '../../intake/nearest-key.ts';
import type { ReadSheet, SheetRow } from '../../intake/read-sheet.ts';
import type { App } from '../app.ts';
import { approve, hold, refuseApproval, refuseSettingAside, skip } from '../decide.ts';
import { applyEdit, type ProposedEdit, proposeEdit } from '../edit/edit.ts';
import { ABOUT, rowOf } from './rows.ts';

/** One row that changes something. */
interface ImportedRow {
  readonly place: string;
  readonly proposal: ProposedEdit;
  /** `none`: the decision is taken back. Absent: it stays. */
  readonly decision?: Decision['kind'] | 'none';
}

export interface ImportPlan {
  readonly rows: readonly ImportedRow[];
  /** Rows in which nothing was changed. */
  readonly unchanged: number;
}

/**
 * What an edited table changes. All of it is checked before anything is: one row that cannot be used refuses the whole
 * table, so that it never counts in part. Only cells that differ from what is known count. Errors: `usage.invalid` with
 * every problem and its line.
 */
export async function planImport(app: App, { columns, rows, problems: unreadable }: ReadSheet): Promise<ImportPlan> {
  const problems = [...unreadable, ...(columns.length > 0 || unreadable.length === 0 ? columnProblems(columns) : [])];
  const changed: ImportedRow[] = [];
  const placeOf = new Map<string, string>();
  for (const row of problems.length > 0 ? [] : rows) {
    const id = row.cells.get('item') ?? '';
    const earlier = placeOf.get(id);
    const stored = id === '' ? undefined : await app.store.items.get(id as ItemId);
    if (earlier) problems.push(`${row.place}: item ${id} stands in ${earlier} already.`);
    else if (!stored) problems.push(`${row.place}: ${id === '' ? 'it names no item' : `there is no item "${id.slice(0, 40)}"`}.`);
    else {
      const planned = await planRow(app, row, stored);
      if ('problems' in planned) problems.push(...planned.problems.map((problem) => `${row.place}: ${problem}`));
      else if (planned.decision !== undefined || planned.proposal.changes.length > 0) changed.push({ place: row.place, ...planned });
    }
    if (id !== '') placeOf.set(id, row.place);
  }
  if (problems.length > 0) {
    throw new ProblemsError('usage.invalid', 'The table cannot be used; nothing was changed.', problems, {
      hint: 'Correct these lines, or export anew, and import it again.',
    });
  }
  return { rows: changed, unchanged: rows.length - changed.length };
}

/** Records it, row by row; each is the seller's word as by `edit` and `approve`. Repeatable: what is so already changes nothing. */
export async function applyImport(app: App, { rows }: ImportPlan): Promise<readonly StoredItem[]> {
  const edited: StoredItem[] = [];
  for (const { proposal, decision } of rows) {
    const { id } = proposal.stored.item;
    const hasEdit = proposal.changes.length > 0;
    if (hasEdit) await applyEdit(app, proposal, 'import');
    if (decision === 'approve') await approve(app, id, hasEdit ? {} : undefined);
    else if (decision === 'hold') await hold(app, id);
    else if (decision === 'skip') await skip(app, id);
    else if (decision === 'none') await app.store.items.decide(id, undefined);
    const stored = await app.store.items.get(id);
    if (stored) edited.push(stored);
  }
  return edited;
}

function columnProblems(columns: readonly string[]): readonly string[] {
  const known: readonly string[] = [...FIELDS, ...ABOUT];
  const problems = columns.includes('item') ? [] : ['The first line names no column "item".'];
  for (const [at, name] of columns.entries()) {
    const aspect = aspectNameOf(name);
    const isKnown = known.includes(name) || (aspect !== undefined && aspect.trim() !== '' && !UNUSABLE.has(aspect));
    const near = isKnown ? undefined : nearestKey(name, known);
    if (!isKnown) problems.push(`There is no column "${name.slice(0, 60)}"${near ? ` (did you mean "${near}"?)` : ''}.`);
    else if (columns.indexOf(name) !== at) problems.push(`The column "${name}" is there twice.`);
  }
  return problems;
}

/** Names become keys of plain objects further on. */
const UNUSABLE: ReadonlySet<string> = new Set(['constructor', 'prototype', '__proto__']);

async function planRow(
  app: App,
  { cells }: SheetRow,
  stored: StoredItem,
): Promise<Omit<ImportedRow, 'place'> | { readonly problems: readonly string[] }> {
  const outcomes = await app.store.outcomes.ofItem(stored.item.id);
  const now = rowOf(stored, outcomes).cells;
  const different = [...cells].filter(([name, cell]) => isField(name) && !isSame(cell, now.get(name) ?? ''));
  const texts = new Map(different.filter(([, cell]) => cell !== ''));
  const { facts: read, problems } = factsOfTexts(texts, SITES[app.settings.marketplace].currency);
  if (problems.length > 0)
    return {
      problems: problems.map(
        ({ field, message }) =>
          `${field} ${message}${IN_POWERS.test(texts.get(field) ?? '') ? ' (a spreadsheet shortened the number; format the column as text)' : ''}.`,
      ),
    };
  // `24.9` is `24.90`: what means the same is no edit.
  const canonical = textsOf(read);
  const set: SellerFacts = withoutFields(
    read,
    [...canonical].filter(([name, text]) => text === now.get(name)).map(([name]) => name),
  );
  const remove = different.filter(([, cell]) => cell === '').map(([name]) => name);
  const decision = decisionOf(cells.get('decision'), now.get('decision') ?? '');
  if (decision === 'unknown') return { problems: ['decision must be approve, hold, skip or empty.'] };
  if (textsOf(set).size + remove.length === 0 && decision === undefined) {
    return { proposal: { stored, edit: { set: {}, remove: [], unset: [] }, changes: [], withdrawsApproval: false } };
  }
  const version = cells.get('version');
  if (version && version !== now.get('version')) return { problems: [`item ${stored.item.id} has changed since this table was exported.`] };
  return proposed(app, stored, outcomes, { set, remove, unset: [] }, decision);
}

async function proposed(
  app: App,
  stored: StoredItem,
  outcomes: readonly StageOutcome[],
  edit: ProposedEdit['edit'],
  decision: ImportedRow['decision'],
): Promise<Omit<ImportedRow, 'place'> | { readonly problems: readonly string[] }> {
  try {
    const isEdit = textsOf(edit.set).size + edit.remove.length > 0;
    const proposal = isEdit ? await proposeEdit(app, stored, edit) : { stored, edit, changes: [], withdrawsApproval: false };
    if (decision === 'approve') refuseApproval(stored, outcomes, isEdit);
    else if (decision !== undefined) refuseSettingAside(stored, outcomes);
    return { proposal, ...(decision === undefined ? {} : { decision }) };
  } catch (error) {
    if (isEasyflipError(error) && error instanceof EasyflipError) return { problems: [error.message] };
    throw error;
  }
}

const isField = (name: string): boolean => FIELDS.includes(name) || aspectNameOf(name) !== undefined;

/** A spreadsheet that takes a code for a number drops its leading zeros; nobody changed it. */
const isSame = (cell: string, now: string): boolean => {
  const plain = now.replace(/\r\n?/g, '\n').trim();
  return cell === plain || (/^0+\d+$/.test(plain) && cell === plain.replace(/^0+(?=\d)/, ''));
};

/** `4.00638E+12`: what became of a long number. */
const IN_POWERS = /^\d(?:[.,]\d+)?E\+?\d+$/i;

function decisionOf(cell: string | undefined, now: string): ImportedRow['decision'] | 'unknown' {
  const said = cell?.toLowerCase();
  if (said === undefined || said === now) return undefined;
  if (said === '') return 'none';
  return said === 'approve' || said === 'hold' || said === 'skip' ? said : 'unknown';
}
