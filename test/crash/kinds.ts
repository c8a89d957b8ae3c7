import { cpSync } from 'node:fs';
import { join, resolve } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { completeItems, picture, sidecar } from '../support/items.ts';
import type { World } from '../support/world.ts';

/** A way of listing things that is worth being killed in. */
export interface Kind {
  readonly name: string;
  /** Writes the photos. */
  readonly photos: (world: World) => Promise<void>;
  /** Commands that run unharmed before the one that is killed. */
  readonly before?: readonly Command[];
  readonly killed: Command;
  /** A stand-in model describes what the seller left out. */
  readonly asksModel?: boolean;
}

/** A command line; `FOLDER` stands for the photo folder, `ITEM` for the one item in it. */
export type Command = readonly string[];

const LIST: Command = ['list', 'FOLDER', '--json'];
const told =
  (count: number, change: (facts: object) => object = (facts) => facts) =>
  async (world: World): Promise<void> => {
    await completeItems(world, count);
    for (let n = 1; n <= count; n += 1) world.write(`item-${n}/item.json`, JSON.stringify(change(sidecar(n))));
  };

const fixture =
  (name: string, facts: object) =>
  async (world: World): Promise<void> => {
    cpSync(resolve('fixtures/photos', name), join(world.photos, name), { recursive: true });
    world.write(`${name}/item.json`, JSON.stringify(facts));
  };

export const KINDS: readonly Kind[] = [
  { name: 'everything told', photos: told(1), killed: LIST },
  { name: 'three that share bulk calls', photos: told(3), killed: LIST },
  {
    name: 'described by a model',
    photos: fixture('mens-tshirt-navy', { price: '14.99', condition: 'used' }),
    killed: LIST,
    asksModel: true,
  },
  { name: 'read from its label', photos: fixture('mens-shirt-white', { price: '14.99', condition: 'used' }), killed: LIST },
  {
    name: "under a SKU of the seller's, three of it",
    photos: told(1, (facts) => ({ ...facts, sku: 'SHELF-7', quantity: 3 })),
    killed: LIST,
  },
  {
    name: 'a card with its own condition',
    photos: told(1, () => ({
      title: 'Topps Baseball Card 1987 Rookie',
      category: '261328',
      condition: '4000',
      price: '5.99',
      aspects: { Sport: 'Baseball', 'Card Condition': 'Near mint or better' },
    })),
    killed: LIST,
  },
  { name: 'PNG, TIFF and AVIF', photos: oddFormats, killed: LIST },
  {
    name: 'approved after review',
    photos: told(1),
    before: [['list', 'FOLDER', '--publish', 'review', '--json']],
    killed: ['approve', 'ITEM', '--json'],
  },
  {
    name: 'updated while live',
    photos: told(1),
    before: [LIST],
    killed: ['update', 'ITEM', '--set', 'price=9.49', '--set', 'title=Test Shirt Renewed', '--yes', '--json'],
  },
  { name: 'withdrawn', photos: told(1), before: [LIST], killed: ['withdraw', 'ITEM', '--json'] },
];

async function oddFormats(world: World): Promise<void> {
  await told(1)(world);
  const pixels = async (seed: number): Promise<Sharp> => sharp(await picture(seed));
  world.write('item-1/a.jpg', await (await pixels(3)).png().toBuffer());
  world.write('item-1/b.jpg', await (await pixels(4)).tiff().toBuffer());
  world.write('item-1/c.avif', await (await pixels(5)).avif().toBuffer());
}
