import type { Correction, Verdict } from '../../core/correction.ts';
import type { Description, StageOutcome, StoredItem } from '../../core/ports/index.ts';
import type { SellerFacts } from '../../core/seller-facts.ts';
import type { Specified } from '../../stages/specify.ts';
import type { App } from '../app.ts';
import { type Field, fieldKey, fieldsOf, saidFields } from './fields.ts';

/** An item as the seller saw it: with what the stages had recorded. */
export interface Seen {
  readonly stored: StoredItem;
  readonly outcomes: readonly StageOutcome[];
}

/**
 * Keeps what the seller says otherwise than the program had proposed. `after`: all the seller's facts from now on. What
 * nobody had looked at yet is no correction. Repeatable.
 */
export async function noteCorrections(
  { store, clock }: Pick<App, 'store' | 'clock'>,
  seen: Seen,
  after: SellerFacts,
  by: Correction['by'],
): Promise<void> {
  const { stored, outcomes } = seen;
  const changed = changedWords(stored.item.seller, after);
  if (changed.size === 0 || !outcomes.some(({ stage, kind }) => stage === 'draft' && kind === 'done')) return;
  const { id } = stored.item;
  const known = new Map((await store.corrections.ofItem(id)).map((one) => [one.field, one]));
  const proposed = fieldsOf(stored, outcomes);
  const rows: Correction[] = [];
  const takenBack: string[] = [];
  for (const [field, value] of changed) {
    if (!isJudged(field)) continue;
    const proposal = proposed.get(field);
    const earlier = known.get(field);
    if (value === undefined) takenBack.push(field);
    else if (proposal && !proposal.said) {
      const verdict = value === null ? 'removed' : sameValue(field, value, proposal.value, outcomes) ? 'kept' : 'changed';
      rows.push({ ...row(seen, field, proposal, verdict, by, at(clock)), value });
    } else if (earlier) rows.push({ ...earlier, verdict: verdictAnew(earlier, value, outcomes), value, by, at: at(clock) });
    // What the seller had said before was never the program's to find.
    else if (!proposal && value !== null) rows.push({ ...row(seen, field, undefined, 'added', by, at(clock)), value });
  }
  await store.corrections.forget(id, takenBack);
  await store.corrections.record(rows);
}

/** The seller looked at all of it and agreed: what was proposed and not corrected is right. `except`: what is corrected in the same breath. */
export async function noteKept({ store, clock }: Pick<App, 'store' | 'clock'>, seen: Seen, except: SellerFacts | undefined): Promise<void> {
  const corrected = new Set([...saidFields(except ?? {}).keys()]);
  const rows = [...fieldsOf(seen.stored, seen.outcomes)].flatMap(([field, proposal]) =>
    proposal.said || !isJudged(field) || isOwn(proposal) || corrected.has(field)
      ? []
      : [{ ...row(seen, field, proposal, 'kept', 'approve', at(clock)), value: proposal.value }],
  );
  await store.corrections.record(rows);
}

/** Value of every field of which the seller's word is another; null: shall have none; undefined: the seller says nothing any more. */
function changedWords(before: SellerFacts, after: SellerFacts): ReadonlyMap<string, string | null | undefined> {
  const [was, is] = [saidFields(before), saidFields(after)];
  const changed = new Map<string, string | null | undefined>();
  for (const field of was.keys()) if (!is.has(field)) changed.set(field, undefined);
  for (const [field, value] of is) if (was.get(field) !== value) changed.set(field, value);
  const out = (facts: SellerFacts): readonly string[] => [
    ...new Set((facts.leaveOut ?? []).map((field) => (Object.hasOwn(KEYS, fieldKey(field)) ? fieldKey(field) : field))),
  ];
  for (const field of out(before)) if (!out(after).includes(field) && !is.has(field)) changed.set(field, undefined);
  for (const field of out(after)) if (!out(before).includes(field)) changed.set(field, null);
  return changed;
}

const KEYS: Readonly<Record<string, true>> = {
  brand: true,
  model: true,
  mpn: true,
  department: true,
  size: true,
  color: true,
  material: true,
  type: true,
};

/** What the program proposes from photos and prices; the rest only the seller can know. */
const JUDGED: ReadonlySet<string> = new Set([
  'title',
  'description',
  'category',
  'gtin',
  'condition',
  'flaws',
  'price',
  ...Object.keys(KEYS),
]);
const isJudged = (field: string): boolean => JUDGED.has(field) || field.startsWith('aspects.');

/** What follows from the seller's own words or settings is nobody's proposal. */
const isOwn = ({ evidence }: Field): boolean => evidence === 'seller' || evidence === 'settings';

const at = (clock: App['clock']): string => new Date(clock.now()).toISOString();

function row(
  { stored, outcomes }: Seen,
  field: string,
  proposal: Field | undefined,
  verdict: Verdict,
  by: Correction['by'],
  time: string,
): Omit<Correction, 'value'> {
  const described = outcomes.find(({ stage }) => stage === 'draft')?.output as Description | undefined;
  const bySeller = described === undefined || described.provider === 'seller' || field === 'price';
  return {
    itemId: stored.item.id,
    field,
    provider: bySeller ? 'easyflip' : described.provider,
    model: (bySeller ? undefined : described.model) ?? null,
    evidence: proposal?.evidence ?? null,
    proposed: proposal?.value ?? null,
    verdict,
    by,
    at: time,
  };
}

function verdictAnew({ field, proposed }: Correction, value: string | null, outcomes: readonly StageOutcome[]): Verdict {
  if (proposed === null) return 'added';
  if (value === null) return 'removed';
  return sameValue(field, value, proposed, outcomes) ? 'kept' : 'changed';
}

/** `used`, `3000` and `USED_EXCELLENT` may be one condition; elsewhere only capitals and spaces may differ. */
function sameValue(field: string, said: string, proposed: string, outcomes: readonly StageOutcome[]): boolean {
  const plain = (text: string): string => text.replace(/\s+/g, ' ').trim().toLowerCase();
  if (plain(said) === plain(proposed)) return true;
  const condition =
    field === 'condition'
      ? (outcomes.find(({ stage }) => stage === 'specify')?.output as Partial<Specified> | undefined)?.condition
      : undefined;
  return condition !== undefined && [condition.id, condition.word, condition.label].some((name) => plain(name) === plain(said));
}
