import { cpSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { World } from './world.ts';

/** What a careful model says of the fixture `mens-tshirt-navy`: all of it can be seen or read there. */
export const NAVY_SHIRT = {
  facts: [
    { f: 'type', v: 'T-Shirt', c: 97, by: 'picture', p: 1, q: 'short-sleeve crew-neck shirt' },
    { f: 'brand', v: 'Fenward', c: 97, by: 'label', p: 3, q: 'FENWARD' },
    { f: 'size', v: 'M', c: 97, by: 'label', p: 3, q: 'M' },
    { f: 'department', v: 'Men', c: 92, by: 'name', p: null, q: 'mens' },
    { f: 'color', v: 'Blue', c: 95, by: 'picture', p: 1, q: 'navy cloth' },
  ],
  unknown: [],
  flaws: [],
  photos: [{ p: 3, role: 'label', box: null }],
  cover: 1,
  problems: [],
  keywords: ['tee'],
  queries: ["men's t-shirt"],
};

/** The same with other words about one fact, or one more. */
export const navyShirtSaying = (fact: { readonly f: string; readonly [key: string]: unknown }) => ({
  ...NAVY_SHIRT,
  facts: [...NAVY_SHIRT.facts.filter(({ f }) => f !== fact.f), fact],
});

/** Puts the four photos into a folder, with a sidecar that leaves to the photos what they tell. */
export function writeNavyShirt(world: World, said: Readonly<Record<string, unknown>> = {}, folder = 'mens-tshirt-navy'): void {
  cpSync(resolve('fixtures/photos/mens-tshirt-navy'), join(world.photos, folder), { recursive: true });
  world.write(`${folder}/item.json`, JSON.stringify({ price: '14.99', condition: 'used', ...said }));
}
