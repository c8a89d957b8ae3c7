import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { picture, sidecar } from '../support/items.ts';
import { valid } from '../support/schemas.ts';
import { finished, type Ran, World } from '../support/world.ts';

interface Planned {
  readonly type: string;
  readonly item: string;
  readonly source: string;
  readonly action: string;
  readonly confidence: number;
  readonly border: { readonly kind: string };
  readonly reason?: { readonly code: string };
  readonly files: readonly { readonly path: string }[];
}

let world: World;
beforeEach(async () => {
  world = await World.open();
});
afterEach(() => world.close());

const name = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
const planned = (ran: Ran): Planned[] => ran.lines.filter(({ type }) => type === 'item.planned') as unknown as Planned[];
/** File names by item, in the order of the plan. */
const groups = (ran: Ran): string[] => planned(ran).map(({ files }) => files.map(({ path }) => name(path)).join(' '));
const reasonOf = (ran: Ran): { code: string; message: string; hint: string } =>
  (ran.lines.at(-1) as unknown as { reason: { code: string; message: string; hint: string } }).reason;

/** Photos of a roll in one folder; each with its second after ten o'clock. All facts come from defaults, so that items go live. */
async function roll(shots: readonly (readonly [second: number, picture: Buffer])[]): Promise<void> {
  world.write('defaults.json', JSON.stringify(sidecar(1)));
  for (const [at, [second, bytes]] of shots.entries()) {
    const time = new Date(Date.UTC(2024, 0, 1, 10, 0, second)).toISOString().slice(0, 19).replace('T', ' ').replaceAll('-', ':');
    const dated = await sharp(bytes)
      .withExif({ IFD2: { DateTimeOriginal: time } })
      .jpeg()
      .toBuffer();
    world.write(`DCIM/IMG_${1001 + at}.jpg`, dated);
  }
}

/** Three items: 2, 2 and 1 photos. */
async function threeItems(): Promise<void> {
  await roll([
    [0, await picture(1)],
    [8, await picture(2)],
    [600, await picture(3)],
    [608, await picture(4)],
    [1200, await picture(5)],
  ]);
}
const THREE = ['IMG_1001.jpg IMG_1002.jpg', 'IMG_1003.jpg IMG_1004.jpg', 'IMG_1005.jpg'];

describe('divider cards', () => {
  it('are printed, found in the pile, give their facts to what follows and never reach the marketplace', async () => {
    const made = await world.run('divider', '--png', join(world.root, 'card.png'), '--bin', 'A01-7', '--cost', '3.00', '--json');
    expect([made.code, made.lines]).toEqual([0, [{ type: 'divider.written', files: [join(world.root, 'card.png')] }]]);
    valid('divider-line', made.lines[0]);
    expect((await world.run('divider', '--png', join(world.root, 'card.png'))).code).toBe(2);
    const card = readFileSync(join(world.root, 'card.png'));
    const black = await sharp({ create: { width: 640, height: 480, channels: 3, background: '#020202' } })
      .jpeg()
      .toBuffer();
    // One second apart: time tells nothing here.
    await roll([
      [0, card],
      [1, await picture(1)],
      [2, await picture(2)],
      [3, black],
      [4, await picture(3)],
    ]);
    const scan = await world.run('scan', world.photos, '--json', '--html', join(world.root, 'sheet.html'));
    expect(groups(scan)).toEqual(['IMG_1002.jpg IMG_1003.jpg', 'IMG_1005.jpg']);
    expect(planned(scan).map(({ border }) => border.kind)).toEqual(['divider', 'divider']);
    const page = readFileSync(join(world.root, 'sheet.html'), 'utf8');
    expect(page.match(/data:image\/jpeg/g)).toHaveLength(3);
    expect(page).toContain('divider card 1 (bin A01-7, cost 3.00)');

    const ran = await world.run('list', world.photos, '--json');
    expect(finished(ran).counts).toMatchObject({ items: 2, listed: 2 });
    const listings = await world.listings();
    expect(listings.map(({ pictures }) => pictures.length).sort()).toEqual([1, 2]);
    expect(listings.map(({ sku }) => sku.slice(0, 5)).sort()).toEqual(['A017E', expect.stringMatching(/^EF/)]);
    expect(
      ran.lines
        .filter(({ type }) => type === 'file.refused')
        .map(({ path, reason }) => [name(String(path)), (reason as { code: string }).code]),
    ).toEqual([
      ['IMG_1001.jpg', 'file.divider'],
      ['IMG_1004.jpg', 'file.divider'],
    ]);
  });

  it('one with a SKU that stands before two things lists neither, not even on approval, until each has its own', async () => {
    await world.run('divider', '--png', join(world.root, 'card.png'), '--sku', 'SHELF7');
    const card = readFileSync(join(world.root, 'card.png'));
    await roll([
      [0, card],
      [1, await picture(1)],
      [2, card],
      [3, await picture(2)],
    ]);
    const ran = await world.run('list', world.photos, '--json');
    expect(finished(ran).counts).toMatchObject({ items: 2, held: 2 });
    const held = ran.lines.filter(({ type }) => type === 'item.finished') as unknown as {
      item: string;
      reason: { code: string; message: string };
    }[];
    expect(held.map(({ reason }) => reason.code)).toEqual(['item.same-sku', 'item.same-sku']);
    expect(held[0]?.reason.message).toContain('SHELF7');

    const [first = '', second = ''] = held.map(({ item }) => item);
    expect(finished(await world.run('approve', first, '--json')).counts).toMatchObject({ held: 1 });
    expect(await world.writingCalls()).toEqual([]);
    expect(finished(await world.run('approve', first, '--set', 'sku=SHELF8', '--json')).counts).toMatchObject({ listed: 1 });
    expect(finished(await world.run('approve', second, '--json')).counts).toMatchObject({ listed: 1 });
    expect((await world.listings()).map(({ sku }) => sku).sort()).toEqual(['SHELF7', 'SHELF8']);
    expect(finished(await world.run('list', world.photos, '--json')).counts).toMatchObject({ already: 2 });
  });

  it('a SKU that an item of an earlier folder has is not given again', async () => {
    world.write('a/1.jpg', await picture(1));
    world.write('a/item.json', JSON.stringify({ ...sidecar(1), sku: 'ONE' }));
    expect(finished(await world.run('list', join(world.photos, 'a'), '--json')).counts).toMatchObject({ listed: 1 });
    world.write('b/1.jpg', await picture(2));
    world.write('b/item.json', JSON.stringify({ ...sidecar(2), sku: 'one' }));
    const ran = await world.run('list', join(world.photos, 'b'), '--json');
    expect(finished(ran).counts).toMatchObject({ held: 1 });
    expect(ran.out).toContain('item.same-sku');
    expect(await world.listings()).toHaveLength(1);
  });
});

