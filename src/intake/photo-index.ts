import type { PhotoHash } from '../core/item.ts';

/** Numbers of photos, from 0, by what the photos are. */
export interface PhotoIndex {
  /** The number of the photo that was added with this hash before; undefined: there was none, and now it is this one. */
  add(hash: PhotoHash, number: number): number | undefined;
  find(hash: PhotoHash): number | undefined;
}

/** 128 bits of the hash: enough that no two photos share them by chance or by design. */
const WORDS = 4;

/**
 * Twenty bytes for each photo, where a text and its entry in a map take two hundred: all photos of a scan are in it at
 * once, however many they are.
 */
export function photoIndex(): PhotoIndex {
  let slots = 1024;
  let keys = new Uint32Array(slots * WORDS);
  /** One more than the photo's number; 0: free. */
  let numbers = new Uint32Array(slots);
  let count = 0;
  const wanted = new Uint32Array(WORDS);

  /** The slot of `wanted`, or the free one where it belongs. */
  const slotOf = (): number => {
    let slot = (wanted[0] ?? 0) & (slots - 1);
    while (numbers[slot] !== 0 && !wanted.every((word, at) => keys[slot * WORDS + at] === word)) slot = (slot + 1) & (slots - 1);
    return slot;
  };
  const put = (slot: number, number: number): void => {
    keys.set(wanted, slot * WORDS);
    numbers[slot] = number + 1;
  };
  const grow = (): void => {
    const [before, numbersBefore] = [keys, numbers];
    slots *= 2;
    keys = new Uint32Array(slots * WORDS);
    numbers = new Uint32Array(slots);
    for (const [at, number] of numbersBefore.entries()) {
      if (number === 0) continue;
      wanted.set(before.subarray(at * WORDS, (at + 1) * WORDS));
      put(slotOf(), number - 1);
    }
  };
  const want = (hash: PhotoHash): void => {
    for (let at = 0; at < WORDS; at += 1) wanted[at] = Number.parseInt(hash.slice(at * 8, (at + 1) * 8), 16);
  };

  return {
    add(hash, number) {
      if (count * 3 > slots * 2) grow();
      want(hash);
      const slot = slotOf();
      const known = numbers[slot] ?? 0;
      if (known !== 0) return known - 1;
      put(slot, number);
      count += 1;
      return undefined;
    },
    find(hash) {
      want(hash);
      const known = numbers[slotOf()] ?? 0;
      return known === 0 ? undefined : known - 1;
    },
  };
}
