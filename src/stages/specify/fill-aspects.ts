import { type Fact, type FactName, type Facts, isProven } from '../../core/facts.ts';
import type { AspectRule } from '../../core/listing.ts';
import type { SellerFacts } from '../../core/seller-facts.ts';
import { aspectNamesFor } from './aspect-names.ts';
import { fitValues } from './fit-values.ts';
import { sellerAspects } from './seller-aspects.ts';

export interface FilledAspect {
  readonly values: readonly string[];
  /** Why: the fact behind it, with its evidence. */
  readonly fact: Fact;
}

export interface AspectProblem {
  readonly name: string;
  /** `missing`: nothing is known. `unfit`: the seller's value is none that eBay allows here. */
  readonly kind: 'missing' | 'unfit';
  readonly why: string;
  readonly allowed: readonly string[];
}

export interface FilledAspects {
  readonly aspects: Readonly<Record<string, FilledAspect>>;
  readonly problems: readonly AspectProblem[];
}

/**
 * The item specifics that facts support, made to fit what the category allows. A fact without proof
 * fills nothing; a required specific that stays empty is a problem, never a default.
 */
export function fillAspects(
  rules: readonly AspectRule[],
  facts: Facts,
  seller: SellerFacts,
  unknownWhy: (name: string) => string | undefined,
): FilledAspects {
  const aspects: Record<string, FilledAspect> = {};
  const problems: AspectProblem[] = [];

  const ruleOf = new Map(rules.map((rule) => [rule.name, rule]));
  for (const [name, { values, field }] of Object.entries(sellerAspects(seller, rules))) {
    const rule = ruleOf.get(name);
    const fitted = rule ? fitValues(rule, values) : { fit: true as const, values };
    if (fitted.fit)
      aspects[name] = {
        values: fitted.values,
        fact: { value: fitted.values.join(', '), confidence: 1, evidence: [{ from: 'seller', field }] },
      };
    else problems.push({ name, kind: 'unfit', why: fitted.why, allowed: rule?.values ?? [] });
  }

  for (const [fact, value] of Object.entries(facts) as [FactName, Fact][]) {
    if (!isProven(fact, value)) continue;
    for (const name of aspectNamesFor(fact, rules)) {
      const rule = ruleOf.get(name);
      if (!rule || aspects[name] || problems.some((problem) => problem.name === name)) continue;
      const fitted = fitValues(rule, fact === 'material' ? fibresOf(value.value, rule) : [value.value]);
      // A fact that eBay has no word for is left out; where it is required it shows as missing below.
      if (fitted.fit) aspects[name] = { values: fitted.values, fact: value };
    }
  }

  const sizeType = deriveSizeType(ruleOf.get('Size Type'), aspects.Size);
  if (sizeType && !aspects['Size Type']) aspects['Size Type'] = sizeType;

  for (const rule of rules) {
    if (!rule.required || aspects[rule.name] || problems.some(({ name }) => name === rule.name)) continue;
    // It follows from the size: the size is asked for first.
    if (rule.name === 'Size Type' && ruleOf.get('Size')?.required && !aspects.Size) continue;
    problems.push({
      name: rule.name,
      kind: 'missing',
      why: unknownWhy(rule.name) ?? 'nothing on the photos tells it',
      allowed: rule.values,
    });
  }
  return { aspects, problems };
}

/** `80% cotton, 20% polyester` as eBay wants it: each fibre where several values are allowed, else the label's words. */
function fibresOf(material: string, rule: AspectRule): readonly string[] {
  const fibres = [...material.matchAll(/\d{1,3}\s*%\s*([\p{L} ]+)/gu)].map((match) => (match[1] ?? '').trim()).filter(Boolean);
  if (fibres.length === 1 || (fibres.length > 1 && rule.cardinality === 'MULTI')) return fibres;
  return [material];
}

/**
 * Labels mark big, tall, petite and plus sizes (2XLT, 14P, 1X, 20W); an unmarked letter or number is a
 * regular one. The evidence is the size's own.
 */
function deriveSizeType(rule: AspectRule | undefined, size: FilledAspect | undefined): FilledAspect | undefined {
  if (!rule?.values.includes('Regular') || !size) return undefined;
  const unmarked = size.values.every((value) => /^((\d?X)?[SL]|M|\d{1,2})$/i.test(value));
  return unmarked ? { values: ['Regular'], fact: { ...size.fact, value: 'Regular' } } : undefined;
}
