import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCardCodes } from '../../adapters/registry.ts';
import type { Glance } from '../../core/glance.ts';
import { sha256 } from '../../core/hash.ts';
import type { Photo, PhotoHash } from '../../core/item.ts';
import { greyPng } from '../../imaging/encode-png.ts';
import { type Divider, dividersAmong } from '../../intake/dividers.ts';
import { glanceAt } from '../../intake/glance-at.ts';
import { groupPhotos, type PlannedItem } from '../../intake/group-photos.ts';
import { type ScanResult, scanFolders } from '../../intake/scan-folders.ts';
import { drawCard } from '../../report/divider-cards.ts';
import type { PileScore } from '../../report/eval-grouping.ts';
import type { App } from '../app.ts';
import { type PiledPhoto, type PileOptions, pileUp } from './pile.ts';

/** Kinds of piles, from the kindest to those that nobody can take apart. */
const PILES: Readonly<Record<string, PileOptions>> = {
  'divider cards, equal times': { dividers: 'all', times: 'equal', names: 'counter' },
  'divider cards, shuffled names': { dividers: 'all', times: 'gaps', names: 'shuffled' },
  'every fourth divider missing': { dividers: 'some', times: 'gaps', names: 'counter' },
  'time gaps': { dividers: 'none', times: 'gaps', names: 'counter' },
  'time gaps, shuffled names': { dividers: 'none', times: 'gaps', names: 'shuffled' },
  'equal times': { dividers: 'none', times: 'equal', names: 'counter' },
  'equal times, shuffled names': { dividers: 'none', times: 'equal', names: 'shuffled' },
  'SKU in the name, equal times': { dividers: 'none', times: 'equal', names: 'sku' },
  'SKU or counter, equal times': { dividers: 'none', times: 'equal', names: 'run-on' },
};

const DOUBTFUL_BELOW = 0.5;

/**
 * Makes piles of folders that hold one item each (`rounds` of every kind, each in another order and at another pace)
 * and compares how they are taken apart with the folders. Photos, looks and hashes are real; names and times are made.
 * Cards are drawn as they are printed and read like photos; one that is not read divides nothing. Leaves nothing on disk.
 * Errors: those of a scan.
 */
export async function evalGrouping(app: App, directory: string, rounds: number, signal: AbortSignal): Promise<readonly PileScore[]> {
  const { settings, store } = app;
  const scanned = await scanFolders([directory], { files: store.files, settings, signal });
  const truth = groupPhotos(scanned, 'folder', settings).items.map(({ photos }) => photos);
  const glances = await glanceAt(scanned.photos, { store: store.grouping, readCodes: readCardCodes, signal });
  const cards = await readCards(Math.min(truth.length, MOST_CARDS), scanned.photos[0], signal);
  return Object.entries(PILES).map(([pile, options]) => {
    const results = Array.from({ length: rounds }, (_, round) => {
      const shots = pileUp(truth, options, round + 1);
      const scan: ScanResult = {
        roots: ['/pile'],
        photos: shots.map(({ photo }) => photo),
        refused: [],
        sidecars: new Map(),
        problems: [],
      };
      const dividers = new Map(
        shots.flatMap(({ photo, item, divides }) => {
          const card = divides ? cards[item % MOST_CARDS] : undefined;
          return card ? [[photo.sha256, card] as const] : [];
        }),
      );
      return compare(shots, groupPhotos(scan, 'auto', settings, { glances, dividers, placements: new Map() }).items);
    });
    return score(pile, results);
  });
}

/** A seller prints some and uses them again and again. */
const MOST_CARDS = 48;

/** What is read of that many cards; `photo` is any, of which a card's has all but place and content. */
async function readCards(count: number, photo: Photo | undefined, signal: AbortSignal): Promise<readonly (Divider | undefined)[]> {
  if (!photo) return [];
  const folder = await mkdtemp(join(tmpdir(), 'easyflip-eval-'));
  const store = { glances: async () => new Map<PhotoHash, Glance>(), rememberGlances: async () => undefined };
  try {
    const cards = Array.from({ length: count }, (_, at) => ({
      ...photo,
      path: join(folder, `${at + 1}.png`),
      sha256: sha256(`card ${at + 1}`) as PhotoHash,
    }));
    for (const [at, { path }] of cards.entries()) await writeFile(path, await greyPng(await drawCard({ number: at + 1 })));
    const glances = await glanceAt(cards, { store, readCodes: readCardCodes, signal });
    const dividers = await dividersAmong(cards, glances, { dividerCodes: [], currency: 'USD' });
    return cards.map((card) => dividers.get(card.sha256));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

type Compared = Record<
  'items' | 'exact' | 'drawn' | 'there' | 'right' | 'wrongGroups' | 'wrongFlagged' | 'rightGroups' | 'rightFlagged',
  number
>;

/** Borders are counted between photos that were taken one after the other. */
function compare(shots: readonly PiledPhoto[], groups: readonly PlannedItem[]): Compared {
  const groupOf = new Map(groups.flatMap(({ photos }, at) => photos.map((photo): [string, number] => [photo.sha256, at])));
  const photos = shots.filter(({ divides }) => !divides);
  const borders = photos.slice(1).map(({ photo, item }, at) => ({
    there: item !== photos[at]?.item,
    drawn: groupOf.get(photo.sha256) !== groupOf.get(photos[at]?.photo.sha256 ?? ''),
  }));
  const keyOf = (members: readonly Photo[]): string =>
    members
      .map(({ sha256: hash }) => hash)
      .sort()
      .join();
  const byItem = new Map<number, Photo[]>();
  for (const { photo, item } of photos) byItem.set(item, [...(byItem.get(item) ?? []), photo]);
  const wanted = new Set([...byItem.values()].map(keyOf));
  const right = groups.filter((group) => wanted.has(keyOf(group.photos)));
  const wrong = groups.filter((group) => !wanted.has(keyOf(group.photos)));
  const flagged = (some: readonly PlannedItem[]): number => some.filter(({ confidence }) => confidence < DOUBTFUL_BELOW).length;
  return {
    items: wanted.size,
    exact: right.length,
    drawn: borders.filter(({ drawn }) => drawn).length,
    there: borders.filter(({ there }) => there).length,
    right: borders.filter(({ drawn, there }) => drawn && there).length,
    wrongGroups: wrong.length,
    wrongFlagged: flagged(wrong),
    rightGroups: right.length,
    rightFlagged: flagged(right),
  };
}

function score(pile: string, results: readonly Compared[]): PileScore {
  const sum = (key: keyof Compared): number => results.reduce((total, result) => total + result[key], 0);
  const share = (part: keyof Compared, of: keyof Compared, none: number): number => (sum(of) === 0 ? none : sum(part) / sum(of));
  return {
    pile,
    items: sum('items'),
    exact: share('exact', 'items', 1),
    precision: share('right', 'drawn', 1),
    recall: share('right', 'there', 1),
    wrongFlagged: share('wrongFlagged', 'wrongGroups', 1),
    rightFlagged: share('rightFlagged', 'rightGroups', 0),
  };
}
