/** A listing as buyers find it, whoever offers it. Prices in hundredths of the site's currency. */
export interface Found {
  readonly legacyId: string;
  readonly marketplace: string;
  readonly categoryId: string;
  readonly title: string;
  readonly priceMinor: number;
  /** Undefined: calculated at checkout. */
  readonly shippingMinor: number | undefined;
  readonly shipsAbroad: boolean;
  readonly conditionId: string | undefined;
  readonly conditionName: string | undefined;
  readonly buyingOptions: readonly ('FIXED_PRICE' | 'AUCTION' | 'BEST_OFFER')[];
  readonly gtin: string | undefined;
  readonly epid?: string;
  readonly seller: Seller;
  /** In the words of the site. */
  readonly aspects: Readonly<Record<string, readonly string[]>>;
  readonly returnsAccepted: boolean;
  readonly quantity: number;
  /** ISO 3166-1; with the postal code masked, as eBay shows it. */
  readonly country: string;
  readonly postalCode: string;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly imageUrls: readonly string[];
  readonly description?: string;
  readonly conditionNote?: string;
}

interface Seller {
  readonly username: string;
  readonly accountType: 'INDIVIDUAL' | 'BUSINESS';
  readonly feedbackScore: number;
  readonly feedbackPercentage: string;
}
