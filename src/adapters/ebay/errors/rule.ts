import type { ErrorCode } from '../../../core/errors.ts';

/** What an error of eBay's means to a seller. */
export interface Meaning {
  readonly code: ErrorCode;
  /** What is the case, in plain words; eBay's own are put behind it. */
  readonly sentence: string;
  /** What the seller can do next. */
  readonly hint: string;
  /** The same call may succeed later without any change. */
  readonly retryable: boolean;
}

/** One line of a table: `passes` marks what goes away by itself. */
export type Row = readonly [errorId: number, code: ErrorCode, sentence: string, hint: string, passes?: 'passes'];

/** Ids that no call of ours can be refused with, and why. */
export interface NotMet {
  readonly why: string;
  readonly ids: readonly number[];
}

export const meaning = ([, code, sentence, hint, passes]: Row): Meaning => ({ code, sentence, hint, retryable: passes !== undefined });

export const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, at) => from + at);

/* ---- cures, as the commands and settings are called ---- */

export const LATER = 'Run the same command again later; finished work is kept.';
export const LOG_IN = 'Run `easyflip auth login` to log in to eBay again.';
export const ALLOW = 'Run `easyflip auth login` and allow easyflip to sell for this account.';
export const ACCOUNT = 'Finish your seller account on eBay, then run `easyflip doctor`.';
export const RAISE_LIMIT = 'Wait until eBay raises or resets your selling limit, then run `easyflip resume`.';
export const RETRY = 'Run `easyflip retry-failed`; if it stays, look at the item in Seller Hub.';
export const REPORT = 'Report this with the number of the error; easyflip sent something that eBay does not take.';
export const MEND = 'Mend what eBay names, then run `easyflip retry-failed`.';
export const MAIL = 'Read the message that eBay sent you about this listing, and answer it.';

export const PRICE = 'Set another price with `easyflip approve ITEM --set price=…`.';
export const QUANTITY = 'Set another quantity with `easyflip approve ITEM --set quantity=…`.';
export const TITLE = 'Set another title with `easyflip approve ITEM --set title=…`.';
export const CONDITION = 'Choose a condition that the category allows with `easyflip approve ITEM --set condition=…`.';
export const ASPECTS = 'Set the item specific that eBay names with `easyflip approve ITEM --set aspects.NAME=…`.';
export const CATEGORY = 'Choose a leaf category with `easyflip approve ITEM --set category=…`.';
export const GTIN = 'Set the product number with `easyflip approve ITEM --set gtin=…`, and listing.useCatalogText to true.';
export const PARCEL = 'Set weight and dimensions in the sidecar or in listing.packageProfiles, then run `easyflip retry-failed`.';
export const START = 'Set listing.startAt to a time in the future, or to null, then run `easyflip retry-failed`.';
export const BEST_OFFER = 'Change pricing.bestOffer, then run `easyflip retry-failed`.';
export const POLICY = 'Run `easyflip setup` to choose business policies that exist on this site.';
export const POLICY_TEXT = 'Change the policy in your eBay account, or run `easyflip setup` to choose another one.';
export const LOCATION = 'Run `easyflip setup` to choose or create an inventory location.';
export const PICTURES = 'Run `easyflip retry-failed`; the pictures are uploaded anew.';
export const PHOTO = 'Take this photo out or replace it by an ordinary JPEG, then run `easyflip retry-failed`.';
export const REGULATORY = 'Correct listing.regulatory, then run `easyflip retry-failed`.';
export const REFURBISHED = 'Use another condition, or a policy as the refurbished programme wants it.';
export const REVISE = 'Wait until it may be changed again, or end it with `easyflip withdraw ITEM`.';
export const PRICE_YOURSELF = 'Give the price in the sidecar, or switch pricing.lookUp off.';
