import type { ErrorCode } from '../../../core/errors.ts';
import type { Meaning } from './rule.ts';
import {
  ACCOUNT,
  ASPECTS,
  CATEGORY,
  CONDITION,
  LATER,
  LOCATION,
  PARCEL,
  PICTURES,
  POLICY,
  POLICY_TEXT,
  RAISE_LIMIT,
  REVISE,
} from './rule.ts';

/** The same number stands for different things, and only eBay's text tells which (CONTRACTS 2.9: 25002, 25013, 25016 to 25019, 25604). */
type TextRow = readonly [ids: readonly number[], text: RegExp, code: ErrorCode, sentence: string, hint: string, passes?: 'passes'];

const SPECIFICS = [25022, 25502, 25601];
const BUSINESS_POLICIES = 'Run `easyflip setup`; it opts in to business policies.';
const TODAY = 'Try again tomorrow: eBay takes 250 changes of one listing in a day.';

/** From the top, the first that fits. */
const ROWS: readonly TextRow[] = [
  [
    [25002, 25018, 25019],
    /selling limit|(amount|number|quantity) (of items )?you can (list|sell)/i,
    'listing.selling-limit',
    'The selling limit of the account is reached.',
    RAISE_LIMIT,
  ],
  [[25604], /not found/i, 'listing.missing', 'eBay does not know it yet, or any more.', LATER, 'passes'],
  [[25005], /leaf/i, 'category.not-a-leaf', 'The category has others below it.', CATEGORY],
  [[20403], /business polic/i, 'listing.policy-missing', 'The account has no business policies.', BUSINESS_POLICIES],
  [SPECIFICS, /missing|required/i, 'aspect.missing', 'The category wants an item specific that is missing.', ASPECTS],
  [[25019], /revis\w* .*(day|limit)|250/i, 'listing.not-revisable', 'The listing was changed too often today.', TODAY],
  [[25019], /bid|best offer|12 hours/i, 'listing.not-revisable', 'It has a bid or an offer, or ends soon.', REVISE],
  [[25018], /payment|payout|bank|verify|identity|regist/i, 'account.incomplete', 'The eBay account is not ready to sell.', ACCOUNT],
  [
    [25002],
    /item specific .*(is )?missing|(add|provide|enter) .*item specific/i,
    'aspect.missing',
    'An item specific is missing.',
    ASPECTS,
  ],
  [
    [25002],
    /item specific|no more than \d+ characters|only one value|aspect/i,
    'aspect.not-allowed',
    'eBay does not take an item specific.',
    ASPECTS,
  ],
  [[25002], /item\.country|location/i, 'listing.location-missing', 'eBay does not know where the item is.', LOCATION],
  [[25002], /photo|picture|image/i, 'picture.rejected', 'eBay does not take the pictures.', PICTURES],
  [[25002], /weight|dimension|package/i, 'listing.package-refused', 'eBay does not take the parcel.', PARCEL],
  [[25002], /(fulfil?lment|payment|return|shipping|business) polic/i, 'listing.policy-refused', 'A policy does not fit.', POLICY_TEXT],
  [[25016, 25017], /(fulfil?lment|payment|return)Polic/i, 'listing.policy-missing', 'A policy is missing.', POLICY],
  [[25016, 25017], /condition/i, 'condition.not-allowed', 'eBay does not take the condition.', CONDITION],
  [[25016, 25017], /location/i, 'listing.location-missing', 'eBay does not know where the item is.', LOCATION],
  [[25016, 25017], /image|picture/i, 'picture.rejected', 'eBay does not take the pictures.', PICTURES],
  [[25016, 25017], /weight|package/i, 'listing.package-refused', 'eBay does not take the parcel.', PARCEL],
  [[25016, 25017], /categor/i, 'category.unknown', 'eBay does not take the category.', CATEGORY],
  [[25002], /condition/i, 'condition.not-allowed', 'eBay does not take the condition.', CONDITION],
  [[25002], /leaf categor|categor\w* .*leaf/i, 'category.not-a-leaf', 'The category has others below it.', CATEGORY],
  [[25002], /categor/i, 'category.unknown', 'eBay does not take the category.', CATEGORY],
];

export function meaningByText(errorId: number, said: string): Meaning | undefined {
  const row = ROWS.find(([ids, text]) => ids.includes(errorId) && text.test(said));
  if (row === undefined) return undefined;
  const [, , code, sentence, hint, passes] = row;
  return { code, sentence, hint, retryable: passes !== undefined };
}
