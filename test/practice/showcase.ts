import { readFileSync } from 'node:fs';
import { mug, prepare, publishPath, type World } from './world.ts';

const DAY_MS = 86_400_000;
const HOSTILE = 'Mug <script>alert(1)</script> & "saucer"';

export interface Showcase {
  readonly live: string;
  readonly hostile: string;
  readonly sold: string;
  readonly withdrawn: string;
  readonly scheduled: string;
}

/** Real photographs of the fixtures, uploaded. */
async function pictures(world: World, ...paths: readonly string[]): Promise<readonly string[]> {
  const urls: string[] = [];
  for (const path of paths) urls.push((await world.upload(readFileSync(`fixtures/photos/${path}`))).body.imageUrl);
  return urls;
}

/** Listings in every state that a page can show. */
export async function showcase(world: World): Promise<Showcase> {
  const publish = async (sku: string, item: object, offer: object = {}): Promise<string> => {
    const offerId = await prepare(world, sku, item, offer);
    const published = await world.call('POST', publishPath(offerId));
    if (published.status !== 200) throw new Error(JSON.stringify(published.body));
    return published.body.listingId;
  };
  const product = (title: string, imageUrls: readonly string[], changes: object = {}) => ({
    product: { ...(mug(imageUrls).product as object), title, imageUrls, ...changes },
  });
  const live = await publish(
    'SHOW1',
    {
      ...product(
        'Blue and White Stoneware Coffee Mug, Hand Thrown, 12 oz, Signed on the Base',
        await pictures(world, 'mug_1.jpg', 'mug_2.jpg', 'vase_1.jpg'),
        {
          description:
            '<h2>A mug for every morning</h2><p>Hand thrown stoneware with a <b>cobalt glaze</b>. No chips, no cracks.</p><ul><li>Holds 12 oz</li><li>Dishwasher safe</li></ul><p>Signed on the base; see the last picture.</p>',
        },
      ),
      conditionDescription: 'Light wear on the foot ring, otherwise as new.',
      availability: { shipToLocationAvailability: { quantity: 3 } },
      packageWeightAndSize: {
        weight: { value: 1.2, unit: 'POUND' },
        dimensions: { length: 6, width: 5, height: 5, unit: 'INCH' },
      },
    },
    { availableQuantity: 3, listingDescription: undefined },
  );
  await world.call('POST', '/_practice/sales', { listingId: live });
  const hostile = await publish(
    'SHOW2',
    product(HOSTILE, await pictures(world, 'mug_2.jpg'), {
      aspects: { Brand: ['<b>Bold</b>'], Type: ['Mug'], Color: ['Blue'], Material: ['Stoneware'] },
      description:
        '<p style="position:fixed;inset:0">Blue &amp; white.</p><img src="https://evil.example/x.png">words beside</div></section></main><ul><li>No chips',
    }),
    { listingDescription: undefined },
  );
  const sold = await publish('SHOW3', product('Stoneware Mug With a Leaf Pattern', await pictures(world, 'vase_2.jpg')));
  await world.call('POST', '/_practice/sales', { listingId: sold });
  const offerId = await prepare(world, 'SHOW4', product('Mug Taken Back by Its Seller', await pictures(world, 'vase_3.jpg')));
  const withdrawn = (await world.call('POST', publishPath(offerId))).body.listingId as string;
  await world.call('POST', publishPath(offerId).replace(/publish$/, 'withdraw'));
  const later = new Date(Date.now() + DAY_MS).toISOString();
  const scheduled = await publish('SHOW5', product('Mug of Tomorrow', await pictures(world, 'mug_1.jpg')), { listingStartDate: later });
  return { live, hostile, sold, withdrawn, scheduled };
}
