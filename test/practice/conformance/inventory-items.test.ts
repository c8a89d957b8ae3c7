import { afterAll, beforeAll, describe, expect } from 'vitest';
import { INVENTORY, mug, openWorld, prepare, publishPath, type World } from '../world.ts';
import { expectRefusal, freshSku, listed, putItem } from './inventory.ts';
import { rule } from './rule.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const get = (sku: string) => world.call('GET', `${INVENTORY}/inventory_item/${sku}`);
const remove = (sku: string) => world.call('DELETE', `${INVENTORY}/inventory_item/${sku}`);
const refuses = async (body: unknown, errorId: number, text?: string | RegExp) =>
  expectRefusal(await putItem(world, freshSku(), body), 400, errorId, text);

describe('what a PUT of an item takes', () => {
  rule('item.created', 'CONTRACTS 2.1, 2.8', 'a SKU alone makes an item: 201 with an empty body', async () => {
    const answer = await putItem(world, freshSku(), {});
    expect([answer.status, answer.body]).toEqual([201, undefined]);
  });
  rule('item.replaced', 'CONTRACTS 2.1, 2.8', 'a second PUT replaces the whole item (204): what it leaves out is lost', async () => {
    const sku = freshSku();
    await putItem(world, sku, mug([]));
    const again = await putItem(world, sku, { product: { title: 'Only this' } });
    expect([again.status, again.body]).toEqual([204, undefined]);
    expect((await get(sku)).body).toEqual({ sku, locale: 'en_US', product: { title: 'Only this' } });
  });
  rule('item.no-language', 'sell_inventory_v1 PUT inventory_item 25709', 'without Content-Language a PUT is refused', async () => {
    const answer = await putItem(world, freshSku(), {}, { 'Content-Language': '' });
    expectRefusal(answer, 400, 25709, 'Content-Language');
    expect(answer.body.errors[0].parameters).toEqual([{ name: 'fieldName', value: 'Content-Language' }]);
  });
  rule('item.no-json', 'sell_inventory_v1 Content-Type', 'a body that is not sent as JSON is 415', async () => {
    expect((await putItem(world, freshSku(), '{}', { 'Content-Type': 'text/plain' })).status).toBe(415);
  });
  rule('item.broken-json', 'CONTRACTS 2.9 2004', 'a body that cannot be read is refused by the gateway', async () => {
    expectRefusal(await putItem(world, freshSku(), '{"product":'), 400, 2004);
  });
  rule('item.language-is-locale', 'CONTRACTS 2.1', 'Content-Language comes back as the locale of the item', async () => {
    const sku = freshSku();
    await putItem(world, sku, {}, { 'Content-Language': 'de-DE' });
    expect((await get(sku)).body.locale).toBe('de_DE');
  });
  rule('item.sku-form', 'sell_inventory_v1 25707', 'a SKU has letters and digits only, 50 at most', async () => {
    for (const sku of ['A%20B', 'A_B', 'A'.repeat(51)]) expectRefusal(await putItem(world, sku, {}), 400, 25707, 'alphanumeric');
    expect((await putItem(world, 'A'.repeat(50), {})).status).toBe(201);
  });
  rule('item.condition-word', 'CONTRACTS 2.5, 2004', 'an unknown condition word or a numeric id is 2004 with the reason', async () => {
    for (const condition of ['USED', 'GOOD', '3000', 3000]) {
      const answer = await putItem(world, freshSku(), { condition });
      expectRefusal(answer, 400, 2004);
      expect(answer.body.errors[0].parameters).toEqual([{ name: 'reason', value: 'Could not serialize field [condition]' }]);
    }
  });
  rule('item.aspects-are-lists', 'CONTRACTS 2.6', 'the values of a specific are a list, always', async () => {
    await refuses({ product: { aspects: { Brand: 'Sony' } } }, 2004);
  });
  rule('item.null', 'CONTRACTS 2.9 2004', 'a field that is null counts as left out, a null inside a list cannot be read', async () => {
    const sku = freshSku();
    expect((await putItem(world, sku, { condition: null, product: { title: null, brand: 'Sony' } })).status).toBe(201);
    expect((await get(sku)).body).toEqual({ sku, locale: 'en_US', product: { brand: 'Sony' } });
    await refuses({ product: { imageUrls: [null] } }, 2004);
  });
  rule('item.title-80', 'CONTRACTS 2.2', 'a title has 80 characters at most', async () => {
    await refuses({ product: { title: 'x'.repeat(81) } }, 25709, 'product.title');
    expect((await putItem(world, freshSku(), { product: { title: 'x'.repeat(80) } })).status).toBe(201);
  });
  rule('item.subtitle-55', 'CONTRACTS 2.2', 'a subtitle has 55 characters at most', async () => {
    await refuses({ product: { subtitle: 'x'.repeat(56) } }, 25709, 'product.subtitle');
  });
  rule('item.description-4000', 'CONTRACTS 2.2', 'the description of an item has 4,000 characters at most', async () => {
    await refuses({ product: { description: 'x'.repeat(4001) } }, 25709, 'product.description');
  });
  rule('item.condition-description-1000', 'CONTRACTS 2.2', 'a condition description has 1,000 characters at most', async () => {
    await refuses({ conditionDescription: 'x'.repeat(1001) }, 25709, 'conditionDescription');
  });
  rule('item.brand-mpn-65', 'CONTRACTS 2.2', 'brand and mpn have 65 characters at most', async () => {
    await refuses({ product: { brand: 'x'.repeat(66) } }, 25709, 'product.brand');
    await refuses({ product: { mpn: 'x'.repeat(66) } }, 25709, 'product.mpn');
  });
  rule('item.descriptor-text-30', 'CONTRACTS 2.2', 'free text of a condition descriptor has 30 characters at most', async () => {
    await refuses({ conditionDescriptors: [{ name: '27503', additionalInfo: 'x'.repeat(31) }] }, 25709, 'additionalInfo');
  });
  rule('item.long-aspects-pass', 'CONTRACTS 2.2, 5', 'a specific of more than 65 characters passes the PUT', async () => {
    expect((await putItem(world, freshSku(), { product: { aspects: { Brand: ['x'.repeat(100)] } } })).status).toBe(201);
  });
  rule('item.quantity-negative', 'sell_inventory_v1 25004', 'a quantity below zero is refused', async () => {
    await refuses({ availability: { shipToLocationAvailability: { quantity: -1 } } }, 25004);
  });
  rule('item.picture-https', 'CONTRACTS 2.2, 25015', 'a picture address must be https', async () => {
    await refuses({ product: { imageUrls: ['http://i.ebayimg.com/images/g/a/s-l1600.jpg'] } }, 25015, 'HTTPS');
  });
  rule('item.package', 'sell_inventory_v1 25715', 'dimensions need all sides and a unit, a weight a value and a unit', async () => {
    await refuses({ packageWeightAndSize: { dimensions: { length: 3, width: 2, unit: 'INCH' } } }, 25715);
    await refuses({ packageWeightAndSize: { dimensions: { length: 3, width: 2, height: 1 } } }, 25715);
    await refuses({ packageWeightAndSize: { weight: { value: 2 } } }, 25715);
    await refuses({ packageWeightAndSize: { weight: { value: 2, unit: 'STONE' } } }, 2004);
  });
  rule('item.gtin-form', 'sell_inventory_v1 25503', 'a UPC, EAN or ISBN has its number of digits, or the words for none', async () => {
    await refuses({ product: { upc: ['12345'] } }, 25503, 'UPC');
    await refuses({ product: { ean: ['12345'] } }, 25503, 'EAN');
    await refuses({ product: { isbn: ['12345'] } }, 25503, 'ISBN');
    const none = { product: { upc: ['Does not apply'], isbn: ['080442957X'], ean: ['4006381333931'] } };
    expect((await putItem(world, freshSku(), none)).status).toBe(201);
  });
});

