import { KNOWN_MARKETPLACES, type Market } from '../ground/market.ts';
import type { Reply, Request } from '../wire/wire.ts';
import { jsonBody, refuse } from '../wire/wire.ts';
import { findPolicy, insertPolicy, listPolicies, type PolicyKind, wirePolicy } from './policies.ts';
import { SELLING_LIMIT } from './selling-limit.ts';

type Handler = (market: Market, request: Request) => Reply;

const PROGRAM = 'SELLING_POLICY_MANAGEMENT';

export function getPolicies(kind: PolicyKind): Handler {
  return (market, request) => {
    const rows = listPolicies(market, kind, marketplaceOf(request));
    return {
      status: 200,
      body: { total: rows.length, limit: rows.length, offset: 0, href: request.path, [`${kind}Policies`]: rows.map(wirePolicy) },
    };
  };
}

/** The path parameter is `fulfillmentPolicyId` in one document and `payment_policy_id` in the next. */
export function getPolicy(kind: PolicyKind): Handler {
  return (market, request) => {
    const id = Object.values(request.params)[0] ?? '';
    const row = findPolicy(market, kind, id);
    if (row === undefined) throw refuse(20404, [`${kind}PolicyId`]);
    return { status: 200, body: wirePolicy(row) };
  };
}

export function getPolicyByName(kind: PolicyKind): Handler {
  return (market, request) => {
    const name = request.query.get('name');
    if (name === null || name === '') throw refuse(20401, ['name']);
    const row = listPolicies(market, kind, marketplaceOf(request)).find((one) => one.name === name);
    if (row === undefined) throw refuse(20404, ['name'], {}, 400);
    return { status: 200, body: wirePolicy(row) };
  };
}

export function createPolicy(kind: PolicyKind): Handler {
  return (market, request) => {
    const body = jsonBody(request);
    for (const field of ['name', 'marketplaceId', 'categoryTypes']) {
      if (body[field] === undefined || body[field] === '') throw refuse(20401, [field]);
    }
    const marketplace = checkMarketplace(String(body.marketplaceId));
    if (listPolicies(market, kind, marketplace).some((row) => row.name === body.name)) throw refuse(20403, ['name']);
    const row = insertPolicy(market, kind, body);
    return {
      status: 201,
      body: { ...wirePolicy(row), warnings: [] },
      headers: { Location: `https://api.ebay.com/sell/account/v1/${kind}_policy/${row.id}` },
    };
  };
}

export function getPrivileges(): Reply {
  return { status: 200, body: { sellerRegistrationCompleted: true, sellingLimit: SELLING_LIMIT } };
}

export function getOptedInPrograms(): Reply {
  return { status: 200, body: { programs: [{ programType: PROGRAM }] } };
}

/** The practice seller is in already, which eBay answers with 409/25803. */
export function optInToProgram(_market: Market, request: Request): Reply {
  const program = jsonBody(request).programType;
  if (program === undefined) throw refuse(20401, ['programType']);
  if (program !== PROGRAM) throw refuse(20403, ['programType']);
  throw refuse(25803, ['programType']);
}

function marketplaceOf(request: Request): string {
  const marketplace = request.query.get('marketplace_id');
  if (marketplace === null || marketplace === '') throw refuse(20401, ['marketplaceId']);
  return checkMarketplace(marketplace);
}

function checkMarketplace(marketplace: string): string {
  if (!(KNOWN_MARKETPLACES as readonly string[]).includes(marketplace)) throw refuse(20403, ['marketplaceId']);
  return marketplace;
}
