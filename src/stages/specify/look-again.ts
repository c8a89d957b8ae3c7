import type { Evidence } from '../../core/facts.ts';
import type { AspectRule } from '../../core/listing.ts';
import type { AskedSpecific, FoundSpecific, LookAgainAnswer, LookAgainRequest } from '../../core/ports/index.ts';
import type { Site } from '../../core/site.ts';
import { factFor } from './aspect-names.ts';
import type { AspectProblem, FilledAspect } from './filled-aspect.ts';
import { fitValues } from './fit-values.ts';

/** What a second look asks for, beside the specifics: the condition, and what a condition asks for. */
export const CONDITION = 'Condition';

export interface SecondLook {
  readonly found: Readonly<Record<string, FilledAspect>>;
  /** For the question to the seller: why a specific is still not known. */
  readonly why: Readonly<Record<string, string>>;
}

/** The narrow question: what is required and missing, with eBay's exact values. */
export function askedFor(problems: readonly AspectProblem[], rules: readonly AspectRule[]): readonly AskedSpecific[] {
  return problems.map(({ name, why, allowed }) => {
    const rule = rules.find((one) => one.name === name);
    return {
      name,
      allowed,
      // What is no specific is a condition or one of its descriptors: these take nothing but eBay's own words.
      onlyAllowed: rule ? rule.mode === 'SELECTION_ONLY' : allowed.length > 0,
      multi: rule?.cardinality === 'MULTI',
      why,
    };
  });
}

/**
 * What of an answer may be believed: values that eBay takes, shown by something that is really there. A provider may
 * quote a label that nobody has read, or take a picture for proof of a brand; that is dropped, and said.
 */
export function checkedAnswer(
  request: Pick<LookAgainRequest, 'photos' | 'texts' | 'barcodes' | 'asked'>,
  answer: LookAgainAnswer,
  rules: readonly AspectRule[],
  site: Site,
): SecondLook {
  const found: Record<string, FilledAspect> = {};
  const why: Record<string, string> = {};
  for (const asked of request.asked) {
    const given = Object.hasOwn(answer.found, asked.name) ? answer.found[asked.name] : undefined;
    const unknown = Object.hasOwn(answer.unknowns, asked.name) ? answer.unknowns[asked.name] : undefined;
    if (given === undefined) {
      if (unknown) why[asked.name] = unknown.why;
      continue;
    }
    const believed = believe(request, asked, given, rules, site);
    if (typeof believed === 'string') why[asked.name] = believed;
    else found[asked.name] = believed;
  }
  return { found, why };
}

function believe(
  request: Parameters<typeof checkedAnswer>[0],
  asked: AskedSpecific,
  { values, confidence, evidence }: FoundSpecific,
  rules: readonly AspectRule[],
  site: Site,
): FilledAspect | string {
  const rule = rules.find(({ name }) => name === asked.name) ?? ruleOf(asked);
  const fitted = fitValues(rule, values, site);
  if (!fitted.fit) return `a second look gave "${values.join(', ')}", but ${fitted.why}`;
  const shown = evidence.filter((one) => isThere(request, one));
  const proof = needsWriting(asked, rules) ? shown.filter((one) => says(one, [...values, ...fitted.values])) : shown;
  if (proof.length === 0) return `a second look gave "${values.join(', ')}", but nothing on the photos proves it`;
  const certainty = Number.isFinite(confidence) ? Math.min(1, Math.max(0, confidence)) : 0;
  return { values: fitted.values, fact: { value: fitted.values.join(', '), confidence: certainty, evidence: proof } };
}

const ruleOf = ({ name, allowed, onlyAllowed, multi }: AskedSpecific): AspectRule => ({
  name,
  required: true,
  mode: onlyAllowed ? 'SELECTION_ONLY' : 'FREE_TEXT',
  cardinality: multi ? 'MULTI' : 'SINGLE',
  dataType: 'STRING',
  values: allowed,
});

/** Specifics that harm the buyer when wrong, and that nobody can see: as with facts, only writing proves them. */
const WRITTEN =
  /brand|marke|model|modell|mpn|number|nummer|upc|ean|isbn|size|größe|inseam|material|fabric|stoff|country|land|year|jahr|author|autor|title|titel|artist|künstler|platform|capacity|storage|memory|purity|karat|fineness|cert|grad|autograph|vintage|edition|network|processor/i;

/** Colour, pattern, type, style, for whom and how long the sleeves are: that can be seen. A condition can, its grade by a grader cannot. */
function needsWriting({ name }: AskedSpecific, rules: readonly AspectRule[]): boolean {
  if (name === CONDITION) return false;
  const fact = factFor(name);
  if (fact === 'color' || fact === 'pattern' || fact === 'type' || fact === 'style' || fact === 'department') return false;
  return WRITTEN.test(name) || !rules.some((rule) => rule.name === name);
}

/** A photo of the item, words that were read on it, a code that was read: whatever else a provider says is no evidence. */
function isThere({ photos, texts, barcodes }: Parameters<typeof checkedAnswer>[0], one: Evidence): boolean {
  if (one.from === 'picture') return one.note.trim() !== '' && photos.some(({ number }) => number === one.photo);
  if (one.from === 'barcode') return barcodes.some(({ photo, text }) => photo === one.photo && text === one.code);
  if (one.from !== 'label' || plain(one.text) === '') return false;
  const read = texts.filter(({ photo }) => photo === one.photo).flatMap(({ lines }) => lines.map(({ text }) => text));
  return ` ${plain(read.join(' '))} `.includes(` ${plain(one.text)} `);
}

/** The writing says one of the values, word by word. */
const says = (one: Evidence, values: readonly string[]): boolean =>
  one.from === 'barcode' || (one.from === 'label' && values.some((value) => ` ${plain(one.text)} `.includes(` ${plain(value)} `)));

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
