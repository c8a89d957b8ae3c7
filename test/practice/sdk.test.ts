import eBayApi9 from 'ebay-api';
import eBayApi10 from 'ebay-api-10';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jpeg, mug, offer, openWorld, type World } from './world.ts';

const SCOPE = 'https://api.ebay.com/oauth/api_scope';
const HOSTS = ['api.ebay.com', 'apim.ebay.com'];

/** What both majors have in common; their own types differ, and return `any` for everything. */
interface Client {
  readonly req: { readonly instance: { readonly interceptors: { readonly request: { use(turn: (config: Config) => Config): void } } } };
  readonly OAuth2: eBayApi9['OAuth2'];
  readonly commerce: Pick<eBayApi9['commerce'], 'taxonomy' | 'media'>;
  readonly buy: Pick<eBayApi9['buy'], 'browse'>;
  readonly sell: Pick<eBayApi9['sell'], 'inventory' | 'account' | 'metadata'>;
}
interface Config {
  url: string;
  readonly headers: { set(name: string, value: string): void };
}
type Upload = (client: Client, form: FormData) => Promise<Uploaded>;
interface Uploaded {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly data: { readonly imageUrl: string };
}

/** 9 has no call for pictures: the path is posted, with the header set on the whole client (CONTRACTS.md 1.3). */
const uploadWith9: Upload = (client, form) => {
  const media = client.commerce.media.api({ headers: { 'Content-Type': 'multipart/form-data' }, returnResponse: true });
  return (media as unknown as { post(path: string, form: FormData): Promise<Uploaded> }).post('/image/create_image_from_file', form);
};

const uploadWith10: Upload = (client, form) => {
  const media = client.commerce.media.api({ returnResponse: true });
  return (media as unknown as { createImageFromFile(form: FormData): Promise<Uploaded> }).createImageFromFile(form);
};

const MAJORS = [
  { major: 9, Api: eBayApi9, upload: uploadWith9 },
  { major: 10, Api: eBayApi10 as unknown as typeof eBayApi9, upload: uploadWith10 },
] as const;

