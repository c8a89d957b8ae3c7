import { cp, mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Photo, PhotoHash } from '../../src/core/item.ts';
import type { GroupMode } from '../../src/core/settings.ts';
import { type Grouping, groupPhotos } from '../../src/intake/group-photos.ts';
import type { ScanResult } from '../../src/intake/scan-folders.ts';
import { copyOf, corpus, corpusItems, hasCorpus, photoSettings, throwAwayFolder } from '../imaging/corpus.ts';
import { makePhotos, scan } from './scan-world.ts';

const settings = { photos: photoSettings };

/** A scan that found these photos; `at` is seconds after ten o'clock. */
function found(files: readonly (string | readonly [path: string, at: number])[], roots: readonly string[] = ['/r']): ScanResult {
  const photos = files.map((file, number): Photo => {
    const [path, at] = typeof file === 'string' ? [file] : file;
    const takenAt = at === undefined ? {} : { takenAt: new Date(Date.UTC(2024, 0, 1, 10, 0, at)).toISOString().slice(0, 19) };
    return {
      sha256: String(number).padStart(64, '0') as PhotoHash,
      path: `/r/${path}`,
      bytes: 1,
      kind: 'jpeg',
      width: 800,
      height: 600,
      ...takenAt,
    };
  });
  return { roots, photos, refused: [], sidecars: new Map(), problems: [] };
}

const group = (files: Parameters<typeof found>[0], mode: GroupMode = 'auto', roots?: readonly string[]): Grouping =>
  groupPhotos(found(files, roots), mode, settings);

/** `name: photo photo`, in the order of the sources. */
const plan = ({ items }: Grouping): string[] =>
  items.map(({ source, photos }) => `${source.slice('/r'.length)}: ${photos.map(({ path }) => basename(path)).join(' ')}`).sort();

const numbered = (count: number, name: (at: number) => string): string[] => Array.from({ length: count }, (_, at) => name(at + 1));

