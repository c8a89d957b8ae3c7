import { afterAll, beforeAll, describe, expect } from 'vitest';
import { INVENTORY, mug, offer, openWorld, publishPath, type World } from '../world.ts';
import { expectRefusal, expectWarnings, freshSku, listed, postOffer, price, product, publishing, putItem } from './inventory.ts';
import { rule } from './rule.ts';

let world: World;
let now = Date.UTC(2026, 10, 20, 23);
beforeAll(async () => {
  world = await openWorld({ now: () => now });
});
afterAll(() => world.close());

const live = async () => {
  const answer = await publishing(world);
  expect(answer.status).toBe(200);
  return { sku: answer.sku, offerId: answer.offerId, listingId: String(answer.body.listingId) };
};
const mugWith = async (changes: Record<string, unknown>) => ({ ...mug([]), ...(await product(world, changes)) });
const putOffer = (offerId: string, body: unknown) => world.call('PUT', `${INVENTORY}/offer/${offerId}`, body);
const withdraw = (offerId: string) => world.call('POST', `${INVENTORY}/offer/${offerId}/withdraw`);

describe('publishing and withdrawing', () => {
  rule('live.publish-twice', 'CONTRACTS 2.8', 'publishing twice answers with the same listing', async () => {
    const { sku, offerId, listingId } = await live();
    const again = await world.call('POST', publishPath(offerId));
    expect([again.status, again.body.listingId]).toEqual([200, listingId]);
    expect(await listed(world, sku)).toHaveLength(1);
  });
  rule('live.offer-says', 'CONTRACTS 2.8', 'a published offer has a listing, an unpublished one has none', async () => {
    const { offerId, listingId } = await live();
    const read = async () => (await world.call('GET', `${INVENTORY}/offer/${offerId}`)).body;
    expect(await read()).toMatchObject({ status: 'PUBLISHED', listing: { listingId, listingStatus: 'ACTIVE', soldQuantity: 0 } });
    await withdraw(offerId);
    expect(await read()).toMatchObject({ status: 'UNPUBLISHED' });
    expect(await read()).not.toHaveProperty('listing');
  });
  rule('live.withdraw', 'CONTRACTS 2.8', 'withdrawing ends the listing and keeps the offer', async () => {
    const { sku, offerId, listingId } = await live();
    const answer = await withdraw(offerId);
    expect([answer.status, answer.body]).toEqual([200, { listingId }]);
    expect(await listed(world, sku)).toMatchObject([{ listingId, status: 'ENDED' }]);
  });
  rule('live.withdraw-twice', 'CONTRACTS 2.8, 25713', 'withdrawing what is not on sale is 400/25713', async () => {
    const { offerId } = await live();
    await withdraw(offerId);
    expectRefusal(await withdraw(offerId), 400, 25713, offerId);
  });
  rule('live.relist', 'CONTRACTS 2.8', 'publishing after a withdrawal makes a listing with a new id', async () => {
    const { sku, offerId, listingId } = await live();
    await withdraw(offerId);
    const again = await world.call('POST', publishPath(offerId));
    expect(again.body.listingId).not.toBe(listingId);
    expect(await listed(world, sku)).toMatchObject([{ status: 'ENDED' }, { status: 'ACTIVE' }]);
  });
});

