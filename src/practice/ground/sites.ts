/** One eBay site: what an offer for it must be priced in, and which category tree it uses. */
export interface Site {
  readonly marketplace: string;
  readonly treeId: string;
  readonly currency: string;
  readonly country: string;
  /** As `Content-Language` has it; the `locale` field of a bulk entry writes it with an underscore. */
  readonly language: string;
}

/** The sites this marketplace has. Tree ids: CONTRACTS 2.6 (several sources; CA is eBay's site number). */
export const SITES: readonly Site[] = [
  { marketplace: 'EBAY_US', treeId: '0', currency: 'USD', country: 'US', language: 'en-US' },
  { marketplace: 'EBAY_GB', treeId: '3', currency: 'GBP', country: 'GB', language: 'en-GB' },
  { marketplace: 'EBAY_DE', treeId: '77', currency: 'EUR', country: 'DE', language: 'de-DE' },
  { marketplace: 'EBAY_AU', treeId: '15', currency: 'AUD', country: 'AU', language: 'en-AU' },
  { marketplace: 'EBAY_CA', treeId: '2', currency: 'CAD', country: 'CA', language: 'en-CA' },
];

const byMarketplace = new Map(SITES.map((site) => [site.marketplace, site]));

/** Undefined for a marketplace that eBay has and this server has not. */
export function findSite(marketplace: string): Site | undefined {
  return byMarketplace.get(marketplace);
}

export function findSiteByTree(treeId: string): Site | undefined {
  return SITES.find((site) => site.treeId === treeId);
}

/**
 * Member states of the European Union (ISO 3166-1) with Northern Ireland's `XI` left out: General Product Safety
 * Regulation asks for a manufacturer or responsible person there (25115).
 */
export const EU_COUNTRIES: ReadonlySet<string> = new Set(
  'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' '),
);
