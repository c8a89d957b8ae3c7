import { type Fact, type FactName, type Facts, isProven } from '../../core/facts.ts';
import type { AspectRule } from '../../core/listing.ts';
import type { SellerFacts } from '../../core/seller-facts.ts';
import { SITES, type Site } from '../../core/site.ts';
import { aspectNamesFor, factFor } from './aspect-names.ts';
import { deriveAspects } from './derive-aspects.ts';
import type { AspectProblem, FilledAspect } from './filled-aspect.ts';
import { fitValues } from './fit-values.ts';
import { LEFT_OUT, leftOutAspects } from './left-out.ts';
import { measuredAspects } from './measurements.ts';
import { sellerAspects } from './seller-aspects.ts';
import { inSiteWords } from './site-words.ts';

export interface FilledAspects {
  readonly aspects: Readonly<Record<string, FilledAspect>>;
  readonly problems: readonly AspectProblem[];
}

export interface FillAids {
  readonly site?: Site;
  /** Why a specific could not be established. */
  readonly unknownWhy?: (name: string) => string | undefined;
  /** What a second look has found, by the names of specifics; checked already. */
  readonly found?: Readonly<Record<string, FilledAspect>>;
}

/** A specific of the seller's own that the category does not know: eBay takes it as free text. */
const ownRule = (name: string): AspectRule => ({
  name,
  required: false,
  mode: 'FREE_TEXT',
  cardinality: 'MULTI',
  dataType: 'STRING',
  values: [],
});

/**
 * The item specifics that facts support, made to fit what the category allows. A fact without proof
 * fills nothing; a required specific that stays empty is a problem, never a default.
 */
export function fillAspects(
  rules: readonly AspectRule[],
  facts: Facts,
  seller: SellerFacts,
  { site = SITES.EBAY_US, unknownWhy = () => undefined, found = {} }: FillAids = {},
): FilledAspects {
  const aspects: Record<string, FilledAspect> = {};
  const problems: AspectProblem[] = [];
  const ruleOf = new Map(rules.map((rule) => [rule.name, rule]));
  const leftOut = leftOutAspects(seller, rules);
  const isOpen = (name: string): boolean =>
    !Object.hasOwn(aspects, name) && !leftOut.has(name) && !problems.some((problem) => problem.name === name);

  for (const [name, { values, field }] of Object.entries(sellerAspects(seller, rules))) {
    const rule = ruleOf.get(name);
    const fitted = fitValues(rule ?? ownRule(name), field === 'type' && rule ? kindOf(rule, values) : values, site);
    // What the thing is, in the seller's words, need not be eBay's word: it served to find the category.
    if (!fitted.fit && field === 'type') continue;
    const fact = (value: string): Fact => ({ value, confidence: 1, evidence: [{ from: 'seller', field }] });
    if (fitted.fit) aspects[name] = { values: fitted.values, fact: fact(fitted.values.join(', ')) };
    else problems.push({ name, kind: 'unfit', why: fitted.why, allowed: rule?.values ?? [] });
  }

  for (const [fact, value] of Object.entries(facts) as [FactName, Fact][]) {
    if (!isProven(fact, value)) continue;
    for (const name of aspectNamesFor(fact, rules)) {
      const rule = ruleOf.get(name);
      if (!rule || !isOpen(name)) continue;
      const values = valuesOf(fact, value.value, rule, site);
      const fitted = fitValues(
        rule,
        values.map((one) => inSiteWords(fact, one, site)),
        site,
      );
      // A fact that eBay has no word for is left out; where it is required it shows as missing below.
      if (fitted.fit) aspects[name] = { values: fitted.values, fact: value };
    }
  }

  for (const [name, one] of Object.entries(measuredAspects(rules, facts, site))) if (isOpen(name)) aspects[name] = one;
  for (const [name, one] of Object.entries(found)) if (isOpen(name)) aspects[name] = one;
  for (const [name, one] of Object.entries(deriveAspects(rules, aspects, facts, site))) if (isOpen(name)) aspects[name] = one;
  problems.push(...withoutMisfits(ruleOf, aspects));

  for (const rule of rules) {
    if (rule.required && leftOut.has(rule.name) && aspects[rule.name] === undefined)
      problems.push({ name: rule.name, kind: 'left-out', why: LEFT_OUT, allowed: rule.values });
    if (!rule.required || !isOpen(rule.name)) continue;
    // It follows from the size: the size is asked for first.
    if (sizeTypeFollows(rule, rules, aspects)) continue;
    problems.push({
      name: rule.name,
      kind: 'missing',
      why: unknownWhy(rule.name) ?? 'nothing on the photos tells it',
      allowed: rule.values,
    });
  }
  return { aspects: inOrder(aspects, rules), problems };
}

