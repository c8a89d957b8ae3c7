import { type Evidence, type Fact, type FactName, type Facts, HARD_FACTS, type Unknown, type Unknowns } from '../../core/facts.ts';
import type { Barcode } from '../../core/ports/analysis.ts';
import { isPlainText } from '../../core/untrusted-text.ts';
import { isQuotedFrom, isSupportedBy, wordsOf } from './quoted.ts';
import type { Statement } from './reply.ts';

/** What the program itself knows of the item: statements are held against it. */
export interface Witness {
  /** Numbers of the photos that the model saw. */
  readonly shown: ReadonlySet<number>;
  /** Writing by photo, from text recognition and from second readings. */
  readonly texts: ReadonlyMap<number, string>;
  readonly barcodes: readonly Barcode[];
  readonly nameWords: readonly string[];
  /** The seller's note. */
  readonly note: string;
}

export interface Checked {
  readonly facts: Facts;
  readonly unknowns: Unknowns;
  /** Facts whose label text nothing else confirmed: a closer look may. */
  readonly unconfirmed: readonly FactName[];
}

type Verdict = { readonly fact: Fact } | { readonly why: string; readonly unconfirmed?: true };

/**
 * Keeps the statements whose evidence holds, and says of the others why they fell. What harms the buyer when wrong
 * (`HARD_FACTS`) must be written on the item or said by the seller, and its value must be in the words quoted: how
 * certain a model feels, and what a thing looks like, proves nothing. Pure.
 */
export function checkEvidence(
  statements: readonly Statement[],
  unknown: readonly { readonly f: FactName; readonly why: string }[],
  witness: Witness,
): Checked {
  const facts: Partial<Record<FactName, Fact>> = {};
  const unknowns: Partial<Record<FactName, Unknown>> = {};
  const unconfirmed = new Set<FactName>();
  for (const { f, why } of unknown) unknowns[f] = { why: sentence(why) };
  for (const statement of statements) {
    const { f } = statement;
    const verdict = judge(statement, witness);
    if ('why' in verdict) {
      if (facts[f]) continue;
      if (verdict.unconfirmed) unconfirmed.add(f);
      unknowns[f] = { why: verdict.why };
      continue;
    }
    const known = facts[f];
    if (known && LIST_FACTS.has(f)) facts[f] = listed(known, verdict.fact);
    else if (known && wordsOf(known.value).join() !== wordsOf(verdict.fact.value).join() && HARD_FACTS.has(f)) {
      // Two proven values of one fact: neither may be chosen by chance.
      facts[f] = { ...known, confidence: Math.min(known.confidence, CONTRADICTED) };
    } else facts[f] = known ? joined(known, verdict.fact) : verdict.fact;
    delete unknowns[f];
    unconfirmed.delete(f);
  }
  return { facts, unknowns, unconfirmed: [...unconfirmed] };
}

const CONTRADICTED = 0.4;
/** No model is certain. */
const MOST = 0.97;
const SURE_GRADE = 0.7;
const VALUE_MAX = 65;
const LONG_VALUE_MAX = 200;

function judge(statement: Statement, witness: Witness): Verdict {
  const { f, c } = statement;
  const value = statement.v.replace(/\s+/g, ' ').trim();
  const quote = statement.q.replace(/\s+/g, ' ').trim();
  if (value === '' || NOTHING.test(value)) return { why: 'The model gave no value.' };
  if (value.length > (LONG_FACTS.has(f) ? LONG_VALUE_MAX : VALUE_MAX)) return { why: 'The model gave a text too long for a fact.' };
  if (!isPlainText(value) || !isPlainText(quote))
    return { why: 'The text it rests on reads like an order or an address, not like a fact.' };
  if (f === 'condition' && !GRADES.has(value.toLowerCase())) return { why: `"${value}" is no grade of condition.` };
  const confidence = Math.min(MOST, Math.max(0, c > 1 ? c / 100 : c));
  const proof = proofOf({ ...statement, v: value, q: quote }, witness);
  if ('why' in proof) return proof;
  if (f === 'condition') {
    // No later step would hold an item for its grade: a doubtful one, and "new" by its looks, are not stated at all.
    if (confidence < SURE_GRADE) return { why: `The model takes it for "${value}" and is not certain.` };
    if (value.toLowerCase().startsWith('new') && proof.from === 'picture')
      return { why: `It looks "${value}"; a tag, a seal or the seller must say so.` };
  }
  return { fact: { value, confidence, evidence: [proof] } };
}

