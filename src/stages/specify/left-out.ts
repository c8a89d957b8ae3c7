import { FACT_NAMES, type FactName } from '../../core/facts.ts';
import type { AspectRule } from '../../core/listing.ts';
import { aspectNameOf } from '../../core/merge-facts.ts';
import type { SellerFacts } from '../../core/seller-facts.ts';
import { aspectNamesFor, factFor } from './aspect-names.ts';

/** Why a field has no value although the photos may tell one. */
export const LEFT_OUT = 'you left it out';

/** Facts that the seller does not want, also those named as a specific: `aspects.Brand` is the brand. */
export const leftOutFacts = ({ leaveOut = [] }: SellerFacts): readonly FactName[] =>
  leaveOut.flatMap((field) => {
    const aspect = aspectNameOf(field);
    const fact = aspect === undefined ? FACT_NAMES.find((name) => name === field) : factFor(aspect);
    return fact ? [fact] : [];
  });

/** Specifics of this category that nothing may fill. */
export function leftOutAspects(seller: SellerFacts, rules: readonly AspectRule[]): ReadonlySet<string> {
  const official = new Map(rules.map(({ name }) => [name.toLowerCase(), name]));
  const named = (seller.leaveOut ?? []).flatMap((field) => aspectNameOf(field) ?? []);
  return new Set([
    ...named.map((name) => official.get(name.toLowerCase()) ?? name),
    ...leftOutFacts(seller).flatMap((fact) => aspectNamesFor(fact, rules, 'seller')),
  ]);
}
