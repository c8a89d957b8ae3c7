import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Item, ItemId, Sku } from '../../src/core/item.ts';
import type { Store } from '../../src/core/ports/store.ts';
import { done, item } from './support/samples.ts';
import { claimed, open, tempFile } from './support/world.ts';

const lookUp = async (store: Store, name: string): Promise<readonly ItemId[]> =>
  (await store.items.lookUp(name)).map(({ item }) => item.id);

async function storeWith(...items: readonly Item[]): Promise<Store> {
  const store = await open(tempFile());
  for (const each of items) await store.items.save(each, undefined);
  return store;
}

describe('looking an item up', () => {
  const shirt = item('shirt', { source: '/photos/monday/shirt', sku: 'A017EFSHIRT' as Sku });
  const otherShirt = item('other', { source: '/photos/tuesday/shirt' });
  const boots = item('boots', { source: '/photos/pile#boots' });
  const cup = item('cup', { source: '/photos/cafe\u0301 cup' });
  const all = [shirt, otherShirt, boots, cup];

  it.each([
    ['its id', shirt.id, [shirt]],
    ['its id in small letters', shirt.id.toLowerCase(), [shirt]],
    ['the beginning of its id', shirt.id.slice(0, 4).toLowerCase(), [shirt]],
    ['too short a beginning', shirt.id.slice(0, 3), []],
    ['its SKU', 'A017EFSHIRT', [shirt]],
    ['its SKU in small letters', 'a017efshirt', [shirt]],
    ['its whole source', '/photos/tuesday/shirt', [otherShirt]],
    ['its whole source with a slash', '/photos/tuesday/shirt/', [otherShirt]],
    ['the last part of its source', 'tuesday/shirt', [otherShirt]],
    ['a last part that is not unique', 'shirt', [shirt, otherShirt]],
    ['half a folder name', 'day/shirt', []],
    ['a folder above it', 'photos', []],
    ['its part of a pile', 'pile#boots', [boots]],
    ['its name in a pile', 'boots', [boots]],
    ['a name typed on another system', 'caf\u00e9 cup', [cup]],
    ['a pattern', '%', []],
    ['nothing', '', []],
    ['only a slash', '/', []],
    ['an unknown name', 'trousers', []],
  ] as const)('by %s', async (_, name, expected) => {
    const store = await storeWith(...all);
    expect([...(await lookUp(store, name))].sort()).toEqual(expected.map(({ id }) => id).sort());
  });

  it('by the number of its listing, published or adopted', async () => {
    const store = await storeWith(...all);
    await store.outcomes.record(done(shirt, 'publish', { listingId: '110001' }), await claimed(store, shirt));
    await store.items.adopt(boots.id, boots.sku, { listingId: '110002', url: '' });
    expect(await lookUp(store, '110001')).toEqual([shirt.id]);
    expect(await lookUp(store, '110002')).toEqual([boots.id]);
    expect(await lookUp(store, '11000')).toEqual([]);

    const { output: _, ...again } = done(shirt, 'publish');
    await store.outcomes.record({ ...again, kind: 'started' }, await claimed(store, shirt));
    expect(await lookUp(store, '110001')).toEqual([shirt.id]);
    await store.outcomes.forget(shirt.id, ['publish']);
    expect(await lookUp(store, '110001')).toEqual([]);
  });

  it('by the beginning of an id: all that begin so', async () => {
    const [a, b, c] = ['ABCD222222222', 'ABCD777777777', 'ABCE222222222'].map((id) => item(id, { id: id as ItemId }));
    if (!a || !b || !c) return;
    const store = await storeWith(a, b, c);
    expect(await lookUp(store, 'abcd')).toEqual([a.id, b.id]);
    expect(await lookUp(store, 'abcd7')).toEqual([b.id]);
    expect(await lookUp(store, join('x', 'abcd'))).toEqual([]);
  });

  it('goes by the id first, even where a folder has the name of another item', async () => {
    const trap = item('trap', { source: `/photos/${shirt.id}` });
    const store = await storeWith(shirt, trap);
    expect(await lookUp(store, shirt.id)).toEqual([shirt.id]);
    expect(await lookUp(store, `/photos/${shirt.id}`)).toEqual([trap.id]);
  });
});