describe.each(MAJORS)('the real ebay-api package, major $major', ({ major, Api, upload }) => {
  let world: World;
  let application: Client;
  let seller: Client;
  beforeAll(async () => {
    world = await openWorld();
    application = client([SCOPE]);
    seller = client([SCOPE, `${SCOPE}/sell.inventory`, `${SCOPE}/sell.account`]);
    seller.OAuth2.setCredentials({
      access_token: 'stale',
      refresh_token: 'practice-refresh-token',
      expires_in: 0,
      refresh_token_expires_in: 1,
      token_type: 'User Access Token',
    });
  });
  afterAll(() => world.close());

  /** The vendor's own client, its requests turned round to the practice marketplace. */
  function client(scope: string[]): Client {
    const eBay = new Api({
      appId: 'practice-app',
      certId: 'practice-cert',
      sandbox: false,
      siteId: 0,
      marketplaceId: eBayApi9.MarketplaceId.EBAY_US,
      scope,
      axiosConfig: { timeout: 30_000, proxy: false },
    }) as unknown as Client;
    eBay.req.instance.interceptors.request.use((config) => {
      const url = new URL(config.url);
      config.headers.set('X-Forwarded-Host', url.hostname);
      config.url = world.practice.url + url.pathname + url.search;
      return config;
    });
    return eBay;
  }

  const sku = (n: number) => `SDK${major}N${n}`;
  const picture = async () => {
    const form = new FormData();
    form.append('image', new Blob([new Uint8Array(await jpeg(800, 600))], { type: 'image/jpeg' }), 'photo.jpg');
    return upload(seller, form);
  };

  it('gets tokens, and refreshes a stale one by itself', async () => {
    expect(await application.OAuth2.getApplicationAccessToken()).toMatch(/^v\^1/);
    const { fulfillmentPolicies } = await seller.sell.account.getFulfillmentPolicies('EBAY_US');
    expect(fulfillmentPolicies).toHaveLength(1);
  });

  it('asks for categories, specifics, conditions and prices', async () => {
    const { taxonomy } = application.commerce;
    expect((await taxonomy.getDefaultCategoryTreeId('EBAY_US')).categoryTreeId).toBe('0');
    const suggestions = await taxonomy.getCategorySuggestions('0', 'blue coffee mug');
    expect(suggestions.categorySuggestions[0].category.categoryId).toBe('20695');
    expect(await taxonomy.getCategorySuggestions('0', 'qzxwv')).toBe('');
    expect((await taxonomy.getItemAspectsForCategory('0', '15687')).aspects.length).toBeGreaterThan(0);
    const { itemConditionPolicies } = await application.sell.metadata.getItemConditionPolicies('EBAY_US', 'categoryIds:{20695}');
    expect(itemConditionPolicies[0].categoryId).toBe('20695');
    expect((await application.buy.browse.search({ q: 'mug', category_ids: '20695', limit: '5' })).itemSummaries).toHaveLength(5);
  });

  it('lists one item: picture, item, offer, publish, withdraw', async () => {
    const uploaded = await picture();
    expect([uploaded.status, uploaded.headers.location]).toEqual([201, expect.stringContaining('/image/')]);
    const { inventory } = seller.sell;
    await inventory.createOrReplaceInventoryItem(sku(1), mug([uploaded.data.imageUrl]) as never);
    expect((await inventory.getInventoryItem(sku(1))).product.title).toBe('Blue stoneware coffee mug');
    const { offerId } = await inventory.createOffer(offer(sku(1)) as never);
    const { listingId } = await inventory.publishOffer(offerId);
    expect((await inventory.getOffers({ sku: sku(1) })).offers[0].listing.listingId).toBe(listingId);
    await expect(inventory.createOffer(offer(sku(1)) as never)).rejects.toMatchObject({ errorCode: 25002 });
    expect((await inventory.withdrawOffer(offerId)).listingId).toBe(listingId);
    expect(await inventory.deleteOffer(offerId)).toBe('');
  });

  it('lists several items with bulk calls, and sees which one failed', async () => {
    const { inventory } = seller.sell;
    const { imageUrl } = (await picture()).data;
    const items = [2, 3].map((n) => ({ sku: sku(n), locale: 'en_US', ...mug([imageUrl]) }));
    const made = await inventory.bulkCreateOrReplaceInventoryItem({ requests: items as never });
    expect(statusesOf(made)).toEqual([201, 201]);
    expect(statusesOf(await inventory.bulkGetInventoryItem({ requests: [{ sku: sku(2) }, { sku: 'NONE' }] }))).toEqual([200, 404]);
    const offered = await inventory.bulkCreateOffer({ requests: [offer(sku(2)), offer(sku(3))] as never });
    const offerIds = offered.responses.map((one: { readonly offerId: string }) => one.offerId) as string[];
    const requests = [...offerIds, '1'].map((offerId) => ({ offerId }));
    expect(statusesOf(await inventory.bulkPublishOffer({ requests }))).toEqual([200, 200, 404]);
    const listings = (await world.call('GET', '/_practice/listings')).body as readonly { readonly sku: string; readonly status: string }[];
    const live = listings.filter(({ status }) => status === 'ACTIVE').map((one) => one.sku);
    expect(live.sort()).toEqual([sku(2), sku(3)]);
  });

  it('speaks to each of eBay’s hosts by its own name', async () => {
    const calls = (await world.call('GET', '/_practice/requests')).body as readonly { readonly host: string; readonly status: number }[];
    const named = calls.filter(({ host }) => host.endsWith('ebay.com'));
    expect([...new Set(named.map(({ host }) => host))].sort()).toEqual(HOSTS);
    expect(named.filter(({ status }) => status >= 500)).toEqual([]);
  });
});

function statusesOf(bulk: { readonly responses: readonly { readonly statusCode: number }[] }): readonly number[] {
  return bulk.responses.map(({ statusCode }) => statusCode);
}
