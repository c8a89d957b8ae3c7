import type { Sku } from '../item.ts';
import type {
  AspectRule,
  Category,
  Comparable,
  ConditionPolicy,
  HostedPicture,
  ListingContent,
  ListingPolicies,
  Receipt,
} from '../listing.ts';
import type { Money } from '../money.ts';
import type { Site } from '../site.ts';
import type { AfterSale } from './after-sale.ts';
import type { Call } from './outgoing.ts';
import type { SellerAccount } from './seller-account.ts';

/** What the marketplace knows under a SKU, as far as it matters before the first write. */
export interface FoundListing {
  readonly sku: Sku;
  /**
   * `unpublished`: an item or offer that never went live, debris of an earlier run.
   * `withdrawn`: taken back by `easyflip withdraw`. `ended`: over for another reason. `sold`: at least one sold.
   */
  readonly state: 'unpublished' | 'live' | 'sold' | 'ended' | 'withdrawn';
  readonly title?: string;
  readonly offerId?: string;
  readonly listingId?: string;
  readonly url?: string;
  /** How many are left for sale; undefined where the marketplace does not tell. */
  readonly available?: number;
}

/** The same with what can be shown of it. */
export interface KnownListing extends FoundListing {
  readonly price?: Money;
  readonly categoryId?: string;
}

export interface ReadyListing {
  readonly sku: Sku;
  readonly content: ListingContent;
  /** In the order of `content.photos`. */
  readonly pictures: readonly HostedPicture[];
}

export interface PictureFile {
  /** JPEG bytes on disk, without any metadata. */
  readonly path: string;
  /** SHA-256 of those bytes. */
  readonly sha256: string;
}

/** By product number or by words, never both: eBay wants them apart. */
export type ComparableQuery = ({ readonly gtin: string } | { readonly words: string }) & {
  readonly categoryId: string;
  /** Any of these; empty: any condition. */
  readonly conditionIds: readonly string[];
};

/** The marketplace's own figures for putting an offer live. What it takes of a sale is not among them. */
export interface ListingFees {
  /** Those that are not zero. */
  readonly fees: readonly { readonly type: string; readonly amount: Money; readonly discount: Money }[];
  readonly total: Money;
}

/**
 * A place to sell. An implementation sends every request through the Outgoing port, translates the
 * vendor's errors at its border and reveals no token in any error.
 *
 * Reads may be repeated at will. Writes are safe to repeat with the same arguments: the
 * implementation looks before it writes where a lost answer could hide a finished call.
 * Permanent refusals are `listing.rejected` (or a narrower code) with `retryable: false`.
 */
export interface Marketplace {
  readonly name: string;
  /** What differs from one site to the next: currency, language, wording. */
  readonly site: Site;
  readonly account: SellerAccount;
  /** What happens after the listing. */
  readonly afterSale: AfterSale;
  readonly limits: {
    readonly titleMax: number;
    readonly descriptionMax: number;
    readonly photosMax: number;
    readonly aspectValueMax: number;
    readonly aspectValuesMax: number;
    readonly conditionNoteMax: number;
  };

  /** The time there by its last answer, in milliseconds since 1970, to the minute; this machine's own before any answer. For what the marketplace does at a time: a computer's clock may be days off. */
  nowMs(): number;
  /** The seller's policies and location: the configured ones, else the only one there is. Read once a run. Errors: `listing.policy-missing`, `listing.location-missing`. */
  policies(call: Call): Promise<ListingPolicies>;
  /** True where the buyer's shipping cost comes from weight and distance, so that a listing must say them. */
  needsPackage(policies: ListingPolicies, call: Call): Promise<boolean>;
  /** Leaf categories, best first; empty when nothing fits. */
  suggestCategories(words: string, call: Call): Promise<readonly Category[]>;
  /** Undefined when there is no such category. Errors: `category.not-a-leaf`. */
  category(id: string, call: Call): Promise<Category | undefined>;
  aspects(categoryId: string, call: Call): Promise<readonly AspectRule[]>;
  conditions(categoryId: string, call: Call): Promise<ConditionPolicy>;
  /** Active listings, asking prices all: of others, and those of the seller too. Empty when none. A number is searched in every category. */
  comparables(query: ComparableQuery, call: Call): Promise<readonly Comparable[]>;

  /** What putting this offer live would cost. Undefined when there is no such offer, or it is live. */
  listingFees(offerId: string, call: Call): Promise<ListingFees | undefined>;
  /** What exists under these SKUs; those without anything are left out. Never writes. */
  find(skus: readonly Sku[], call: Call): Promise<readonly FoundListing[]>;
  /**
   * All that the seller has here under SKUs that are `wanted`, page by page; `others` counts the rest of a page. Never writes. What is
   * added or deleted meanwhile may be missed, or told twice.
   */
  everything(
    wanted: (sku: Sku) => boolean,
    call: Call,
  ): AsyncIterable<{ readonly listings: readonly KnownListing[]; readonly others: number }>;
  /** A picture that was answered once is not sent again while its address lives. */
  uploadPicture(picture: PictureFile, call: Call): Promise<{ readonly url: string; readonly expiresAt?: string }>;
  /** Item, offer, live. Calling it twice with the same listing never lists twice. */
  publish(listing: ReadyListing, call: Call): Promise<Receipt>;
  /** Ends the listing and leaves a mark, so that `find` says `withdrawn` even after the database was lost. Repeatable. */
  withdraw(sku: Sku, call: Call): Promise<void>;
}
