import { expect } from 'vitest';
import { INVENTORY, mug, offer, publishPath, type World } from '../world.ts';

export type Answer = Awaited<ReturnType<World['call']>>;
type Changes = Readonly<Record<string, unknown>>;

let made = 0;

/** A SKU nobody had before in this file. */
export function freshSku(): string {
  made += 1;
  return `K${made}`;
}

const pictures = new WeakMap<World, Promise<string>>();

/** One picture for all listings of a world: uploads are counted, 50 in 5 seconds. */
function sharedPicture(world: World): Promise<string> {
  const known = pictures.get(world) ?? world.picture();
  pictures.set(world, known);
  return known;
}

/** A mug's product with a picture and these fields changed; `undefined` leaves one out. */
export async function product(world: World, changes: Changes = {}): Promise<{ product: Changes }> {
  return { product: { ...(mug([]).product as Changes), imageUrls: [await sharedPicture(world)], ...changes } };
}

export const putItem = (world: World, sku: string, body: unknown, headers: Readonly<Record<string, string>> = {}) =>
  world.call('PUT', `${INVENTORY}/inventory_item/${sku}`, body, headers);

export const postOffer = (world: World, body: unknown, headers: Readonly<Record<string, string>> = {}) =>
  world.call('POST', `${INVENTORY}/offer`, body, headers);

/** Item and offer that differ from a good mug in these fields; the answer to publishing them, and their names. */
export async function publishing(
  world: World,
  itemChanges: Changes = {},
  offerChanges: Changes = {},
): Promise<Answer & { readonly sku: string; readonly offerId: string }> {
  const sku = freshSku();
  const item = { ...mug([]), ...(await product(world)), ...itemChanges };
  const put = await putItem(world, sku, item);
  expect([put.status, put.body?.errors]).toEqual([201, undefined]);
  const created = await postOffer(world, offer(sku, offerChanges));
  expect([created.status, created.body?.errors]).toEqual([201, undefined]);
  const offerId = String(created.body.offerId);
  return { ...(await world.call('POST', publishPath(offerId))), sku, offerId };
}

/** Refused with this one error and no other, in the envelope of CONTRACTS 2.9. */
export function expectRefusal(answer: Answer, status: number, errorId: number, text?: string | RegExp): void {
  expect([answer.status, answer.body?.errors?.map((error: { errorId: number }) => error.errorId)]).toEqual([status, [errorId]]);
  expect(answer.body).not.toHaveProperty('warnings');
  const [error] = answer.body.errors;
  const domain = errorId < 10_000 ? 'ACCESS' : 'API_INVENTORY';
  expect(error).toMatchObject({ domain, category: status === 500 ? 'APPLICATION' : 'REQUEST' });
  expect(error.message).not.toMatch(/[{}]/);
  if (text !== undefined) expect(error.message).toMatch(text);
}

/** Live, with these warnings and no error. */
export function expectWarnings(answer: Answer, ...errorIds: number[]): void {
  expect(answer.status).toBe(200);
  expect(answer.body).not.toHaveProperty('errors');
  expect((answer.body.warnings ?? []).map((warning: { errorId: number }) => warning.errorId)).toEqual(errorIds);
}

export function expectLive(answer: Answer): void {
  expectWarnings(answer);
  expect(answer.body.listingId).toMatch(/^\d{12}$/);
}

interface Listed {
  readonly listingId: string;
  readonly sku: string;
  readonly title: string;
  readonly status: string;
  readonly [field: string]: unknown;
}

export async function listed(world: World, sku: string): Promise<readonly Listed[]> {
  const { body } = await world.call('GET', '/_practice/listings');
  return (body as readonly Listed[]).filter((one) => one.sku === sku);
}

/** What the seller's first policies of a marketplace are called. */
export async function policiesOf(world: World, marketplace: string): Promise<Changes> {
  const first = async (kind: string) => {
    const { body } = await world.call('GET', `/sell/account/v1/${kind}_policy?marketplace_id=${marketplace}`);
    return body[`${kind}Policies`][0][`${kind}PolicyId`];
  };
  return {
    fulfillmentPolicyId: await first('fulfillment'),
    paymentPolicyId: await first('payment'),
    returnPolicyId: await first('return'),
  };
}

export const price = (value: string, currency = 'USD') => ({ price: { value, currency } });
