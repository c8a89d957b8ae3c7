import { DAY_MS, type Market } from '../ground/market.ts';
import { readSettings } from '../ground/settings.ts';
import type { Reply, Request } from '../wire/wire.ts';
import { refuse } from '../wire/wire.ts';

/** Calls a day of eBay's default tier, per API (CONTRACTS 2.11). Metadata's is not published. */
const DEFAULT_LIMITS: Readonly<Record<string, { readonly version: string; readonly limit: number }>> = {
  'sell.inventory': { version: 'v1', limit: 2_000_000 },
  'sell.account': { version: 'v1', limit: 25_000 },
  'sell.fulfillment': { version: 'v1', limit: 100_000 },
  'sell.finances': { version: 'v1', limit: 15_000 },
  'sell.analytics': { version: 'v1', limit: 400 },
  'sell.metadata': { version: 'v1', limit: 5_000 },
  'commerce.media': { version: 'v1_beta', limit: 1_000_000 },
  'commerce.taxonomy': { version: 'v1', limit: 5_000 },
  'commerce.catalog': { version: 'v1_beta', limit: 10_000 },
  'buy.browse': { version: 'v1', limit: 5_000 },
  'developer.analytics': { version: 'v1_beta', limit: 5_000 },
};

/** Tokens a day by grant (OAuth guide, "Access token rate limits"). getRateLimits does not tell them. */
const MINTING_LIMITS: Readonly<Record<string, number>> = {
  'oauth.client_credentials': 1_000,
  'oauth.authorization_code': 10_000,
  'oauth.refresh_token': 50_000,
};

/** Counts a call against its API's day, also one that is refused afterwards. Errors: 429/2001 when the day is used up. */
export function countCall(market: Market, operation: string): void {
  if (isUsedUp(market, apiOf(operation))) throw refuse(2001);
}

/** Counts one more of this kind, unless there have been as many today as there may be. Kinds without a limit are not counted. */
export function isUsedUp(market: Market, api: string): boolean {
  const limit = limitOf(market, api);
  if (limit === undefined) return false;
  const day = dayOf(market);
  if (usedOf(market, api, day) >= limit) return true;
  market.state.run(
    'INSERT INTO daily_calls (api, day, count) VALUES (?, ?, 1) ON CONFLICT (api, day) DO UPDATE SET count = count + 1',
    api,
    day,
  );
  return false;
}

/** Developer Analytics, getRateLimits: by `api_context` and `api_name`; 204 when that names nothing. */
export function getRateLimits(market: Market, request: Request): Reply {
  const context = request.query.get('api_context')?.toLowerCase();
  const name = request.query.get('api_name')?.toLowerCase();
  const day = dayOf(market);
  const rateLimits = Object.entries(DEFAULT_LIMITS).flatMap(([api, { version }]) => {
    const [apiContext = '', apiName = ''] = api.split('.');
    if ((context ?? apiContext) !== apiContext || (name ?? apiName) !== apiName) return [];
    const limit = limitOf(market, api) ?? 0;
    const count = usedOf(market, api, day);
    const rate = {
      count,
      limit,
      remaining: Math.max(0, limit - count),
      reset: new Date((day + 1) * DAY_MS).toISOString(),
      timeWindow: DAY_MS / 1000,
    };
    return [{ apiContext, apiName, apiVersion: version, resources: [{ name: api, rates: [rate] }] }];
  });
  return rateLimits.length === 0 ? { status: 204 } : { status: 200, body: { rateLimits } };
}

/** `sell_inventory.publishOffer` belongs to `sell.inventory`. */
const apiOf = (operation: string): string => (operation.split('.')[0] ?? '').replace('_', '.');

const dayOf = (market: Market): number => Math.floor(market.now() / DAY_MS);

const limitOf = ({ state }: Market, api: string): number | undefined =>
  readSettings(state).callLimits[api] ?? DEFAULT_LIMITS[api]?.limit ?? MINTING_LIMITS[api];

const usedOf = (market: Market, api: string, day: number): number =>
  market.state.get<{ count: number }>('SELECT count FROM daily_calls WHERE api = ? AND day = ?', api, day)?.count ?? 0;
