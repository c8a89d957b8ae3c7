import { type Facts, isProven, type Unknowns } from '../../core/facts.ts';
import type { AspectRule, Condition, ConditionDescriptor, ConditionPolicy } from '../../core/listing.ts';
import type { SellerFacts } from '../../core/seller-facts.ts';
import type { Site } from '../../core/site.ts';
import { factFor } from './aspect-names.ts';
import { chooseCondition } from './choose-condition.ts';
import { fillAspects } from './fill-aspects.ts';
import { fillDescriptors } from './fill-descriptors.ts';
import type { AspectProblem, FilledAspect } from './filled-aspect.ts';
import { CONDITION, type SecondLook } from './look-again.ts';
import type { ConditionProblem } from './question.ts';

export interface CategoryWants {
  readonly rules: readonly AspectRule[];
  readonly policy: ConditionPolicy;
}

export interface WhatIsKnown {
  readonly facts: Facts;
  readonly unknowns: Unknowns;
  readonly seller: SellerFacts;
  /** Used where neither seller nor photos tell. */
  readonly fallbackCondition: string | null;
  readonly site: Site;
}

/** Specifics and condition as far as they are known, and what is not. */
export interface FitToCategory {
  readonly aspects: Readonly<Record<string, FilledAspect>>;
  readonly condition?: Condition;
  readonly descriptors: readonly ConditionDescriptor[];
  /** 0 to 1; 1 where the seller said it. */
  readonly conditionConfidence: number;
  readonly problems: readonly AspectProblem[];
  readonly conditionProblem: ConditionProblem | undefined;
}

/** Makes what is known fit what the category wants. Pure; `look`: what a second look has added. */
export function fitToCategory({ rules, policy }: CategoryWants, known: WhatIsKnown, look?: SecondLook): FitToCategory {
  const { facts, unknowns, seller, site } = known;
  const found = look?.found ?? {};
  const { aspects, problems } = fillAspects(rules, facts, seller, {
    site,
    unknownWhy: (name) => look?.why[name] ?? whyUnknown(name, unknowns),
    found: Object.fromEntries(Object.entries(found).filter(([name]) => rules.some((rule) => rule.name === name))),
  });
  const seen = facts.condition && isProven('condition', facts.condition) ? facts.condition : found[CONDITION]?.fact;
  const choice = chooseCondition(policy, seller.condition ?? seen?.value ?? known.fallbackCondition ?? undefined);
  const condition = choice.kind === 'chosen' ? choice.condition : undefined;
  const described = condition?.descriptors ? fillDescriptors(condition, { ...found, ...aspects }) : undefined;
  // Grader and grade are no item specifics where the category has none of that name.
  const used = new Set((described?.names ?? []).filter((name) => !rules.some((rule) => rule.name === name)));
  return {
    aspects: Object.fromEntries(Object.entries(aspects).filter(([name]) => !used.has(name))),
    ...(condition ? { condition } : {}),
    descriptors: described?.descriptors ?? [],
    conditionConfidence: seller.condition === undefined && seen ? seen.confidence : 1,
    problems: [...problems, ...(described?.problems ?? []).map((one) => ({ ...one, why: look?.why[one.name] ?? one.why }))],
    conditionProblem:
      choice.kind === 'unknown' || choice.kind === 'not-allowed' ? { kind: choice.kind, message: choice.message } : undefined,
  };
}

function whyUnknown(aspectName: string, unknowns: Unknowns): string | undefined {
  const fact = factFor(aspectName);
  return fact && unknowns[fact]?.why;
}
