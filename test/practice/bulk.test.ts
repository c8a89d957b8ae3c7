import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { INVENTORY, mug, offer, openWorld, prepare, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const bulk = (name: string, requests: readonly unknown[]) => world.call('POST', `${INVENTORY}/${name}`, { requests });
const many = (count: number, make: (n: number) => unknown) => Array.from({ length: count }, (_, n) => make(n));
const statuses = (answer: { body: { responses: readonly { statusCode: number }[] } }) => answer.body.responses.map((one) => one.statusCode);

describe('bulk calls', () => {
  it('create 25 items and offers and publish them', async () => {
    const url = await world.picture();
    const items = await bulk(
      'bulk_create_or_replace_inventory_item',
      many(25, (n) => ({ sku: `A${n}`, locale: 'en_US', ...mug([url]) })),
    );
    expect(items.status).toBe(200);
    expect(new Set(statuses(items))).toEqual(new Set([201]));
    const found = await bulk('bulk_get_inventory_item', [{ sku: 'A3' }, { sku: 'NOBODY' }]);
    expect([found.status, statuses(found)]).toEqual([207, [200, 404]]);
    expect(found.body.responses[0].inventoryItem).toMatchObject({ sku: 'A3', condition: 'USED_EXCELLENT' });
    const offers = await bulk(
      'bulk_create_offer',
      many(25, (n) => offer(`A${n}`)),
    );
    expect(offers.status).toBe(200);
    const ids = offers.body.responses.map((one: { offerId: string }) => one.offerId);
    const published = await bulk(
      'bulk_publish_offer',
      ids.map((offerId: string) => ({ offerId })),
    );
    expect(published.status).toBe(200);
    expect(new Set(published.body.responses.map((one: { listingId: string }) => one.listingId)).size).toBe(25);
    expect((await world.call('GET', '/_practice/listings')).body).toHaveLength(25);
  });

  it('let each entry stand or fall alone', async () => {
    const good = await prepare(world, 'B1');
    const bad = await prepare(world, 'B2', {}, { merchantLocationKey: undefined });
    const answer = await bulk('bulk_publish_offer', [{ offerId: bad }, { offerId: good }, { offerId: '1' }]);
    expect([answer.status, statuses(answer)]).toEqual([207, [400, 200, 404]]);
    expect(answer.body.responses[0]).toMatchObject({ offerId: bad, errors: [{ errorId: 25002 }] });
    expect(answer.body.responses[1].listingId).toMatch(/^\d{12}$/);
    const mixed = await bulk('bulk_create_or_replace_inventory_item', [
      { sku: 'B3', locale: 'en_US', ...mug([]) },
      { sku: 'B4', locale: 'en_US', condition: 'USED' },
    ]);
    expect([mixed.status, statuses(mixed)]).toEqual([207, [201, 400]]);
    const twice = await bulk('bulk_create_offer', [offer('B1'), offer('B3')]);
    expect([twice.status, statuses(twice)]).toEqual([207, [400, 200]]);
    expect(twice.body.responses[0].errors[0].parameters).toEqual([{ name: 'offerId', value: good }]);
  });

  it.each([
    ['bulk_create_or_replace_inventory_item', (n: number) => ({ sku: `C${n}`, locale: 'en_US' }), 25727, 25728],
    ['bulk_get_inventory_item', (n: number) => ({ sku: `C${n}` }), 25727, 25734],
    ['bulk_create_offer', (n: number) => offer(`C${n}`), 25730, 25729],
    ['bulk_publish_offer', (n: number) => ({ offerId: String(n) }), 25730, 25731],
  ] as const)('%s refuses 26 entries and doubles as a whole', async (name, make, tooMany, doubles) => {
    const over = await bulk(name, many(26, make));
    expect([over.status, over.body.errors[0].errorId]).toEqual([400, tooMany]);
    const same = await bulk(name, [make(1), make(1)]);
    expect([same.status, same.body.errors[0].errorId]).toEqual([400, doubles]);
  });

  it('wants a locale field for every item', async () => {
    const answer = await bulk('bulk_create_or_replace_inventory_item', [{ sku: 'D1', ...mug([]) }]);
    expect([answer.status, answer.body.errors[0].errorId]).toEqual([400, 25733]);
  });
});
