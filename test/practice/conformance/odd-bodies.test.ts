import { afterAll, beforeAll, describe, expect } from 'vitest';
import { INVENTORY, mug, offer, openWorld, prepare, publishPath, type World } from '../world.ts';
import { policiesOf } from './inventory.ts';
import { rule } from './rule.ts';

let world: World;
let live: string;
beforeAll(async () => {
  world = await openWorld();
  live = await prepare(world, 'LIVE');
  await world.call('POST', publishPath(live));
  await prepare(world, 'SHELF');
});
afterAll(() => world.close());

const ODD = [null, -1, 1.5, 'x', '', true, [null], [1], [[]], {}, { value: null }];

/** The body with one thing in it, at any depth, put in place of each odd value. */
function* oddOnes(value: unknown): Generator<unknown> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    for (const odd of [...ODD, ...oddOnes(inner)]) {
      yield Array.isArray(value) ? value.with(Number(key), odd) : { ...value, [key]: odd };
    }
  }
}

const CONTACT = { companyName: 'Brandt', email: 'a@brandt.example' };

describe('whatever a body holds', () => {
  const bodies: Readonly<Record<string, () => Promise<readonly [string, string, unknown]>>> = {
    item: async () => [
      'PUT',
      '/inventory_item/SHELF',
      {
        ...mug([await world.picture()]),
        conditionDescriptors: [{ name: '1', values: ['2'], additionalInfo: 'x' }],
        packageWeightAndSize: { weight: { value: 1, unit: 'POUND' }, dimensions: { length: 1, width: 1, height: 1, unit: 'INCH' } },
      },
    ],
    'live-offer': async () => [
      'PUT',
      `/offer/${live}`,
      offer('LIVE', {
        listingPolicies: {
          ...(await policiesOf(world, 'EBAY_US')),
          bestOfferTerms: { bestOfferEnabled: true, autoAcceptPrice: { value: '9.00', currency: 'USD' } },
          productCompliancePolicyIds: ['1'],
        },
        listingStartDate: '2030-01-01T00:00:00Z',
        regulatory: {
          manufacturer: CONTACT,
          responsiblePersons: [{ ...CONTACT, types: ['EU_RESPONSIBLE_PERSON'] }],
          hazmat: { statements: ['a'] },
          documents: [{ documentId: '1' }],
          energyEfficiencyLabel: { imageURL: 'x', productInformationSheet: 'y' },
          repairScore: 1,
        },
        tax: { vatPercentage: 1 },
      }),
    ],
    fees: async () => ['POST', '/offer/get_listing_fees', { offers: [{ offerId: live }] }],
    'bulk-items': async () => ['POST', '/bulk_create_or_replace_inventory_item', { requests: [{ sku: 'BULK', locale: 'en_US' }] }],
    'bulk-get': async () => ['POST', '/bulk_get_inventory_item', { requests: [{ sku: 'LIVE' }] }],
    'bulk-offers': async () => ['POST', '/bulk_create_offer', { requests: [offer('SHELF')] }],
    'bulk-publish': async () => ['POST', '/bulk_publish_offer', { requests: [{ offerId: live }] }],
    'price-quantity': async () => [
      'POST',
      '/bulk_update_price_quantity',
      {
        requests: [
          {
            sku: 'LIVE',
            shipToLocationAvailability: { quantity: 3 },
            offers: [{ offerId: live, availableQuantity: 1, price: { value: '5.00', currency: 'USD' } }],
          },
        ],
      },
    ],
  };
  for (const [name, make] of Object.entries(bodies)) {
    rule(`odd-bodies.${name}`, 'CONTRACTS 2.9', `${name}: a body of odd values is taken or refused, never a system error`, async () => {
      const [method, path, body] = await make();
      let count = 0;
      for (const odd of oddOnes(body)) {
        const answer = await world.call(method, `${INVENTORY}${path}`, odd);
        expect(answer.status, JSON.stringify(odd)).toBeLessThan(500);
        expect(JSON.stringify(answer.body ?? ''), JSON.stringify(odd)).not.toContain('"errorId":25001');
        count += 1;
      }
      expect(count).toBeGreaterThanOrEqual(ODD.length);
    });
  }
});
