import type { FactName } from '../../core/facts.ts';
import type { AspectRule } from '../../core/listing.ts';

/** Under which names eBay's categories ask for a fact, in the words of all sites; the first that a category knows is used. */
const NAMES: Readonly<Partial<Record<FactName, readonly string[]>>> = {
  brand: ['Brand', 'Marke'],
  color: ['Color', 'Colour', 'Farbe', 'Exterior Color', 'Exterior Colour'],
  size: ['Size', 'Größe', 'US Shoe Size', 'UK Shoe Size', 'AU Shoe Size', 'EU Shoe Size', 'EU-Schuhgröße'],
  department: ['Department', 'Abteilung'],
  material: ['Material', 'Fabric Type', 'Stoffart'],
  type: ['Type', 'Produktart'],
  model: ['Model', 'Modell'],
  mpn: ['MPN', 'Herstellernummer'],
  pattern: ['Pattern', 'Muster'],
  style: ['Style', 'Stil'],
  countryOfOrigin: ['Country of Origin', 'Country/Region of Manufacture', 'Herstellungsland und -region'],
  title: [
    'Book Title',
    'Movie/TV Title',
    'Game Name',
    'Release Title',
    'Buchtitel',
    'Film-/Fernsehtitel',
    'Spielname',
    'Titel der Veröffentlichung',
  ],
  author: ['Author', 'Autor'],
  features: ['Features', 'Besonderheiten'],
  era: ['Decade', 'Era', 'Time Period Manufactured'],
  sizeSystem: ['Size System'],
};

/** Parts of a thing that a seller means by its material; a label may mean the lining. */
const SELLER_NAMES: Readonly<Partial<Record<FactName, readonly string[]>>> = {
  material: ['Upper Material', 'Outer Shell Material', 'Exterior Material', 'Obermaterial'],
};

/** The usual size type: neither big, nor tall, nor petite. */
export const SIZE_TYPE_NAMES: ReadonlySet<string> = new Set(['Size Type', 'Größenart']);

export function aspectNamesFor(fact: FactName, rules: readonly AspectRule[], from?: 'seller'): readonly string[] {
  const names = [...(NAMES[fact] ?? []), ...(from === 'seller' ? (SELLER_NAMES[fact] ?? []) : [])];
  return names.filter((name) => rules.some((rule) => rule.name === name)).slice(0, 1);
}

/** The fact that answers an aspect: for the question to the seller, and for what counts as proof. */
export function factFor(aspectName: string): FactName | undefined {
  return FACT_OF.get(aspectName.toLowerCase());
}

const FACT_OF: ReadonlyMap<string, FactName> = new Map(
  [NAMES, SELLER_NAMES].flatMap((names) =>
    (Object.entries(names) as [FactName, readonly string[]][]).flatMap(([fact, all]) =>
      all.map((name): [string, FactName] => [name.toLowerCase(), fact]),
    ),
  ),
);