describe('folders', () => {
  it('a folder is an item, named by its words', () => {
    const { items } = group(['Blue Mug 2/IMG_1.jpg', 'Blue Mug 2/IMG_2.jpg', 'levis 501/a.jpg', '7/x.jpg']);
    expect(items.map(({ source, nameWords, confidence }) => [source, nameWords, confidence])).toEqual([
      ['/r/7', [], 1],
      ['/r/Blue Mug 2', ['blue', 'mug'], 1],
      ['/r/levis 501', ['levis'], 1],
    ]);
  });

  it('the front goes first and labels last, the rest as people count', () => {
    expect(
      plan(group(['mug/tag.jpg', 'mug/10.jpg', 'mug/9.jpg', 'mug/mug_front.jpg', 'mug/back.jpg', 'mug/IMG_1_label.jpg', 'mug/бирка.jpg'])),
    ).toEqual(['/mug: mug_front.jpg 9.jpg 10.jpg back.jpg IMG_1_label.jpg tag.jpg бирка.jpg']);
  });

  it.each([
    ['A01-7', 'A01-7', []],
    ['A01-7 blue mug', 'A01-7', ['blue', 'mug']],
    ['b2-14_lamp', 'B2-14', ['lamp']],
    ['blue mug', undefined, ['blue', 'mug']],
    ['A01-7x mug', undefined, ['a01', '7x', 'mug']],
  ])('%s is bin %s', (folder, bin, words) => {
    const [item] = group([`${folder}/1.jpg`]).items;
    expect([item?.bin, item?.nameWords]).toEqual([bin, words]);
  });

  it('numbers that begin all names are the seller’s order, whatever the names say; counters behind a name are not', () => {
    const order = (...names: readonly string[]) => {
      const [item] = group(names.map((name) => `mug/${name}`)).items;
      return [item?.photos.map(({ path }) => basename(path)), item?.seller.photos];
    };
    expect(order('10 front.jpg', '2-label.jpg', '1_back.jpg')).toEqual(
      Array(2).fill(['1_back.jpg', '2-label.jpg', '10 front.jpg']) as string[][],
    );
    expect(order('2.jpg', '1.jpg')).toEqual([
      ['1.jpg', '2.jpg'],
      ['1.jpg', '2.jpg'],
    ]);
    expect(order('label.jpg', 'front.jpg', 'a.jpg')[1]).toEqual(['front.jpg', 'a.jpg', 'label.jpg']);
    for (const counted of [
      ['mug_2.jpg', 'mug_1.jpg'],
      ['IMG_0002.jpg', 'IMG_0001.jpg'],
      ['1 a.jpg', 'b.jpg'],
      ['a.jpg', 'label.jpg'],
      ['1.jpg'],
    ])
      expect(order(...counted)[1], counted.join()).toBeUndefined();
  });

  it('names in decomposed letters, as macOS hands them out, are the same names', () => {
    expect(group([`${'Grüner Käse'.normalize('NFD')}/1.jpg`]).items[0]?.nameWords).toEqual(['grüner', 'käse']);
  });

  it('a folder that tells nothing takes the words its photos agree on', () => {
    expect(group(['1/red-mug_1.jpg', '1/red-mug_2.jpg']).items[0]?.nameWords).toEqual(['red', 'mug']);
    expect(group(['1/red-mug_1.jpg', '1/vase_2.jpg']).items[0]?.nameWords).toEqual([]);
  });

  it('the folder that was asked for is one item when it holds one thing', () => {
    expect(plan(group(numbered(8, (at) => `mug_${at}.jpg`)))).toHaveLength(1);
    expect(plan(group(numbered(8, (at) => `IMG_100${at}.jpg`)))).toHaveLength(1);
  });

  it('without a telling name of its own, it is parted where photos are minutes apart', () => {
    const roll = [
      ['IMG_1.jpg', 0],
      ['IMG_2.jpg', 30],
      ['IMG_3.jpg', 900],
      ['IMG_4.jpg', 930],
    ] as const;
    expect(plan(group(roll))).toEqual(['#IMG_1.jpg: IMG_1.jpg IMG_2.jpg', '#IMG_3.jpg: IMG_3.jpg IMG_4.jpg']);
    const inNamed = roll.map(([name, at]) => [`blue mug/${name}`, at] as const);
    expect(plan(group(inNamed, 'auto', ['/r/blue mug']))).toHaveLength(1);
  });
});

