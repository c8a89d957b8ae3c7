import type { AspectRule } from '../core/listing.ts';
import type { SellerFacts } from '../core/seller-facts.ts';
import type { StageContext } from '../pipeline/stage.ts';
import { sellerAspects } from './specify/seller-aspects.ts';

/**
 * True when category, condition, price and every required specific come from the seller: such an
 * item needs no reading and no model, and goes live with exactly the seller's facts.
 */
export async function sellerSaysAll({ item, ports, call }: Pick<StageContext, 'item' | 'ports' | 'call'>): Promise<boolean> {
  const { seller } = item;
  if (!seller.category || !/^\d+$/.test(seller.category) || !seller.price || !seller.condition) return false;
  const category = await ports.marketplace.category(seller.category, call);
  if (!category) return false;
  return coversRequired(seller, await ports.marketplace.aspects(category.id, call));
}

export function coversRequired(seller: SellerFacts, rules: readonly AspectRule[]): boolean {
  const given = sellerAspects(seller, rules);
  return rules.every(({ required, name }) => !required || (given[name]?.values.length ?? 0) > 0);
}

/** The part of the seller's facts that decides whether reading is needed: for fingerprints. */
export const decidingFacts = ({
  category,
  condition,
  price,
  aspects,
  brand,
  model,
  mpn,
  gtin,
  department,
  size,
  color,
  material,
  type,
}: SellerFacts): unknown => ({
  category,
  condition: condition !== undefined,
  price: price !== undefined,
  // Which are given, not how: a corrected value reads no photo again.
  aspects: Object.keys(aspects ?? {}).sort(),
  given: [brand, model, mpn, gtin, department, size, color, material, type].map((value) => value !== undefined),
});
