import { DAY_MS, type Market } from '../ground/market.ts';
import type { Reply, Request } from '../wire/wire.ts';

/** Calls a day of eBay's default tier, per API. */
const DAILY_LIMITS = [
  { context: 'sell', name: 'inventory', version: 'v1', prefix: 'sell_inventory.', limit: 2_000_000 },
  { context: 'sell', name: 'account', version: 'v1', prefix: 'sell_account.', limit: 25_000 },
  { context: 'sell', name: 'fulfillment', version: 'v1', prefix: 'sell_fulfillment.', limit: 100_000 },
  { context: 'sell', name: 'metadata', version: 'v1', prefix: 'sell_metadata.', limit: 5_000 },
  { context: 'commerce', name: 'media', version: 'v1_beta', prefix: 'commerce_media.', limit: 1_000_000 },
  { context: 'commerce', name: 'taxonomy', version: 'v1', prefix: 'commerce_taxonomy.', limit: 5_000 },
  { context: 'buy', name: 'browse', version: 'v1', prefix: 'buy_browse.', limit: 5_000 },
  { context: 'developer', name: 'analytics', version: 'v1_beta', prefix: 'developer_analytics.', limit: 5_000 },
] as const;

/** Counts are the journal's, since midnight UTC. Limits are shown, not enforced; a fault rule can play the 429. */
export function getRateLimits(market: Market, request: Request): Reply {
  const context = request.query.get('api_context')?.toLowerCase();
  const name = request.query.get('api_name')?.toLowerCase();
  const chosen = DAILY_LIMITS.filter((one) => (context ?? one.context) === one.context && (name ?? one.name) === one.name);
  if (chosen.length === 0) return { status: 204 };
  const dayStart = Math.floor(market.now() / DAY_MS) * DAY_MS;
  const rateLimits = chosen.map(({ context: apiContext, name: apiName, version: apiVersion, prefix, limit }) => {
    const row = market.state.get<{ count: number }>(
      'SELECT count(*) AS count FROM journal WHERE at >= ? AND substr(operation, 1, ?) = ?',
      dayStart,
      prefix.length,
      prefix,
    );
    const count = row?.count ?? 0;
    const rate = {
      count,
      limit,
      remaining: Math.max(0, limit - count),
      reset: new Date(dayStart + DAY_MS).toISOString(),
      timeWindow: DAY_MS / 1000,
    };
    return { apiContext, apiName, apiVersion, resources: [{ name: `${apiContext}.${apiName}`, rates: [rate] }] };
  });
  return { status: 200, body: { rateLimits } };
}
