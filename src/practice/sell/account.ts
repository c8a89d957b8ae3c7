import { KNOWN_MARKETPLACES, type Market } from '../ground/market.ts';
import type { Reply, Request } from '../wire/wire.ts';
import { jsonBody, refuse } from '../wire/wire.ts';
import {
  deletePolicyRow,
  findPolicy,
  insertPolicy,
  listPolicies,
  type PolicyKind,
  type PolicyRow,
  policyIsUsed,
  replacePolicy,
  wirePolicy,
} from './policies.ts';
import { checkPolicyBody, invalidOf } from './policy-bodies.ts';
import { mustHaveBusinessPolicies } from './programs.ts';
import { sellingLimit } from './selling-limit.ts';

type Handler = (market: Market, request: Request) => Reply;

/** Account document: name and site cannot be changed into those of another policy. */
export function getPolicies(kind: PolicyKind): Handler {
  return (market, request) => {
    mustHaveBusinessPolicies(market);
    const rows = listPolicies(market, kind, marketplaceOf(request));
    return {
      status: 200,
      body: { total: rows.length, limit: rows.length, offset: 0, href: request.path, [`${kind}Policies`]: rows.map(wirePolicy) },
    };
  };
}

export function getPolicy(kind: PolicyKind): Handler {
  return (market, request) => ({ status: 200, body: wirePolicy(mustFind(market, kind, request)) });
}

export function getPolicyByName(kind: PolicyKind): Handler {
  return (market, request) => {
    const name = request.query.get('name');
    if (name === null || name === '') throw refuse(20401, ['name']);
    const row = listPolicies(market, kind, marketplaceOf(request)).find((one) => one.name === name);
    // By name the document has it under 400; by id it has a 404 without ids as well.
    if (row === undefined) throw refuse(20404, ['name'], {}, 400);
    return { status: 200, body: wirePolicy(row) };
  };
}

export function createPolicy(kind: PolicyKind): Handler {
  return (market, request) => {
    mustHaveBusinessPolicies(market);
    const body = checkedBody(market, kind, request, undefined);
    const row = insertPolicy(market, kind, body);
    return {
      status: 201,
      body: { ...wirePolicy(row), warnings: [] },
      headers: { Location: `https://api.ebay.com/sell/account/v1/${kind}_policy/${row.id}` },
    };
  };
}

/** Replaces the whole policy: what is left out is gone. */
export function updatePolicy(kind: PolicyKind): Handler {
  return (market, request) => {
    const row = mustFind(market, kind, request);
    const body = checkedBody(market, kind, request, row);
    replacePolicy(market, row, body);
    return { status: 200, body: { ...wirePolicy({ ...row, body: JSON.stringify(body) }), warnings: [] } };
  };
}

/** A policy that live listings use stays; the document has no id of its own for that, so it is the plain 20402. */
export function deletePolicy(kind: PolicyKind): Handler {
  return (market, request) => {
    const row = mustFind(market, kind, request);
    if (policyIsUsed(market, row)) throw refuse(20402, ['The policy is used by active listings.']);
    deletePolicyRow(market, row);
    return { status: 204 };
  };
}

export function getPrivileges(market: Market): Reply {
  return { status: 200, body: { sellerRegistrationCompleted: true, sellingLimit: sellingLimit(market) } };
}

function checkedBody(market: Market, kind: PolicyKind, request: Request, itself: PolicyRow | undefined): Record<string, unknown> {
  const body = jsonBody(request);
  checkPolicyBody(kind, body);
  const marketplace = checkMarketplace(String(body.marketplaceId), invalidOf(kind));
  const namesake = listPolicies(market, kind, marketplace).find((row) => row.name === body.name && row.id !== itself?.id);
  if (namesake !== undefined) throw refuse(invalidOf(kind), ['name', 'The policy name is already in use.']);
  return body;
}

/** The path parameter is `fulfillmentPolicyId` in one document and `payment_policy_id` in the next. */
function mustFind(market: Market, kind: PolicyKind, request: Request): PolicyRow {
  const row = findPolicy(market, kind, Object.values(request.params)[0] ?? '');
  if (row === undefined) throw refuse(20404, [`${kind}PolicyId`]);
  return row;
}

function marketplaceOf(request: Request): string {
  const marketplace = request.query.get('marketplace_id');
  if (marketplace === null || marketplace === '') throw refuse(20401, ['marketplaceId']);
  return checkMarketplace(marketplace);
}

function checkMarketplace(marketplace: string, wrong: 20403 | 20406 = 20403): string {
  if (!(KNOWN_MARKETPLACES as readonly string[]).includes(marketplace)) throw refuse(wrong, ['marketplaceId']);
  return marketplace;
}
