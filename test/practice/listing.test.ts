import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { INVENTORY, jpeg, mug, offer, openWorld, prepare, publishPath, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const listed = async (sku: string) =>
  (await world.call('GET', '/_practice/listings')).body.filter((one: { sku: string }) => one.sku === sku);
const getOffer = async (id: string) => (await world.call('GET', `${INVENTORY}/offer/${id}`)).body;

describe('inventory item', () => {
  const put = (sku: string, body: unknown, headers = {}) => world.call('PUT', `${INVENTORY}/inventory_item/${sku}`, body, headers);

  it('is created with nothing but a SKU, then replaced as a whole', async () => {
    expect((await put('A1', {})).status).toBe(201);
    expect((await put('A1', { condition: 'NEW', product: { title: 'One' } })).status).toBe(204);
    expect((await put('A1', { product: { title: 'Two' } })).status).toBe(204);
    const item = (await world.call('GET', `${INVENTORY}/inventory_item/A1`)).body;
    expect(item).toMatchObject({ sku: 'A1', locale: 'en_US', product: { title: 'Two' } });
    expect(item).not.toHaveProperty('condition');
  });

  it.each([
    ['a condition word that does not exist', 'B1', { condition: 'USED' }, 2004],
    ['a numeric condition', 'B1', { condition: '3000' }, 2004],
    ['an aspect that is not a list', 'B1', { product: { aspects: { Brand: 'Sony' } } }, 2004],
    ['a title of 81 characters', 'B1', { product: { title: 'x'.repeat(81) } }, 25709],
    ['a description of 4001 characters', 'B1', { product: { description: 'x'.repeat(4001) } }, 25709],
    ['a plain http picture', 'B1', { product: { imageUrls: ['http://x.example/a.jpg'] } }, 25015],
    ['dimensions with a side missing', 'B1', { packageWeightAndSize: { dimensions: { length: 3, width: 2, unit: 'INCH' } } }, 25715],
    ['a SKU with a blank', 'B%201', {}, 25707],
    ['a SKU of 51 characters', 'B'.repeat(51), {}, 25707],
  ])('refuses %s', async (_, sku, body, errorId) => {
    const answer = await put(sku, body);
    expect([answer.status, answer.body.errors[0].errorId]).toEqual([400, errorId]);
  });

  it('takes long aspect values, which only publishing refuses', async () => {
    expect((await put('B2', { product: { aspects: { Brand: ['x'.repeat(80)] } } })).status).toBe(201);
  });

  it('needs Content-Language and JSON', async () => {
    const language = await put('B3', {}, { 'Content-Language': '' });
    expect(language.body.errors[0]).toMatchObject({ errorId: 25709, parameters: [{ name: 'fieldName', value: 'Content-Language' }] });
    expect((await put('B3', '{}', { 'Content-Type': 'text/plain' })).status).toBe(415);
    expect((await put('B3', '{broken')).body.errors[0].errorId).toBe(2004);
  });

  it('is unknown before and after', async () => {
    const get = await world.call('GET', `${INVENTORY}/inventory_item/NOBODY`);
    expect([get.status, get.body.errors[0].errorId]).toEqual([404, 25710]);
    await put('B4', {});
    expect((await world.call('DELETE', `${INVENTORY}/inventory_item/B4`)).status).toBe(204);
    const again = await world.call('DELETE', `${INVENTORY}/inventory_item/B4`);
    expect([again.status, again.body.errors[0].errorId]).toEqual([404, 25702]);
  });
});

describe('offer', () => {
  it('exists once per SKU, marketplace and format', async () => {
    const offerId = await prepare(world, 'C1');
    const second = await world.call('POST', `${INVENTORY}/offer`, offer('C1'));
    expect(second.status).toBe(400);
    expect(second.body.errors[0]).toMatchObject({ errorId: 25002, parameters: [{ name: 'offerId', value: offerId }] });
    expect(second.body.errors[0].message).toBe('A user error has occurred. Offer entity already exists.');
  });

  it('needs an item, an eBay marketplace, and refuses Motors', async () => {
    expect((await world.call('POST', `${INVENTORY}/offer`, offer('NOBODY'))).body.errors[0].errorId).toBe(25702);
    expect((await world.call('POST', `${INVENTORY}/offer`, offer('C1', { marketplaceId: 'EBAY_MOTORS_US' }))).body.errors[0].errorId).toBe(
      2004,
    );
    expect(
      (await world.call('POST', `${INVENTORY}/offer`, offer('C1', { pricingSummary: { price: { value: 5, currency: 'USD' } } }))).body
        .errors[0].errorId,
    ).toBe(2004);
  });

  it('is listed by SKU, and 404 for a SKU without one', async () => {
    const offerId = await prepare(world, 'C2');
    const { offers, total } = (await world.call('GET', `${INVENTORY}/offer?sku=C2`)).body;
    expect(total).toBe(1);
    expect(offers[0]).toMatchObject({ offerId, sku: 'C2', status: 'UNPUBLISHED' });
    expect(offers[0]).not.toHaveProperty('listing');
    const none = await world.call('GET', `${INVENTORY}/offer?sku=A1`);
    expect([none.status, none.body.errors[0].errorId]).toEqual([404, 25713]);
  });
});

describe('publishing', () => {
  it('makes one listing, however often it is asked', async () => {
    const bytes = await jpeg(900, 700);
    const { imageUrl } = (await world.upload(bytes)).body;
    await world.call('PUT', `${INVENTORY}/inventory_item/D1`, mug([imageUrl]));
    const { offerId } = (await world.call('POST', `${INVENTORY}/offer`, offer('D1'))).body;
    const first = await world.call('POST', publishPath(offerId));
    expect(first.status).toBe(200);
    expect((await world.call('POST', publishPath(offerId))).body.listingId).toBe(first.body.listingId);
    expect(await getOffer(offerId)).toMatchObject({
      status: 'PUBLISHED',
      listing: { listingId: first.body.listingId, listingStatus: 'ACTIVE', soldQuantity: 0 },
    });
    expect(await listed('D1')).toEqual([
      {
        listingId: first.body.listingId,
        sku: 'D1',
        title: 'Blue stoneware coffee mug',
        categoryId: '20695',
        price: { value: '14.50', currency: 'USD' },
        quantity: 1,
        aspects: { Brand: ['Unbranded'], Type: ['Mug'], Color: ['Blue'], Material: ['Stoneware'] },
        condition: 'USED_EXCELLENT',
        pictures: [{ url: imageUrl, sha256: createHash('sha256').update(bytes).digest('hex') }],
        status: 'ACTIVE',
      },
    ]);
  });

  const product = (changes: object) => ({ product: { ...(mug([]).product as object), ...changes } });
  const shirt = { Brand: ['Nike'], Color: ['Blue'], 'Size Type': ['Regular'], Size: ['M'], Department: ['Men'], Type: ['T-Shirt'] };
  const withPicture = async (changes: object) => product({ imageUrls: [await world.picture()], ...changes });

  it.each([
    ['no picture', () => product({ imageUrls: [] }), {}, 25002, 'Add at least 1 photo'],
    ['a picture from elsewhere', () => product({ imageUrls: ['https://pictures.example/a.jpg'] }), {}, 25015, 'picture URL'],
    ['a picture nobody uploaded', () => product({ imageUrls: ['https://i.ebayimg.com/images/g/nope/s-l1600.jpg'] }), {}, 25014, 'expired'],
    [
      '25 pictures',
      () => product({ imageUrls: Array.from({ length: 25 }, (_, n) => `https://i.ebayimg.com/images/g/x${n}/s-l1600.jpg`) }),
      {},
      25014,
      '24',
    ],
    ['no title', () => withPicture({ title: undefined }), {}, 25016, 'title'],
    ['no description', () => withPicture({ description: undefined }), { listingDescription: undefined }, 25016, 'description'],
    ['no category', () => withPicture({}), { categoryId: undefined }, 25005, 'missing'],
    ['a branch category', () => withPicture({}), { categoryId: '11450' }, 25005, 'leaf'],
    [
      'a condition the category does not know',
      async () => ({ ...(await withPicture({})), condition: 'USED_GOOD' }),
      {},
      25021,
      'condition id is invalid',
    ],
    ['no condition', async () => ({ ...(await withPicture({})), condition: undefined }), {}, 25021, 'required'],
    ['no price', () => withPicture({}), { pricingSummary: {} }, 25003, 'price'],
    ['a price of nothing', () => withPicture({}), { pricingSummary: { price: { value: '0.00', currency: 'USD' } } }, 25003, 'price'],
    ['a foreign currency', () => withPicture({}), { pricingSummary: { price: { value: '5.00', currency: 'EUR' } } }, 25003, 'USD'],
    [
      'no stock',
      async () => ({ ...(await withPicture({})), availability: { shipToLocationAvailability: { quantity: 0 } } }),
      { availableQuantity: undefined },
      25004,
      'quantity',
    ],
    [
      'no fulfilment policy',
      () => withPicture({}),
      { listingPolicies: { paymentPolicyId: '6200000002', returnPolicyId: '6200000003' } },
      25007,
      'fulfillment',
    ],
    [
      'a policy of the wrong kind',
      () => withPicture({}),
      { listingPolicies: { fulfillmentPolicyId: '6200000001', paymentPolicyId: '6200000003', returnPolicyId: '6200000003' } },
      25008,
      'payment',
    ],
    ['no location', () => withPicture({}), { merchantLocationKey: undefined }, 25002, 'Item.Country'],
    ['an unknown location', () => withPicture({}), { merchantLocationKey: 'moon' }, 25012, 'not found'],
    ['no duration', () => withPicture({}), { listingDuration: undefined }, 25006, 'GTC'],
    [
      'an aspect value of 66 characters',
      () => withPicture({ aspects: { ...(mug([]).product as { aspects: object }).aspects, Style: ['x'.repeat(66)] } }),
      {},
      25002,
      'no more than 65 characters',
    ],
    [
      'a required aspect missing',
      () => withPicture({ aspects: { ...shirt, Size: undefined } }),
      { categoryId: '15687' },
      25002,
      'The item specific Size is missing',
    ],
    [
      'a value outside the list',
      () => withPicture({ aspects: { ...shirt, Department: ['Dogs'] } }),
      { categoryId: '15687' },
      25022,
      'Department',
    ],
    [
      'two values where one is allowed',
      () => withPicture({ aspects: { ...shirt, Color: ['Blue', 'Red'] } }),
      { categoryId: '15687' },
      25002,
      'only one value',
    ],
    ['active content', () => withPicture({}), { listingDescription: '<script>x()</script>' }, 25002, 'active content'],
  ])('refuses %s', async (name, item, offerChanges, errorId, text) => {
    const sku = `E${createHash('sha256').update(name).digest('hex').slice(0, 12)}`;
    const put = await world.call('PUT', `${INVENTORY}/inventory_item/${sku}`, mug([], await item()));
    expect(put.status).toBe(201);
    const made = await world.call('POST', `${INVENTORY}/offer`, offer(sku, offerChanges));
    const answer = await world.call('POST', publishPath(made.body.offerId));
    expect(answer.status).toBe(400);
    const found = answer.body.errors.find((error: { errorId: number }) => error.errorId === errorId);
    expect(found?.message).toContain(text);
    expect(await listed(sku)).toEqual([]);
  });

  it('refuses a picture below 500 pixels and one that has expired', async () => {
    const { imageUrl: small } = (await world.upload(await jpeg(480, 320))).body;
    const offerId = await prepare(world, 'F1', product({ imageUrls: [small] }));
    expect((await world.call('POST', publishPath(offerId))).body.errors[0].message).toContain('500 pixels');
  });

  it('names the missing aspect in the last numeric parameter', async () => {
    const offerId = await prepare(world, 'F2', await withPicture({ aspects: { ...shirt, Brand: undefined } }), { categoryId: '15687' });
    const [error] = (await world.call('POST', publishPath(offerId))).body.errors;
    expect(error.parameters.at(-1)).toEqual({ name: '1', value: 'Brand' });
    expect(error.parameters.every((one: { name: string }) => /^\d+$/.test(one.name))).toBe(true);
  });

  it('wants graded cards to say by whom and how', async () => {
    const aspects = { Game: ['Pokémon TCG'] };
    const offerId = await prepare(world, 'F3', { ...(await withPicture({ aspects })), condition: 'LIKE_NEW' }, { categoryId: '183454' });
    const errors = (await world.call('POST', publishPath(offerId))).body.errors;
    expect(errors.filter((one: { errorId: number }) => one.errorId === 25066)).toHaveLength(2);
  });
});
