import type { Facts } from '../../core/facts.ts';
import type { AspectRule } from '../../core/listing.ts';
import type { Site } from '../../core/site.ts';
import { aspectNamesFor, SIZE_TYPE_NAMES } from './aspect-names.ts';
import type { FilledAspect } from './filled-aspect.ts';
import { fitValues } from './fit-values.ts';
import { waistAndLength } from './ways-to-say.ts';

type Filled = Readonly<Record<string, FilledAspect>>;

/** Specifics that follow from others with certainty; the evidence is that of what they follow from. */
export function deriveAspects(rules: readonly AspectRule[], aspects: Filled, facts: Facts, site: Site): Filled {
  return {
    ...sizeType(rules, aspects),
    ...waistAndInseam(rules, aspects, facts, site),
    ...noNumber(rules, aspects, site),
  };
}

const sizeOf = (rules: readonly AspectRule[], aspects: Filled): FilledAspect | undefined =>
  aspectNamesFor('size', rules)
    .map((name) => aspects[name])
    .find((one) => one !== undefined);

/**
 * Labels mark big, tall, petite and plus sizes (2XLT, 14P, 1X, 20W); an unmarked letter or number is a
 * regular one.
 */
function sizeType(rules: readonly AspectRule[], aspects: Filled): Filled {
  const rule = rules.find(({ name }) => SIZE_TYPE_NAMES.has(name));
  const regular = rule?.values.find((value) => value === 'Regular' || value === 'Normalgröße');
  const size = sizeOf(rules, aspects);
  if (!rule || regular === undefined || !size) return {};
  const isUnmarked = size.values.every((value) => /^((\d?X)?[SL]|M|\d{1,2})$/i.test(value));
  return isUnmarked ? { [rule.name]: { values: [regular], fact: { ...size.fact, value: regular } } } : {};
}

/** `W32 L34` on a label of trousers is size 32 and an inseam of 34 inches. */
function waistAndInseam(rules: readonly AspectRule[], aspects: Filled, { size }: Facts, site: Site): Filled {
  const inseam = rules.find(({ name }) => name === 'Inseam');
  const fact = size ?? sizeOf(rules, aspects)?.fact;
  const length = fact && waistAndLength(fact.value)?.length;
  if (!inseam || !length || !fact) return {};
  const fitted = fitValues(inseam, [`${length} in`], site);
  return fitted.fit ? { [inseam.name]: { values: fitted.values, fact: { ...fact, value: `${length} in` } } } : {};
}

/** What has no brand has no manufacturer's number either. */
function noNumber(rules: readonly AspectRule[], aspects: Filled, site: Site): Filled {
  const [mpn] = aspectNamesFor('mpn', rules);
  const rule = rules.find(({ name }) => name === mpn);
  const brand = aspectNamesFor('brand', rules)
    .map((name) => aspects[name])
    .find((one) => one !== undefined);
  if (!rule?.required || brand?.values[0] !== site.unbranded) return {};
  const fitted = fitValues(rule, [site.doesNotApply], site);
  return fitted.fit ? { [rule.name]: { values: fitted.values, fact: { ...brand.fact, value: site.doesNotApply } } } : {};
}