describe('piles', () => {
  it('loose photos beside folders are parted by name, and the folders stay items', () => {
    expect(plan(group(['mug_1.jpg', 'mug_2.jpg', 'hat_1.jpg', 'jeans/1.jpg']))).toEqual([
      '#hat: hat_1.jpg',
      '#mug: mug_1.jpg mug_2.jpg',
      '/jeans: 1.jpg',
    ]);
  });

  it.each(['DCIM', '100APPLE', '101MSDCF', 'Camera Roll', 'Photos', '2024-03-09', '202403__'])('%s is a pile even when small', (folder) => {
    expect(plan(group([`${folder}/mug_1.jpg`, `${folder}/hat_1.jpg`, `${folder}/mug_2.jpg`]))).toEqual([
      `/${folder}#hat: hat_1.jpg`,
      `/${folder}#mug: mug_1.jpg mug_2.jpg`,
    ]);
  });

  it('counter names and ids never group by name', () => {
    const names = [
      'IMG_1234',
      'IMG_E1235',
      'DSC0001',
      'DSC_0002',
      'PXL_20240101_101010123',
      'P1010001',
      'GOPR0001',
      'WhatsApp Image 2024-01-01 at 10.10.10',
      'Screenshot_20240101-101010',
    ];
    const ids = [
      '0e99edde-0ed8-4c8c-a405-0517c1b801a4',
      '56526f67-a471-4560-8e96-ac84c47706b9',
      '20240101_101010',
      'photo 1',
      'photo 2',
      'image0',
      'a',
      'IMG-20240101-WA0001',
      '17',
    ];
    const { items } = group([...names, ...ids].map((name) => `DCIM/${name}.jpg`));
    expect(items).toHaveLength(names.length + ids.length);
    for (const { nameWords, confidence } of items) expect([nameWords, confidence]).toEqual([[], 0.3]);
  });

  it('numbers count shots of one thing, or name things', () => {
    const groups = (names: readonly string[]): string[] =>
      plan(group(names.map((name) => `DCIM/${name}.jpg`))).map((line) => line.replace('/DCIM#', '').replace(/:.*/, ''));
    expect(groups(['mug_1', 'mug_2', 'mug_3'])).toEqual(['mug']);
    expect(groups(['mug1', 'mug2'])).toEqual(['mug']);
    expect(groups(['mug', 'mug (2)', 'mug (3)'])).toEqual(['mug']);
    expect(groups(['mug_007', 'mug_009'])).toEqual(['mug']);
    expect(groups(['levis 501', 'levis 511'])).toEqual(['levis 501', 'levis 511']);
    expect(groups(['nikon d80', 'nikon d90'])).toEqual(['nikon d80', 'nikon d90']);
    expect(groups(['shirt1', 'shirt1_tag', 'shirt2', 'shirt2_tag'])).toEqual(['shirt 1', 'shirt 2']);
    expect(groups(['mug1_1', 'mug1_2', 'mug2_1'])).toEqual(['mug1', 'mug2']);
    expect(groups(['A01-7 mug_1', 'A01-7 mug_2', 'A01-8 mug_1'])).toEqual(['A01-7 mug', 'A01-8 mug']);
  });

  /** `key: photos` of each item, a question mark where it is in doubt. */
  const byName = (names: string): string =>
    group(names.split(' ').map((name) => `DCIM/${name.replaceAll('~', ' ')}.jpg`))
      .items.map(({ source, photos, confidence, border }) => {
        if (border.kind === 'name') expect(border.confidence < 0.5, source).toBe(confidence < 0.5);
        return `${source.slice('/r/DCIM#'.length).replace('.jpg', '')}:${photos.length}${confidence < 0.5 ? '?' : ''}`;
      })
      .join(' ');

  it.each([
    ['ABC123 ABC123_2 ABC123_3 ABC124', 'abc123:3 abc124:1'],
    ['ABC123 ABC123~(2)', 'abc123:2'],
    ['ABC123a ABC123b ABC124A ABC124B ABC124C', 'abc123:2 abc124:3'],
    ['10432a 10432b 0042a 0042b', '0042:2 10432:2'],
    ['vitamin-b12a vitamin-b12c', 'vitamin b12a:1 vitamin b12c:1'],
    ['ABC123 ABC123-2 ABC124-1 ABC124-2 ABC125-1', 'abc123:2 abc124:2 abc125:1'],
    ['mug1 mug1_2 mug2', 'mug1:2 mug2:1'],
    ['SKU_1001 SKU_1001_2 SKU_1002', 'sku 1001:2 sku 1002:1'],
    ['SKU1001 SKU1001_2 SKU1002 SKU1003', 'sku1001:2 sku1002:1 sku1003:1'],
    ['10432_1 10432_2 0042_1', '0042:1 10432:2'],
    ['10432 10432~(2) 10433 10433~(2)', '10432:2 10433:2'],
    ['10432-front 10432-back 10433-front', '10432:2 10433:1'],
  ])('a number that others have a counter behind belongs to the name: %s', (names, items) => {
    expect(byName(names)).toBe(items);
  });

  it.each([
    ['ABC123 ABC124 ABC125', 'abc 123:1? abc 124:1? abc 125:1?'],
    ['ABC001 ABC002 ABC003', 'abc:3?'],
    ['ABC-001 ABC-002', 'abc:2?'],
    ['SKU-1001 SKU-1002 SKU-1003', 'sku 1001:1? sku 1002:1? sku 1003:1?'],
    ['mug4 mug5 mug6', 'mug:3?'],
    ['mug_2 mug_3', 'mug 2:1? mug 3:1?'],
    ['levis levis~501', 'levis:2?'],
    ['ABC123-1 ABC123-2', 'ABC123-1:1? ABC123-2:1?'],
    ['KMRZ0417 KMRZ0418 KMRZ0419', 'kmrz0417:1? kmrz0418:1? kmrz0419:1?'],
    ['10432_1 10432_2 10433', '10432:2 10433:1?'],
    [numbered(25, (at) => `hat${at}`).join(' '), numbered(25, (at) => `hat ${at}:1?`).join(' ')],
  ])('what may count shots as well as things is in doubt: %s', (names, items) => {
    expect(byName(names)).toBe(items);
  });

  it.each(['mug1 mug2', 'mug1 mug2 mug3', 'mug_001 mug_002', 'mug mug_2 mug_3', 'mug_5 mug_6 mug_7', 'MUG_1 MUG_2'])(
    'what counts from one, or goes on, counts shots: %s',
    (names) => {
      expect(byName(names)).toBe(`mug:${names.split(' ').length}`);
    },
  );

  it('a number that is a day, a year, a moment or a camera’s counter names no item, whatever stands behind it', () => {
    const names = ['20240501_1', '20240501_2', '2024_1', '2024_2', '240501-1', '240501-2', '1714550000_1', '1714550000_2', '100_0001'];
    const more = ['31122024_1', '31122024_2', 'IMG_1234', 'IMG_1234~(2)', 'DSC00012-1', 'DSC00012-2', 'PXL_20240101_101010123~2'];
    for (const { nameWords, confidence } of group([...names, ...more].map((name) => `DCIM/${name.replaceAll('~', ' ')}.jpg`)).items)
      expect([nameWords, confidence]).toEqual([[], 0.3]);
  });

  it('most numbers of a roll that stand alone are a camera’s, also where one was copied', () => {
    expect(byName('1234 1234~(2) 1235 1236 1237')).toBe('1234:1? 1234 (2):1? 1235:1? 1236:1? 1237:1?');
  });

  it('names that may be those of several things make the folder that was asked for a pile, unless it is named so', () => {
    expect(plan(group(['ABC001.jpg', 'ABC002.jpg'], 'auto', ['/r']))).toEqual(['#abc: ABC001.jpg ABC002.jpg']);
    const named = group(['stock/ABC001.jpg', 'stock/ABC002.jpg'], 'auto', ['/r/stock']).items;
    expect(named.map(({ source, confidence }) => [source, confidence])).toEqual([['/r/stock#abc', 0.4]]);
    const told = group(['blue mug/mug001.jpg', 'blue mug/mug002.jpg'], 'auto', ['/r/blue mug']).items;
    expect(told.map(({ source, confidence }) => [source, confidence])).toEqual([['/r/blue mug', 1]]);
  });

  it('the rest is parted by time; without time and name each photo is an item, with little confidence', () => {
    const { items } = group([
      ['DCIM/IMG_1.jpg', 0],
      ['DCIM/IMG_2.jpg', 20],
      ['DCIM/IMG_3.jpg', 500],
      'DCIM/IMG_4.jpg',
      'DCIM/IMG_5.jpg',
      'DCIM/mug_1.jpg',
      'DCIM/mug_2.jpg',
    ]);
    expect(items.map(({ source, photos, confidence }) => [source.slice(8), photos.length, confidence])).toEqual([
      ['mug', 2, 0.9],
      ['IMG_1.jpg', 2, 0.75],
      ['IMG_3.jpg', 1, 0.5],
      ['IMG_4.jpg', 1, 0.3],
      ['IMG_5.jpg', 1, 0.3],
    ]);
  });

  it('more than 24 taken without a pause are parted at the longest, never cut off', () => {
    const { items, refused } = group(
      numbered(40, (at) => String(at)).map((at) => [`DCIM/IMG_${at}.jpg`, Number(at) * 10 + (Number(at) > 22 ? 60 : 0)] as const),
    );
    expect(items.map(({ photos }) => photos.length)).toEqual([22, 18]);
    expect(refused).toEqual([]);
  });

  it('of more than 24 photos of one name the first 24 are used, the rest refused', () => {
    const { items, refused } = group(numbered(30, (at) => `mug_${at}.jpg`));
    expect(items.map(({ photos }) => photos.length)).toEqual([24]);
    expect(refused.map(({ path, reason }) => [basename(path), reason.code])).toEqual(
      numbered(6, (at) => `mug_${24 + at}.jpg`).map((name) => [name, 'photo.too-many']),
    );
  });

  it('sources stay the same when the order or the number of other photos changes', () => {
    const files = [['DCIM/IMG_1.jpg', 0], ['DCIM/IMG_2.jpg', 20], 'DCIM/mug_1.jpg', 'DCIM/mug_2.jpg'] as const;
    const before = plan(group(files));
    expect(plan(group([...files].reverse()))).toEqual(before);
    expect(plan(group([...files, ['DCIM/IMG_9.jpg', 5000]]))).toEqual(expect.arrayContaining(before));
  });
});

