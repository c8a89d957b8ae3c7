import sharp from 'sharp';
import type { World } from './world.ts';

/** A picture that looks like no other: stripes and blocks from a seed, 640 × 480. */
export async function picture(seed: number): Promise<Buffer> {
  const blocks = Array.from({ length: 24 }, (_, at) => {
    const value = Math.imul(seed * 31 + at + 1, 2654435761) >>> 0;
    const [x, y, w, h] = [value % 560, (value >> 7) % 400, 60 + ((value >> 11) % 120), 40 + ((value >> 17) % 100)];
    return `<rect x="${x}" y="${y}" width="${w}" height="${h}" fill="hsl(${value % 360} 70% ${30 + ((value >> 5) % 50)}%)"/>`;
  });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="480"><rect width="640" height="480" fill="hsl(${(seed * 67) % 360} 30% 60%)"/>${blocks.join('')}</svg>`;
  return sharp(Buffer.from(svg)).jpeg({ quality: 80 }).toBuffer();
}

export interface Sidecar {
  readonly title: string;
  readonly category: string;
  readonly condition: string;
  readonly price: string;
  readonly aspects: Readonly<Record<string, string>>;
}

/** A men's T-shirt (leaf 15687) with every specific that eBay requires there. */
export const sidecar = (n: number): Sidecar => ({
  title: `Test Shirt Number ${n}`,
  category: '15687',
  condition: '3000',
  price: `${10 + n}.99`,
  aspects: { Brand: `Brand ${n}`, Color: 'Blue', 'Size Type': 'Regular', Size: 'M', Department: 'Men' },
});

/** Writes items `item-1` … with two pictures and a complete sidecar each: they go live without reading or model. */
export async function completeItems(world: World, count: number, from = 1): Promise<void> {
  for (let n = from; n < from + count; n += 1) {
    world.write(`item-${n}/a.jpg`, await picture(n * 10));
    world.write(`item-${n}/b.jpg`, await picture(n * 10 + 1));
    world.write(`item-${n}/item.json`, JSON.stringify(sidecar(n)));
  }
}

/** Items that lack nothing but the colour: one photo and one question to a model each. */
export async function colourlessItems(world: World, count: number, from = 1): Promise<void> {
  for (let n = from; n < from + count; n += 1) {
    const { Color: _color, ...aspects } = sidecar(n).aspects;
    world.write(`item-${n}/a.jpg`, await picture(n * 10));
    world.write(`item-${n}/item.json`, JSON.stringify({ ...sidecar(n), aspects }));
  }
}

/** All that a model needs to say of one of them. */
export const onlyColour = {
  facts: [{ f: 'color', v: 'Blue', c: 95, by: 'picture', p: 1, q: 'blue' }],
  unknown: [],
  flaws: [],
  photos: [],
  cover: 1,
  problems: [],
  keywords: ['tee'],
  queries: ['t-shirt'],
};
