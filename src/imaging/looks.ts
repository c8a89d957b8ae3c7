/** Bits in which two looks differ, 0 (the same picture) to 64. A look is a 64-bit difference hash in 16 hex digits. */
export function lookDistance(a: string, b: string): number {
  let differing = BigInt(`0x${a}`) ^ BigInt(`0x${b}`);
  let count = 0;
  while (differing > 0n) {
    differing &= differing - 1n;
    count += 1;
  }
  return count;
}

/**
 * Two photos at most this far apart show the same shot, saved twice. Strict on purpose: two garments on
 * one background come close, and calling them one item would keep the second from being sold.
 */
export const NEAR_DUPLICATE_DISTANCE = 4;

/** The same shot, resized or saved anew; never merely a similar item. */
export const isNearDuplicate = (a: string, b: string): boolean => lookDistance(a, b) <= NEAR_DUPLICATE_DISTANCE;