describe('corrections', () => {
  it('are noted, told to people and to scripts', async () => {
    await threeItems();
    await world.run('list', world.photos, '--dry-run', '--json');
    const [first, second] = planned(await world.run('scan', world.photos, '--json'));
    const ran = await world.run('group', 'merge', String(first?.item), String(second?.item), '--json');
    expect([ran.code, ran.lines.map(({ type }) => type)]).toEqual([0, ['items.regrouped']]);
    valid('group-line', ran.lines[0]);
    expect(groups(await world.run('scan', world.photos, '--json')).sort()).toEqual([THREE.slice(0, 2).join(' '), THREE[2]]);
  });

  it('split and move are kept for later runs, and only the items that they touch are worked on again', async () => {
    await threeItems();
    /** A run, and for each item by its photos whether its stages were worked out or had before. */
    const listed = async (): Promise<Record<string, string>> => {
      const ran = await world.run('list', world.photos, '--publish', 'review', '--json', '--verbose');
      expect(ran.code, ran.err).toBe(0);
      const stages = [...ran.err.matchAll(/stage\.finished item=(\w+) stage=(?:prepare|read|draft|specify|price) kind=(\w+)/g)];
      const items = planned(await world.run('scan', world.photos, '--json'));
      return Object.fromEntries(
        items.map(({ item, files }) => [
          files.map(({ path }) => name(path).slice(7, 8)).join(''),
          [...new Set(stages.filter(([, id]) => id === item).map(([, , kind]) => kind))].join(' and '),
        ]),
      );
    };
    expect(await listed()).toEqual({ '12': 'done', '34': 'done', '5': 'done' });
    const [first, second] = planned(await world.run('scan', world.photos, '--json')).map(({ item }) => item);

    const split = await world.run('group', 'split', String(first), 'IMG_1002.jpg', '--json');
    expect([split.code, split.lines.map(({ type }) => type)]).toEqual([0, ['items.regrouped']]);
    valid('group-line', split.lines[0]);
    expect(await listed()).toEqual({ '1': 'done', '2': 'done', '34': 'reused', '5': 'reused' });
    expect(await listed()).toEqual({ '1': 'reused', '2': 'reused', '34': 'reused', '5': 'reused' });

    const moved = await world.run('group', 'move', 'photos/DCIM/IMG_1005.jpg', String(second));
    expect([moved.code, moved.out]).toEqual([0, expect.stringMatching(new RegExp(`^Noted for .*${second}.* Run \`easyflip list\``))]);
    expect(await listed()).toEqual({ '1': 'reused', '2': 'reused', '345': 'done' });
    // By its number, and back: all photos of the roll are in an item, and each is listed once.
    expect((await world.run('group', 'split', String(second), '3')).code).toBe(0);
    expect(await listed()).toEqual({ '1': 'reused', '2': 'reused', '34': 'done', '5': 'done' });
    expect(finished(await world.run('list', world.photos, '--json')).counts).toMatchObject({ items: 4, listed: 4 });
    expect((await world.listings()).map(({ pictures }) => pictures.length).sort()).toEqual([1, 1, 1, 2]);
  });

  it('a live item is never regrouped, and says what to do', async () => {
    await threeItems();
    await world.run('list', world.photos, '--json');
    const [first, second] = planned(await world.run('scan', world.photos, '--json'));
    for (const said of [
      ['merge', first?.item, second?.item],
      ['split', first?.item, '1'],
      ['move', join(world.photos, 'DCIM/IMG_1003.jpg'), first?.item],
    ]) {
      const ran = await world.run('group', ...(said as string[]), '--json');
      valid('group-line', ran.lines.at(-1));
      expect([ran.code, reasonOf(ran).code]).toEqual([2, 'usage.wrong-state']);
      expect(reasonOf(ran).hint).toContain('easyflip withdraw');
    }
    const plan = join(world.root, 'plan.json');
    await world.run('scan', world.photos, '--write', plan);
    writeFileSync(
      plan,
      readFileSync(plan, 'utf8')
        .replace('"DCIM/IMG_1002.jpg"', '"DCIM/IMG_1002.jpg", "DCIM/IMG_1003.jpg"')
        .replace(/"DCIM\/IMG_1003.jpg",\s*"DCIM\/IMG_1004.jpg"/, '"DCIM/IMG_1004.jpg"'),
    );
    expect(reasonOf(await world.run('list', '--plan', plan, '--json')).code).toBe('usage.wrong-state');
    expect(finished(await world.run('list', world.photos, '--json')).counts).toMatchObject({ already: 3 });
  });
});

