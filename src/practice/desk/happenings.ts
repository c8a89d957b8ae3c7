import * as z from 'zod';
import { CURRENCY, type Market } from '../ground/market.ts';
import { consent, RU_NAME } from '../oauth/oauth.ts';
import { revokeConsent } from '../oauth/tokens.ts';
import { sell } from '../sell/buying.ts';
import { buyLabel } from '../sell/finances.ts';
import { endListing, findListing } from '../sell/listings.ts';
import type { Reply } from '../wire/wire.ts';

/** What happens to the seller by other hands than the API's: someone buys, a listing ends, the seller agrees in a browser. */

const listing = { sku: z.string().optional(), listingId: z.string().optional() };
const named = (body: { sku?: string | undefined; listingId?: string | undefined }) =>
  body.sku !== undefined || body.listingId !== undefined;
const NAME_ONE = 'give sku or listingId';

export const SALE = z.strictObject({ ...listing, quantity: z.int().min(1).default(1) }).refine(named, NAME_ONE);
export const ENDING = z.strictObject(listing).refine(named, NAME_ONE);
export const LABEL = z.strictObject({
  orderId: z.string(),
  cost: z.string().regex(/^\d{1,6}(\.\d{1,2})?$/, 'must be an amount like "4.25"'),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .default(CURRENCY),
});
export const CONSENT = z.strictObject({ scopes: z.array(z.string()).default([]) });

/** Someone buys. 409 when it is not on sale or too few are left. */
export function sale(market: Market, { sku, listingId, quantity }: z.infer<typeof SALE>): Reply {
  const by = { ...(sku === undefined ? {} : { sku }), ...(listingId === undefined ? {} : { listingId }) };
  const order = market.state.transaction(() => sell(market, by, quantity));
  if (order === undefined) return { status: 409, body: { message: 'There is no such listing on sale with that many left.' } };
  return { status: 200, body: order };
}

/** The seller buys a shipping label on eBay: the Finances API shows it. 409 when there is no such order. */
export function label(market: Market, { orderId, cost, currency }: z.infer<typeof LABEL>): Reply {
  const bought = buyLabel(market, orderId, { value: cost, currency });
  return bought === undefined ? { status: 409, body: { message: 'There is no such order.' } } : { status: 200, body: bought };
}

/** The listing ends on the website, or eBay ends it. */
export function ending(market: Market, { sku, listingId }: z.infer<typeof ENDING>): Reply {
  const id =
    listingId ?? market.state.get<{ id: string }>("SELECT id FROM listings WHERE sku = ? AND status <> 'ENDED'", sku ?? '')?.id ?? '';
  const found = findListing(market, id);
  if (found === undefined || found.status === 'ENDED') return { status: 409, body: { message: 'There is no such live listing.' } };
  endListing(market, found.id);
  return { status: 200, body: { listingId: found.id, status: 'ENDED' } };
}

/** The seller takes back every consent. */
export function revocation(market: Market): Reply {
  market.state.transaction(() => revokeConsent(market));
  return { status: 200, body: { ok: true } };
}

/** A code as the consent page gives one. */
export function agreement(market: Market, { scopes }: z.infer<typeof CONSENT>): Reply {
  const code = consent(market, scopes);
  if (code === undefined) return { status: 400, body: { message: 'Unknown scope.' } };
  return { status: 200, body: { code, redirectUri: RU_NAME } };
}
