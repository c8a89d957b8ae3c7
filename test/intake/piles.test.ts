import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GroupMode } from '../../src/core/settings.ts';
import { groupPhotos } from '../../src/intake/group-photos.ts';
import { photoSettings } from '../imaging/corpus.ts';
import { card, groupShots, namesOf, type Shot, scanOf } from './pile-world.ts';

/** Far from each other. */
const LOOKS = ['0f', 'f0', '33', 'cc', '55', 'aa', '3c', 'c3', '5a', 'a5', '69', '96'].map((byte) => byte.repeat(8));
const GREY = { layout: '80'.repeat(108), codes: [] };

describe('dividers', () => {
  const roll: Shot[] = [
    { path: 'DCIM/IMG_1.jpg', at: 0, divider: card('divider card 1', { bin: 'A01-7' }) },
    { path: 'DCIM/IMG_2.jpg', at: 9 },
    { path: 'DCIM/IMG_3.jpg', at: 15 },
    { path: 'DCIM/IMG_4.jpg', at: 21, divider: card('divider card 2') },
    { path: 'DCIM/IMG_5.jpg', at: 30 },
  ];

  it('part the photos after them, say so, are refused as dividers and give their facts to what follows', () => {
    const grouping = groupShots(roll);
    expect(namesOf(grouping)).toEqual(['IMG_2.jpg IMG_3.jpg', 'IMG_5.jpg']);
    expect(grouping.items.map(({ seller, border }) => [seller, border])).toEqual([
      [{ bin: 'A01-7' }, { kind: 'divider', why: 'after divider card 1', confidence: 0.98 }],
      [{}, { kind: 'divider', why: 'after divider card 2', confidence: 0.98 }],
    ]);
    expect(grouping.refused.map(({ path, reason }) => [path, reason.code])).toEqual([
      ['/r/DCIM/IMG_1.jpg', 'file.divider'],
      ['/r/DCIM/IMG_4.jpg', 'file.divider'],
    ]);
  });

  it('work by the counter when every photo has the same time, and in any folder that holds one', () => {
    const same = roll.map((shot) => ({ ...shot, path: shot.path.replace('DCIM', 'blue mug'), at: 5 }));
    expect(namesOf(groupShots(same))).toEqual(['IMG_2.jpg IMG_3.jpg', 'IMG_5.jpg']);
    const many = Array.from({ length: 20 }, (_, at) => ({
      path: `DCIM/IMG_${at}.jpg`,
      at: 5,
      ...(at % 4 === 0 ? { divider: card(`c${at}`) } : {}),
    }));
    expect(groupShots(many).items.map(({ photos, confidence }) => [photos.length, confidence])).toEqual(Array(5).fill([3, 0.98]));
  });

  it('photos before the first are parted as ever; a card photographed twice divides once', () => {
    const shots: Shot[] = [
      { path: 'DCIM/IMG_1.jpg', at: 0 },
      { path: 'DCIM/IMG_2.jpg', at: 900 },
      { path: 'DCIM/IMG_3.jpg', at: 1000, divider: card('card 1') },
      { path: 'DCIM/IMG_4.jpg', at: 1001, divider: card('card 1') },
      { path: 'DCIM/IMG_5.jpg', at: 1010 },
      { path: 'DCIM/IMG_6.jpg', at: 1020, divider: card('card 2') },
    ];
    expect(namesOf(groupShots(shots))).toEqual(['IMG_1.jpg', 'IMG_2.jpg', 'IMG_5.jpg']);
    expect(namesOf(groupShots(shots, 'divider'))).toEqual(['IMG_1.jpg IMG_2.jpg', 'IMG_5.jpg']);
  });

  it('a forgotten one is suspected where a long pause or too many photos follow, and the item is in doubt', () => {
    const pause = groupShots([...roll, { path: 'DCIM/IMG_6.jpg', at: 900 }]);
    expect(pause.items.map(({ confidence }) => confidence < 0.5)).toEqual([false, true]);
    const many = groupShots([
      { path: 'DCIM/IMG_00.jpg', at: 0, divider: card('card 1') },
      ...Array.from({ length: 30 }, (_, at) => ({ path: `DCIM/IMG_${at + 10}.jpg`, at: 10 + at * 5 })),
    ]);
    expect(many.items.every(({ photos, confidence }) => photos.length <= 24 && confidence < 0.5)).toBe(true);
  });

  it('what no order can be found for is in doubt', () => {
    const shots = ['kx', 'qa', 'zz', 'bo'].map((name, at) => ({
      path: `DCIM/${name}.jpg`,
      ...(at === 2 ? { divider: card('card 1') } : {}),
    }));
    expect(
      groupShots(shots)
        .items.filter(({ border }) => border.kind === 'divider')
        .every(({ confidence }) => confidence < 0.5),
    ).toBe(true);
  });

  it('a card that says something unusable holds its item', () => {
    const [item] = groupShots([
      { ...(roll[0] as Shot), divider: { ...card('card 1'), problems: ['card 1: cost must be an amount.'] } },
      ...roll.slice(1),
    ]).items;
    expect(item?.problem?.code).toBe('sidecar.invalid');
  });
});

