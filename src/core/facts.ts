import type { SellerFacts } from './seller-facts.ts';

/** Where a fact comes from. Without one of these there is no fact. */
export type Evidence =
  | { readonly from: 'seller'; readonly field: string }
  | { readonly from: 'label'; readonly photo: number; readonly text: string }
  | { readonly from: 'barcode'; readonly photo: number; readonly code: string }
  | { readonly from: 'picture'; readonly photo: number; readonly note: string }
  | { readonly from: 'folder-name'; readonly text: string }
  | { readonly from: 'catalogue'; readonly epid: string };

export interface Fact {
  readonly value: string;
  /** 0 to 1, as the provider judges it; what may go live is decided by evidence, not by this alone. */
  readonly confidence: number;
  readonly evidence: readonly Evidence[];
}

/** A fact that could not be established, and why: shown to the seller when it is needed. */
export interface Unknown {
  readonly why: string;
}

/** The vocabulary that providers speak; `specify` maps it to eBay's item specifics. */
export const FACT_NAMES = [
  'type',
  'brand',
  'model',
  'mpn',
  'gtin',
  'department',
  'size',
  'color',
  'material',
  'pattern',
  'countryOfOrigin',
  'title',
  'author',
  'style',
  'condition',
  'features',
  'era',
  'sizeSystem',
  'quantity',
  'measurements',
  'packageClass',
  'weightEstimate',
] as const;

export type FactName = (typeof FACT_NAMES)[number];
export type Facts = Readonly<Partial<Record<FactName, Fact>>>;
export type Unknowns = Readonly<Partial<Record<FactName, Unknown>>>;

/**
 * Facts that harm the buyer when wrong: they go live only with label, barcode, seller or catalogue
 * evidence (DESIGN: no invented facts). A picture or a model's own confidence never suffices.
 */
export const HARD_FACTS: ReadonlySet<FactName> = new Set([
  'brand',
  'model',
  'mpn',
  'gtin',
  'size',
  'material',
  'countryOfOrigin',
  'measurements',
]);

/** A folder is named by the seller, yet hurriedly: it proves what the item is, not what its label says. */
export function isProven(name: FactName, fact: Fact): boolean {
  if (!HARD_FACTS.has(name)) return fact.evidence.length > 0;
  return fact.evidence.some(({ from }) => from === 'seller' || from === 'label' || from === 'barcode' || from === 'catalogue');
}

const SELLER_FIELDS = [
  'type',
  'brand',
  'model',
  'mpn',
  'gtin',
  'department',
  'size',
  'color',
  'material',
  'condition',
] as const satisfies readonly (FactName & keyof SellerFacts)[];

/** What the seller said, as facts: certain, and never to be dropped or overruled. */
export function factsOfSeller(seller: SellerFacts): Facts {
  return Object.fromEntries(
    SELLER_FIELDS.flatMap((field) => {
      const value = seller[field];
      return value === undefined ? [] : [[field, { value, confidence: 1, evidence: [{ from: 'seller', field }] } satisfies Fact]];
    }),
  );
}
