import type { Call } from '../../../core/ports/outgoing.ts';
import type { CallAllowance, SellerAccount } from '../../../core/ports/seller-account.ts';
import type { MarketplaceId } from '../../../core/settings.ts';
import { EbayError } from '../errors.ts';
import type { Transport } from '../transport.ts';
import { ignored } from '../wire.ts';
import { allowancesAnswer, identityAnswer, privilegesAnswer, programsAnswer } from './answers.ts';
import { createLocation, listLocations } from './locations.ts';
import { createPolicy, listPolicies } from './policies.ts';

/** Account API, ProgramTypeEnum. */
const BUSINESS_POLICIES = 'SELLING_POLICY_MANAGEMENT';

/** Codes of Trading API's ShippingServiceDetails: the plain parcel of each country's post. */
const USUAL_SERVICE: Readonly<Record<MarketplaceId, string>> = {
  EBAY_US: 'USPSPriority',
  EBAY_GB: 'UK_RoyalMailSecondClassStandard',
  EBAY_DE: 'DE_DHLPaket',
  EBAY_AU: 'AU_Regular',
  EBAY_CA: 'CA_PostExpeditedParcel',
};

/** The seller's account: programmes, policies, locations, limits. */
export function createSellerAccount(transport: Transport): SellerAccount {
  const hasBusinessPolicies = async (call: Call): Promise<boolean> => {
    const programs = await transport.request(
      {
        token: 'user',
        service: 'account',
        operation: 'account.getOptedInPrograms',
        send: (ebay) => ebay.sell.account.getOptedInPrograms(),
        read: programsAnswer,
      },
      call,
    );
    return programs.includes(BUSINESS_POLICIES);
  };

  return {
    usualShippingService: USUAL_SERVICE[transport.site.id],
    hasBusinessPolicies,
    policies: (kind, call) => listPolicies(transport, kind, call),
    createPolicy: (draft, call) => createPolicy(transport, draft, call),
    locations: (call) => listLocations(transport, call),
    createLocation: (draft, call) => createLocation(transport, draft, call),

    identity: (call) =>
      transport.request(
        {
          token: 'user',
          service: 'account',
          operation: 'identity.getUser',
          send: (ebay) => ebay.commerce.identity.getUser(),
          read: identityAnswer,
        },
        call,
      ),

    joinBusinessPolicies: async (call) => {
      try {
        await transport.request(
          {
            token: 'user',
            service: 'account',
            operation: 'account.optInToProgram',
            writes: true,
            send: (ebay) => ebay.sell.account.optInToProgram({ programType: BUSINESS_POLICIES }),
            read: ignored,
          },
          call,
        );
      } catch (error) {
        // 409/25803: the account has joined already (CONTRACTS 2.1).
        if (!(error instanceof EbayError) || !error.errorIds.includes(25803)) throw error;
      }
    },

    privileges: (call) =>
      transport.request(
        {
          token: 'user',
          service: 'account',
          operation: 'account.getPrivileges',
          send: (ebay) => ebay.sell.account.getPrivileges(),
          read: privilegesAnswer,
        },
        call,
      ),

    allowances: async (call) => {
      const limits = await transport.request(
        {
          token: 'application',
          service: 'account',
          operation: 'analytics.getRateLimits',
          send: (ebay) => ebay.developer.analytics.getRateLimits(),
          read: allowancesAnswer,
        },
        call,
      );
      return limits.flatMap(({ apiContext, apiName, resources }) =>
        (resources ?? []).flatMap(({ name, rates }) =>
          (rates ?? []).flatMap(({ limit, remaining, reset }): CallAllowance[] =>
            typeof limit === 'number' && typeof remaining === 'number' && reset
              ? [{ name: name ?? `${apiContext ?? ''}.${apiName ?? ''}`.toLowerCase(), limit, remaining, resetsAt: reset }]
              : [],
          ),
        ),
      );
    },
  };
}
