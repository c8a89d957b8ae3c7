import { afterEach, beforeEach, expect, it } from 'vitest';
import { picture, sidecar } from '../support/items.ts';
import { finished, World } from '../support/world.ts';

let world: World;
beforeEach(async () => {
  world = await World.open();
});
afterEach(() => world.close());

interface SentItem {
  readonly product: { readonly title: string; readonly upc?: readonly string[]; readonly ean?: readonly string[] };
}

/** The items of all bulk calls, as eBay received them. */
async function sentItems(): Promise<readonly SentItem[]> {
  const calls = (await (await fetch(`${world.practice.url}/_practice/requests`)).json()) as readonly { path: string; body: unknown }[];
  return calls
    .filter(({ path }) => path.includes('bulk_create_or_replace_inventory_item'))
    .flatMap(({ body }) => ((typeof body === 'string' ? JSON.parse(body) : body) as { requests: SentItem[] }).requests);
}

it('a seller who says that there is no product number has said it to eBay, in the site’s own words', async () => {
  const said = ['none', 'Does not apply', 'N/A', '012345678905', undefined];
  for (const [n, gtin] of said.entries()) {
    world.write(`item-${n}/a.jpg`, await picture(n + 1));
    world.write(`item-${n}/item.json`, JSON.stringify({ ...sidecar(n), ...(gtin === undefined ? {} : { gtin }) }));
  }
  const ran = await world.run('list', world.photos, '--json');
  expect(finished(ran).counts, ran.out).toMatchObject({ listed: said.length });
  const sent = await sentItems();
  const codes = Object.fromEntries(sent.map(({ product }) => [product.title, product.upc]));
  expect(codes).toEqual({
    'Test Shirt Number 0': ['Does not apply'],
    'Test Shirt Number 1': ['Does not apply'],
    'Test Shirt Number 2': ['Does not apply'],
    'Test Shirt Number 3': ['012345678905'],
    'Test Shirt Number 4': undefined,
  });
  expect(sent.every(({ product }) => product.ean === undefined)).toBe(true);
});
