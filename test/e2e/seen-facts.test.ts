import { cpSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { drawInjection, INJECTIONS } from '../../scripts/fixtures/injections.js';
import { picture, sidecar } from '../support/items.ts';
import { NAVY_SHIRT, writeNavyShirt } from '../support/navy-shirt.ts';
import { OpenAiServer } from '../support/openai-server.ts';
import { finished, type JournalCall, type Ran, World } from '../support/world.ts';

/** With all that a model may say besides facts. */
const shirt = {
  ...NAVY_SHIRT,
  flaws: [{ p: 4, what: 'small hole near the hem' }] as { p: number; what: string }[],
  photos: [
    { p: 1, role: 'flaw', box: null },
    { p: 2, role: 'back', box: null },
    { p: 3, role: 'label', box: null },
    { p: 4, role: 'front', box: null },
  ],
  cover: 4,
  problems: [] as unknown[],
};
type Reply = typeof shirt;

let world: World;
let openai: OpenAiServer;
beforeEach(async () => {
  world = await World.open();
  openai = await OpenAiServer.open(() => shirt);
});
afterEach(async () => {
  expect(openai.problems).toEqual([]);
  await world.close();
  await openai.close();
});

const list = (...args: readonly string[]): Promise<Ran> => world.start(['list', world.photos, '--json', ...args], openai.env).ended;
const says = (more: Partial<Omit<Reply, 'facts'>> & { readonly facts?: readonly unknown[] }): void => {
  openai.model = () => ({ ...shirt, ...more, facts: [...shirt.facts, ...(more.facts ?? [])] });
};

interface SentItem {
  readonly conditionDescription?: string;
  readonly packageWeightAndSize?: { readonly weight?: { readonly value: number; readonly unit: string } };
  readonly availability: { readonly shipToLocationAvailability: { readonly quantity: number } };
  readonly product: { readonly title: string; readonly description: string; readonly aspects: Record<string, string[]> };
}

/** The inventory items as they were sent to eBay. */
async function sentItems(): Promise<readonly SentItem[]> {
  const calls = (await world.calls()) as readonly (JournalCall & { readonly body?: unknown })[];
  return calls
    .filter(({ path }) => path.includes('bulk_create_or_replace_inventory_item'))
    .flatMap(({ body }) => ((typeof body === 'string' ? JSON.parse(body) : body) as { requests: SentItem[] }).requests);
}

interface Shown {
  readonly id: string;
  readonly description: string;
  readonly condition: { readonly word: string; readonly note: string | null } | null;
  readonly photos: readonly {
    readonly number: number;
    readonly path: string;
    readonly place: number | null;
    readonly problems: readonly { readonly severity: string; readonly code: string; readonly message: string }[];
  }[];
  readonly reason: { readonly code: string; readonly message: string; readonly hint: string } | null;
}
const shown = async (): Promise<Shown> =>
  (await world.run('show', join(world.photos, 'mens-tshirt-navy'), '--json')).lines[0] as unknown as Shown;

describe('flaws and the order of the pictures', () => {
  it('reach the condition description and the description, with the place of the photo in the listing', async () => {
    writeNavyShirt(world, { flaws: ['collar a little stretched'] });
    expect(finished(await list()).counts.listed).toBe(1);
    const [sent] = await sentItems();
    // Photo 4 is the front and the cover: buyers see it first.
    expect(sent?.conditionDescription).toBe('collar a little stretched; Small hole near the hem (seen in photo 1)');
    expect(sent?.product.description).toContain('<li>Please note: collar a little stretched</li>');
    expect(sent?.product.description).toContain('<li>Please note: Small hole near the hem (seen in photo 1)</li>');
    const [listing] = await world.listings();
    const { lines } = await world.run('show', join(world.photos, 'mens-tshirt-navy'), '--json');
    expect(lines).toHaveLength(1);
    expect(listing?.pictures).toHaveLength(4);

    // The same photos without a model's roles stand as they lie: the pictures are the same, in another order.
    const other = await World.open();
    cpSync(resolve('fixtures/photos/mens-tshirt-navy'), join(other.photos, 'mens-tshirt-navy'), { recursive: true });
    other.write('mens-tshirt-navy/item.json', JSON.stringify({ price: '14.99', condition: 'used' }));
    await other.run('list', other.photos);
    const [plain] = await other.listings();
    await other.close();
    const [first, second, third, fourth] = plain?.pictures.map(({ sha256 }) => sha256) ?? [];
    expect(listing?.pictures.map(({ sha256 }) => sha256)).toEqual([fourth, second, third, first]);
  });

  it('a seller’s order stands', async () => {
    writeNavyShirt(world, { photos: ['IMG_0002.jpg', 'IMG_0001.jpg'] });
    expect(finished(await list()).counts.listed).toBe(1);
    expect((await sentItems())[0]?.product.description).toContain('Small hole near the hem (seen in photo 4)');
    expect((await shown()).photos.map(({ path }) => path.at(-5))).toEqual(['2', '1', '3', '4']);
  });

  it('"new" with a flaw waits with the question, and what is approved is what goes live, without a condition description', async () => {
    writeNavyShirt(world, { condition: 'new with tags' });
    expect(finished(await list()).counts).toMatchObject({ held: 1, listed: 0 });
    const { reason, id } = await shown();
    expect(reason).toMatchObject({ code: 'condition.doubtful', message: expect.stringContaining('photo 4: small hole near the hem') });
    expect(await world.writingCalls()).toEqual([]);
    expect((await world.start(['approve', id, '--json'], openai.env).ended).code).toBe(0);
    const [sent] = await sentItems();
    expect(sent?.conditionDescription).toBeUndefined();
    expect(sent?.product.description).toContain('Small hole near the hem');
    expect((await world.listings()).map(({ condition }) => condition)).toEqual(['NEW']);
  });

  it('a grade that was read from a tag gives way: new with a flaw is new with defects', async () => {
    writeNavyShirt(world, { condition: undefined });
    says({ facts: [{ f: 'condition', v: 'new with tags', c: 95, by: 'label', p: 3, q: 'FENWARD' }] });
    expect(finished(await list()).counts.listed).toBe(1);
    expect((await world.listings()).map(({ condition }) => condition)).toEqual(['NEW_WITH_DEFECTS']);
  });
});

describe('what is wrong with the photos', () => {
  it('is shown with its weight and the number of the photo, by its schema and in words', async () => {
    writeNavyShirt(world);
    const seen = [
      { p: 2, kind: 'watermark', note: 'shop logo' },
      { p: 4, kind: 'people', note: 'a face' },
      { p: 1, kind: 'recalled-goods', note: 'baby lounger' },
    ];
    says({ problems: seen });
    expect(finished(await list()).counts).toMatchObject({ held: 1 });
    const view = await shown();
    const valid = new Ajv2020({ strict: false }).compile(JSON.parse(readFileSync('schemas/show.schema.json', 'utf8')));
    expect(valid(view), JSON.stringify(valid.errors)).toBe(true);
    const told = view.photos.map(({ problems }) => problems.map(({ severity, code }) => `${severity} ${code}`));
    expect(told[0]).toContain('hold photo.doubtful');
    expect(told[1]).toContain('hold photo.watermark');
    expect(told[3]).toContain('warn photo.doubtful');
    // The face keeps the front from being the cover.
    expect(view.photos[3]?.place).not.toBe(1);
    const { out } = await world.run('show', view.id);
    expect(out).toContain('holds it: Photo 2 carries a watermark: "shop logo". [photo.watermark]');
    expect(out).toContain('warning: Photo 4 shows a person: "a face". [photo.doubtful]');
  });

  it('a phone number is found although the seller gave every fact and nothing is read for facts; nobody is paid for it', async () => {
    const phone = INJECTIONS.find(({ name }) => name === 'phone') as (typeof INJECTIONS)[number];
    world.write('mens-tshirt-navy/a.jpg', await picture(1));
    world.write('mens-tshirt-navy/b.jpg', await drawInjection(phone));
    world.write('mens-tshirt-navy/item.json', JSON.stringify(sidecar(1)));
    world.write('plain/a.jpg', await picture(2));
    world.write('plain/item.json', JSON.stringify(sidecar(2)));
    const ran = await list();
    expect(finished(ran).counts, ran.out).toMatchObject({ items: 2, held: 1, listed: 1 });
    const { reason, photos, id } = await shown();
    expect(reason).toMatchObject({ code: 'photo.contact-details', message: expect.stringContaining('Photo 2 shows a phone number') });
    expect(photos[1]?.problems).toContainEqual(expect.objectContaining({ severity: 'hold', code: 'photo.contact-details' }));
    expect(openai.asked).toEqual([]);
    expect((await world.listings()).map(({ title }) => title)).toEqual(['Test Shirt Number 2']);
    // It may be seen: the seller's word.
    expect(finished(await world.start(['approve', id, '--json'], openai.env).ended).counts).toMatchObject({ listed: 1 });
  });
});
