import { appendFileSync, cpSync, mkdirSync, renameSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import sharp, { type Sharp } from 'sharp';
import { colourlessItems, completeItems, onlyColour, picture, sidecar } from '../support/items.ts';
import { NAVY_SHIRT } from '../support/navy-shirt.ts';
import type { World } from '../support/world.ts';

/** A way of listing things that is worth being killed in. */
export interface Kind {
  readonly name: string;
  /** Writes the photos. */
  readonly photos: (world: World) => Promise<void>;
  /** Commands that run unharmed before the one that is killed. */
  readonly before?: readonly Command[];
  /** The database is as an easyflip with these tables left it; what is killed brings it up. */
  readonly version?: number;
  readonly killed: Command;
  /** A command that stays, such as `watch`: what comes while it is there. It is ended in order once all that is to be live is. */
  readonly stays?: { readonly folder: string; readonly copy: (world: World) => Promise<void> };
  /** The answer of the stand-in model that describes what the seller left out. Without it there is no model. */
  readonly model?: unknown;
  readonly settings?: object;
  /** What was approved, and so is for sale at the end. */
  readonly live: readonly Live[];
}

export interface Live {
  readonly title: string | RegExp;
  readonly price: string;
  readonly quantity: number;
}

/** A command line; `FOLDER` stands for the photo folder, `ITEM` for the one item in it, `COPY` for a file outside the data folder. */
export type Command = readonly string[];

const LIST: Command = ['list', 'FOLDER', '--json'];
const REVIEW: Command = ['list', 'FOLDER', '--publish', 'review', '--json'];
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

const shirts = (count: number, more: Partial<Live> = {}): readonly Live[] =>
  Array.from({ length: count }, (_, at) => {
    const { title, price } = sidecar(at + 1);
    return { title, price, quantity: 1, ...more };
  });

export const KINDS: readonly Kind[] = [
  { name: 'everything told', photos: told(1), killed: LIST, live: shirts(1) },
  { name: 'three that share bulk calls', photos: told(3), killed: LIST, live: shirts(3) },
  {
    name: 'described by a model',
    photos: fixture('mens-tshirt-navy', { price: '14.99', condition: 'used' }),
    killed: LIST,
    model: NAVY_SHIRT,
    live: [{ title: /Fenward/i, price: '14.99', quantity: 1 }],
  },
  {
    name: 'asked in a batch',
    photos: async (world) => await colourlessItems(world, 2),
    settings: { analysis: { maxAnswerLength: 300 }, batches: { pollSeconds: 0.05, longestPollSeconds: 0.2 } },
    killed: ['list', 'FOLDER', '--batch', '--json'],
    model: onlyColour,
    live: shirts(2),
  },
  {
    name: 'read from its label',
    photos: fixture('mens-tshirt-navy', { price: '14.99', condition: 'used' }),
    killed: LIST,
    live: [{ title: /Shirt/, price: '14.99', quantity: 1 }],
  },
  {
    name: "under a SKU of the seller's, three of it",
    photos: told(1, (facts) => ({ ...facts, sku: 'SHELF7', quantity: 3 })),
    killed: LIST,
    live: shirts(1, { quantity: 3 }),
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
    live: [{ title: 'Topps Baseball Card 1987 Rookie', price: '5.99', quantity: 1 }],
  },
  { name: 'PNG, TIFF and AVIF', photos: oddFormats, killed: LIST, live: shirts(1) },
  {
    name: 'approved after review',
    photos: told(1),
    before: [REVIEW],
    killed: ['approve', 'ITEM', '--json'],
    live: shirts(1),
  },
  {
    name: 'in a database of earlier tables',
    photos: told(1),
    before: [REVIEW],
    version: 4,
    killed: ['approve', 'ITEM', '--json'],
    live: shirts(1),
  },
  {
    name: 'updated while live',
    photos: told(1),
    before: [LIST],
    killed: ['update', 'ITEM', '--set', 'price=9.49', '--set', 'title=Test Shirt Renewed', '--yes', '--json'],
    live: [{ title: 'Test Shirt Renewed', price: '9.49', quantity: 1 }],
  },
  {
    name: 'watched',
    photos: told(1),
    killed: ['watch', 'FOLDER', '--quiet-seconds', '1', '--json'],
    stays: { folder: 'item-2', copy: slowCopy },
    live: shirts(2),
  },
  { name: 'withdrawn', photos: told(1), before: [LIST], killed: ['withdraw', 'ITEM', '--json'], live: [] },
  { name: 'backed up', photos: told(1), before: [LIST], killed: ['backup', '--json'], live: shirts(1) },
  {
    name: 'restored',
    photos: told(1),
    before: [LIST, ['backup', 'COPY', '--json']],
    killed: ['restore', 'COPY', '--yes', '--json'],
    live: shirts(1),
  },
];

async function oddFormats(world: World): Promise<void> {
  await told(1)(world);
  const pixels = async (seed: number): Promise<Sharp> => sharp(await picture(seed));
  world.write('item-1/a.jpg', await (await pixels(3)).png().toBuffer());
  world.write('item-1/b.jpg', await (await pixels(4)).tiff().toBuffer());
  world.write('item-1/c.avif', await (await pixels(5)).avif().toBuffer());
}

/** A second item as a slow copy brings it: under an unfinished name, in pieces, renamed at the end. */
async function slowCopy(world: World): Promise<void> {
  const folder = join(world.photos, 'item-2');
  mkdirSync(folder);
  for (const [name, seed] of [
    ['a.jpg', 40],
    ['b.jpg', 41],
  ] as const) {
    const content = await picture(seed);
    const unfinished = join(folder, `${name}.part`);
    for (let at = 0; at < content.length; at += content.length / 3) {
      appendFileSync(unfinished, content.subarray(at, at + content.length / 3));
      await pause(100);
    }
    renameSync(unfinished, join(folder, name));
  }
  world.write('item-2/item.json', JSON.stringify(sidecar(2)));
}
