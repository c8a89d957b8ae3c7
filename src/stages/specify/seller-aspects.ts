import type { AspectRule } from '../../core/listing.ts';
import type { SellerFacts } from '../../core/seller-facts.ts';
import { aspectNamesFor, factFor } from './aspect-names.ts';

export interface SellerAspect {
  readonly values: readonly string[];
  /** The sidecar key it came from. */
  readonly field: string;
}

/**
 * The seller's specifics under the category's own names; named specifics win over the general keys. `Brand` is found as
 * `Marke` on the German site.
 */
export function sellerAspects(seller: SellerFacts, rules: readonly AspectRule[]): Readonly<Record<string, SellerAspect>> {
  const official = new Map(rules.map(({ name }) => [name.toLowerCase(), name]));
  const given = new Map<string, SellerAspect>();
  for (const field of ['brand', 'model', 'mpn', 'department', 'size', 'color', 'material', 'type'] as const) {
    const value = seller[field];
    if (value === undefined) continue;
    for (const name of aspectNamesFor(field, rules, 'seller')) given.set(name, { values: [value], field });
  }
  for (const [name, values] of Object.entries(seller.aspects ?? {})) {
    const fact = factFor(name);
    const local = fact && aspectNamesFor(fact, rules)[0];
    given.set(official.get(name.toLowerCase()) ?? local ?? name, { values, field: `aspects.${name}` });
  }
  return Object.fromEntries(given);
}
