import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { barCodeCard, handOverLens, onATable } from '../support/divider-photos.ts';
import { picture, sidecar } from '../support/items.ts';
import { groundTruth, hasSharedPhotos, sharedPhotos } from '../support/shared-photos.ts';
import { finished, type Ran, World } from '../support/world.ts';

interface Planned {
  readonly border: { readonly kind: string; readonly why: string; readonly confidence: number };
  readonly confidence: number;
  readonly files: readonly { readonly path: string }[];
}

let world: World;
beforeEach(async () => {
  world = await World.open();
});
afterEach(() => world.close());

const planned = (ran: Ran): Planned[] => ran.lines.filter(({ type }) => type === 'item.planned') as unknown as Planned[];
const groups = (ran: Ran): string[] => planned(ran).map(({ files }) => files.map(({ path }) => basename(path)).join(' '));
const refusals = (ran: Ran): unknown[] =>
  ran.lines
    .filter(({ type }) => type === 'file.refused')
    .map(({ path, reason }) => [basename(String(path)), (reason as { code: string }).code, (reason as { message: string }).message]);

const taken = (bytes: Buffer, time = '10:00:00'): Promise<Buffer> =>
  sharp(bytes)
    .withExif({ IFD2: { DateTimeOriginal: `2024:01:01 ${time}` } })
    .jpeg({ quality: 90 })
    .toBuffer();

/** A camera's roll, all at one time, so that nothing but dividers can part it. */
async function roll(...shots: readonly Buffer[]): Promise<void> {
  for (const [at, bytes] of shots.entries()) world.write(`DCIM/IMG_${1001 + at}.jpg`, await taken(bytes));
}

describe('bar code cards of the seller’s own', () => {
  const set = (codes: readonly string[]): string =>
    world.write('../easyflip.config.json', JSON.stringify({ grouping: { dividerCodes: codes } }));

  it('are read from photos and part the roll where the settings name their texts; other codes are photos', async () => {
    set(['SHELF-*', 'next']);
    world.write('defaults.json', JSON.stringify(sidecar(1)));
    await roll(
      await onATable(await barCodeCard('SHELF-7')),
      await picture(1),
      await onATable(await barCodeCard('PARCEL-31')),
      await onATable(await barCodeCard('shelf-8'), { turn: 8, light: 0.75 }),
      await picture(2),
      await onATable(await barCodeCard('NEXT'), { turn: 180 }),
      await picture(3),
      await picture(4),
    );
    const scan = await world.run('scan', world.photos, '--json');
    expect(groups(scan)).toEqual(['IMG_1002.jpg IMG_1003.jpg', 'IMG_1005.jpg', 'IMG_1007.jpg IMG_1008.jpg']);
    expect(planned(scan).map(({ border }) => border)).toEqual(
      ['SHELF-7', 'shelf-8', 'NEXT'].map((text) => ({ kind: 'divider', why: `after your card "${text}"`, confidence: 0.95 })),
    );
    expect(refusals(scan)).toEqual([
      ['IMG_1001.jpg', 'file.divider', 'The photo was used as a divider: your card "SHELF-7". It is never listed.'],
      ['IMG_1004.jpg', 'file.divider', 'The photo was used as a divider: your card "shelf-8". It is never listed.'],
      ['IMG_1006.jpg', 'file.divider', 'The photo was used as a divider: your card "NEXT". It is never listed.'],
    ]);
    const ran = await world.run('list', world.photos, '--json');
    expect(finished(ran).counts).toMatchObject({ items: 3, listed: 3 });
    expect((await world.listings()).map(({ pictures }) => pictures.length).sort()).toEqual([1, 2, 2]);
  });

  it('are photos like others where no setting names them, whatever a star might stand for elsewhere', async () => {
    set(['SHELF-?', 'HELF-*', 'SHELF']);
    await roll(await onATable(await barCodeCard('SHELF-7')), await picture(1));
    const scan = await world.run('scan', world.photos, '--json');
    expect([groups(scan).join(' ').split(' ').sort(), refusals(scan)]).toEqual([['IMG_1001.jpg', 'IMG_1002.jpg'], []]);
  });
});

describe('a hand over the lens', () => {
  it('parts a roll, is told and never listed; in a folder of an item it is a bad photo', async () => {
    world.write('defaults.json', JSON.stringify(sidecar(1)));
    await roll(await handOverLens(), await picture(1), await picture(2), await handOverLens(), await picture(3));
    // So far apart that the folder may be a pile, and is looked at.
    world.write('blue mug/1.jpg', await taken(await picture(4), '11:00:00'));
    world.write('blue mug/2.jpg', await taken(await handOverLens(), '12:00:00'));
    const scan = await world.run('scan', world.photos, '--json');
    expect(groups(scan)).toEqual(['1.jpg 2.jpg', 'IMG_1002.jpg IMG_1003.jpg', 'IMG_1005.jpg']);
    expect(planned(scan).map(({ border, confidence }) => [border, confidence])).toEqual([
      [{ kind: 'folder', why: 'a folder of its own', confidence: 1 }, 1],
      ...Array<unknown>(2).fill([{ kind: 'divider', why: 'after a frame with the lens covered', confidence: 0.8 }, 0.8]),
    ]);
    const told = 'The photo was used as a divider: a frame with the lens covered. It is never listed.';
    expect(refusals(scan)).toEqual([
      ['IMG_1001.jpg', 'file.divider', told],
      ['IMG_1004.jpg', 'file.divider', told],
    ]);
  });
});

describe.skipIf(!hasSharedPhotos)('cards between real items', () => {
  it('photographed in a roll that nothing else can part: every item exactly, with what its card says', async () => {
    const { items } = groundTruth<{ items: Record<string, { photos: string[] }> }>('items');
    const names = Object.keys(items).filter((_, at) => at % 3 === 0);
    const made = await world.run(
      'divider',
      '--png',
      join(world.root, 'card.png'),
      '--count',
      String(names.length),
      '--bin',
      'A01-7',
      '--json',
    );
    expect(made.code, made.err).toBe(0);
    const cards = readdirSync(world.root)
      .filter((name) => /^card.*\.png$/.test(name))
      .sort((a, b) => Number(/\d+/.exec(a)) - Number(/\d+/.exec(b)));
    const shots: Buffer[] = [];
    const wanted: string[] = [];
    for (const [at, name] of names.entries()) {
      const card = readFileSync(join(world.root, cards[at] ?? ''));
      shots.push(await onATable(card, { turn: (at * 37) % 360, side: 900, light: 0.7 + (at % 4) / 10 }));
      const photos = items[name]?.photos ?? [];
      wanted.push(photos.map((_, shot) => `IMG_${1001 + shots.length + shot}.jpg`).join(' '));
      shots.push(...photos.map((photo) => readFileSync(sharedPhotos(join('items', photo)))));
    }
    await roll(...shots);
    const scan = await world.run('scan', world.photos, '--json');
    expect(groups(scan)).toEqual(wanted);
    expect(wanted.length).toBeGreaterThan(10);
    for (const [at, { border }] of planned(scan).entries()) expect(border.why).toBe(`after divider card ${at + 1} (bin A01-7)`);
    expect(refusals(scan)).toHaveLength(names.length);
  });
});
