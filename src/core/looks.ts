/** A look: a 64-bit difference hash in 16 hex digits. As two numbers of 32 bits it is compared a hundred times faster than as a BigInt. */
export type LookBits = readonly [high: number, low: number];

export const lookBits = (look: string): LookBits => [Number.parseInt(look.slice(0, 8), 16) | 0, Number.parseInt(look.slice(8), 16) | 0];

/** Bits in which two looks differ, 0 (the same picture) to 64. */
export const lookDistance = (a: string, b: string): number => bitsApart(lookBits(a), lookBits(b));

export const bitsApart = ([highA, lowA]: LookBits, [highB, lowB]: LookBits): number => ones(highA ^ highB) + ones(lowA ^ lowB);

/** Ones among 32 bits, counted in pairs, fours and bytes at once. */
function ones(bits: number): number {
  const pairs = bits - ((bits >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/**
 * Two photos at most this far apart show the same shot, saved twice. Strict on purpose: two garments on
 * one background come close, and calling them one item would keep the second from being sold.
 */
export const NEAR_DUPLICATE_DISTANCE = 4;

/** The same shot, resized or saved anew; never merely a similar item. */
export const isNearDuplicate = (a: string, b: string): boolean => lookDistance(a, b) <= NEAR_DUPLICATE_DISTANCE;