describe('a roll without dividers', () => {
  /** Items of `sizes` photos, `within` seconds apart, `between` seconds between items. */
  function roll(sizes: readonly number[], within: number, between: number): Shot[] {
    let at = 0;
    let number = 1000;
    return sizes.flatMap((size) => {
      at += between;
      return Array.from({ length: size }, (_, shot) => {
        at += shot === 0 ? 0 : within + (shot % 3);
        number += 1;
        return { path: `DCIM/IMG_${number}.jpg`, at };
      });
    });
  }

  it.each([
    [4, 25],
    [10, 60],
    [40, 170],
    [100, 420],
  ])('adapts to a seller who takes a photo every %i s and changes the item in %i s', (within, between) => {
    const sizes = [3, 4, 2, 5, 3, 4, 1, 3];
    const { items } = groupShots(roll(sizes, within, between));
    expect(items.map(({ photos }) => photos.length)).toEqual(sizes);
    for (const { confidence, border } of items) {
      expect(confidence).toBeGreaterThanOrEqual(0.5);
      expect(['time', 'start']).toContain(border.kind);
    }
  });

  it('a border between two pictures that look the same is in doubt, on both sides', () => {
    const shots = roll([3, 3, 3, 3], 10, 90).map((shot, at) => ({
      ...shot,
      glance: { ...GREY, look: LOOKS[at === 3 ? 2 : at] ?? '' },
    }));
    const { items } = groupShots(shots);
    expect(items.map(({ confidence }) => confidence < 0.5)).toEqual([true, true, false, false]);
    expect(items[1]?.border.why).toMatch(/IMG_1003.jpg and IMG_1004.jpg look the same/);
  });

  it('without times, neighbours that look alike are proposed as one item, in doubt', () => {
    const looks = ['0000000000000000', '0000000000000001', 'ffffffffffffffff', 'fffffffffffffffe'];
    const shots = looks.map((look, at) => ({
      path: `DCIM/IMG_${at}.jpg`,
      glance: { look, layout: (at < 2 ? '10' : 'e0').repeat(108), codes: [] },
    }));
    const grouping = groupShots(shots);
    expect(namesOf(grouping)).toEqual(['IMG_0.jpg IMG_1.jpg', 'IMG_2.jpg IMG_3.jpg']);
    expect(grouping.items.every(({ confidence }) => confidence < 0.5)).toBe(true);
  });
});

describe('whatever lies there', () => {
  const folder = fc.constantFrom('', 'DCIM/', 'mug/', 'mug/back/', '2024-05-01/');
  const name = fc.oneof(
    fc.integer({ min: 1, max: 40 }).map((at) => `IMG_${at}`),
    fc.integer({ min: 1, max: 9 }).map((at) => `mug_${at}`),
    fc.constantFrom('ABC123', 'ABC123_2', 'ABC123-3', 'ABC124', '10432', '10432_1', '10432 (2)', 'KMRZ0417', 'A01-8'),
    fc.constantFrom('hat', 'hat_tag', 'A01-7 (2)', 'shirt1', 'shirt2_tag', 'a', 'кот', '0e99edde-0ed8-4c8c-a405-0517c1b801a4'),
  );
  const shot: fc.Arbitrary<Shot> = fc.record(
    {
      path: fc.tuple(folder, name).map(([place, file]) => `${place}${file}.jpg`),
      at: fc.integer({ min: 0, max: 3000 }),
      divider: fc.constantFrom(card('card 1'), card('card 2', { bin: 'B' })),
      glance: fc.constantFrom({ ...GREY, look: '00ff00ff00ff00ff' }, { ...GREY, look: 'ff00ff00ff00ff00' }, { codes: [] }),
      placement: fc.constantFrom('', 'together', 'also'),
    },
    { requiredKeys: ['path'] },
  );
  const pile = fc.uniqueArray(shot, { minLength: 1, maxLength: 70, selector: ({ path }) => path });
  const mode = fc.constantFrom<GroupMode>('auto', 'folder', 'name', 'time', 'divider');

  it('every photo is in exactly one item or refused, no item has more than 24 or none, no two one source', () => {
    fc.assert(
      fc.property(pile, mode, (shots, how) => {
        const { items, refused } = groupShots(shots, how);
        const all = [...items.flatMap(({ photos }) => photos.map(({ path }) => path)), ...refused.map(({ path }) => path)];
        expect(all.toSorted()).toEqual(shots.map(({ path }) => `/r/${path}`).toSorted());
        for (const { photos } of items) expect(photos.length >= 1 && photos.length <= 24).toBe(true);
        expect(new Set(items.map(({ source }) => source)).size).toBe(items.length);
        for (const { confidence, border } of items)
          for (const value of [confidence, border.confidence]) expect(value >= 0 && value <= 1).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('the order in which the photos were found changes nothing', () => {
    fc.assert(
      fc.property(pile, mode, fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (shots, how, random) => {
        const { scan, hints } = scanOf(shots);
        const shuffled = scan.photos.map((photo) => ({ photo, key: random.next().value as number })).sort((a, b) => a.key - b.key);
        const again = groupPhotos({ ...scan, photos: shuffled.map(({ photo }) => photo) }, how, { photos: photoSettings }, hints);
        const told = ({ items }: ReturnType<typeof groupShots>): unknown[] =>
          items.map(({ source, photos, why, confidence }) => [source, photos.map(({ path }) => path), why, confidence]).sort();
        expect(told(again)).toEqual(told(groupPhotos(scan, how, { photos: photoSettings }, hints)));
      }),
      { numRuns: 200 },
    );
  });
});