/** In eBay's own order, the seller's own behind them: the same knowledge makes the same description, however it came to be. */
function inOrder(aspects: Readonly<Record<string, FilledAspect>>, rules: readonly AspectRule[]): Readonly<Record<string, FilledAspect>> {
  const place = new Map(rules.map(({ name }, at) => [name, at]));
  const placeOf = (name: string): number => place.get(name) ?? rules.length;
  return Object.fromEntries(Object.entries(aspects).sort(([a], [b]) => placeOf(a) - placeOf(b) || (a < b ? -1 : 1)));
}

const sizeTypeFollows = (rule: AspectRule, rules: readonly AspectRule[], aspects: Readonly<Record<string, FilledAspect>>): boolean =>
  (rule.name === 'Size Type' || rule.name === 'Größenart') &&
  rules.some(({ name, required }) => required && factFor(name) === 'size' && aspects[name] === undefined);

/**
 * Takes out values that do not stand beside the others (Taxonomy, `valueConstraints`): what was read goes, what the seller
 * said is a problem for the seller. One that goes may take another with it, hence the turns.
 */
function withoutMisfits(ruleOf: ReadonlyMap<string, AspectRule>, aspects: Record<string, FilledAspect>): AspectProblem[] {
  const problems: AspectProblem[] = [];
  for (let changed = true; changed; ) {
    changed = false;
    for (const [name, { values, fact }] of Object.entries(aspects)) {
      const rule = ruleOf.get(name);
      const misfit = values.flatMap((value) =>
        companionsOf(rule, value)
          .filter((needed) => !aspects[needed.name]?.values.some((other) => needed.values.includes(other)))
          .map((needed) => `"${value}" goes only with ${needed.name} ${needed.values.slice(0, 5).join(' or ')}`),
      )[0];
      if (misfit === undefined) continue;
      delete aspects[name];
      changed = true;
      if (fact.evidence.some(({ from }) => from === 'seller')) {
        problems.push({ name, kind: 'unfit', why: misfit, allowed: rule?.values ?? [] });
      }
    }
  }
  return problems;
}

/** Values come from anywhere and may be called `constructor`. */
const companionsOf = ({ onlyWith = {} }: Partial<Pick<AspectRule, 'onlyWith'>> = {}, value: string) =>
  Object.hasOwn(onlyWith, value) ? (onlyWith[value] ?? []) : [];

/** What a fact says, value by value, as far as the rule has room for it. */
function valuesOf(fact: FactName, value: string, rule: AspectRule, site: Site): readonly string[] {
  if (fact === 'material') return fibresOf(value, rule);
  if (fact === 'type') return kindOf(rule, [value]);
  if (fact !== 'features') return [value];
  // Each stands for itself: one that eBay has no word for takes none of the others with it.
  const fit = value.split(/\s*[;\n]\s*/).filter((one) => one !== '' && fitValues(rule, [one], site).fit);
  return rule.cardinality === 'MULTI' || fit.length === 1 ? fit : [];
}

/** `Button-Up Shirt` is `Button-Up` where eBay's list of kinds has only that one of its words. */
function kindOf(rule: AspectRule, [said = '']: readonly string[]): readonly string[] {
  const words = ` ${said.toLowerCase()} `;
  const within = rule.values.filter((kind) => words.includes(` ${kind.toLowerCase()} `));
  return within.length === 1 && rule.mode === 'SELECTION_ONLY' ? within : [said];
}

/** `80% cotton, 20% polyester` as eBay wants it: each fibre where several values are allowed, else the label's words. */
function fibresOf(material: string, rule: AspectRule): readonly string[] {
  const fibres = [...material.matchAll(/\d{1,3}\s*%\s*([\p{L} ]+)/gu)].map((match) => (match[1] ?? '').trim()).filter(Boolean);
  if (fibres.length === 1 || (fibres.length > 1 && rule.cardinality === 'MULTI')) return fibres;
  return [material];
}
