import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../../src/core/hash.ts';
import { MAX_PHOTOS_PER_ITEM, type Photo, type PhotoHash } from '../../src/core/item.ts';
import { LEFT_OUT, type Placement } from '../../src/core/ports/index.ts';
import type { GroupMode } from '../../src/core/settings.ts';
import type { Divider } from '../../src/intake/dividers.ts';
import { type Grouping, type GroupingHints, groupPhotos } from '../../src/intake/group-photos.ts';
import type { ScanResult } from '../../src/intake/scan-folders.ts';
import { photoSettings } from '../imaging/corpus.ts';
import { runs } from './runs.ts';

/** Like test/intake/piles.test.ts, with names and times from anywhere, sidecars' folders left out; a photo is a path and perhaps a time. */
interface Shot {
  readonly path: string;
  /** Seconds after ten o'clock. */
  readonly at?: number;
  readonly divider?: 'card' | 'black' | undefined;
  readonly place?: string | undefined;
}

const photoOf = ({ path, at }: Shot): Photo => ({
  sha256: sha256(path) as PhotoHash,
  path: `/r/${path}`,
  bytes: 1,
  kind: 'jpeg',
  width: 800,
  height: 600,
  ...(at === undefined ? {} : { takenAt: new Date(Date.UTC(2024, 0, 1, 10, 0, at)).toISOString().slice(0, 19) }),
});
const dividerOf = (kind: Divider['kind']): Divider => ({ kind, label: kind, confidence: 0.95, facts: {}, problems: [] });

function group(shots: readonly Shot[], mode: GroupMode, placements: ReadonlyMap<PhotoHash, Placement> = placementsOf(shots)): Grouping {
  const photos = shots.map(photoOf);
  const scan: ScanResult = { roots: ['/r'], photos, refused: [], sidecars: new Map(), problems: [] };
  const dividers = new Map(shots.flatMap((shot) => (shot.divider ? [[photoOf(shot).sha256, dividerOf(shot.divider)] as const] : [])));
  const hints: GroupingHints = { dividers, glances: new Map(), placements };
  return groupPhotos(scan, mode, { photos: photoSettings }, hints);
}

const placementsOf = (shots: readonly Shot[]): ReadonlyMap<PhotoHash, Placement> =>
  new Map(shots.flatMap((shot) => (shot.place ? [[photoOf(shot).sha256, { group: shot.place }] as const] : [])));

const name = fc.oneof(
  fc.integer({ min: 1, max: 60 }).map((at) => `IMG_${at}`),
  fc.integer({ min: 1, max: 30 }).map((at) => `mug_${at}`),
  fc.integer({ min: 1, max: 30 }).map((at) => `mug_tag_${at}`),
  fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 8 })
    .filter((one) => !one.includes('/') && !one.includes('\0') && one !== '.' && one !== '..'),
);
const shot: fc.Arbitrary<Shot> = fc.record(
  {
    path: fc
      .tuple(fc.constantFrom('', 'DCIM/', 'mug/', 'mug/back/', '#/', '__proto__/'), name)
      .map(([place, file]) => `${place}${file}.jpg`),
    at: fc.oneof(fc.integer({ min: 0, max: 3_000 }), fc.constantFrom(0, 5, 5)),
    divider: fc.constantFrom(undefined, undefined, undefined, 'card' as const, 'black' as const),
    place: fc.constantFrom(undefined, undefined, undefined, 'a', 'b', LEFT_OUT),
  },
  { requiredKeys: ['path'] },
);
const shots = fc.uniqueArray(shot, { minLength: 1, maxLength: 80, selector: ({ path }) => path });
const mode = fc.constantFrom<GroupMode>('auto', 'folder', 'name', 'time', 'divider');
const pathsOf = ({ photos }: Grouping['items'][number]): string[] => photos.map(({ path }) => path);

describe('grouping', () => {
  it('puts each photo into exactly one item or refuses it, once; no item is empty or too large', () => {
    fc.assert(
      fc.property(shots, mode, (all, how) => {
        const { items, refused } = group(all, how);
        const seen = [...items.flatMap(pathsOf), ...refused.map(({ path }) => path)].sort();
        expect(seen).toEqual(all.map(({ path }) => `/r/${path}`).sort());
        for (const { photos, confidence } of items) {
          expect(photos.length >= 1 && photos.length <= MAX_PHOTOS_PER_ITEM).toBe(true);
          expect(confidence >= 0 && confidence <= 1).toBe(true);
        }
        expect(new Set(items.map(({ source }) => source)).size).toBe(items.length);
      }),
      runs(200),
    );
  });

  it('a divider that parts a pile is never in an item', () => {
    fc.assert(
      fc.property(shots, fc.constantFrom<GroupMode>('auto', 'divider'), (all, how) => {
        const { items, refused } = group(all, how, new Map());
        const told = new Set(refused.filter(({ reason }) => reason.code === 'file.divider').map(({ path }) => path));
        for (const one of all) {
          if (one.divider !== 'card') continue;
          expect(told).toContain(`/r/${one.path}`);
          expect(items.flatMap(pathsOf)).not.toContain(`/r/${one.path}`);
        }
      }),
      runs(150),
    );
  });

  it('the same again: grouping the same, or what was placed as it was grouped, changes nothing', () => {
    fc.assert(
      fc.property(shots, mode, (all, how) => {
        const plain = all.map(({ place: _, ...rest }): Shot => rest);
        const once = group(plain, how);
        expect(
          group([...plain].reverse(), how)
            .items.map(pathsOf)
            .sort(),
        ).toEqual(once.items.map(pathsOf).sort());
        const asGrouped = new Map(
          once.items.flatMap(({ photos }, at) => photos.map(({ sha256: hash }) => [hash, { group: String(at) }] as const)),
        );
        const again = group(plain, how, asGrouped);
        expect(
          again.items
            .map(pathsOf)
            .map((paths) => paths.sort())
            .sort(),
        ).toEqual(
          once.items
            .map(pathsOf)
            .map((paths) => paths.sort())
            .sort(),
        );
      }),
      runs(150),
    );
  });
});

describe('a pile without end', () => {
  it.each<[string, GroupMode, (at: number) => Shot]>([
    [
      'photos of one roll, each a little later than the one before',
      'time',
      (at) => ({ path: `DCIM/IMG_${at}.jpg`, at: (at * (at + 1)) / 200 }),
    ],
    ['photos taken at the same moment', 'auto', (at) => ({ path: `DCIM/IMG_${at}.jpg`, at: 5 })],
    ['labels of a thing of as many photos', 'auto', (at) => ({ path: `DCIM/${at % 2 ? 'mug' : 'cup_tag'}_${at}.jpg`, at })],
    [
      'photos after one divider',
      'divider',
      (at) => ({ path: `DCIM/IMG_${at}.jpg`, at: at * at, ...(at === 0 ? { divider: 'card' as const } : {}) }),
    ],
    ['photos without a divider', 'divider', (at) => ({ path: `DCIM/IMG_${at}.jpg`, at: 10_000_000 - (20_000 - at) ** 2 / 100 })],
    ['photos in one folder', 'folder', (at) => ({ path: `mug/${at}.jpg` })],
  ])('%s: all are in items or refused', (_, how, make) => {
    const all = Array.from({ length: 3_000 }, (_, at) => make(at));
    const { items, refused } = group(all, how);
    expect(items.reduce((sum, { photos }) => sum + photos.length, 0) + refused.length).toBe(all.length);
  });
});
