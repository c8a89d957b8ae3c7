import type { Glance } from '../core/glance.ts';
import { lookDistance, NEAR_DUPLICATE_DISTANCE } from '../core/looks.ts';

/** How two glances compare: bits of the difference hash (0 to 64) and mean colour distance of their places (0 to 1). */
export interface Likeness {
  readonly bits: number;
  readonly colors: number;
}

/** Undefined when one of them has no pixels to compare. Pure. */
export function likenessOf(a: Glance | undefined, b: Glance | undefined): Likeness | undefined {
  if (!a?.look || !b?.look || !a.layout || !b.layout) return undefined;
  return { bits: lookDistance(a.look, b.look), colors: layoutDistance(a.layout, b.layout) };
}

/** The same shot once more, or saved anew: strict in shape and colour. */
export const isSameShot = (likeness: Likeness | undefined): boolean =>
  likeness !== undefined && likeness.bits <= NEAR_DUPLICATE_DISTANCE && likeness.colors <= 0.06;

/** May well show the same thing: shape or colours agree in most places. */
export const isAlike = (likeness: Likeness | undefined): boolean =>
  likeness !== undefined && (likeness.colors <= 0.09 || (likeness.bits <= 12 && likeness.colors <= 0.16));

function layoutDistance(a: string, b: string): number {
  const [mine, theirs] = [Buffer.from(a, 'hex'), Buffer.from(b, 'hex')];
  let sum = 0;
  for (let at = 0; at + 2 < mine.length; at += 3) {
    const step = (channel: number): number => ((mine[at + channel] ?? 0) - (theirs[at + channel] ?? 0)) ** 2;
    sum += Math.sqrt((step(0) + step(1) + step(2)) / 3);
  }
  return sum / Math.max(1, mine.length / 3) / 255;
}