describe('reading and deleting items', () => {
  rule('item.unknown', 'sell_inventory_v1 getInventoryItem 25710', 'an item that does not exist is 404/25710', async () => {
    expectRefusal(await get('NOBODY'), 404, 25710);
  });
  rule('item.paging', 'sell_inventory_v1 getInventoryItems', 'items come in pages; offset counts pages', async () => {
    for (let n = 0; n < 3; n += 1) await putItem(world, freshSku(), {});
    const { body } = await world.call('GET', `${INVENTORY}/inventory_item?limit=2&offset=1`);
    expect(body).toMatchObject({ limit: 2, size: 2, inventoryItems: [{}, {}] });
    expect(body.total).toBeGreaterThan(3);
    expect(body.prev).toContain('limit=2&offset=0');
  });
  rule('item.paging-bounds', 'sell_inventory_v1 25706', 'a limit outside 1 to 200 is refused', async () => {
    for (const query of ['limit=0', 'limit=201', 'offset=-1', 'limit=x']) {
      expectRefusal(await world.call('GET', `${INVENTORY}/inventory_item?${query}`), 400, 25706);
    }
  });
  rule('item.deleted', 'CONTRACTS 2.8', 'deleting an item is 204, deletes its offers and ends its listing', async () => {
    const sku = freshSku();
    const offerId = await prepare(world, sku);
    await world.call('POST', publishPath(offerId));
    const answer = await remove(sku);
    expect([answer.status, answer.body]).toEqual([204, undefined]);
    expectRefusal(await world.call('GET', `${INVENTORY}/offer/${offerId}`), 404, 25713);
    expect(await listed(world, sku)).toMatchObject([{ status: 'ENDED' }]);
  });
  rule('item.deleted-twice', 'CONTRACTS 2.8', 'deleting it again is 404/25702', async () => {
    const sku = freshSku();
    await putItem(world, sku, {});
    await remove(sku);
    expectRefusal(await remove(sku), 404, 25702, sku);
  });
});
