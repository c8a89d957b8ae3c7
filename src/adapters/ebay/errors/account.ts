import { ACCOUNT, LATER, type NotMet, POLICY, POLICY_TEXT, REPORT, type Row, range } from './rule.ts';

const SETUP = 'Run `easyflip setup` again with other values.';
const SUPPORTED = 'Set `marketplace` to a site on which this account sells.';

/** Account API v1: policies, programmes, privileges. */
export const accountErrors: readonly Row[] = [
  [20400, 'provider.refused', 'eBay does not take the request about the account.', REPORT],
  [20401, 'account.refused', 'A field of the policy is missing.', SETUP],
  [20402, 'account.refused', 'eBay does not take what was given.', SETUP],
  [20403, 'account.refused', 'eBay does not take a field of the policy.', SETUP],
  [20404, 'listing.policy-missing', 'eBay does not know the policy.', POLICY],
  [20405, 'account.refused', 'eBay does not take the payment method.', POLICY_TEXT],
  [20406, 'account.refused', 'eBay does not take the way of returning.', SETUP],
  [20408, 'account.incomplete', 'The account is not in the payments programme of this site.', ACCOUNT],
  [20409, 'account.refused', 'The default policy is of the wrong kind.', POLICY_TEXT],
  [20500, 'provider.unavailable', "eBay's account service has a fault.", LATER, 'passes'],
  [20501, 'provider.unavailable', "eBay's account service is away, perhaps for a day.", LATER, 'passes'],
  [21400, 'config.invalid', 'This call does not know the site.', SUPPORTED],
  [21409, 'account.refused', 'The default policy does not fit the kind of category.', POLICY_TEXT],
  [22409, 'account.refused', 'The policy that shall be the default is not fit for it.', POLICY_TEXT],
  [35001, 'provider.unavailable', "eBay's programme service has a fault.", LATER, 'passes'],
  [35002, 'provider.unavailable', "eBay's programme service has a fault.", 'Wait a few minutes, then run the command again.', 'passes'],
  [50114, 'provider.refused', 'The request did not name its site.', REPORT],
  [50117, 'config.invalid', 'eBay does not know the site that the request names.', SUPPORTED],
];

export const accountNotMet: readonly NotMet[] = [
  { why: 'a warning beside a success: the call was carried out', ids: [20200, 20201] },
  { why: 'tax tables are not read', ids: [20407] },
  { why: 'custom (product compliance, take-back) policies are not made', ids: range(20411, 20418) },
  { why: 'advertising is not asked for', ids: [50116] },
];
