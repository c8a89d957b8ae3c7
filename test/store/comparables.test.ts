import { expect, it } from 'vitest';
import { done, item } from './support/samples.ts';
import { claimed, open, tempFile } from './support/world.ts';

const shirt = item('shirt');
const priced = {
  price: { minor: 1999, currency: 'USD' },
  basis: { kind: 'asking-prices', count: 2 },
  comparables: [{ itemId: 'a' }, { itemId: 'b' }],
};
const summary = { price: priced.price, basis: priced.basis };

it('what others ask is kept until the item is live, then only its summary', async () => {
  const store = await open(tempFile());
  await store.items.save(shirt, undefined);
  const claim = await claimed(store, shirt);
  const kept = async () => (await store.outcomes.ofItem(shirt.id)).find(({ stage }) => stage === 'price')?.output;

  await store.outcomes.record(done(shirt, 'price', priced), claim);
  await store.outcomes.record({ ...done(shirt, 'publish'), kind: 'started' }, claim);
  expect(await kept()).toEqual(priced);
  await store.outcomes.record(done(shirt, 'publish', { listingId: '110' }), claim);
  expect(await kept()).toEqual(summary);

  // A price that is worked out anew for what is live is stored without them at once.
  await store.outcomes.record(done(shirt, 'price', priced), claim);
  expect(await kept()).toEqual(summary);
  // Taken back, the item is priced like a new one.
  await store.outcomes.forget(shirt.id, ['upload', 'publish']);
  await store.outcomes.record(done(shirt, 'price', priced), claim);
  expect(await kept()).toEqual(priced);
});

it('an item that is found live and adopted loses them too, and no other item does', async () => {
  const store = await open(tempFile());
  const mug = item('mug');
  for (const each of [shirt, mug]) {
    await store.items.save(each, undefined);
    await store.outcomes.record(done(each, 'price', priced), await claimed(store, each));
  }
  await store.items.adopt(shirt.id, shirt.sku, { listingId: '110', url: 'https://example.com/110' });
  expect((await store.outcomes.ofItem(shirt.id))[0]?.output).toEqual(summary);
  expect((await store.outcomes.ofItem(mug.id))[0]?.output).toEqual(priced);
});

it('own listings are those made and those adopted here', async () => {
  const store = await open(tempFile());
  const mug = item('mug');
  for (const each of [shirt, mug]) await store.items.save(each, undefined);
  await store.outcomes.record(done(shirt, 'publish', { listingId: '110' }), await claimed(store, shirt));
  await store.items.adopt(mug.id, mug.sku, { listingId: '220', url: 'https://example.com/220' });
  expect(await store.items.ownListings(['110', '220', '330'])).toEqual(new Set(['110', '220']));
  expect(await store.items.ownListings([])).toEqual(new Set());
});
