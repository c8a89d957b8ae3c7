import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { finished, type Ran, World } from '../support/world.ts';

interface Expected {
  readonly items: readonly {
    readonly source: string;
    readonly brand: string | null;
    readonly size: string | null;
    readonly material: string | null;
    readonly gtin14: string | null;
    readonly outcome: 'listed' | 'held';
    readonly photos: readonly string[];
    readonly sidecar: string | null;
  }[];
  readonly refused: readonly { readonly path: string }[];
}

const expected = JSON.parse(readFileSync('fixtures/expected.json', 'utf8')) as Expected;
const samples = resolve('fixtures/photos');
/** A part of a pile is known by its photos; its name inside the pile is the program's own affair. */
const sourceOf = (source: string): string => source.slice(samples.length).replace(/^\//, '');

describe('the demo', () => {
  let world: World;
  let ran: Ran;
  beforeAll(async () => {
    world = await World.open();
    ran = await world.run('demo', '--json');
  });
  afterAll(() => world.close());

  it('lists most samples, holds one with the command that settles it, and names one bad file', () => {
    expect(ran.err).toBe('');
    expect(ran.code).toBe(0);
    const held = expected.items.filter(({ outcome }) => outcome === 'held').length;
    expect(finished(ran).counts).toMatchObject({ items: expected.items.length, held, listed: expected.items.length - held, failed: 0 });
    const holds = ran.lines.filter(({ outcome }) => outcome === 'held') as unknown as { item: string; reason: { hint: string } }[];
    for (const { item, reason } of holds) expect(reason.hint).toContain(`easyflip approve ${item} --set`);
    expect(ran.lines.filter(({ type }) => type === 'file.refused').map(({ path }) => sourceOf(String(path)))).toEqual(
      expected.refused.map(({ path }) => path),
    );
  });

  it('claims what the labels say and nothing else', async () => {
    const listings = await world.listings();
    for (const line of ran.lines.filter(({ outcome }) => outcome === 'listed')) {
      const source = sourceOf(String(line.source));
      const truth =
        expected.items.find((item) => item.source === source) ??
        expected.items.find(
          (item) => source.startsWith('#') && item.photos.some((photo) => source.includes(photo.replace(/(_\d)?\.jpg$/, ''))),
        );
      const listing = listings.find(({ listingId }) => listingId === line.listingId);
      if (!truth || !listing) throw new Error(`${source}: nothing to compare`);
      expect(listing.title.length, source).toBeGreaterThan(8);
      expect(listing.title.length, source).toBeLessThanOrEqual(80);
      if (truth.sidecar === null) {
        expect(listing.aspects.Brand?.[0]?.toUpperCase(), source).toBe(listing.aspects.Brand ? truth.brand : undefined);
        expect(listing.aspects.Size?.[0] ?? null, source).toBe(listing.aspects.Size ? truth.size : null);
      }
      expect(listing.pictures).toHaveLength(truth.photos.length);
    }
  });

  it('ends with a table and a page that needs no program', async () => {
    const again = await world.run('demo');
    expect(again.code).toBe(0);
    const page = /file:\S+demo\.html/.exec(again.out)?.[0] ?? '';
    const html = readFileSync(fileURLToPath(page), 'utf8');
    expect(html.match(/data:image\/jpeg/g)?.length).toBeGreaterThanOrEqual(expected.items.flatMap(({ photos }) => photos).length);
    expect(html).not.toMatch(/(src|href)="https?:\/\/(?!127\.0\.0\.1)/);
    expect(html).not.toContain('<script');
    expect(again.out).toContain('easyflip practice');
    expect(again.out).toMatch(/TITLE\s+PRICE\s+STATE/);
  });

  it('sends pictures without a trace of place or camera', async () => {
    const prepared = join(world.data, 'practice/pictures');
    const { readdirSync } = await import('node:fs');
    const files = readdirSync(prepared);
    expect(files.length).toBeGreaterThan(40);
    for (const file of files) {
      const bytes = readFileSync(join(prepared, file)).toString('latin1');
      expect(bytes.includes('Exif\0\0') || bytes.includes('http://ns.adobe.com/xap') || bytes.includes('ICC_PROFILE'), file).toBe(false);
    }
  });
});
