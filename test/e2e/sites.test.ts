import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { picture } from '../support/items.ts';
import { finished, World } from '../support/world.ts';

let world: World;
beforeEach(async () => {
  world = await World.open();
});
afterEach(() => world.close());

/** A shirt in the seller's plain keys: the names of specifics are the site's business. */
const SHIRT = {
  category: '15687',
  type: 'T-Shirt',
  brand: 'Northfield',
  color: 'navy',
  size: 'large',
  department: 'men',
  condition: 'used',
  price: '19.99',
};
const item = async (name: string, seed: number, sidecar: object): Promise<void> => {
  world.write(`${name}/a.jpg`, await picture(seed));
  world.write(`${name}/item.json`, JSON.stringify(sidecar));
};
const settings = (content: object): string => {
  const file = join(world.root, 'settings.json');
  writeFileSync(file, JSON.stringify(content));
  return file;
};

it('in Germany the same words of a seller become a German listing; new goods wait for who answers for them', async () => {
  const title = { 'Size Type': 'Regular' };
  await item('hemd', 1, { ...SHIRT, condition: 'gebraucht', aspects: title });
  await item('ohne-marke', 2, { ...SHIRT, brand: 'none', aspects: title });
  await item('neu', 3, { ...SHIRT, condition: 'neu mit etikett', aspects: title });
  const config = settings({ marketplace: 'EBAY_DE' });
  const ran = await world.run('list', world.photos, '--config', config, '--json');
  expect(finished(ran).counts, ran.out).toMatchObject({ listed: 2, held: 1 });
  const live = await world.listings();
  const shirt = live.find(({ aspects }) => aspects.Marke?.[0] === 'Northfield');
  expect(shirt).toMatchObject({
    aspects: { Marke: ['Northfield'], Farbe: ['Blau'], Größe: ['L'], Abteilung: ['Herren'] },
    price: { value: '19.99', currency: 'EUR' },
  });
  expect(live.map(({ aspects }) => aspects.Marke?.[0])).toContain('Markenlos');
  const held = ran.lines.find(({ outcome }) => outcome === 'held') as unknown as {
    reason: { code: string; message: string; hint: string };
  };
  expect(held.reason).toMatchObject({ code: 'listing.regulatory-missing', message: expect.stringContaining('Northfield') });
  expect(held.reason.hint).toContain('listing.regulatory');

  const contact = {
    companyName: 'Northfield',
    addressLine1: 'Hauptstr. 1',
    city: 'Köln',
    postalCode: '50667',
    country: 'DE',
    email: 'a@example.com',
  };
  const withContact = settings({ marketplace: 'EBAY_DE', listing: { regulatory: { northfield: { manufacturer: contact } } } });
  const again = await world.run('list', world.photos, '--config', withContact, '--json');
  expect(finished(again).counts, again.out).toMatchObject({ already: 2, listed: 1 });
}, 120_000);

it('in Britain colours and pounds are British', async () => {
  await item('shirt', 1, { ...SHIRT, color: 'gray', aspects: { 'Size Type': 'Regular' } });
  const ran = await world.run('list', world.photos, '--config', settings({ marketplace: 'EBAY_GB' }), '--json');
  expect(finished(ran).counts, ran.out).toMatchObject({ listed: 1 });
  expect(await world.listings()).toEqual([
    expect.objectContaining({
      title: expect.stringMatching(/^Northfield Men's Grey T-Shirt Size L/),
      aspects: expect.objectContaining({ Colour: ['Grey'], Size: ['L'], Department: ['Men'] }),
      price: { value: '19.99', currency: 'GBP' },
    }),
  ]);
}, 120_000);
