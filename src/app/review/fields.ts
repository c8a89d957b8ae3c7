import { type Fact, type FactName, isProven } from '../../core/facts.ts';
import type { AspectRule } from '../../core/listing.ts';
import { ASPECT, aspectNameOf, namesIn } from '../../core/merge-facts.ts';
import type { Description, StageOutcome, StoredItem } from '../../core/ports/index.ts';
import { FIELDS, textsOf } from '../../intake/field-text.ts';
import { basisText, pieceText } from '../../report/evidence.ts';
import type { Classified } from '../../stages/classify.ts';
import type { Priced } from '../../stages/price.ts';
import type { AspectProblem } from '../../stages/specify/filled-aspect.ts';
import type { Specified } from '../../stages/specify.ts';
import { columnOf, type Field, fieldKey, fieldsOf } from '../edit/fields.ts';
import type { Allowed } from './allowed.ts';
import type { Choices, ReviewField } from './views.ts';

/** Longer lists would slow the page: a brand may have thousands. */
const CHOICES_MAX = 300;

/** First, whether they have a value or not. */
const MAIN = ['title', 'category', 'condition', 'price', 'quantity'] as const;
/** Only the seller knows them. */
const OWN = ['flaws', 'weight', 'dimensions', 'cost', 'sku', 'bin', 'note', 'privateNote', 'gtin', 'description'] as const;

interface Recorded {
  readonly described: Partial<Description> | undefined;
  readonly classified: Partial<Classified> | undefined;
  readonly specified: (Partial<Specified> & { readonly problems?: readonly AspectProblem[] }) | undefined;
  readonly priced: Partial<Priced> | undefined;
}

/** Every field of an item that a person may look at or change, in the order of looking: main, required, known, the rest. Pure. */
export function reviewFields(stored: StoredItem, outcomes: readonly StageOutcome[], allowed: Allowed): readonly ReviewField[] {
  const recorded = recordedIn(outcomes);
  const fields = fieldsOf(stored, outcomes);
  const facts = factsByColumn(recorded);
  const rules = new Map(allowed.rules.map((rule) => [columnOf(rule.name, ['']), rule]));
  const problems = new Map((recorded.specified?.problems ?? []).map((problem) => [columnOf(problem.name, ['']), problem]));
  const own = textsOf(stored.item.seller);
  const saidHere = new Set([...namesIn(stored.set), ...(stored.set.leaveOut ?? [])].map(fieldKey));

  const one = (name: string, group: ReviewField['group']): ReviewField => {
    const field = fields.get(name) ?? ownField(own.get(name));
    const rule = rules.get(name);
    const fact = field?.said ? undefined : facts.get(name);
    return {
      name,
      label: rule?.name ?? labelOf(name),
      value: field?.value ?? '',
      meaning: meaningOf(name, recorded),
      said: field?.said ?? false,
      canTakeBack: saidHere.has(fieldKey(name)),
      evidence: evidenceOf(name, field, fact, recorded),
      confidence: fact?.confidence ?? (name === 'category' && !field?.said ? (recorded.classified?.confidence ?? null) : null),
      why: field ? null : (problems.get(name)?.why ?? recorded.described?.unknowns?.[name as FactName]?.why ?? null),
      required: rule?.required ?? problems.get(name)?.kind === 'missing',
      choices: choicesOf(name, rule, allowed, problems.get(name)),
      group,
    };
  };

  const required = [...new Set([...[...rules].filter(([, rule]) => rule.required).map(([name]) => name), ...problems.keys()])];
  const filled = [...fields.keys()].filter((name) => rules.has(name) || aspectNameOf(name) !== undefined || facts.has(name));
  const specifics = [...new Set([...required, ...filled])].filter((name) => !isOneOf(MAIN, name) && !isOneOf(OWN, name));
  const more = [...rules.keys()].filter((name) => !specifics.includes(name) && !isOneOf(OWN, name));
  const rest = FIELDS.filter((name) => fields.has(name) && ![...MAIN, ...OWN, ...specifics, 'photos'].includes(name));
  return [
    ...MAIN.map((name) => one(name, 'main')),
    ...[...specifics, ...rest].map((name) => one(name, 'specifics')),
    ...OWN.map((name) => one(name, fields.has(name) || own.has(name) ? 'specifics' : 'more')),
    ...more.map((name) => one(name, 'more')),
  ];
}

