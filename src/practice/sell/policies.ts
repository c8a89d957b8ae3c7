import type { Market } from '../ground/market.ts';
import { SITES, type Site } from '../ground/sites.ts';

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
const seeded = ({ currency, country }: Site): readonly { readonly kind: PolicyKind; readonly body: Record<string, unknown> }[] => [
  {
    kind: 'fulfillment',
    body: {
      name: 'Practice shipping',
      description: 'One business day handling',
      categoryTypes,
      handlingTime: { value: 1, unit: 'DAY' },
      shippingOptions: [
        {
          optionType: 'DOMESTIC',
          costType: 'FLAT_RATE',
          shippingServices: [
            {
              sortOrder: 1,
              shippingServiceCode: country === 'US' ? 'USPSPriority' : `${country}_StandardDelivery`,
              shippingCost: { value: '5.95', currency },
              freeShipping: false,
            },
          ],
        },
      ],
      shipToLocations: { regionIncluded: [{ regionName: country, regionType: 'COUNTRY' }] },
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
  for (const site of SITES) {
    for (const { kind, body } of seeded(site)) insertPolicy(market, kind, { ...body, marketplaceId: site.marketplace });
  }
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

export function replacePolicy(market: Market, { id, kind }: PolicyRow, body: Record<string, unknown>): void {
  market.state.run(
    'UPDATE policies SET marketplace = ?, name = ?, body = ? WHERE kind = ? AND id = ?',
    String(body.marketplaceId),
    String(body.name),
    JSON.stringify(body),
    kind,
    id,
  );
}

export function deletePolicyRow(market: Market, { id, kind }: PolicyRow): void {
  market.state.run('DELETE FROM policies WHERE kind = ? AND id = ?', kind, id);
}

/** True while a listing that is on sale names it. */
export function policyIsUsed(market: Market, { id, kind }: PolicyRow): boolean {
  const sql = `SELECT 1 FROM listings l JOIN offers o ON o.id = l.offer_id
    WHERE l.status = 'ACTIVE' AND json_extract(o.body, '$.listingPolicies.${kind}PolicyId') = ?`;
  return market.state.get(sql, id) !== undefined;
}

export function wirePolicy(row: PolicyRow): Record<string, unknown> {
  return { [`${row.kind}PolicyId`]: row.id, ...(JSON.parse(row.body) as Record<string, unknown>) };
}
