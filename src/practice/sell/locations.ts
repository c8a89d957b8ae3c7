import type { Market } from '../ground/market.ts';
import type { Reply, Request } from '../wire/wire.ts';
import { jsonBody, refuse } from '../wire/wire.ts';

interface Address {
  readonly city?: string;
  readonly stateOrProvince?: string;
  readonly postalCode?: string;
  readonly country?: string;
}

interface LocationBody {
  readonly location?: { readonly address?: Address };
  readonly locationTypes?: readonly string[];
  readonly name?: string;
}

interface LocationRow {
  readonly key: string;
  readonly enabled: number;
  readonly body: string;
}

const KEY_MAX = 36;
const SEEDED_LOCATION_KEY = 'practice-home';

export function seedLocation(market: Market): void {
  const body: LocationBody = {
    location: { address: { city: 'San Jose', stateOrProvince: 'CA', postalCode: '95125', country: 'US' } },
    name: 'Practice home',
    locationTypes: ['WAREHOUSE'],
  };
  market.state.run('INSERT INTO locations (key, enabled, body) VALUES (?, 1, ?)', SEEDED_LOCATION_KEY, JSON.stringify(body));
}

/** Created enabled, 204 without a body; an existing key is 409/25803. */
export function createInventoryLocation(market: Market, request: Request): Reply {
  const key = request.params.merchantLocationKey ?? '';
  if (!/^[\w-]+$/.test(key) || key.length > KEY_MAX) throw refuse(25800, ['merchantLocationKey']);
  if (findLocation(market, key) !== undefined) throw refuse(25803, ['merchantLocationKey']);
  const body = jsonBody(request) as LocationBody;
  checkAddress(body.location?.address);
  const kept = { ...body, locationTypes: body.locationTypes ?? ['WAREHOUSE'] };
  market.state.run('INSERT INTO locations (key, enabled, body) VALUES (?, 1, ?)', key, JSON.stringify(kept));
  return { status: 204 };
}

export function getInventoryLocation(market: Market, request: Request): Reply {
  return { status: 200, body: wireLocation(mustFind(market, request)) };
}

/** Here, unlike in the other lists, `offset` and `limit` are rows (default 100). */
export function getInventoryLocations(market: Market, request: Request): Reply {
  const limit = Number(request.query.get('limit') ?? 100);
  const offset = Number(request.query.get('offset') ?? 0);
  const rows = market.state.all<LocationRow>('SELECT key, enabled, body FROM locations ORDER BY key');
  const locations = rows.slice(offset, offset + limit).map(wireLocation);
  return { status: 200, body: { href: request.path, limit, offset, total: rows.length, locations } };
}

export function deleteInventoryLocation(market: Market, request: Request): Reply {
  market.state.run('DELETE FROM locations WHERE key = ?', mustFind(market, request).key);
  return { status: 204 };
}

export function enableInventoryLocation(market: Market, request: Request): Reply {
  market.state.run('UPDATE locations SET enabled = 1 WHERE key = ?', mustFind(market, request).key);
  return { status: 200, body: {} };
}

export function disableInventoryLocation(market: Market, request: Request): Reply {
  market.state.run('UPDATE locations SET enabled = 0 WHERE key = ?', mustFind(market, request).key);
  return { status: 200, body: {} };
}

/** A warehouse needs postal code and country, or city, state and country. */
function checkAddress(address: Address | undefined): void {
  if (address === undefined) throw refuse(25801, ['location.address']);
  if ((address.country ?? '') === '') throw refuse(25801, ['country']);
  if (!/^[A-Z]{2}$/.test(address.country ?? '')) throw refuse(25800, ['country']);
  const byCity = (address.city ?? '') !== '' && (address.stateOrProvince ?? '') !== '';
  if ((address.postalCode ?? '') === '' && !byCity) throw refuse(25801, ['postalCode']);
}

function findLocation(market: Market, key: string): LocationRow | undefined {
  return market.state.get<LocationRow>('SELECT key, enabled, body FROM locations WHERE key = ?', key);
}

function mustFind(market: Market, request: Request): LocationRow {
  const row = findLocation(market, request.params.merchantLocationKey ?? '');
  if (row === undefined) throw refuse(25805, ['merchantLocationKey']);
  return row;
}

function wireLocation(row: LocationRow): unknown {
  return {
    merchantLocationKey: row.key,
    merchantLocationStatus: row.enabled === 1 ? 'ENABLED' : 'DISABLED',
    ...(JSON.parse(row.body) as LocationBody),
  };
}
