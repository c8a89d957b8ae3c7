import type { FactName } from '../../core/facts.ts';
import type { AspectRule } from '../../core/listing.ts';

/** Under which names eBay's categories ask for a fact; the first that a category knows is used. */
const NAMES: Readonly<Partial<Record<FactName, readonly string[]>>> = {
  brand: ['Brand'],
  color: ['Color', 'Exterior Color'],
  size: ['Size', 'US Shoe Size'],
  department: ['Department'],
  material: ['Material', 'Fabric Type'],
  type: ['Type'],
  model: ['Model'],
  mpn: ['MPN'],
  pattern: ['Pattern'],
  style: ['Style'],
  countryOfOrigin: ['Country of Origin', 'Country/Region of Manufacture'],
  title: ['Book Title', 'Movie/TV Title', 'Game Name', 'Release Title'],
  author: ['Author'],
  features: ['Features'],
  era: ['Decade', 'Era', 'Time Period Manufactured'],
  sizeSystem: ['Size System'],
};

export function aspectNamesFor(fact: FactName, rules: readonly AspectRule[]): readonly string[] {
  const known = (NAMES[fact] ?? []).filter((name) => rules.some((rule) => rule.name === name));
  return known.slice(0, 1);
}

/** The fact that answers an aspect, for the question to the seller. */
export function factFor(aspectName: string): FactName | undefined {
  return (Object.keys(NAMES) as FactName[]).find((fact) => NAMES[fact]?.includes(aspectName));
}
