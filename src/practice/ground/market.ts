import type { State } from './state.ts';

/** What every handler works with. */
export interface Market {
  readonly state: State;
  /** Epoch milliseconds; tests hand in their own clock. */
  readonly now: () => number;
}

/** The one seller of this marketplace, and the site of a call that names none. */
export const SELLER = 'practice-seller';
export const MARKETPLACE = 'EBAY_US';
export const CURRENCY = 'USD';
export const DAY_MS = 86_400_000;

/** Marketplaces that exist. EBAY_MOTORS_US is deliberately absent: eBay refuses it in an offer (2004). */
export const KNOWN_MARKETPLACES = [
  'EBAY_US',
  'EBAY_AT',
  'EBAY_AU',
  'EBAY_BE',
  'EBAY_CA',
  'EBAY_CH',
  'EBAY_DE',
  'EBAY_ES',
  'EBAY_FR',
  'EBAY_GB',
  'EBAY_HK',
  'EBAY_IE',
  'EBAY_IT',
  'EBAY_MY',
  'EBAY_NL',
  'EBAY_PH',
  'EBAY_PL',
  'EBAY_SG',
  'EBAY_TW',
] as const;
