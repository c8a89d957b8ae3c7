import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { INVENTORY, mug, offer, openWorld, prepare, publishPath, type World } from './world.ts';

let world: World;
let now = Date.UTC(2026, 10, 20, 12);
beforeAll(async () => {
  world = await openWorld({ now: () => now });
});
afterAll(() => world.close());

const listed = async (sku: string) =>
  (await world.call('GET', '/_practice/listings')).body.filter((one: { sku: string }) => one.sku === sku);
const getOffer = async (id: string) => (await world.call('GET', `${INVENTORY}/offer/${id}`)).body;

describe('a live listing', () => {
  it('changes at once with its item and offer, and refuses to break', async () => {
    const offerId = await prepare(world, 'G1');
    await world.call('POST', publishPath(offerId));
    const picture = await world.picture();
    const retitled = mug([picture], { product: { ...(mug([]).product as object), title: 'Green mug', imageUrls: [picture] } });
    expect((await world.call('PUT', `${INVENTORY}/inventory_item/G1`, retitled)).status).toBe(204);
    expect(
      (
        await world.call(
          'PUT',
          `${INVENTORY}/offer/${offerId}`,
          offer('G1', { pricingSummary: { price: { value: '9.99', currency: 'USD' } } }),
        )
      ).status,
    ).toBe(204);
    expect(await listed('G1')).toMatchObject([{ title: 'Green mug', price: { value: '9.99' } }]);
    const lost = await world.call('PUT', `${INVENTORY}/inventory_item/G1`, { product: { title: 'Only a title' } });
    expect(lost.status).toBe(400);
    expect((await listed('G1'))[0].title).toBe('Green mug');
    expect((await world.call('GET', `${INVENTORY}/inventory_item/G1`)).body.product.title).toBe('Green mug');
  });

  it('ends by withdrawing, and comes back under a new id', async () => {
    const offerId = await prepare(world, 'G2');
    const first = (await world.call('POST', publishPath(offerId))).body.listingId;
    expect((await world.call('POST', `${INVENTORY}/offer/${offerId}/withdraw`)).body.listingId).toBe(first);
    expect(await getOffer(offerId)).toMatchObject({ status: 'UNPUBLISHED' });
    expect((await world.call('POST', `${INVENTORY}/offer/${offerId}/withdraw`)).body.errors[0].errorId).toBe(25713);
    const second = (await world.call('POST', publishPath(offerId))).body.listingId;
    expect(second).not.toBe(first);
    expect((await listed('G2')).map((one: { status: string }) => one.status)).toEqual(['ENDED', 'ACTIVE']);
  });

  it('ends when its item is deleted', async () => {
    const offerId = await prepare(world, 'G3');
    await world.call('POST', publishPath(offerId));
    await world.call('DELETE', `${INVENTORY}/inventory_item/G3`);
    expect(await listed('G3')).toMatchObject([{ status: 'ENDED' }]);
    expect((await world.call('GET', `${INVENTORY}/offer/${offerId}`)).status).toBe(404);
  });

  it('sells, runs out, and becomes an order', async () => {
    const offerId = await prepare(world, 'G4', { availability: { shipToLocationAvailability: { quantity: 3 } } }, { availableQuantity: 2 });
    const { listingId } = (await world.call('POST', publishPath(offerId))).body;
    await world.call('POST', '/_practice/sales', { sku: 'G4', quantity: 1 });
    expect(await getOffer(offerId)).toMatchObject({ availableQuantity: 1, listing: { listingStatus: 'ACTIVE', soldQuantity: 1 } });
    const order = (await world.call('POST', '/_practice/sales', { listingId })).body;
    expect(await listed('G4')).toMatchObject([{ status: 'SOLD_OUT', quantity: 0 }]);
    expect((await getOffer(offerId)).listing).toMatchObject({ listingStatus: 'OUT_OF_STOCK', soldQuantity: 2 });
    expect((await world.call('POST', '/_practice/sales', { sku: 'G4' })).status).toBe(409);
    expect((await world.call('GET', `/sell/fulfillment/v1/order/${order.orderId}`)).body.lineItems[0]).toMatchObject({
      sku: 'G4',
      legacyItemId: listingId,
    });
    expect((await world.call('GET', '/sell/fulfillment/v1/order')).body.total).toBe(2);
    const restock = { requests: [{ sku: 'G4', shipToLocationAvailability: { quantity: 5 }, offers: [{ offerId, availableQuantity: 4 }] }] };
    expect((await world.call('POST', `${INVENTORY}/bulk_update_price_quantity`, restock)).status).toBe(200);
    expect(await listed('G4')).toMatchObject([{ status: 'ACTIVE', quantity: 4 }]);
  });

  it('can end by other hands, and then shows as ended', async () => {
    const offerId = await prepare(world, 'G5');
    await world.call('POST', publishPath(offerId));
    await world.call('POST', '/_practice/endings', { sku: 'G5' });
    expect((await getOffer(offerId)).listing.listingStatus).toBe('ENDED');
  });

  it('keeps its pictures beyond their date, unused ones go', async () => {
    const offerId = await prepare(world, 'G6');
    await world.call('POST', publishPath(offerId));
    const used = (await listed('G6'))[0].pictures[0].url;
    const unused = await world.picture();
    now += 31 * 86_400_000;
    // Tokens have run out with the time; a fresh one is minted by hand.
    const fresh = await world.token({ grant_type: 'refresh_token', refresh_token: 'practice-refresh-token' });
    const headers = { Authorization: `Bearer ${fresh.body.access_token}` };
    const path = (url: string) => `/commerce/media/v1_beta/image/${url.split('/').at(-2)}`;
    expect((await world.call('GET', path(used), undefined, headers)).status).toBe(200);
    const gone = await world.call('GET', path(unused), undefined, headers);
    expect([gone.status, gone.body.errors[0].errorId]).toEqual([404, 190200]);
  });
});
