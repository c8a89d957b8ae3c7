import { MARKETPLACE, SELLER } from '../ground/market.ts';
import type { Reply } from '../wire/wire.ts';

/** Who the token belongs to. Address, mail and phone need scopes that this seller gives nobody. */
export function getUser(): Reply {
  return {
    status: 200,
    body: {
      userId: 'practice-seller-0001',
      username: SELLER,
      accountType: 'INDIVIDUAL',
      registrationMarketplaceId: MARKETPLACE,
      status: 'CONFIRMED',
    },
  };
}
