import { cpSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { groundTruth, hasSharedPhotos, sharedPhotos } from '../support/shared-photos.ts';
import { finished, type Ran, World } from '../support/world.ts';

interface Truth {
  readonly items: Readonly<
    Record<
      string,
      {
        readonly garmentClass?: string | null;
        readonly mainColors?: readonly string[];
        readonly labelFacts?: Readonly<Record<'brand' | 'size' | 'material' | 'countryOfOrigin', string | null>>;
        readonly mustNotClaim?: readonly string[];
        readonly photos: readonly string[];
      }
    >
  >;
}

interface Shown {
  readonly id: string;
  readonly source: string;
  readonly title: string | null;
  readonly description: string | null;
  readonly aspects: readonly { readonly name: string; readonly values: readonly string[] }[];
  readonly facts: readonly { readonly name: string; readonly value: string }[];
}

/** What a colour of the ground truth may be called in eBay's seventeen words. */
const FAMILY: Readonly<Record<string, readonly string[]>> = {
  navy: ['Blue', 'Black'],
  teal: ['Green', 'Blue'],
  cream: ['Beige', 'Ivory', 'White', 'Yellow'],
  grey: ['Gray', 'Silver'],
};
const sameColor = (claimed: string, truth: string): boolean =>
  claimed === 'Multicolor' ||
  claimed.toLowerCase() === truth ||
  (FAMILY[truth] ?? []).includes(claimed) ||
  (claimed === 'Gray' && truth === 'grey');
const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();

describe.skipIf(!hasSharedPhotos)('34 real items', () => {
  let world: World;
  let truth: Truth;
  beforeAll(async () => {
    world = await World.open();
    truth = groundTruth<Truth>('items');
    cpSync(sharedPhotos('items'), world.photos, { recursive: true });
    rmSync(join(world.photos, 'expected.json'));
  });
  afterAll(() => world.close());

  const show = async (id: unknown): Promise<Shown> => (await world.run('show', String(id), '--json')).lines[0] as unknown as Shown;
  const itemsOf = (ran: Ran): readonly unknown[] => ran.lines.filter(({ type }) => type === 'item.finished').map(({ item }) => item);

  it('are found, none fails, and nothing is claimed that the photos do not show', { timeout: 600_000 }, async () => {
    const ran = await world.run('list', world.photos, '--json');
    expect(ran.err).toBe('');
    expect(finished(ran)).toMatchObject({ exitCode: 0, counts: { items: 34, failed: 0, deferred: 0 } });

    const wrong: string[] = [];
    for (const id of itemsOf(ran)) {
      const shown = await show(id);
      const name = basename(shown.source).normalize('NFC');
      const { labelFacts, mustNotClaim = [], mainColors } = truth.items[name] ?? { photos: [] };
      expect(truth.items[name], `item ${name}`).toBeDefined();
      const said = new Map<string, string>([
        ...shown.facts.map(({ name: fact, value }): [string, string] => [fact, value]),
        ...shown.aspects.map(({ name: aspect, values }): [string, string] => [aspect.toLowerCase(), values.join(', ')]),
      ]);
      const claims = (fact: string): string | undefined => said.get(fact);
      for (const fact of ['brand', 'size', 'material', 'countryOfOrigin'] as const) {
        const claimed = claims(fact);
        if (claimed === undefined || !labelFacts || !(fact in labelFacts)) continue;
        const known = labelFacts[fact];
        if (known === null || plain(known) !== plain(claimed)) wrong.push(`${name}: ${fact} ${claimed}, the label says ${known}`);
      }
      const forbidden: Readonly<Record<string, () => boolean>> = {
        brand: () => said.has('brand'),
        size: () => said.has('size'),
        material: () => said.has('material'),
        'country of origin': () => said.has('countryOfOrigin'),
        'department/gender as a fact': () => said.has('department') || /\b(men|women|boys|girls)\b/i.test(shown.title ?? ''),
        year: () => /\b(19|20)\d\d\b/.test(shown.title ?? ''),
        '100% cotton': () => /100\s*%\s*cotton/i.test([...said.values(), shown.title, shown.description].join(' ')),
      };
      for (const claim of mustNotClaim) {
        const test = forbidden[claim];
        if (!test) throw new Error(`the test does not know the claim "${claim}"`);
        if (test()) wrong.push(`${name}: claims ${claim}`);
      }
      const color = claims('color');
      if (color && mainColors && !mainColors.some((main) => sameColor(color, main)))
        wrong.push(`${name}: colour ${color}, really ${mainColors.join(', ')}`);
    }
    expect(wrong).toEqual([]);
  });

  it('go live with exactly the facts of complete sidecars', { timeout: 600_000 }, async () => {
    for (const [at, name] of Object.keys(truth.items).entries())
      world.write(`${folderOf(name)}/item.json`, JSON.stringify(sidecarOf(name, at)));
    const ran = await world.run('list', world.photos, '--json');
    expect(ran.lines.filter(({ type, outcome }) => type === 'item.finished' && outcome !== 'listed')).toEqual([]);
    expect(finished(ran)).toMatchObject({ exitCode: 0, counts: { items: 34, listed: 34 } });
    const live = await world.listings();
    expect(live).toHaveLength(34);
    for (const [at, name] of Object.keys(truth.items).entries()) {
      const { title, category, price, aspects } = sidecarOf(name, at);
      const listing = live.find((one) => one.title === title);
      expect(listing, name).toMatchObject({ categoryId: category, price: { value: price }, status: 'ACTIVE' });
      expect(listing?.aspects).toEqual(Object.fromEntries(Object.entries(aspects).map(([aspect, value]) => [aspect, [value]])));
      expect(listing?.pictures).toHaveLength(truth.items[name]?.photos.length ?? 0);
    }
  });

  /** Archives and copies may have decomposed the letters of a name. */
  const folderOf = (name: string): string =>
    [name, name.normalize('NFC'), name.normalize('NFD')].find((form) => existsSync(join(world.photos, form))) ?? name;

  const CATEGORY: Readonly<Record<string, string>> = {
    Shirt: '57990',
    'T-Shirt': '15687',
    Longsleeve: '15687',
    Polo: '185101',
    Pants: '57989',
    Shorts: '15689',
    Sweatshirt: '155183',
    Hoodie: '155183',
    Outwear: '57988',
    Dress: '63861',
    Skirt: '63864',
    Shoes: '24087',
    Hat: '52365',
    Body: '260031',
  };
  const categories = JSON.parse(readFileSync('src/practice/data/categories.json', 'utf8')) as {
    id: string;
    aspects?: { name: string; required?: boolean; mode?: string; values?: string[] }[];
    conditions?: { id: string }[];
  }[];

  function sidecarOf(
    name: string,
    at: number,
  ): { title: string; category: string; condition: string; price: string; aspects: Record<string, string> } {
    const category = CATEGORY[truth.items[name]?.garmentClass ?? ''] ?? '139973';
    const leaf = (Array.isArray(categories) ? categories : (categories as { leaves: typeof categories }).leaves).find(
      ({ id }) => id === category,
    );
    const required = (leaf?.aspects ?? []).filter((aspect) => aspect.required);
    return {
      title: `Real item ${at}`,
      category,
      condition: leaf?.conditions?.at(-1)?.id ?? '3000',
      price: `${20 + at}.50`,
      aspects: Object.fromEntries(required.map((aspect) => [aspect.name, aspect.values?.at(at % aspect.values.length) ?? `Value ${at}`])),
    };
  }
});