function proofOf(
  { f, v: value, by, p, q: quote }: Statement,
  witness: Witness,
): Evidence | { readonly why: string; readonly unconfirmed?: true } {
  const hard = HARD_FACTS.has(f);
  switch (by) {
    case 'label': {
      if (f === 'gtin') return codeProof(value, witness);
      if (p !== null && !witness.shown.has(p) && !witness.texts.has(p)) return { why: `There is no photo ${p}.` };
      if (hard && !isSupportedBy(...asProof(f, value, quote)))
        return { why: `The model says "${value}", and the words it quotes ("${clipped(quote)}") do not say so.` };
      const photo = photoWith(quote, p, witness.texts);
      if (photo === undefined)
        return { why: `The model reads "${clipped(quote)}"; no other reading of the photos confirms it.`, unconfirmed: true };
      return { from: 'label', photo, text: quote };
    }
    case 'barcode':
      return f === 'gtin' ? codeProof(value, witness) : { why: `A barcode does not tell the ${f}.` };
    case 'picture':
      if (hard) return { why: `The model takes it for "${value}" by its looks; no label or code shows it.` };
      if (p === null || !witness.shown.has(p)) return { why: `The model names a photo that it was not shown (${p ?? 'none'}).` };
      return { from: 'picture', photo: p, note: clipped(quote) };
    case 'note':
      if (!isQuotedFrom(quote, witness.note) || (hard && !isSupportedBy(value, quote)))
        return { why: `The seller's note does not say "${value}".` };
      return { from: 'seller', field: 'note' };
    case 'name': {
      const words = new Set(witness.nameWords.flatMap(wordsOf));
      if (hard) return { why: `The folder name may say "${value}"; no label or code shows it.` };
      if (!wordsOf(quote).every((word) => words.has(word))) return { why: `The folder name does not say "${clipped(quote)}".` };
      return { from: 'folder-name', text: clipped(quote) };
    }
  }
}

/** A product number counts only as the scanner read it; zeros in front are a matter of format. */
function codeProof(value: string, { barcodes }: Witness): Evidence | { readonly why: string } {
  const digits = value.replace(/\D/g, '').padStart(14, '0');
  const code = barcodes.find(({ gtin14 }) => gtin14 === digits);
  return code
    ? { from: 'barcode', photo: code.photo, code: code.text }
    : { why: `The model reads the code ${clipped(value)}; the barcode reader did not.` };
}

/** The photo whose writing holds the quote: the one named, else any other. */
function photoWith(quote: string, named: number | null, texts: Witness['texts']): number | undefined {
  const order = [...texts].sort(([a], [b]) => Number(b === named) - Number(a === named));
  return order.find(([, text]) => isQuotedFrom(quote, text))?.[0];
}

/** Labels say USA where eBay says United States. */
const SAME: readonly (readonly [RegExp, string])[] = [
  [/\b(?:u\.?s\.?a\.?|united states(?: of america)?)(?=\W|$)/gi, 'unitedstates'],
  [/\b(?:u\.?k\.?|united kingdom|great britain|england)(?=\W|$)/gi, 'unitedkingdom'],
  [/\b(?:p\.?r\.?c\.?|p\.?r\.? china)(?=\W|$)/gi, 'china'],
  [/\bviet ?nam\b/gi, 'vietnam'],
];
const meaning = (fact: FactName, text: string): string =>
  fact === 'countryOfOrigin' ? SAME.reduce((so, [pattern, word]) => so.replace(pattern, word), text) : text;

function joined(a: Fact, b: Fact): Fact {
  return { ...a, confidence: Math.max(a.confidence, b.confidence), evidence: [...a.evidence, ...b.evidence] };
}

/** Facts of several values: each statement adds to them. */
const LIST_FACTS: ReadonlySet<FactName> = new Set(['features', 'measurements']);

const listed = (a: Fact, b: Fact): Fact => ({
  value: [...new Set([a.value, b.value])].join('; '),
  confidence: Math.min(a.confidence, b.confidence),
  evidence: [...a.evidence, ...b.evidence],
});

/** Of a measurement its numbers must be written there: a tape shows 21, and that it lies from pit to pit is seen. */
const asProof = (fact: FactName, value: string, quote: string): readonly [string, string] =>
  fact === 'measurements' ? [(value.match(/\d+(?:[.,]\d+)?/g) ?? []).join(' '), quote] : [meaning(fact, value), meaning(fact, quote)];

const NOTHING = /^(?:n\/?a|none|unknown|not (?:visible|known|applicable|sure)|unclear|unreadable|see photos?|-|\?|null|undefined)$/i;
const LONG_FACTS: ReadonlySet<FactName> = new Set(['features', 'measurements', 'title', 'material']);

const GRADES: ReadonlySet<string> = new Set([
  'new with tags',
  'new with box',
  'new without tags',
  'new without box',
  'new with defects',
  'new',
  'open box',
  'like new',
  'pre-owned excellent',
  'pre-owned good',
  'pre-owned fair',
  'used',
  'for parts or not working',
]);

const clipped = (text: string): string => text.slice(0, 120);

const sentence = (text: string): string => {
  const plain = text.replace(/\s+/g, ' ').trim().slice(0, 200);
  return plain === '' || !isPlainText(plain) ? 'The model does not say why.' : plain;
};
