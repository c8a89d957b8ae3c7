import type { OpenAiServer } from '../support/openai-server.ts';
import type { JournalCall, World } from '../support/world.ts';
import type { Live } from './kinds.ts';

interface Done extends JournalCall {
  readonly body?: { readonly requests?: readonly unknown[] };
}

/** What the marketplace has, by the bytes of the pictures; numbers and addresses that eBay gives are left out. */
export interface Truth {
  /** Every listing there ever was. */
  readonly listings: readonly string[];
  readonly items: readonly string[];
  readonly offers: readonly string[];
  readonly uploads: number;
  /** Offers that were asked to go live, one by one and in bulk. */
  readonly publishing: number;
  readonly modelCalls: number;
}

export const UPLOAD = 'POST /commerce/media/v1_beta/image/create_image_from_file';
export const PUBLISHING = /^POST \/sell\/inventory\/v1\/(bulk_publish_offer|offer\/[^/]+\/publish)\/?$/;

export async function truthOf(world: World, openai: OpenAiServer): Promise<Truth> {
  const listings = await world.listings();
  const done = (await world.calls()).filter(({ status }) => status >= 200 && status < 300) as readonly Done[];
  const uploads = done.filter(({ method, path }) => `${method} ${path}` === UPLOAD);
  const publishing = done.filter(({ method, path }) => PUBLISHING.test(`${method} ${path}`));
  return {
    listings: listings
      .map(({ listingId: _id, pictures, ...rest }) => JSON.stringify({ ...rest, pictures: pictures.map(({ sha256 }) => sha256) }))
      .sort(),
    ...(await inventory(world.practice.url)),
    uploads: uploads.length,
    publishing: publishing.reduce((sum, { body }) => sum + (body?.requests?.length ?? 1), 0),
    modelCalls: openai.asked.length + openai.askedInBatches.length,
  };
}

/** Inventory items and offers as eBay's own API tells them. */
async function inventory(url: string): Promise<Pick<Truth, 'items' | 'offers'>> {
  const granted = await fetch(`${url}/identity/v1/oauth2/token`, {
    method: 'POST',
    headers: { Authorization: `Basic ${Buffer.from('practice-app:practice-cert').toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: 'practice-refresh-token' }),
  });
  const { access_token } = (await granted.json()) as { access_token: string };
  const get = async <T>(path: string): Promise<T> =>
    (await (await fetch(`${url}/sell/inventory/v1/${path}`, { headers: { Authorization: `Bearer ${access_token}` } })).json()) as T;
  const { inventoryItems = [] } = await get<{ inventoryItems?: readonly { sku: string; product: object }[] }>('inventory_item?limit=100');
  const offers = await Promise.all(
    inventoryItems.map(({ sku }) => get<{ offers?: readonly { offerId: string; listing?: object }[] }>(`offer?sku=${sku}`)),
  );
  return {
    items: inventoryItems.map((item) => JSON.stringify({ ...item, product: { ...item.product, imageUrls: undefined } })).sort(),
    offers: offers
      .flatMap(({ offers: ofOne = [] }) => ofOne)
      .map(({ offerId: _id, listing, ...offer }) => JSON.stringify({ ...offer, listing: { ...listing, listingId: undefined } }))
      .sort(),
  };
}

/** Whether what is for sale is what was approved, item by item: title, price and number, and pictures that no other item has. */
export async function notAsApproved(world: World, approved: readonly Live[]): Promise<readonly string[]> {
  const active = (await world.listings()).filter(({ status }) => status === 'ACTIVE');
  const problems = approved.flatMap(({ title, price, quantity }) => {
    const same = active.filter((one) => one.title.match(title) && one.price.value === price && one.quantity === quantity);
    return same.length === 1 ? [] : [`${same.length} live listings of ${title} at ${price}, ${quantity} of it`];
  });
  if (active.length !== approved.length) problems.push(`${active.length} live listings instead of ${approved.length}`);
  const pictures = active.flatMap(({ pictures: own }) => [...new Set(own.map(({ sha256 }) => sha256))]);
  if (new Set(pictures).size !== pictures.length) problems.push('two live listings have a picture in common');
  if (active.some(({ pictures: own }) => own.length === 0 || own.some(({ sha256 }) => !sha256)))
    problems.push('a live listing has a picture that was never uploaded');
  return problems;
}
