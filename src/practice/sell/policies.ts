import { CURRENCY, MARKETPLACE, type Market } from '../ground/market.ts';

export type PolicyKind = 'fulfillment' | 'payment' | 'return';

export interface PolicyRow {
  readonly id: string;
  readonly kind: PolicyKind;
  readonly marketplace: string;
  readonly name: string;
  readonly body: string;
}

const FIRST_POLICY_ID = 6_200_000_001;
const categoryTypes = [{ name: 'ALL_EXCLUDING_MOTORS_VEHICLES', default: true }];

/** One of each, as a seller has after a minute in eBay's business policy pages. */
const SEEDED: readonly { readonly kind: PolicyKind; readonly body: Record<string, unknown> }[] = [
  {
    kind: 'fulfillment',
    body: {
      name: 'Practice shipping',
      description: 'USPS Ground Advantage, one business day handling',
      categoryTypes,
      handlingTime: { value: 1, unit: 'DAY' },
      shippingOptions: [
        {
          optionType: 'DOMESTIC',
          costType: 'FLAT_RATE',
          shippingServices: [
            {
              sortOrder: 1,
              shippingCarrierCode: 'USPS',
              shippingServiceCode: 'USPSGroundAdvantage',
              shippingCost: { value: '5.95', currency: CURRENCY },
              freeShipping: false,
            },
          ],
        },
      ],
      shipToLocations: { regionIncluded: [{ regionName: 'US', regionType: 'COUNTRY' }] },
      globalShipping: false,
      pickupDropOff: false,
      localPickup: false,
      freightShipping: false,
    },
  },
  {
    kind: 'payment',
    body: { name: 'Practice payment', description: 'Managed payments', categoryTypes, paymentMethods: [], immediatePay: true },
  },
  {
    kind: 'return',
    body: {
      name: 'Practice returns',
      description: '30 days, buyer pays return shipping',
      categoryTypes,
      returnsAccepted: true,
      returnPeriod: { value: 30, unit: 'DAY' },
      refundMethod: 'MONEY_BACK',
      returnShippingCostPayer: 'BUYER',
    },
  },
];

export function seedPolicies(market: Market): void {
  for (const { kind, body } of SEEDED) insertPolicy(market, kind, { ...body, marketplaceId: MARKETPLACE });
}

export function insertPolicy(market: Market, kind: PolicyKind, body: Record<string, unknown>): PolicyRow {
  const id = String(market.state.nextNumber('policy', FIRST_POLICY_ID));
  const row = { id, kind, marketplace: String(body.marketplaceId), name: String(body.name), body: JSON.stringify(body) };
  market.state.run(
    'INSERT INTO policies (id, kind, marketplace, name, body) VALUES (?, ?, ?, ?, ?)',
    row.id,
    kind,
    row.marketplace,
    row.name,
    row.body,
  );
  return row;
}

export function findPolicy(market: Market, kind: PolicyKind, id: string): PolicyRow | undefined {
  return market.state.get<PolicyRow>('SELECT id, kind, marketplace, name, body FROM policies WHERE kind = ? AND id = ?', kind, id);
}

export function listPolicies(market: Market, kind: PolicyKind, marketplace: string): readonly PolicyRow[] {
  return market.state.all<PolicyRow>(
    'SELECT id, kind, marketplace, name, body FROM policies WHERE kind = ? AND marketplace = ? ORDER BY id',
    kind,
    marketplace,
  );
}

export function wirePolicy(row: PolicyRow): Record<string, unknown> {
  return { [`${row.kind}PolicyId`]: row.id, ...(JSON.parse(row.body) as Record<string, unknown>) };
}
