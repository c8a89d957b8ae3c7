import type { ErrorCode } from '../../core/errors.ts';

/** What an answer of eBay's means to a seller, once its number and its text have been looked at. */
export interface Meaning {
  readonly code: ErrorCode;
  readonly hint: string;
  readonly retryable?: boolean;
}

interface Rule extends Meaning {
  readonly statuses?: readonly number[];
  readonly ids?: readonly number[];
  readonly text?: RegExp;
}

const MEND = 'Mend what eBay names, then run `easyflip retry-failed`.';
const LATER = 'Run the same command again later; finished work is kept.';
const LOG_IN = 'Run `easyflip auth` to log in to eBay again.';
const CONDITION = 'Choose a condition that the category allows with `easyflip approve ITEM --set condition=…`.';
const ASPECTS = 'Set the item specific that eBay names with `easyflip approve ITEM --set aspects.NAME=…`.';
const CATEGORY = 'Choose a leaf category with `easyflip approve ITEM --set category=…`.';
const POLICY = 'Check your business policies on eBay and the listing.*PolicyId settings.';
const LOCATION = 'Check your inventory location on eBay and the listing.merchantLocationKey setting.';
const PICTURES = 'Run the item again; its pictures are uploaded anew.';

const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, at) => from + at);

/**
 * Read from the top, the first rule that fits decides. All conditions of a rule must hold. The ids and
 * texts are those of the Inventory, Account, Taxonomy, Metadata, Media and Browse documents; 25002 and
 * 25604 stand for many different things and are told apart by their text only.
 */
const RULES: readonly Rule[] = [
  { statuses: [429], code: 'provider.rate-limited', retryable: true, hint: LATER },
  { ids: [2001], code: 'provider.rate-limited', retryable: true, hint: LATER },
  { ids: [1001, 1002], code: 'provider.auth', hint: LOG_IN },
  { ids: [1100, 190013], code: 'provider.auth', hint: 'Run `easyflip auth` and allow easyflip to sell for this account.' },
  { statuses: [401], code: 'provider.auth', hint: LOG_IN },

  { ids: [25026], code: 'listing.selling-limit', hint: 'Wait until eBay raises or resets your selling limit, then run the command again.' },
  {
    ids: [25002, 25018, 25019],
    text: /selling limit|(amount|number|quantity) (of items )?you can (list|sell)/i,
    code: 'listing.selling-limit',
    hint: 'Wait until eBay raises or resets your selling limit, then run the command again.',
  },

  { ids: [25001, 25025, 20500, 20501, 62000, 46000, 12000, 190000], code: 'provider.unavailable', retryable: true, hint: LATER },
  { ids: [25604], text: /not found/i, code: 'listing.missing', retryable: true, hint: LATER },
  {
    ids: [25701, 25702, 25710, 25713],
    code: 'listing.missing',
    hint: 'Run `easyflip retry-failed`; if it stays, look at the item in Seller Hub.',
  },

  { ids: [62009], code: 'category.not-a-leaf', hint: CATEGORY },
  { ids: [62005, 62008], code: 'category.unknown', hint: CATEGORY },
  { ids: [25005], text: /leaf/i, code: 'category.not-a-leaf', hint: CATEGORY },
  { ids: [25005], code: 'category.unknown', hint: CATEGORY },

  { ids: [25007, 25008, 25009, 25034, 25035, 25036, 25123], code: 'listing.policy-missing', hint: POLICY },
  {
    ids: [20403],
    text: /business polic/i,
    code: 'listing.policy-missing',
    hint: 'Opt in to business policies in your eBay account settings.',
  },
  { ids: [25012, 25800, 25801, 25802], code: 'listing.location-missing', hint: LOCATION },
  { ids: [25014, 25015, 25501, 25086, ...range(190200, 190204)], code: 'picture.rejected', hint: PICTURES },
  { ids: [25021, 25058, 25059, 25060, 25066, ...range(25041, 25052)], code: 'condition.not-allowed', hint: CONDITION },
  { ids: [25064], code: 'aspect.missing', hint: ASPECTS },
  { ids: [25022, 25502, 25601], text: /missing|required/i, code: 'aspect.missing', hint: ASPECTS },
  { ids: [25022, 25502, 25601], code: 'aspect.not-allowed', hint: ASPECTS },

  { ids: [25002], text: /item specific .*(is )?missing|(add|provide|enter) .*item specific/i, code: 'aspect.missing', hint: ASPECTS },
  { ids: [25002], text: /item specific|no more than \d+ characters|only one value|aspect/i, code: 'aspect.not-allowed', hint: ASPECTS },
  { ids: [25002], text: /item\.country|location/i, code: 'listing.location-missing', hint: LOCATION },
  { ids: [25002], text: /photo|picture|image/i, code: 'picture.rejected', hint: PICTURES },
  { ids: [25002], text: /(fulfil?lment|payment|return|shipping|business) polic/i, code: 'listing.policy-missing', hint: POLICY },
  { ids: [25002], text: /condition/i, code: 'condition.not-allowed', hint: CONDITION },
  { ids: [25002], text: /leaf categor|categor\w* .*leaf/i, code: 'category.not-a-leaf', hint: CATEGORY },
  { ids: [25002], text: /categor/i, code: 'category.unknown', hint: CATEGORY },
  { ids: [25097], code: 'listing.rejected', hint: 'Read the message that eBay sent you about this listing, and answer it.' },
  { ids: [2004], code: 'listing.rejected', hint: 'Report this with the item; easyflip sent a field that eBay cannot read.' },
  { ids: range(25000, 25999), code: 'listing.rejected', hint: MEND },

  { statuses: [403], code: 'provider.auth', hint: 'Run `easyflip auth` and allow easyflip to sell for this account.' },
  { statuses: [408], code: 'provider.timeout', retryable: true, hint: LATER },
  { statuses: range(500, 599), code: 'provider.unavailable', retryable: true, hint: LATER },
  { statuses: range(300, 399), code: 'provider.unavailable', retryable: true, hint: LATER },
];

/** Never fails: what no rule knows is a refusal that only a person can look into. */
export function meaningOf(status: number, ids: readonly number[], text: string): Meaning {
  const fits = (rule: Rule): boolean =>
    (rule.statuses === undefined || rule.statuses.includes(status)) &&
    (rule.ids === undefined || rule.ids.some((id) => ids.includes(id))) &&
    (rule.text === undefined || rule.text.test(text));
  return RULES.find(fits) ?? { code: 'provider.refused', hint: 'Read what eBay says, mend it, then run `easyflip retry-failed`.' };
}
