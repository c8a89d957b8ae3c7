import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ListingContent } from '../../../src/core/listing.ts';
import type { Marketplace } from '../../../src/core/ports/index.ts';
import { SITES } from '../../../src/core/site.ts';
import { readyListing } from '../../contract/marketplace.ts';
import { type PracticeWorld, practiceWorld } from './practice-world.ts';
import { call, ebay } from './support.ts';

let world: PracticeWorld;
let market: Marketplace;
beforeAll(async () => {
  world = await practiceWorld();
  market = world.connect();
});
afterAll(() => world.close());

/** What the offer and the item of a listing say at eBay, read by plain HTTP. */
async function standing(sku: string): Promise<{ readonly item: Record<string, unknown>; readonly offer: Record<string, unknown> }> {
  const token = await fetch(`${world.url}/identity/v1/oauth2/token`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      authorization: `Basic ${Buffer.from('practice-app:practice-cert').toString('base64')}`,
    },
    body: 'grant_type=refresh_token&refresh_token=practice-refresh-token',
  });
  const { access_token } = (await token.json()) as { access_token: string };
  const read = async (path: string) =>
    (await (
      await fetch(`${world.url}/sell/inventory/v1/${path}`, { headers: { authorization: `Bearer ${access_token}` } })
    ).json()) as never;
  const { offers } = (await read(`offer?sku=${sku}`)) as { offers: Record<string, unknown>[] };
  return { item: await read(`inventory_item/${sku}`), offer: offers[0] ?? {} };
}

const usd = (minor: number) => ({ minor, currency: 'USD' });

describe('what was approved arrives, field by field', () => {
  const cases: readonly (readonly [string, Partial<ListingContent>, Record<string, unknown>])[] = [
    [
      'best offer with both amounts',
      { bestOffer: { autoAccept: usd(2300), autoDecline: usd(1500) } },
      {
        listingPolicies: expect.objectContaining({
          bestOfferTerms: {
            bestOfferEnabled: true,
            autoAcceptPrice: { value: '23.00', currency: 'USD' },
            autoDeclinePrice: { value: '15.00', currency: 'USD' },
          },
        }),
      },
    ],
    ['store categories', { storeCategories: ['/Clothing/Shirts'] }, { storeCategoryNames: ['/Clothing/Shirts'] }],
    ['catalogue text only when it is wanted', { catalogText: true }, { includeCatalogProductDetails: true }],
    ['and otherwise not', {}, { includeCatalogProductDetails: false }],
  ];
  test.each(cases)('%s', async (_, change, offer) => {
    const listing = await readyListing(market, world, change);
    const first = await market.publish(listing, call());
    expect((await standing(listing.sku)).offer).toMatchObject(offer);
    // The same again is the same listing, and nothing is written.
    const before = (await world.requests()).length;
    expect((await market.publish(listing, call())).listingId).toBe(first.listingId);
    expect(
      (await world.requests())
        .slice(before)
        .filter(({ method, path }) => method !== 'GET' && !path.includes('token') && !path.includes('bulk_get')),
    ).toEqual([]);
  });

  test('a start in the future: the listing is made, and waits', async () => {
    const startsAt = new Date(Date.now() + 3 * 86_400_000).toISOString();
    const listing = await readyListing(market, world, { startsAt });
    const { listingId } = await market.publish(listing, call());
    expect(listingId).toMatch(/^\d+$/);
    expect((await standing(listing.sku)).offer).toMatchObject({ listingStartDate: startsAt });
  });

  test('weight and size', async () => {
    const listing = await readyListing(market, world, {
      packageWeight: { value: 12, unit: 'OUNCE' },
      packageSize: { length: 10, width: 8, height: 4, unit: 'INCH' },
    });
    await market.publish(listing, call());
    expect((await standing(listing.sku)).item).toMatchObject({ packageWeightAndSize: { weight: { value: 12, unit: 'OUNCE' } } });
  });

  test('a change of the terms reaches the live listing', async () => {
    const listing = await readyListing(market, world, { bestOffer: {} });
    const { listingId } = await market.publish(listing, call());
    const changed = { ...listing, content: { ...listing.content, bestOffer: { autoAccept: usd(2400) }, price: usd(2600) } };
    expect((await market.publish(changed, call())).listingId).toBe(listingId);
    const { offer } = await standing(listing.sku);
    expect(offer).toMatchObject({
      pricingSummary: { price: { value: '26.00' } },
      listingPolicies: { bestOfferTerms: { autoAcceptPrice: { value: '24.00' } } },
    });
  });
});

test('the shipping policy tells whether a parcel must be weighed', async () => {
  expect(await market.needsPackage(await market.policies(call()), call())).toBe(false);
});

describe('other sites', () => {
  test.each(['EBAY_GB', 'EBAY_AU', 'EBAY_CA', 'EBAY_DE'] as const)('%s: a listing in its own currency, language and tree', async (id) => {
    const there = ebay(world.url, { site: SITES[id] });
    const words = id === 'EBAY_DE' ? 'becher' : 'coffee mug';
    const regulatory = {
      manufacturer: {
        companyName: 'Töpferei Muster',
        addressLine1: 'Hauptstr. 1',
        city: 'Köln',
        postalCode: '50667',
        country: 'DE',
        email: 'info@example.com',
      },
      responsiblePersons: [
        {
          companyName: 'Töpferei Muster',
          addressLine1: 'Hauptstr. 1',
          city: 'Köln',
          postalCode: '50667',
          country: 'DE',
          email: 'info@example.com',
          types: ['EU_RESPONSIBLE_PERSON' as const],
        },
      ],
    };
    const listing = await readyListing(there, { words, picture: world.picture }, id === 'EBAY_DE' ? { regulatory } : {});
    const { listingId } = await there.publish(listing, call());
    expect(listingId).toMatch(/^\d+$/);
    const { offer } = await standing(listing.sku);
    expect(offer).toMatchObject({ marketplaceId: id, pricingSummary: { price: { value: '24.99', currency: SITES[id].currency } } });
    if (id === 'EBAY_DE') expect(offer).toMatchObject({ regulatory: { manufacturer: { city: 'Köln' } } });
  });
});
