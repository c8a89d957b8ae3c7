import type { Currency } from './money.ts';
import type { MarketplaceId } from './settings.ts';

/** What differs from one eBay site to the next and is no secret of its API: money, language, wording, measures. */
export interface Site {
  readonly id: MarketplaceId;
  readonly currency: Currency;
  /** Of listings and of the request headers: `en-US`. */
  readonly language: 'en-US' | 'en-GB' | 'de-DE' | 'en-AU' | 'en-CA';
  /** ISO 3166, two letters: where the site's sellers usually are. */
  readonly country: string;
  /** Name of the site's web host below `ebay`: `ebay.co.uk`. */
  readonly host: string;
  /** The site's own words where a product identifier is wanted and there is none (eBay, product identifiers; CONTRACTS 2.3). */
  readonly doesNotApply: string;
  /** The same for a brand. The German word is from memory, not from a stored document. */
  readonly unbranded: string;
  readonly units: 'imperial' | 'metric';
  /** Listings need the manufacturer and a responsible person in the EU (GPSR). */
  readonly regulated: boolean;
}

const english = { doesNotApply: 'Does not apply', unbranded: 'Unbranded' };

export const SITES: Readonly<Record<MarketplaceId, Site>> = {
  EBAY_US: {
    id: 'EBAY_US',
    currency: 'USD',
    language: 'en-US',
    country: 'US',
    host: 'ebay.com',
    ...english,
    units: 'imperial',
    regulated: false,
  },
  EBAY_GB: {
    id: 'EBAY_GB',
    currency: 'GBP',
    language: 'en-GB',
    country: 'GB',
    host: 'ebay.co.uk',
    ...english,
    units: 'metric',
    regulated: false,
  },
  EBAY_DE: {
    id: 'EBAY_DE',
    currency: 'EUR',
    language: 'de-DE',
    country: 'DE',
    host: 'ebay.de',
    doesNotApply: 'Nicht zutreffend',
    unbranded: 'Markenlos',
    units: 'metric',
    regulated: true,
  },
  EBAY_AU: {
    id: 'EBAY_AU',
    currency: 'AUD',
    language: 'en-AU',
    country: 'AU',
    host: 'ebay.com.au',
    ...english,
    units: 'metric',
    regulated: false,
  },
  EBAY_CA: {
    id: 'EBAY_CA',
    currency: 'CAD',
    language: 'en-CA',
    country: 'CA',
    host: 'ebay.ca',
    ...english,
    units: 'metric',
    regulated: false,
  },
};
