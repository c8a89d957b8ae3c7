import { type Evidence, type Fact, type FactName, isProven } from '../../core/facts.ts';
import { ASPECT, aspectNameOf } from '../../core/merge-facts.ts';
import { decimalText } from '../../core/money.ts';
import type { Description, StageOutcome, StoredItem } from '../../core/ports/index.ts';
import type { SellerFacts } from '../../core/seller-facts.ts';
import { listText, textsOf } from '../../intake/field-text.ts';
import type { Checked } from '../../stages/check.ts';
import type { Classified } from '../../stages/classify.ts';
import type { Priced } from '../../stages/price.ts';
import { factFor } from '../../stages/specify/aspect-names.ts';
import type { Specified } from '../../stages/specify.ts';

/** Of what kind a proposal's proof is. `built`: made from other facts by rules; `settings`: the seller's own default. */
type EvidenceKind = Evidence['from'] | 'built' | 'classified' | 'asking-prices' | 'settings';

/** One field of an item as it stands now. */
export interface Field {
  readonly value: string;
  /** The seller's own word; else what the program made of the photos. */
  readonly said: boolean;
  /** What the program's value rests on. */
  readonly evidence?: EvidenceKind;
}

/** Keys of a sidecar that eBay asks for as a specific. */
const AS_KEYS = ['brand', 'model', 'mpn', 'department', 'size', 'color', 'material', 'type'] as const satisfies readonly FactName[];
const isKey = (name: FactName | undefined): boolean => AS_KEYS.some((key) => key === name);

/** The same for all names of one thing: `aspects.Brand` and `aspects.Marke` are `brand`. */
export function fieldKey(field: string): string {
  const aspect = aspectNameOf(field);
  const fact = aspect === undefined ? undefined : factFor(aspect);
  return fact && isKey(fact) ? fact : field.toLowerCase();
}

/**
 * Everything an item's listing is made of, one text a field: the seller's word, else what the stages recorded last. A
 * specific with one value that a key stands for has the key's name (`brand`), the others are `aspects.Pattern`. Pure.
 */
export function fieldsOf({ item: { seller } }: StoredItem, outcomes: readonly StageOutcome[]): ReadonlyMap<string, Field> {
  const said = saidFields(seller);
  const out = new Set((seller.leaveOut ?? []).map(fieldKey));
  const fields = new Map<string, Field>();
  for (const [name, { restsOn, ...field }] of programFields(outcomes)) {
    // What rests on a word that the seller has taken back is nobody's value any more.
    const stands = restsOn === undefined || seller[restsOn as keyof SellerFacts] !== undefined || said.has(restsOn);
    if (stands && !out.has(fieldKey(name))) fields.set(name, field);
  }
  for (const [name, value] of said) fields.set(name, { value, said: true });
  return fields;
}

/** What the seller says, under the names of `fieldsOf`. */
export function saidFields(seller: SellerFacts): ReadonlyMap<string, string> {
  const texts = textsOf(seller);
  const said = new Map([...texts].filter(([name]) => aspectNameOf(name) === undefined));
  // A specific named by the seller counts before the key that means the same (stages/specify/seller-aspects.ts).
  for (const [name, values] of Object.entries(seller.aspects ?? {}))
    said.set(columnOf(name, values), columnOf(name, values) === `${ASPECT}${name}` ? listText(values) : (values[0] ?? ''));
  return said;
}

/** Under which name of `fieldsOf` an item specific of eBay's goes. */
export const columnOf = (name: string, values: readonly string[]): string => {
  const fact = factFor(name);
  return fact && isKey(fact) && values.length === 1 ? fact : `${ASPECT}${name}`;
};

type ProgramField = Field & { readonly restsOn?: string };

function programFields(outcomes: readonly StageOutcome[]): ReadonlyMap<string, ProgramField> {
  const result = <T>(stage: string): Partial<T> | undefined => {
    const outcome = outcomes.find((one) => one.stage === stage);
    return (outcome?.output ?? outcome?.partial) as Partial<T> | undefined;
  };
  const [described, classified, specified] = [result<Description>('draft'), result<Classified>('classify'), result<Specified>('specify')];
  const [priced, content] = [result<Priced>('price'), result<Checked>('check')?.content];
  const fields = new Map<string, ProgramField>();
  const add = (name: string, value: string | undefined, evidence: EvidenceKind): void => {
    if (value !== undefined) fields.set(name, { value, said: false, evidence });
  };

  add('title', specified?.title, 'built');
  add('category', classified?.category?.id, 'classified');
  const condition = described?.facts?.condition;
  add('condition', specified?.condition?.word ?? condition?.value, condition ? strongest(condition) : 'settings');
  if (priced?.price) add('price', decimalText(priced.price), priced.basis?.kind === 'asking-prices' ? 'asking-prices' : 'settings');
  add('quantity', content && String(content.quantity), 'settings');
  const parcel = textsOf({
    ...(content?.packageWeight ? { weight: content.packageWeight } : {}),
    ...(content?.packageSize ? { dimensions: content.packageSize } : {}),
  });
  for (const [name, text] of parcel) add(name, text, 'settings');

  for (const [name, { values, fact }] of Object.entries(specified?.aspects ?? {})) {
    const column = columnOf(name, values);
    const free = fields.has(column) ? `${ASPECT}${name}` : column;
    fields.set(free, ofFact(free === column && isKey(column as FactName) ? (values[0] ?? '') : listText(values), fact));
  }
  for (const name of [...AS_KEYS, 'gtin'] as const) {
    const fact = described?.facts?.[name];
    // Before the category is known a fact has no place yet; afterwards one that fills no specific is not in the listing.
    if (fact && !fields.has(name) && isProven(name, fact) && (name === 'gtin' || !specified?.aspects))
      fields.set(name, ofFact(fact.value, fact));
  }
  return fields;
}

function ofFact(value: string, fact: Fact): ProgramField {
  const evidence = strongest(fact);
  const word = fact.evidence.find((one) => one.from === 'seller');
  return { value, said: false, evidence, ...(evidence === 'seller' && word ? { restsOn: word.field } : {}) };
}

/** The best of several proofs; a seller's word is better than any. */
const BEST_FIRST = ['seller', 'barcode', 'label', 'catalogue', 'folder-name', 'picture'] as const satisfies readonly Evidence['from'][];
const strongest = ({ evidence }: Fact): EvidenceKind => BEST_FIRST.find((kind) => evidence.some(({ from }) => from === kind)) ?? 'built';
