import type { PhotoHash, Sku } from './item.ts';
import type { Money } from './money.ts';
import type { SellerFacts } from './seller-facts.ts';

/** Name and values of item specifics as eBay wants them: always lists. */
type Aspects = Readonly<Record<string, readonly string[]>>;

export interface Category {
  readonly id: string;
  readonly name: string;
  /** Nearest parent first, the root left out. */
  readonly ancestors: readonly { readonly id: string; readonly name: string }[];
}

/** One item specific that a category knows (Taxonomy getItemAspectsForCategory). */
export interface AspectRule {
  readonly name: string;
  readonly required: boolean;
  readonly mode: 'FREE_TEXT' | 'SELECTION_ONLY';
  readonly cardinality: 'SINGLE' | 'MULTI';
  readonly dataType: 'STRING' | 'NUMBER' | 'DATE';
  readonly format?: string;
  readonly maxLength?: number;
  readonly values: readonly string[];
  /**
   * Values that stand only beside certain values of other specifics (Taxonomy, `valueConstraints`): a model beside its
   * brand. A value that is not a key here goes with everything.
   */
  readonly onlyWith?: Readonly<Record<string, readonly { readonly name: string; readonly values: readonly string[] }[]>>;
}

/** eBay's ConditionEnum word with its numeric id (CONTRACTS 2.5). */
export interface Condition {
  readonly id: string;
  /** `USED_EXCELLENT`: what the Inventory API wants. */
  readonly word: string;
  /** The category's own name for it: `Pre-owned - Good`. */
  readonly label: string;
  /** What is asked besides, such as grader and grade of a card. Absent: nothing. */
  readonly descriptors?: readonly DescriptorRule[];
}

/** One condition descriptor of a category (Metadata, getItemConditionPolicies): trading cards and coins. */
export interface DescriptorRule {
  /** eBay's numeric id; listings carry ids, never names. */
  readonly id: string;
  readonly name: string;
  readonly required: boolean;
  /** True: any text, such as a certification number, at most `maxLength` characters. */
  readonly freeText: boolean;
  readonly maxLength?: number;
  readonly values: readonly {
    readonly id: string;
    readonly name: string;
    /** Stands only beside one of these values of another descriptor. */
    readonly onlyWith?: { readonly descriptor: string; readonly values: readonly string[] };
  }[];
}

/** Conditions beside which eBay ignores a condition description, with a warning (Inventory API, conditionDescription). */
export const CONDITIONS_WITHOUT_NOTE: ReadonlySet<string> = new Set(['NEW', 'LIKE_NEW', 'NEW_OTHER', 'NEW_WITH_DEFECTS']);

export interface ConditionPolicy {
  readonly required: boolean;
  readonly allowed: readonly Condition[];
}

/** An active listing of somebody else: an asking price, never a sold price. */
export interface Comparable {
  readonly itemId: string;
  /** The number by which people know the listing; absent where the marketplace does not tell it. */
  readonly listingId?: string;
  readonly title: string;
  readonly seller?: string;
  readonly price: Money;
  readonly shipping?: Money;
  readonly conditionId?: string;
}

/** Where a price comes from. Asking prices are what others want now, never what was paid. */
export type PriceBasis =
  | { readonly kind: 'seller' }
  | AskingPrices
  | { readonly kind: 'margin'; readonly cost: Money; readonly percent: number };

export interface AskingPrices {
  readonly kind: 'asking-prices';
  readonly by: 'gtin' | 'words';
  /** The product number or the words that were searched. */
  readonly query: string;
  readonly count: number;
  readonly low: Money;
  readonly median: Money;
  readonly high: Money;
  /** True: with what buyers pay for shipping. */
  readonly withShipping: boolean;
  /** ISO time, UTC. */
  readonly askedAt: string;
}

/**
 * Everything the seller approves, and nothing that is transport. The approval hash is made over
 * exactly this; picture addresses and expiry dates are not in it.
 */
export interface ListingContent {
  readonly photos: readonly PhotoHash[];
  readonly title: string;
  readonly description: string;
  readonly categoryId: string;
  readonly aspects: Aspects;
  /** Absent only where the category offers no condition. */
  readonly condition?: {
    readonly id: string;
    readonly word: string;
    readonly note?: string;
    readonly descriptors?: readonly ConditionDescriptor[];
  };
  readonly price: Money;
  /** Absent: no offers wanted. Amounts at which an offer is accepted or declined without asking. */
  readonly bestOffer?: { readonly autoAccept?: Money; readonly autoDecline?: Money };
  readonly quantity: number;
  readonly identifiers: {
    readonly brand?: string;
    readonly mpn?: string;
    readonly upc?: string;
    readonly ean?: string;
    readonly isbn?: string;
  };
  readonly packageWeight?: NonNullable<SellerFacts['weight']>;
  readonly packageSize?: NonNullable<SellerFacts['dimensions']>;
  readonly policies: ListingPolicies;
  /** Names of the seller's store categories, at most two. */
  readonly storeCategories?: readonly string[];
  /** ISO time, UTC: the listing goes live then. Absent: at once. */
  readonly startsAt?: string;
  /** eBay's catalogue may replace title, description and specifics. Absent: the seller's own words stand. */
  readonly catalogText?: true;
  /** Who made it and who answers for it in the EU (GPSR); wanted where the site is regulated. */
  readonly regulatory?: Regulatory;
}

/** What a graded card or coin is asked for: eBay's numeric ids (Metadata, conditionDescriptors). */
export interface ConditionDescriptor {
  readonly name: string;
  readonly values?: readonly string[];
  /** Free text, such as a certification number; at most 30 characters. */
  readonly additionalInfo?: string;
}

/** Inventory API, `regulatory`: names and addresses as eBay shows them to buyers. */
export interface Regulatory {
  readonly manufacturer?: RegulatoryContact;
  readonly responsiblePersons?: readonly (RegulatoryContact & { readonly types: readonly 'EU_RESPONSIBLE_PERSON'[] })[];
}

interface RegulatoryContact {
  readonly companyName: string;
  readonly addressLine1: string;
  readonly addressLine2?: string;
  readonly city: string;
  readonly stateOrProvince?: string;
  readonly postalCode: string;
  /** ISO 3166, two letters. */
  readonly country: string;
  readonly email?: string;
  readonly phone?: string;
  readonly contactUrl?: string;
}

export interface ListingPolicies {
  readonly fulfillmentPolicyId: string;
  readonly paymentPolicyId: string;
  readonly returnPolicyId: string;
  readonly merchantLocationKey: string;
}

export interface HostedPicture {
  /** SHA-256 of the source photo. */
  readonly photo: PhotoHash;
  readonly url: string;
  /** ISO time after which the address is dead unless it is on a live listing. */
  readonly expiresAt?: string;
}

export interface Receipt {
  readonly sku: Sku;
  readonly offerId: string;
  readonly listingId: string;
  readonly url: string;
  /** False when the listing was found already live. */
  readonly created: boolean;
}
