import type { Market } from '../ground/market.ts';
import { changeSettings, readSettings } from '../ground/settings.ts';
import type { Reply, Request } from '../wire/wire.ts';
import { jsonBody, refuse, refuseIn } from '../wire/wire.ts';

/** ProgramTypeEnum of the Account document. Only business policies mean anything here. */
const BUSINESS_POLICIES = 'SELLING_POLICY_MANAGEMENT';
const ACCOUNT = { domain: 'API_ACCOUNT', category: 'BUSINESS' };
const PROGRAMS = [BUSINESS_POLICIES, 'OUT_OF_STOCK_CONTROL', 'PARTNER_MOTORS_DEALER'];

export function getOptedInPrograms(market: Market): Reply {
  const programs = readSettings(market.state).businessPolicies ? [{ programType: BUSINESS_POLICIES }] : [];
  return { status: 200, body: { programs } };
}

/** Here it takes no day: eBay speaks of up to 24 hours. 409/25803 for a seller who is in already. */
export function optInToProgram(market: Market, request: Request): Reply {
  checkProgram(request);
  if (readSettings(market.state).businessPolicies) throw refuseIn(ACCOUNT, 25803, ['programType']);
  changeSettings(market.state, { businessPolicies: true });
  return { status: 200, body: {} };
}

/** 400/25804 for a seller who is not in. The document's text for it says "already exists". */
export function optOutOfProgram(market: Market, request: Request): Reply {
  checkProgram(request);
  if (!readSettings(market.state).businessPolicies) throw refuse(25804, ['programType']);
  changeSettings(market.state, { businessPolicies: false });
  return { status: 200, body: {} };
}

/** Without the programme there are no policies to speak of. The id is documented, the sentence is what sellers report. */
export function mustHaveBusinessPolicies(market: Market): void {
  if (!readSettings(market.state).businessPolicies) throw refuse(20403, ['marketplaceId', 'User is not eligible for Business Policy.']);
}

function checkProgram(request: Request): void {
  const { programType } = jsonBody(request);
  if (programType === undefined || programType === '') throw refuse(20401, ['programType']);
  if (!PROGRAMS.includes(String(programType))) throw refuse(20401, ['programType', 'It is unknown.']);
}
