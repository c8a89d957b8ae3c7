import type eBayApi from 'ebay-api';
import { decimalText } from '../../../core/money.ts';
import type { Call } from '../../../core/ports/outgoing.ts';
import type { BusinessPolicy, PolicyDraft, PolicyKind } from '../../../core/ports/seller-account.ts';
import type { MarketplaceId } from '../../../core/settings.ts';
import type { Transport } from '../transport.ts';
import { policyAnswer, policyListAnswer, type WirePolicy } from './answers.ts';

/** Account API: the only category type that return policies allow, and the one for everything but vehicles. */
const CATEGORY_TYPES = [{ name: 'ALL_EXCLUDING_MOTORS_VEHICLES' }];

type Account = eBayApi['sell']['account'];

const CALLS: Readonly<
  Record<
    PolicyKind,
    {
      readonly name: string;
      readonly idField: 'fulfillmentPolicyId' | 'paymentPolicyId' | 'returnPolicyId';
      readonly list: (account: Account, site: MarketplaceId) => Promise<unknown>;
      readonly create: (account: Account, body: never) => Promise<unknown>;
    }
  >
> = {
  fulfillment: {
    name: 'Fulfillment',
    idField: 'fulfillmentPolicyId',
    list: (account, site) => account.getFulfillmentPolicies(site),
    create: (account, body) => account.createFulfillmentPolicy(body),
  },
  payment: {
    name: 'Payment',
    idField: 'paymentPolicyId',
    list: (account, site) => account.getPaymentPolicies(site),
    create: (account, body) => account.createPaymentPolicy(body),
  },
  return: {
    name: 'Return',
    idField: 'returnPolicyId',
    list: (account, site) => account.getReturnPolicies(site),
    create: (account, body) => account.createReturnPolicy(body),
  },
};

export async function listPolicies(transport: Transport, kind: PolicyKind, call: Call): Promise<readonly BusinessPolicy[]> {
  const { name, list } = CALLS[kind];
  const found = await transport.request(
    {
      token: 'user',
      service: 'account',
      operation: `account.get${name}Policies`,
      send: (ebay) => list(ebay.sell.account, transport.site.id),
      read: policyListAnswer,
    },
    call,
  );
  return found.flatMap((policy) => policyOf(kind, policy) ?? []);
}

export async function createPolicy(transport: Transport, draft: PolicyDraft, call: Call): Promise<BusinessPolicy> {
  const { name, create } = CALLS[draft.kind];
  return await transport.request(
    {
      token: 'user',
      service: 'account',
      operation: `account.create${name}Policy`,
      writes: true,
      send: (ebay) => create(ebay.sell.account, policyBody(draft, transport.site.id) as never),
      read: (answer) => {
        const policy = policyAnswer(answer);
        return policy && policyOf(draft.kind, policy);
      },
    },
    call,
  );
}

function policyOf(kind: PolicyKind, policy: WirePolicy): BusinessPolicy | undefined {
  const id = policy[CALLS[kind].idField];
  if (!id) return undefined;
  const domestic = policy.shippingOptions?.filter(({ optionType }) => optionType !== 'INTERNATIONAL') ?? [];
  return { kind, id, name: policy.name ?? '', calculated: domestic.some(({ costType }) => costType === 'CALCULATED') };
}

/** Account API, create…Policy. Managed payments need nothing said but that payment is due at once. */
function policyBody(draft: PolicyDraft, marketplaceId: MarketplaceId): unknown {
  const common = { name: draft.name, marketplaceId, categoryTypes: CATEGORY_TYPES };
  switch (draft.kind) {
    case 'payment':
      return { ...common, immediatePay: true };
    case 'return':
      return draft.days === null
        ? { ...common, returnsAccepted: false }
        : {
            ...common,
            returnsAccepted: true,
            returnPeriod: { value: draft.days, unit: 'DAY' },
            refundMethod: 'MONEY_BACK',
            returnShippingCostPayer: draft.paidBy,
          };
    case 'fulfillment': {
      const free = draft.cost.minor === 0;
      const cost = { value: decimalText(draft.cost), currency: draft.cost.currency };
      return {
        ...common,
        handlingTime: { value: draft.handlingDays, unit: 'DAY' },
        shippingOptions: [
          {
            optionType: 'DOMESTIC',
            costType: 'FLAT_RATE',
            shippingServices: [
              { sortOrder: 1, shippingServiceCode: draft.service, freeShipping: free, ...(free ? {} : { shippingCost: cost }) },
            ],
          },
        ],
      };
    }
  }
}
