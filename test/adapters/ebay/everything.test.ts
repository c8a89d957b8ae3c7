import { afterAll, beforeAll, expect, it } from 'vitest';
import { sha256 } from '../../../src/core/hash.ts';
import { ownPartOf, skuOf } from '../../../src/core/identity.ts';
import type { PhotoHash, Sku } from '../../../src/core/item.ts';
import type { KnownListing } from '../../../src/core/ports/index.ts';
import { openWorld, type World } from '../../practice/world.ts';
import { call, ebay } from './support.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

/** More than a page of 200, of ours and of others, some with a bin before their own part. */
it('reads every page, and asks for the offers of what is wanted only', async () => {
  const skus = Array.from({ length: 230 }, (_, n): string => {
    const own = skuOf(sha256(`photo ${n}`) as PhotoHash);
    return n % 10 === 0 ? `OTHER${n}` : n % 10 === 1 ? `A01${own}` : own;
  });
  for (const sku of skus) {
    const body = { product: { title: `Title ${sku}` }, availability: { shipToLocationAvailability: { quantity: 1 } } };
    expect((await world.call('PUT', `/sell/inventory/v1/inventory_item/${sku}`, body)).status).toBe(201);
  }
  const wanted = (sku: Sku): boolean => ownPartOf(sku) !== undefined;
  const found: KnownListing[] = [];
  let [others, pages] = [0, 0];
  for await (const page of ebay(world.practice.url).everything(wanted, call())) {
    found.push(...page.listings);
    others += page.others;
    pages += 1;
  }
  expect(pages).toBe(2);
  expect(others).toBe(23);
  expect(found.map(({ sku }) => sku).sort()).toEqual(skus.filter((sku) => !sku.startsWith('OTHER')).sort());
  expect(new Set(found.map(({ state }) => state))).toEqual(new Set(['unpublished']));
  expect(found[0]?.title).toMatch(/^Title /);
});