describe('a plan', () => {
  it('written, edited and listed groups as it says, for later runs too, and leaves out what it does not name', async () => {
    await threeItems();
    const plan = join(world.root, 'plan.json');
    await world.run('scan', world.photos, '--write', plan, '--json');
    const written = JSON.parse(readFileSync(plan, 'utf8')) as { items: { photos: string[] }[] };
    expect(written.items.map(({ photos }) => photos.map(name).join(' '))).toEqual(THREE);
    expect((await world.run('scan', world.photos, '--write', plan)).code).toBe(2);
    written.items = [
      { photos: ['DCIM/IMG_1001.jpg', 'DCIM/IMG_1003.jpg'] },
      { photos: ['DCIM/IMG_1004.jpg'] },
      { photos: ['DCIM/IMG_1005.jpg'] },
    ];
    writeFileSync(plan, JSON.stringify(written));
    const ran = await world.run('list', '--plan', plan, '--json');
    expect(finished(ran).counts).toMatchObject({ items: 3, listed: 3 });
    const again = await world.run('scan', world.photos, '--json');
    expect(groups(again).sort()).toEqual(['IMG_1001.jpg IMG_1003.jpg', 'IMG_1004.jpg', 'IMG_1005.jpg']);
    expect(again.lines.filter(({ type }) => type === 'file.refused')).toMatchObject([{ reason: { code: 'photo.left-out' } }]);
  });

  it('with mistakes is refused with every place, and nothing is noted', async () => {
    await threeItems();
    const plan = join(world.root, 'plan.json');
    await world.run('scan', world.photos, '--write', plan);
    const written = JSON.parse(readFileSync(plan, 'utf8')) as Record<string, unknown>;
    const told = async (change: unknown): Promise<{ code: number | null; problems: string[] }> => {
      writeFileSync(plan, typeof change === 'string' ? change : JSON.stringify({ ...written, ...(change as object) }));
      const ran = await world.run('list', '--plan', plan, '--json');
      return { code: ran.code, problems: (ran.lines.at(-1) as unknown as { problems?: string[] }).problems ?? [] };
    };
    const items = [{ photos: ['DCIM/IMG_1001.jpg', 'DCIM/nobody.jpg'] }, { photos: ['defaults.json'] }, { photos: ['../card.png'] }];
    world.write('../card.png', await picture(9));
    expect((await told({ items })).problems).toEqual([
      expect.stringMatching(/^items\[0\]\.photos\[1\]: .*nobody\.jpg cannot be used\. There is no such file\.$/),
      expect.stringMatching(/^items\[1\]\.photos\[0\]: .*defaults\.json cannot be used\./),
      expect.stringMatching(/^items\[2\]\.photos\[0\]: .*outside the folders/),
    ]);
    const twice = [{ photos: ['DCIM/IMG_1001.jpg'] }, { photos: ['DCIM/IMG_1002.jpg', 'DCIM/IMG_1001.jpg'] }];
    expect((await told({ items: twice })).problems).toEqual([
      expect.stringMatching(/^items\[1\]\.photos\[1\]: .*IMG_1001\.jpg stands at items\[0\]\.photos\[0\] already\.$/),
    ]);
    expect((await told({ items: [{ photos: [] }], colour: 1 })).problems).toEqual([
      expect.stringMatching(/^items\[0\]\.photos: must hold a photo/),
      expect.stringMatching(/colour/),
    ]);
    expect(await told('{\n"items": [,]\n}')).toMatchObject({ code: 2, problems: [expect.stringMatching(/line 2/)] });
    expect(groups(await world.run('scan', world.photos, '--json'))).toEqual(THREE);
    expect((await world.run('list', '--json')).code).toBe(2);
  });
});