describe('revising what is live', () => {
  rule('live.item-at-once', 'CONTRACTS 2.1', 'a changed item changes its listing at once', async () => {
    const { sku } = await live();
    expect((await putItem(world, sku, await mugWith({ title: 'Green mug' }))).status).toBe(204);
    expect(await listed(world, sku)).toMatchObject([{ title: 'Green mug' }]);
  });
  rule('live.offer-at-once', 'CONTRACTS 2.1', 'a changed offer changes its listing at once', async () => {
    const { sku, offerId } = await live();
    expect((await putOffer(offerId, offer(sku, { pricingSummary: price('9.99') }))).status).toBe(204);
    expect(await listed(world, sku)).toMatchObject([{ price: { value: '9.99', currency: 'USD' } }]);
  });
  rule('live.cannot-break', 'CONTRACTS 2.1', 'a change that would break a publishing rule is refused and changes nothing', async () => {
    const { sku } = await live();
    expect((await putItem(world, sku, { product: { title: 'Only a title' } })).status).toBe(400);
    expect(await listed(world, sku)).toMatchObject([{ title: 'Blue stoneware coffee mug' }]);
    const { body } = await world.call('GET', `${INVENTORY}/inventory_item/${sku}`);
    expect(body.product.title).toBe('Blue stoneware coffee mug');
  });
  rule(
    'live.listing-description',
    'sell_inventory_v1 updateOffer',
    'a live offer is only replaced with its listing description',
    async () => {
      const { sku, offerId } = await live();
      expectRefusal(await putOffer(offerId, offer(sku, { listingDescription: undefined })), 400, 25016, 'listingDescription');
    },
  );
  rule('live.warnings-200', 'CONTRACTS 2.8', 'a replacement that is warned about is 200 with the warnings, not 204', async () => {
    const { sku, offerId } = await live();
    const noted = { ...(await mugWith({})), condition: 'NEW', conditionDescription: 'Spotless.' };
    expectWarnings(await putItem(world, sku, noted), 25030);
    const dated = offer(sku, { listingStartDate: new Date(now + 3_600_000).toISOString() });
    expectWarnings(await putOffer(offerId, dated), 25030, 25753);
  });
  rule('live.out-of-stock', 'CONTRACTS 2.8', 'quantity 0 keeps the listing, out of stock', async () => {
    const { sku, offerId } = await live();
    expect((await putOffer(offerId, offer(sku, { availableQuantity: 0 }))).status).toBe(204);
    expect((await world.call('GET', `${INVENTORY}/offer/${offerId}`)).body.listing.listingStatus).toBe('OUT_OF_STOCK');
  });
  rule('live.250-a-day', 'CONTRACTS 2.1, 25019', 'a listing is revised 250 times a calendar day at most', async () => {
    const { sku, offerId } = await live();
    const change = (quantity: number) =>
      world.call('POST', `${INVENTORY}/bulk_update_price_quantity`, {
        requests: [{ offers: [{ offerId, price: { value: `${quantity}.00`, currency: 'USD' } }] }],
      });
    for (let n = 1; n <= 250; n += 1) expect((await change(n)).status).toBe(200);
    const over = await change(251);
    expect(over.status).toBe(207);
    expect(over.body.responses[0]).toMatchObject({
      statusCode: 400,
      errors: [{ errorId: 25002, message: expect.stringContaining('Cannot revise the listing') }],
    });
    expect(await listed(world, sku)).toMatchObject([{ price: { value: '250.00' } }]);
    expectRefusal(await putItem(world, sku, await mugWith({})), 400, 25019, 'revised 250 times today');
    now += 3_600_000;
    world.forgetToken();
    expect((await change(251)).status).toBe(200);
  });
});

describe('listing fees', () => {
  const fees = (offers: unknown) => world.call('POST', `${INVENTORY}/offer/get_listing_fees`, { offers });
  const unpublished = async (changes: Record<string, unknown> = {}) => {
    const sku = freshSku();
    await putItem(world, sku, mug([]));
    return (await postOffer(world, offer(sku, changes))).body.offerId as string;
  };
  rule('fees.per-site', 'sell_inventory_v1 getListingFees', 'fees of unpublished offers, summed up per marketplace', async () => {
    const answer = await fees([{ offerId: await unpublished() }, { offerId: await unpublished({ marketplaceId: 'EBAY_GB' }) }]);
    expect(answer.status).toBe(200);
    expect(answer.body.feeSummaries).toMatchObject([
      { marketplaceId: 'EBAY_US', fees: [{ feeType: 'InsertionFee', amount: { value: '0.0', currency: 'USD' } }, {}] },
      { marketplaceId: 'EBAY_GB', fees: [{ feeType: 'InsertionFee', amount: { currency: 'GBP' } }, {}] },
    ]);
  });
  rule('fees.reserve', 'sell_inventory_v1 auctionReservePrice', 'a reserve costs 5 or 7.5 percent, whichever is more', async () => {
    const reserve = (value: string) =>
      unpublished({
        format: 'AUCTION',
        availableQuantity: undefined,
        listingDuration: 'DAYS_7',
        pricingSummary: { auctionStartPrice: { value: '1.00', currency: 'USD' }, auctionReservePrice: { value, currency: 'USD' } },
      });
    const { body } = await fees([{ offerId: await reserve('10.00') }, { offerId: await reserve('100.00') }]);
    expect(body.feeSummaries[0].fees[1]).toMatchObject({ feeType: 'ReserveFee', amount: { value: '12.50' } });
  });
  rule('fees.published', 'sell_inventory_v1 getListingFees 25754', 'an unknown or a published offer is refused', async () => {
    expectRefusal(await fees([{ offerId: '1' }]), 400, 25754);
    expectRefusal(await fees([{ offerId: (await live()).offerId }]), 400, 25754);
  });
  rule('fees.250', 'sell_inventory_v1 getListingFees 25709', 'one to 250 offers may be asked for', async () => {
    expectRefusal(await fees([]), 400, 25709, 'offers');
    expectRefusal(await fees(Array.from({ length: 251 }, (_, n) => ({ offerId: String(n) }))), 400, 25709, 'offers');
  });
});