describe('forced modes', () => {
  const files = [['mug_1.jpg', 0], ['mug_2.jpg', 1000], ['hat_1.jpg', 1010], 'IMG_1.jpg'] as const;

  it('folder: whatever lies together is one item', () => {
    expect(plan(group(files, 'folder'))).toHaveLength(1);
    const { items, refused } = group(
      numbered(30, (at) => `DCIM/IMG_${at}.jpg`),
      'folder',
    );
    expect([items[0]?.photos.length, refused.length]).toEqual([24, 6]);
  });

  it('name: also inside folders, and never by time', () => {
    expect(plan(group([...files, 'box/a hat.jpg', 'box/a cup.jpg'], 'name'))).toEqual([
      '#IMG_1.jpg: IMG_1.jpg',
      '#hat: hat_1.jpg',
      '#mug: mug_1.jpg mug_2.jpg',
      '/box#a cup: a cup.jpg',
      '/box#a hat: a hat.jpg',
    ]);
  });

  it('time: never by name', () => {
    expect(plan(group(files, 'time'))).toEqual(['#IMG_1.jpg: IMG_1.jpg', '#mug_1.jpg: mug_1.jpg', '#mug_2.jpg: hat_1.jpg mug_2.jpg']);
  });

  it('divider: without one in it, a folder is one item, and in doubt when it is too many photos for one', () => {
    const { items } = group(files, 'divider');
    expect(items.map(({ photos, confidence }) => [photos.length, confidence])).toEqual([[4, 0.6]]);
    const many = group(
      numbered(30, (at) => `IMG_${at}.jpg`),
      'divider',
    );
    expect(many.items.map(({ photos, confidence }) => [photos.length, confidence])).toEqual([
      [24, 0.4],
      [6, 0.4],
    ]);
  });
});

