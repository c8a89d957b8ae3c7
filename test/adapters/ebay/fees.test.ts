import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type PracticeWorld, practiceWorld } from './practice-world.ts';
import { call, ebay, ebayErrors, type Reply, type Scripted, scripted, thrownBy } from './support.ts';

describe('listing fees', () => {
  let server: Scripted;
  let reply: Reply;
  beforeEach(async () => {
    server = await scripted(({ path }) => (path.endsWith('/get_listing_fees') ? reply : undefined));
  });
  afterEach(() => server.close());

  const fee = (feeType: string, value: string, discount = '0.0', currency = 'USD') => ({
    feeType,
    amount: { value, currency },
    promotionalDiscount: { value: discount, currency },
  });

  it('are asked for one offer, in minor units; zeros and other sites do not count', async () => {
    reply = {
      body: {
        feeSummaries: [
          {
            marketplaceId: 'EBAY_US',
            fees: [fee('InsertionFee', '0.35'), fee('SubtitleFee', '1.5', '0.5'), fee('BoldFee', '0.0'), fee('Odd', '0.350')],
          },
          { marketplaceId: 'EBAY_GB', fees: [fee('InsertionFee', '9.99', '0.0', 'GBP')] },
        ],
      },
    };
    const usd = (minor: number) => ({ minor, currency: 'USD' });
    expect(await ebay(server.url).listingFees('77', call())).toEqual({
      fees: [
        { type: 'InsertionFee', amount: usd(35), discount: usd(0) },
        { type: 'SubtitleFee', amount: usd(150), discount: usd(50) },
        { type: 'Odd', amount: usd(35), discount: usd(0) },
      ],
      total: usd(220),
    });
    expect(server.asked.find(({ path }) => path.endsWith('/get_listing_fees'))?.json).toEqual({ offers: [{ offerId: '77' }] });
  });

  it('of an offer that is gone or live there are none; other trouble is an error', async () => {
    reply = { status: 400, body: ebayErrors({ errorId: 25754, message: 'One or more provided offerId(s) are invalid.' }) };
    expect(await ebay(server.url).listingFees('77', call())).toBeUndefined();
    reply = { status: 400, body: ebayErrors({ errorId: 25709, message: 'Invalid value for offers.' }) };
    expect(await thrownBy(ebay(server.url).listingFees('77', call()))).toMatchObject({ retryable: false });
    reply = { body: { feeSummaries: 'many' } };
    expect(await thrownBy(ebay(server.url).listingFees('77', call()))).toMatchObject({ code: 'provider.bad-reply' });
  });
});

describe('on the practice marketplace', () => {
  let world: PracticeWorld;
  beforeEach(async () => {
    world = await practiceWorld();
  });
  afterEach(() => world.close());

  it('an offer that nobody made has no fees', async () => {
    expect(await world.connect().listingFees('4711', call())).toBeUndefined();
  });
});
