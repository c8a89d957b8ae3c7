import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { type Practice, type PracticeOptions, startPractice } from '../../src/practice/server.ts';
import { AnswerBook } from '../specs/answer-book.ts';
import { noteErrors } from './seen-errors.ts';

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into whatever came back
  readonly body: any;
}

/** A marketplace of its own in a temporary folder, and plain HTTP to talk to it. */
export interface World {
  readonly practice: Practice;
  readonly stateFile: string;
  /** With the seller's token unless told otherwise; objects are sent as JSON with Content-Language. */
  call(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  token(form: Readonly<Record<string, string>>, basic?: string): Promise<Answer>;
  upload(bytes: Uint8Array): Promise<Answer>;
  /** A picture good enough for a listing; its address. */
  picture(): Promise<string>;
  /** The Authorization header of the seller, for calls that a test makes by itself. */
  bearer(): Promise<string>;
  /** The next call mints a new one. */
  forgetToken(): void;
  /** Errors: one that lists what was answered otherwise than eBay documents it, where its documents are at hand (EASYFLIP_SPECS). */
  close(): Promise<void>;
}

const BASIC = `Basic ${Buffer.from('practice-app:practice-cert').toString('base64')}`;
const POLICIES = { fulfillmentPolicyId: '6200000001', paymentPolicyId: '6200000002', returnPolicyId: '6200000003' };

export async function openWorld(options: Partial<PracticeOptions> = {}): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'easyflip-practice-'));
  const stateFile = options.state ?? join(folder, 'practice.sqlite');
  const practice = await startPractice({ ...options, state: stateFile });
  const url = practice.url;
  const book = new AnswerBook();
  const token = async (form: Readonly<Record<string, string>>, basic = BASIC) => {
    const response = await fetch(`${url}/identity/v1/oauth2/token`, {
      method: 'POST',
      headers: { Authorization: basic, 'Content-Type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(form).toString(),
    });
    return answerOf('POST', '/identity/v1/oauth2/token', response, book);
  };
  let bearer: string | undefined;
  const authorization = async () => {
    bearer ??= `Bearer ${(await token({ grant_type: 'refresh_token', refresh_token: 'practice-refresh-token' })).body.access_token}`;
    return bearer;
  };
  const call: World['call'] = async (method, path, body, headers = {}) => {
    const isApi = !path.startsWith('/_practice/');
    if (path === '/_practice/faults') book.close();
    const json = body === undefined ? {} : { 'Content-Type': 'application/json', 'Content-Language': 'en-US' };
    const auth = isApi && !('Authorization' in headers) ? { Authorization: await authorization() } : {};
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { ...json, ...auth, ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    return answerOf(method, path, response, book);
  };
  const upload: World['upload'] = async (bytes) => {
    const form = new FormData();
    form.append('image', new Blob([new Uint8Array(bytes)], { type: 'image/jpeg' }), 'photo.jpg');
    const response = await fetch(`${url}${MEDIA}/create_image_from_file`, {
      method: 'POST',
      headers: { Authorization: await authorization(), 'X-Forwarded-Host': 'apim.ebay.com' },
      body: form,
    });
    return answerOf('POST', `${MEDIA}/create_image_from_file`, response, book);
  };
  return {
    practice,
    stateFile,
    call,
    token,
    upload,
    bearer: authorization,
    picture: async () => (await upload(await jpeg(800, 600))).body.imageUrl,
    forgetToken: () => {
      bearer = undefined;
    },
    close: async () => {
      await practice.close();
      rmSync(folder, { recursive: true, force: true });
      book.check();
    },
  };
}

export const MEDIA = '/commerce/media/v1_beta/image';
export const INVENTORY = '/sell/inventory/v1';

let shade = 0;

/** Each one different, so that no two uploads have the same bytes. */
export function jpeg(width: number, height: number): Promise<Buffer> {
  shade += 1;
  return sharp({ create: { width, height, channels: 3, background: { r: shade % 256, g: (shade * 7) % 256, b: 120 } } })
    .jpeg()
    .toBuffer();
}

/** A mug (category 20695): condition wanted, hardly any required specifics. */
export function mug(imageUrls: readonly string[], changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    availability: { shipToLocationAvailability: { quantity: 1 } },
    condition: 'USED_EXCELLENT',
    product: {
      title: 'Blue stoneware coffee mug',
      description: 'A mug.',
      aspects: { Brand: ['Unbranded'], Type: ['Mug'], Color: ['Blue'], Material: ['Stoneware'] },
      imageUrls,
    },
    ...changes,
  };
}

export function offer(sku: string, changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    sku,
    marketplaceId: 'EBAY_US',
    format: 'FIXED_PRICE',
    categoryId: '20695',
    availableQuantity: 1,
    listingDescription: 'A mug.',
    listingDuration: 'GTC',
    listingPolicies: POLICIES,
    merchantLocationKey: 'practice-home',
    pricingSummary: { price: { value: '14.50', currency: 'USD' } },
    includeCatalogProductDetails: false,
    ...changes,
  };
}

/** Item and offer, ready to publish. */
export async function prepare(world: World, sku: string, itemChanges = {}, offerChanges = {}): Promise<string> {
  const item = await world.call('PUT', `${INVENTORY}/inventory_item/${sku}`, mug([await world.picture()], itemChanges));
  if (item.status >= 300) throw new Error(JSON.stringify(item.body));
  const made = await world.call('POST', `${INVENTORY}/offer`, offer(sku, offerChanges));
  if (made.status !== 201) throw new Error(JSON.stringify(made.body));
  return made.body.offerId;
}

export const publishPath = (offerId: string) => `${INVENTORY}/offer/${offerId}/publish`;

async function answerOf(method: string, path: string, response: Response, book: AnswerBook): Promise<Answer> {
  const text = await response.text();
  book.note(method, path, response, text);
  let body: unknown = text;
  try {
    body = text === '' ? undefined : JSON.parse(text);
  } catch {
    // Pages and broken answers stay text.
  }
  noteErrors(body);
  return { status: response.status, headers: response.headers, body };
}