describe.skipIf(!hasCorpus)('the real items', () => {
  it('34 folders are 34 items with all their photos', async () => {
    const folder = await copyOf('items');
    const { items, refused } = groupPhotos(await scan([folder]), 'auto', settings);
    const { items: expected } = corpusItems();
    expect(items.map(({ source }) => source.slice(folder.length + 1)).sort()).toEqual(Object.keys(expected).sort());
    expect(items).toHaveLength(34);
    for (const { source, photos, confidence } of items) {
      const name = source.slice(folder.length + 1);
      expect(photos.map(({ path }) => path.slice(folder.length + 1)).sort()).toEqual([...(expected[name]?.photos ?? [])].sort());
      expect(confidence).toBe(1);
    }
    expect(items.find(({ source }) => source.endsWith('dress-kids-stars'))?.photos.map(({ path }) => basename(path))).toEqual([
      'front.jpg',
      'back.jpg',
    ]);
    expect(items.find(({ source }) => source.endsWith('shirt-red-plaid'))?.photos.map(({ path }) => basename(path))).toEqual([
      'рубашки1.JPG',
      'рубашка1_бирка.JPG',
    ]);
    expect(refused).toEqual([]);
  });

  /** The camera roll in one folder; which items its photos came from, group by group. */
  async function flattened(nameOf: (file: string, at: number) => string): Promise<{ origins: string[][]; confidences: number[] }> {
    const folder = join(await throwAwayFolder(), 'photos');
    const origin = new Map<string, string>();
    await mkdir(folder);
    for (const [at, { file, item }] of corpusItems().cameraRoll.entries()) {
      await cp(join(corpus, 'items', file), join(folder, nameOf(file, at)));
      origin.set(nameOf(file, at), item);
    }
    const { items } = groupPhotos(await scan([folder]), 'auto', settings);
    return {
      origins: items.map(({ photos }) => photos.map(({ path }) => origin.get(basename(path)) ?? '')),
      confidences: items.map(({ confidence }) => confidence),
    };
  }

  it('the camera roll in one folder, under the names its owner gave: all four items', async () => {
    const { origins } = await flattened((file) => basename(file));
    expect(origins.map((names) => [...new Set(names)])).toHaveLength(4);
    for (const names of origins) expect([names.length, new Set(names).size]).toEqual([2, 1]);
  });

  it('under counter names: the clear pairs are right, and what time cannot tell is not merged with confidence', async () => {
    const { origins, confidences } = await flattened((_, at) => `IMG_${1000 + at}.JPG`);
    const sure = origins.filter((_, at) => (confidences[at] ?? 0) >= 0.6);
    expect(sure.map((names) => names.join(' ')).sort()).toEqual([
      'shirt-red-plaid shirt-red-plaid',
      'tshirt-white-fleck tshirt-white-fleck',
    ]);
    for (const [at, names] of origins.entries()) if (new Set(names).size > 1) expect(confidences[at]).toBeLessThan(0.5);
  });
});

