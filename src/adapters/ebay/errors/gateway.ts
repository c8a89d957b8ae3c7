import { ALLOW, LOG_IN, REPORT, type Row } from './rule.ts';

/** What stands before every API: login, permissions, call limits (CONTRACTS 2.9; none of these is in the documents of the APIs). */
export const gatewayErrors: readonly Row[] = [
  [1001, 'provider.auth', 'The login is over.', LOG_IN],
  [1002, 'provider.auth', 'The request came without a login.', LOG_IN],
  [1100, 'provider.auth', 'The login does not cover this call.', ALLOW],
  // A daily limit is not cured by seconds; the Outgoing port puts the items off when its few tries are over.
  [2001, 'provider.rate-limited', 'eBay wants no more calls for now.', 'Run `easyflip doctor` to see when the limit resets.', 'passes'],
  [2004, 'listing.rejected', 'eBay cannot read a field of the request.', REPORT],
];
