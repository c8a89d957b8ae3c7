import { MARKETPLACE, type Market } from '../ground/market.ts';
import type { WireError } from '../wire/wire.ts';
import { wireError } from '../wire/wire.ts';
import type { Candidate } from './candidate.ts';
import { findPolicy, type PolicyKind } from './policies.ts';

const COMPLIANCE_POLICIES_MAX = 6;
const TAKE_BACK = 'TAKE_BACK';
const PRODUCT_COMPLIANCE = 'PRODUCT_COMPLIANCE';

/** The three business policies: there, of the right kind, of the offer's marketplace. */
export function businessPolicyProblems(market: Market, { offer }: Candidate): readonly WireError[] {
  const wanted = [
    ['fulfillment', 'fulfillmentPolicyId', 25007],
    ['payment', 'paymentPolicyId', 25008],
    ['return', 'returnPolicyId', 25009],
  ] as const;
  return wanted.flatMap(([kind, field, errorId]) => {
    const id = offer.listingPolicies?.[field];
    if (id === undefined || id === '') return [wireError(errorId, [`${field} is missing.`], { fieldName: field })];
    const found = findPolicy(market, kind, id);
    if (found === undefined) return [wireError(errorId, [`${field} ${id} was not found.`], { [field]: id })];
    if (found.marketplace !== (offer.marketplaceId ?? MARKETPLACE)) {
      return [wireError(errorId, [`${field} ${id} is for another marketplace.`], { [field]: id })];
    }
    return [];
  });
}

/** Custom policies (product compliance, take-back). Nobody made any here, so an id can only be unknown or of another type. */
export function customPolicyProblems(market: Market, { offer }: Candidate): readonly WireError[] {
  const compliance = [...new Set(offer.listingPolicies?.productCompliancePolicyIds ?? [])];
  const takeBack = offer.listingPolicies?.takeBackPolicyId;
  return [
    ...(compliance.length > COMPLIANCE_POLICIES_MAX ? [wireError(25034, [String(COMPLIANCE_POLICIES_MAX)])] : []),
    ...compliance.flatMap((id) => (isLong(id) ? [unfit(market, id, PRODUCT_COMPLIANCE)] : [wireError(25767)])),
    ...(takeBack === undefined ? [] : [isLong(takeBack) ? unfit(market, takeBack, TAKE_BACK) : wireError(25766)]),
  ];
}

function unfit(market: Market, id: string, wanted: string): WireError {
  const kinds: readonly PolicyKind[] = ['fulfillment', 'payment', 'return'];
  const isOther = kinds.some((kind) => findPolicy(market, kind, id) !== undefined);
  return isOther ? wireError(25036, [id, wanted], { policyId: id }) : wireError(25035, [], { policyId: id });
}

function isLong(id: string): boolean {
  return /^\d{1,19}$/.test(id);
}

/** Calculated shipping needs the weight of the parcel (Inventory document, packageWeightAndSize; 25020). */
export function packageProblems(market: Market, { item, offer }: Candidate): readonly WireError[] {
  const policy = findPolicy(market, 'fulfillment', offer.listingPolicies?.fulfillmentPolicyId ?? '');
  if (policy === undefined) return [];
  const { shippingOptions } = JSON.parse(policy.body) as { shippingOptions?: readonly { costType?: string }[] };
  const isCalculated = (shippingOptions ?? []).some((option) => option.costType === 'CALCULATED');
  if (!isCalculated || item.packageWeightAndSize?.weight !== undefined) return [];
  return [wireError(25020, ['The package weight is required for calculated shipping.'], { fieldName: 'packageWeightAndSize.weight' })];
}
