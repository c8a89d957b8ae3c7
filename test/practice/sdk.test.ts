import eBayApi from 'ebay-api';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { jpeg, mug, offer, openWorld, type World } from './world.ts';

const SCOPE = 'https://api.ebay.com/oauth/api_scope';
let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

/** The vendor's own client, its requests turned round to the practice marketplace. */
function client(scope: string[]): eBayApi {
  const eBay = new eBayApi({
    appId: 'practice-app',
    certId: 'practice-cert',
    sandbox: false,
    siteId: 0,
    marketplaceId: eBayApi.MarketplaceId.EBAY_US,
    scope,
    axiosConfig: { timeout: 30_000, proxy: false },
  });
  const requester = eBay.req as unknown as {
    instance: {
      interceptors: {
        request: { use(turn: (config: { url: string; headers: { set(name: string, value: string): void } }) => unknown): void };
      };
    };
  };
  requester.instance.interceptors.request.use((config) => {
    const url = new URL(config.url);
    config.headers.set('X-Forwarded-Host', url.hostname);
    config.url = world.practice.url + url.pathname + url.search;
    return config;
  });
  return eBay;
}

it('lists an item with the real ebay-api package', async () => {
  const application = client([SCOPE]);
  const suggestions = await application.commerce.taxonomy.getCategorySuggestions('0', 'blue coffee mug');
  expect(suggestions.categorySuggestions[0].category.categoryId).toBe('20695');
  expect(await application.commerce.taxonomy.getCategorySuggestions('0', 'qzxwv')).toBe('');

  const seller = client([SCOPE, `${SCOPE}/sell.inventory`, `${SCOPE}/sell.account`]);
  seller.OAuth2.setCredentials({
    access_token: 'stale',
    refresh_token: 'practice-refresh-token',
    expires_in: 0,
    refresh_token_expires_in: 1,
    token_type: 'User Access Token',
  });
  const { fulfillmentPolicies } = await seller.sell.account.getFulfillmentPolicies('EBAY_US');
  expect(fulfillmentPolicies).toHaveLength(1);

  const form = new FormData();
  form.append('image', new Blob([new Uint8Array(await jpeg(800, 600))], { type: 'image/jpeg' }), 'photo.jpg');
  const media = seller.commerce.media.api({ headers: { 'Content-Type': 'multipart/form-data' }, returnResponse: true });
  const uploaded = await (
    media as unknown as {
      post(path: string, form: FormData): Promise<{ status: number; headers: Record<string, string>; data: { imageUrl: string } }>;
    }
  ).post('/image/create_image_from_file', form);
  expect([uploaded.status, uploaded.headers.location]).toEqual([201, expect.stringContaining('/image/')]);

  const inventory = seller.sell.inventory;
  await inventory.createOrReplaceInventoryItem('SDK1', mug([uploaded.data.imageUrl]) as never);
  const { offerId } = await inventory.createOffer(offer('SDK1') as never);
  const { listingId } = await inventory.publishOffer(offerId);
  expect((await inventory.getOffers({ sku: 'SDK1' })).offers[0].listing.listingId).toBe(listingId);
  await expect(inventory.createOffer(offer('SDK1') as never)).rejects.toMatchObject({ errorCode: 25002 });
  const bulk = await inventory.bulkPublishOffer({ requests: [{ offerId }, { offerId: '1' }] });
  expect(bulk.responses.map((one: { statusCode: number }) => one.statusCode)).toEqual([200, 404]);
  const hosts = (await world.call('GET', '/_practice/requests')).body.map((entry: { host: string }) => entry.host);
  expect(new Set(hosts)).toContain('apim.ebay.com');
});
