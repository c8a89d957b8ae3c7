import { extname, join } from 'node:path';
import { sha256 } from '../../core/hash.ts';
import type { Photo, PhotoHash } from '../../core/item.ts';

export interface PileOptions {
  /** `some`: every fourth was forgotten. */
  readonly dividers: 'all' | 'some' | 'none';
  /** `gaps`: as a camera stamps them, at the pace of one seller; `equal`: as a program that copied them. */
  readonly times: 'gaps' | 'equal';
  /**
   * `counter`: IMG_1001 and on; `shuffled`: as a program that renamed them; `sku`: after their item's SKU, in one of several
   * ways each round; `run-on`: letters with a number that goes on from photo to photo, as SKUs and counters both do.
   */
  readonly names: 'counter' | 'shuffled' | 'sku' | 'run-on';
}

export interface PiledPhoto {
  readonly photo: Photo;
  /** Which item it shows; a divider belongs to the item after it. */
  readonly item: number;
  readonly divides: boolean;
}

/**
 * One pile of these items' photos, in the order in which they were taken: items in another order each round, 3 to
 * 20 s from photo to photo at the seller's pace, 5 to 12 times as long from item to item, sometimes a long break.
 * The same round gives the same pile. Pure.
 */
export function pileUp(
  items: readonly (readonly Photo[])[],
  { dividers, times, names }: PileOptions,
  round: number,
): readonly PiledPhoto[] {
  const random = randomFrom(round);
  const order = items.map((_, item) => ({ item, key: random() })).sort((a, b) => a.key - b.key);
  const pace = 3 + random() * 9;
  let second = 0;
  let number = 1000;
  const nameOf = (photo: Photo, turn: number, shot: number): string => {
    if (names === 'counter') return `IMG_${number}`;
    if (names === 'sku') return skuName(round, turn, shot);
    return names === 'run-on' ? `ABC${number - 1000 + round}` : sha256(`${round} ${photo.sha256}`).slice(0, 16);
  };
  const place = (photo: Photo, item: number, turn: number, shot: number, divides: boolean): PiledPhoto => {
    number += 1;
    const name = nameOf(photo, turn, shot);
    const at = times === 'equal' ? 0 : Math.round(second);
    const takenAt = new Date(Date.UTC(2024, 4, 1, 9) + at * 1000).toISOString().slice(0, 19);
    return { photo: { ...photo, path: join('/pile/DCIM', `${name}${extname(photo.path)}`), takenAt }, item, divides };
  };
  return order.flatMap(({ item }, turn) => {
    second += pace * (5 + random() * 7) + (turn % 15 === 14 ? 1800 : 0);
    const photos = items[item] ?? [];
    const [first] = photos;
    const card = dividers === 'all' || (dividers === 'some' && turn % 4 !== 3);
    const shots = first && card ? [place({ ...first, sha256: sha256(`card ${round} ${turn}`) as PhotoHash }, item, turn, 0, true)] : [];
    if (shots.length > 0) second += pace;
    for (const [shot, photo] of photos.entries()) {
      shots.push(place(photo, item, turn, shot, false));
      second += pace * (0.7 + random() * 0.9);
    }
    return shots;
  });
}

/** What sellers call photos: the SKU alone first or counted from one, the counter behind a line, a hyphen or in parentheses. */
function skuName(round: number, turn: number, shot: number): string {
  const letters = `ABC${101 + turn}`;
  const ways = [
    `${letters}${shot === 0 ? '' : `_${shot + 1}`}`,
    `${letters}${shot === 0 ? '' : ` (${shot + 1})`}`,
    `${letters}_${shot + 1}`,
    `${letters}${shot === 0 ? '' : `-${shot + 1}`}`,
    `${letters}-${shot + 1}`,
    `SKU-${1001 + turn}${shot === 0 ? '' : `-${shot + 1}`}`,
    `${10432 + turn}_${shot + 1}`,
    `A${10 + turn}-7${shot === 0 ? '' : ` (${shot + 1})`}`,
  ];
  return ways[round % ways.length] ?? '';
}

/** A small generator with a seed (mulberry32): the same figures on every machine. */
function randomFrom(seed: number): () => number {
  let state = seed * 0x9e3779b9;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