describe('sidecars find their items', () => {
  async function world(
    photos: readonly string[],
    texts: Readonly<Record<string, string>>,
  ): Promise<{ grouping: Grouping; folder: string; problems: readonly string[] }> {
    const folder = await throwAwayFolder();
    await makePhotos(folder, photos);
    for (const [name, text] of Object.entries(texts)) await writeFile(join(folder, name), text);
    const scanned = await scan([folder]);
    return { grouping: groupPhotos(scanned, 'auto', settings), folder, problems: scanned.problems };
  }

  it('defaults hold for all below, the nearest wins, the item itself last', async () => {
    const { grouping } = await world(['a/1.jpg', 'b/c/1.jpg'], {
      'defaults.yaml': 'brand: Far\ncondition: used\naspects: {Theme: Cats}\n',
      'b/defaults.json': '{"brand": "Near"}',
      'b/c/item.yaml': 'price: 9.99\nnote: from the sidecar\naspects: {Style: Modern}\n',
      'b/c/notes.txt': 'from the notes',
    });
    expect(grouping.items.map(({ seller }) => seller)).toEqual([
      { brand: 'Far', condition: 'used', aspects: { Theme: ['Cats'] } },
      {
        brand: 'Near',
        condition: 'used',
        aspects: { Theme: ['Cats'], Style: ['Modern'] },
        price: { minor: 999, currency: 'USD' },
        note: 'from the sidecar\nfrom the notes',
      },
    ]);
    expect(grouping.refused).toEqual([]);
  });

  it('"photos" puts them in order; a name that fits none is a problem', async () => {
    const folder = await throwAwayFolder();
    await makePhotos(join(folder, 'mug'), ['front.jpg', 'back.jpg', 'rim.jpg']);
    await writeFile(join(folder, 'mug/item.json'), JSON.stringify({ photos: ['rim', 'Back.jpg'] }));
    const [item] = groupPhotos(await scan([folder]), 'auto', settings).items;
    expect(item?.photos.map(({ path }) => basename(path))).toEqual(['rim.jpg', 'back.jpg', 'front.jpg']);
    expect(item?.seller.photos).toEqual(['rim.jpg', 'back.jpg', 'front.jpg']);
    expect(item?.problem).toBeUndefined();
    await writeFile(join(folder, 'mug/item.json'), JSON.stringify({ photos: ['handle.jpg'] }));
    const [wrong] = groupPhotos(await scan([folder]), 'auto', settings).items;
    expect(wrong?.problem).toMatchObject({ code: 'sidecar.invalid', message: expect.stringContaining('handle.jpg') });
  });

  it('in a pile by the name of its photos', async () => {
    const { grouping } = await world(['mug_1.jpg', 'mug_2.jpg', 'mug blue_1.jpg', 'IMG_7.jpg', 'hat_1.jpg'], {
      'mug.json': '{"brand": "Acme"}',
      'IMG_7.yaml': 'brand: Seven',
      'hat.txt': 'a note',
    });
    const brands = Object.fromEntries(grouping.items.map(({ source, seller }) => [source.replace(/.*#/, ''), seller.brand ?? seller.note]));
    expect(brands).toEqual({ mug: 'Acme', 'mug blue': undefined, 'IMG_7.jpg': 'Seven', hat: 'a note' });
  });

  it('beside the folder with the pictures', async () => {
    const { grouping } = await world(['mug/pictures of it/1.jpg', 'hat/1.jpg'], { 'mug/item.json': '{"brand": "Acme"}' });
    expect(grouping.items.map(({ seller }) => seller.brand)).toEqual([undefined, 'Acme']);
  });

  it('mistakes in three of them are told together, and each item carries its own', async () => {
    const { grouping, problems, folder } = await world(['a/1.jpg', 'b/1.jpg', 'c/1.jpg', 'd/1.jpg'], {
      'a/item.json': '{"colour": "blue"}',
      'b/item.yaml': 'price: [',
      'c/item.json': '{"quantity": "many"}',
      'd/item.json': '{"brand": "Fine"}',
    });
    expect(problems).toHaveLength(3);
    for (const [at, name] of ['a/item.json', 'b/item.yaml', 'c/item.json'].entries()) expect(problems[at]).toContain(join(folder, name));
    expect(grouping.items.map(({ problem }) => problem?.code)).toEqual([
      'sidecar.invalid',
      'sidecar.invalid',
      'sidecar.invalid',
      undefined,
    ]);
    expect(grouping.items[0]?.problem?.message).toMatch(/did you mean "color"/);
  });

  it('a mistake in defaults concerns every item below it', async () => {
    const { grouping } = await world(['x/a/1.jpg', 'x/b/1.jpg', 'y/1.jpg'], { 'x/defaults.json': '{"prize": 3}' });
    expect(grouping.items.map(({ problem }) => problem !== undefined)).toEqual([true, true, false]);
  });

  it('one for one item among several, or two for one item, is a problem and never dropped', async () => {
    const pile = await world(['mug_1.jpg', 'hat_1.jpg'], { 'item.json': '{"price": "5"}', 'notes.txt': 'which one?' });
    expect(pile.grouping.items.map(({ problem, seller }) => [problem?.code, seller])).toEqual([
      ['sidecar.invalid', {}],
      ['sidecar.invalid', {}],
    ]);
    expect(pile.grouping.refused.map(({ path, reason }) => [basename(path), reason.code])).toEqual([['notes.txt', 'sidecar.invalid']]);
    const twice = await world(['mug/1.jpg'], { 'mug/item.json': '{"price": "5"}', 'mug/item.yaml': 'price: 6' });
    expect(twice.grouping.items[0]?.problem?.message).toMatch(/item\.json and item\.yaml lie in the same folder/);
    const several = await world(['red mug_1.jpg', 'red hat_1.jpg'], { 'red.json': '{"price": "5"}' });
    expect(several.grouping.items.map(({ problem }) => problem?.code)).toEqual(['sidecar.invalid', 'sidecar.invalid']);
  });

  it('one without photos is refused with a reason', async () => {
    const folder = await throwAwayFolder();
    await makePhotos(folder, ['a/1.jpg']);
    await mkdir(join(folder, 'empty'));
    await writeFile(join(folder, 'empty/item.json'), '{}');
    await writeFile(join(folder, 'a/other.json'), '{}');
    const scanned = await scan([folder]);
    expect(scanned.refused).toMatchObject([
      { path: join(folder, 'a/other.json'), reason: { code: 'file.not-a-photo', hint: expect.stringMatching(/item\.json/) } },
    ]);
    expect(groupPhotos(scanned, 'auto', settings).refused).toMatchObject([
      { path: join(folder, 'empty/item.json'), reason: { code: 'sidecar.invalid' } },
    ]);
  });
});
