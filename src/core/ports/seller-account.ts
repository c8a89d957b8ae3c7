import type { Money } from '../money.ts';
import type { Call } from './outgoing.ts';

export const POLICY_KINDS = ['fulfillment', 'payment', 'return'] as const;
export type PolicyKind = (typeof POLICY_KINDS)[number];

/** A business policy of the account, for the site that is sold on. */
export interface BusinessPolicy {
  readonly kind: PolicyKind;
  readonly id: string;
  readonly name: string;
  /** `fulfillment`: the buyer's cost comes from weight and distance, so packages must be known. */
  readonly calculated: boolean;
}

/** What a new policy shall say. Durations in days. */
export type PolicyDraft =
  | {
      readonly kind: 'fulfillment';
      readonly name: string;
      readonly handlingDays: number;
      /** The marketplace's own code of the service, such as `USPSPriority`. */
      readonly service: string;
      /** What the buyer pays; zero is free shipping. */
      readonly cost: Money;
    }
  | { readonly kind: 'payment'; readonly name: string }
  | {
      readonly kind: 'return';
      readonly name: string;
      /** null: returns are not accepted. */
      readonly days: number | null;
      readonly paidBy: 'BUYER' | 'SELLER';
    };

export interface MerchantLocation {
  readonly key: string;
  readonly name: string;
  /** ISO 3166, two letters; undefined when the marketplace does not tell. */
  readonly country: string | undefined;
  readonly postalCode: string | undefined;
  readonly city: string | undefined;
  readonly enabled: boolean;
}

/** Where things are sent from: a postal code, or a city with its state. */
export interface LocationDraft {
  readonly key: string;
  readonly name: string;
  readonly country: string;
  readonly postalCode?: string;
  readonly city?: string;
  readonly stateOrProvince?: string;
}

interface SellingPrivileges {
  readonly registered: boolean;
  /** What may be listed in a month; a part that is undefined is not limited. */
  readonly limit: { readonly amount: Money | undefined; readonly quantity: number | undefined } | undefined;
}

/** Calls of one API that are left until the counter starts anew. */
export interface CallAllowance {
  /** `sell.inventory` or a resource in it. */
  readonly name: string;
  readonly limit: number;
  readonly remaining: number;
  /** ISO time. */
  readonly resetsAt: string;
}

interface SellerIdentity {
  readonly username: string;
  readonly userId: string;
  /** `CONFIRMED` when all is well. */
  readonly status: string | undefined;
  readonly registrationMarketplace: string | undefined;
}

/**
 * The seller's account on a marketplace: what must exist before anything can be listed.
 * Reads may be repeated at will. `create…` is not safe to repeat: read first. Errors: the marketplace's,
 * `provider.auth` where the login or its consent does not cover the call.
 */
export interface SellerAccount {
  identity(call: Call): Promise<SellerIdentity>;
  /** Business policies are a programme that a seller joins once; without it there are no policies. */
  hasBusinessPolicies(call: Call): Promise<boolean>;
  /** Joining may take the marketplace up to 24 hours. Repeatable. */
  joinBusinessPolicies(call: Call): Promise<void>;
  policies(kind: PolicyKind, call: Call): Promise<readonly BusinessPolicy[]>;
  createPolicy(draft: PolicyDraft, call: Call): Promise<BusinessPolicy>;
  /** The shipping service that a draft names unless the seller says otherwise. */
  readonly usualShippingService: string;
  locations(call: Call): Promise<readonly MerchantLocation[]>;
  createLocation(draft: LocationDraft, call: Call): Promise<MerchantLocation>;
  privileges(call: Call): Promise<SellingPrivileges>;
  allowances(call: Call): Promise<readonly CallAllowance[]>;
}
