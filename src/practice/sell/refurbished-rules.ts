import type { Market } from '../ground/market.ts';
import { readSettings } from '../ground/settings.ts';
import type { WireError } from '../wire/wire.ts';
import { wireError } from '../wire/wire.ts';
import { type Candidate, leafOf } from './candidate.ts';
import { findPolicy } from './policies.ts';

const REFURBISHED = ['CERTIFIED_REFURBISHED', 'EXCELLENT_REFURBISHED', 'VERY_GOOD_REFURBISHED', 'GOOD_REFURBISHED'];
/** Computers, phones, electronics, cameras, video games. General knowledge: no recorded policy shows these conditions. */
const PROGRAMME_DEPARTMENTS = new Set(['58058', '15032', '293', '625', '1249']);
/** The document leaves these figures open; they are this marketplace's own. */
const HANDLING_DAYS_MAX = 3;
const RETURN_DAYS_MIN = 30;
const PICTURES_MIN = 2;
const TITLE_TABOOS = ['new', 'used'];

interface FulfillmentFacts {
  readonly handlingTime?: { readonly value?: number };
  readonly shippingOptions?: readonly {
    readonly optionType?: string;
    readonly shippingServices?: readonly { readonly freeShipping?: boolean; readonly shippingCost?: { readonly value?: string } }[];
  }[];
}

interface ReturnFacts {
  readonly returnsAccepted?: boolean;
  readonly returnPeriod?: { readonly value?: number };
  readonly refundMethod?: string;
  readonly returnShippingCostPayer?: string;
}

export function isRefurbished(condition: string | undefined): boolean {
  return REFURBISHED.includes(condition ?? '');
}

/** Conditions 2000 to 2030 are for sellers that eBay let into its refurbished programme (25041 to 25052). */
export function refurbishedProblems(market: Market, candidate: Candidate): readonly WireError[] {
  const { item, offer } = candidate;
  if (!isRefurbished(item.condition)) return [];
  if (!readSettings(market.state).refurbishedSeller) return [wireError(25047)];
  const isInProgramme = leafOf(candidate)?.ancestors.some(({ id }) => PROGRAMME_DEPARTMENTS.has(id)) === true;
  if (!isInProgramme) return [wireError(25048)];
  return [
    ...shippingProblems(policyBody(market, 'fulfillment', offer.listingPolicies?.fulfillmentPolicyId)),
    ...returnProblems(policyBody(market, 'return', offer.listingPolicies?.returnPolicyId)),
    ...taboos(item.product?.title).map((word) => wireError(25050, [word])),
    ...taboos(item.product?.subtitle).map((word) => wireError(25051, [word])),
    ...((item.product?.imageUrls ?? []).length < PICTURES_MIN ? [wireError(25052, [String(PICTURES_MIN)])] : []),
  ];
}

function shippingProblems(policy: FulfillmentFacts): readonly WireError[] {
  const [first] = policy.shippingOptions?.find((option) => option.optionType === 'DOMESTIC')?.shippingServices ?? [];
  const isFree = first?.freeShipping === true || Number(first?.shippingCost?.value ?? Number.NaN) === 0;
  return [
    ...((policy.handlingTime?.value ?? Number.POSITIVE_INFINITY) > HANDLING_DAYS_MAX
      ? [wireError(25041, [String(HANDLING_DAYS_MAX)])]
      : []),
    ...(isFree ? [] : [wireError(25042)]),
  ];
}

function returnProblems(policy: ReturnFacts): readonly WireError[] {
  if (policy.returnsAccepted !== true) return [wireError(25043)];
  return [
    ...((policy.refundMethod ?? 'MONEY_BACK') === 'MONEY_BACK' ? [] : [wireError(25044)]),
    ...((policy.returnPeriod?.value ?? 0) < RETURN_DAYS_MIN ? [wireError(25045, [String(RETURN_DAYS_MIN)])] : []),
    ...(policy.returnShippingCostPayer === 'SELLER' ? [] : [wireError(25046)]),
  ];
}

function taboos(text: string | undefined): readonly string[] {
  return TITLE_TABOOS.filter((word) => new RegExp(`\\b${word}\\b`, 'i').test(text ?? ''));
}

function policyBody(market: Market, kind: 'fulfillment' | 'return', id: string | undefined): FulfillmentFacts & ReturnFacts {
  const row = findPolicy(market, kind, id ?? '');
  return row === undefined ? {} : (JSON.parse(row.body) as FulfillmentFacts & ReturnFacts);
}