const isOneOf = (list: readonly string[], name: string): boolean => list.includes(name);

const ownField = (value: string | undefined): Field | undefined => (value === undefined ? undefined : { value, said: true });

function recordedIn(outcomes: readonly StageOutcome[]): Recorded {
  const result = <T>(stage: string): T | undefined => {
    const outcome = outcomes.find((one) => one.stage === stage);
    return (outcome?.output ?? outcome?.partial) as T | undefined;
  };
  return {
    described: result('draft'),
    classified: result('classify'),
    specified: result('specify'),
    priced: result('price'),
  };
}

/** What is behind each value; before the category is known, what was seen and read. */
function factsByColumn({ described, specified }: Recorded): ReadonlyMap<string, Fact> {
  const facts = new Map<string, Fact>();
  for (const [name, fact] of Object.entries(described?.facts ?? {})) if (isProven(name as FactName, fact)) facts.set(name, fact);
  for (const [name, { values, fact }] of Object.entries(specified?.aspects ?? {})) {
    facts.set(columnOf(name, values), fact);
    facts.set(`${ASPECT}${name}`, fact);
  }
  return facts;
}

function evidenceOf(name: string, field: Field | undefined, fact: Fact | undefined, recorded: Recorded): ReviewField['evidence'] {
  if (!field) return [];
  if (field.said) return [{ text: 'you said so', photo: null }];
  const { classified, priced } = recorded;
  if (name === 'title') return [{ text: 'built from the facts below', photo: null }];
  if (name === 'category') return classified?.why ? [{ text: classified.why, photo: null }] : [];
  if (name === 'price') return priced?.basis ? [{ text: basisText(priced.basis), photo: null }] : [];
  if (fact) return fact.evidence.map((piece) => ({ text: pieceText(piece), photo: 'photo' in piece ? piece.photo : null }));
  return [{ text: field.evidence === 'settings' ? 'from your settings' : 'worked out from other facts', photo: null }];
}

function meaningOf(name: string, { classified, specified }: Recorded): string | null {
  if (name === 'condition') return specified?.condition ? `${specified.condition.label} (${specified.condition.id})` : null;
  const category = name === 'category' ? classified?.category : undefined;
  return category ? [...category.ancestors.map((one) => one.name).reverse(), category.name].join(' > ') : null;
}

function choicesOf(
  name: string,
  rule: AspectRule | undefined,
  { conditions, categories }: Allowed,
  problem: AspectProblem | undefined,
): Choices | null {
  const plain = (values: readonly string[]) => values.slice(0, CHOICES_MAX).map((value) => ({ value, label: value }));
  if (name === 'condition' && conditions.length > 0) {
    const values = conditions.map(({ word, label, id }) => ({ value: word, label: `${label} (${id})` }));
    return { values, only: true, multi: false, total: values.length };
  }
  if (name === 'category' && categories.length > 0) {
    const values = categories.map(({ id, name: own, ancestors }) => ({
      value: id,
      label: [...ancestors.map((one) => one.name).reverse(), own].join(' > '),
    }));
    return { values, only: false, multi: false, total: values.length };
  }
  if (rule && rule.values.length > 0) {
    const multi = rule.cardinality === 'MULTI';
    return { values: plain(rule.values), only: rule.mode === 'SELECTION_ONLY', multi, total: rule.values.length };
  }
  if (problem && problem.allowed.length > 0) {
    return { values: plain(problem.allowed), only: false, multi: false, total: problem.allowed.length };
  }
  return null;
}

const LABELS: Readonly<Record<string, string>> = {
  gtin: 'Product number',
  mpn: 'MPN',
  sku: 'SKU',
  privateNote: 'Private note',
  flaws: 'Flaws',
};

const labelOf = (name: string): string => aspectNameOf(name) ?? LABELS[name] ?? `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
