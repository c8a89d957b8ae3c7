import { findSite } from '../ground/sites.ts';
import { refuse } from '../wire/wire.ts';
import type { PolicyKind } from './policies.ts';

type Body = Readonly<Record<string, unknown>>;

const NAME_MAX = 64;
const DESCRIPTION_MAX = 250;
const SERVICES_MAX = { DOMESTIC: 4, INTERNATIONAL: 5 } as const;
const COST_TYPES = ['CALCULATED', 'FLAT_RATE', 'NOT_SPECIFIED'];
const EXCEPT_VEHICLES = 'ALL_EXCLUDING_MOTORS_VEHICLES';
const VEHICLES = 'MOTORS_VEHICLES';

/** What eBay demands of a policy (Account document, …PolicyRequest), told one fault at a time: 20401, 20403, 20405; for return policies, whose document has no 20403, 20406. */
export function checkPolicyBody(kind: PolicyKind, body: Body): void {
  const invalid = invalidOf(kind);
  for (const field of ['name', 'marketplaceId', 'categoryTypes']) need(body, field);
  if (String(body.name).length > NAME_MAX) throw refuse(invalid, ['name', `The maximum length is ${NAME_MAX}.`]);
  if (String(body.description ?? '').length > DESCRIPTION_MAX)
    throw refuse(invalid, ['description', `The maximum length is ${DESCRIPTION_MAX}.`]);
  checkCategoryTypes(kind, body.categoryTypes);
  CHECKS[kind](body);
}

/** The number for a field that is there and wrong. */
export const invalidOf = (kind: PolicyKind): 20403 | 20406 => (kind === 'return' ? 20406 : 20403);

const CHECKS: Readonly<Record<PolicyKind, (body: Body) => void>> = {
  fulfillment: checkFulfillment,
  payment: checkPayment,
  return: checkReturn,
};

function checkCategoryTypes(kind: PolicyKind, types: unknown): void {
  const names = list(types).map(({ name }) => name);
  if (names.length === 0) throw refuse(20401, ['categoryTypes']);
  const allowed = kind === 'return' ? [EXCEPT_VEHICLES] : [EXCEPT_VEHICLES, VEHICLES];
  if (names.some((name) => !allowed.includes(String(name)))) throw refuse(invalidOf(kind), ['categoryTypes']);
}

/** Handling time is for things that are sent; each way of sending names its service and its cost. */
function checkFulfillment(body: Body): void {
  const options = list(body.shippingOptions);
  const collected = body.localPickup === true || body.freightShipping === true;
  if (options.length === 0 && !collected) throw refuse(20401, ['shippingOptions']);
  if (options.length > 0) checkDuration(body, 'handlingTime', 20403, (days) => days >= 0 && days <= 40);
  for (const option of options) checkShippingOption(option, findSite(String(body.marketplaceId))?.currency);
}

function checkShippingOption(option: Body, currency: string | undefined): void {
  const type = String(need(option, 'optionType', 'shippingOptions.'));
  if (type !== 'DOMESTIC' && type !== 'INTERNATIONAL') throw refuse(20403, ['optionType']);
  const costType = String(need(option, 'costType', 'shippingOptions.'));
  if (!COST_TYPES.includes(costType)) throw refuse(20403, ['costType']);
  const services = list(option.shippingServices);
  if (services.length === 0) throw refuse(20401, ['shippingServices']);
  if (services.length > SERVICES_MAX[type]) throw refuse(20403, ['shippingServices', `The maximum is ${SERVICES_MAX[type]}.`]);
  for (const service of services) {
    need(service, 'shippingServiceCode', 'shippingServices.');
    const cost = service.shippingCost as { readonly value?: string; readonly currency?: string } | undefined;
    if (cost === undefined && costType === 'FLAT_RATE' && service.freeShipping !== true) throw refuse(20401, ['shippingCost']);
    if (cost === undefined) continue;
    if (!/^\d+(\.\d{1,2})?$/.test(cost.value ?? '')) throw refuse(20403, ['shippingCost']);
    if (currency !== undefined && cost.currency !== currency) throw refuse(20403, ['shippingCost', `The currency must be ${currency}.`]);
  }
}

/** eBay manages electronic payment: only payment outside eBay is named, and only where it is allowed. */
function checkPayment(body: Body): void {
  const offline = ['CASH_ON_DELIVERY', 'CASH_ON_PICKUP', 'CASHIER_CHECK', 'MONEY_ORDER', 'PERSONAL_CHECK', 'OTHER'];
  for (const { paymentMethodType } of list(body.paymentMethods)) {
    if (!offline.includes(String(paymentMethodType))) throw refuse(20405, [String(paymentMethodType)]);
  }
}

function checkReturn(body: Body): void {
  if (typeof body.returnsAccepted !== 'boolean') throw refuse(20401, ['returnsAccepted']);
  if (!body.returnsAccepted) return;
  checkDuration(body, 'returnPeriod', 20406, (days) => [14, 30, 60].includes(days));
  const payer = need(body, 'returnShippingCostPayer');
  if (payer !== 'BUYER' && payer !== 'SELLER') throw refuse(20406, ['returnShippingCostPayer']);
  if (body.refundMethod !== undefined && body.refundMethod !== 'MONEY_BACK' && body.refundMethod !== 'MERCHANDISE_CREDIT') {
    throw refuse(20406, ['refundMethod']);
  }
}

function checkDuration(body: Body, field: string, wrong: 20403 | 20406, fits: (days: number) => boolean): void {
  const { value, unit } = need(body, field) as { readonly value?: unknown; readonly unit?: unknown };
  if (typeof value !== 'number' || unit !== 'DAY' || !fits(value)) throw refuse(wrong, [field]);
}

function need(body: Body, field: string, before = ''): unknown {
  const value = body[field];
  if (value === undefined || value === null || value === '') throw refuse(20401, [`${before}${field}`]);
  return value;
}

const list = (value: unknown): readonly Body[] => (Array.isArray(value) ? (value as Body[]) : []);
