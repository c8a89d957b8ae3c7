import { DAY_MS, type Market } from '../ground/market.ts';
import type { Reply, Request } from '../wire/wire.ts';
import { refuse } from '../wire/wire.ts';
import { findOrder, type Order } from './order-record.ts';

const IDS_MAX = 50;
const LIMIT_MAX = 200;
const YEARS_MAX = 2;
const STATES: Readonly<Record<string, readonly string[]>> = {
  'NOT_STARTED|IN_PROGRESS': ['NOT_STARTED', 'IN_PROGRESS'],
  'FULFILLED|IN_PROGRESS': ['FULFILLED', 'IN_PROGRESS'],
};

/** GET order: `limit` up to 200 (default 50); `orderIds` (50 at most) overrules everything else. Newest first. */
export function getOrders(market: Market, request: Request): Reply {
  checkFieldGroups(request);
  const ids = (request.query.get('orderIds') ?? '').split(',').filter((id) => id !== '');
  if (ids.length > IDS_MAX) throw refuse(30900);
  const limit = Number(request.query.get('limit') ?? 50);
  const offset = Number(request.query.get('offset') ?? 0);
  if (!Number.isInteger(limit) || limit < 1 || limit > LIMIT_MAX) throw refuse(31100, [String(request.query.get('limit'))]);
  if (!Number.isInteger(offset) || offset < 0) throw refuse(31000, [String(request.query.get('offset'))]);
  const fits = ids.length > 0 ? ({ orderId }: Order) => ids.includes(orderId) : orderFilter(market, request.query.get('filter') ?? '');
  const chosen = market.state
    .all<{ body: string }>('SELECT body FROM orders ORDER BY created_at DESC, id DESC')
    .map(({ body }) => JSON.parse(body) as Order)
    .filter(fits);
  const more = offset + limit < chosen.length;
  const next = new URLSearchParams([...request.query, ['offset', String(offset + limit)]]);
  return {
    status: 200,
    body: {
      href: request.path,
      total: chosen.length,
      limit,
      offset,
      ...(more ? { next: `https://api.ebay.com/sell/fulfillment/v1/order?${next.toString()}` } : {}),
      orders: chosen.slice(offset, offset + limit),
    },
  };
}

export function getOrder(market: Market, request: Request): Reply {
  checkFieldGroups(request);
  return { status: 200, body: mustFindOrder(market, request) };
}

export function mustFindOrder(market: Market, request: Request): Order {
  const id = request.params.orderId ?? '';
  const order = findOrder(market, id);
  if (order === undefined) throw refuse(32100, [id]);
  return order;
}

function checkFieldGroups(request: Request): void {
  const groups = request.query.get('fieldGroups');
  if (groups !== null && groups !== 'TAX_BREAKDOWN') throw refuse(32800, [groups]);
}

/** With both dates given only `creationdate` counts (Fulfillment document, filter). */
function orderFilter(market: Market, filter: string): (order: Order) => boolean {
  if (filter.trim() === '') return () => true;
  const parts = new Map<string, string>();
  // Commas inside brackets or braces belong to a value.
  for (const part of filter.split(/,(?![^[{]*[\]}])/)) {
    const name = part.slice(0, part.indexOf(':')).trim();
    if (!['creationdate', 'lastmodifieddate', 'orderfulfillmentstatus'].includes(name)) throw refuse(30700, [name || part]);
    parts.set(name, part.slice(part.indexOf(':') + 1).trim());
  }
  const status = parts.get('orderfulfillmentstatus');
  const states = status === undefined ? undefined : STATES[status.replace(/^\{|\}$/g, '')];
  if (status !== undefined && states === undefined) throw refuse(30800, [status, 'orderfulfillmentstatus']);
  const created = parts.get('creationdate');
  const dated = created ?? parts.get('lastmodifieddate');
  const [from, to] = dated === undefined ? [0, Number.POSITIVE_INFINITY] : timeRange(market, dated);
  const time = created === undefined ? 'lastModifiedDate' : 'creationDate';
  return (order) => {
    const at = Date.parse(order[time]);
    return at >= from && at <= to && (states === undefined || states.includes(order.orderFulfillmentStatus));
  };
}

function timeRange(market: Market, text: string): readonly [number, number] {
  const match = /^\[(.*)\.\.(.*)\]$/.exec(text);
  if (match === null) throw refuse(30810);
  const [, start = '', end = ''] = match;
  if (start === '') throw refuse(30820);
  const from = Date.parse(start);
  const to = end === '' ? market.now() : Date.parse(end);
  if (Number.isNaN(from) || Number.isNaN(to)) throw refuse(30810);
  // A client's clock may be a little ahead of eBay's.
  if (from > market.now() + 60_000 || to > market.now() + 60_000) throw refuse(30850);
  if (from > to) throw refuse(30840);
  if (to - from > YEARS_MAX * 366 * DAY_MS) throw refuse(30830, [String(YEARS_MAX)]);
  return [from, to];
}
