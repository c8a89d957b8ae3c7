import type { Border } from '../core/border.ts';
import type { Photo } from '../core/item.ts';
import type { Divider } from './dividers.ts';

/** Photos that belong together, before names and sidecars are looked at. */
export interface PhotoGroup {
  readonly folder: string;
  /** Absent for a whole folder. */
  readonly name?: string;
  readonly photos: readonly Photo[];
  /** The seller has said their order. */
  readonly ordered?: boolean;
  readonly words: readonly string[];
  readonly bin?: string;
  /** What tells that it begins here. */
  readonly border: Border;
  /** The divider before it, when that is what parts it from the rest. */
  readonly divider?: Divider;
  /** Another divider follows it: nothing more belongs to it. */
  readonly closed?: boolean;
  readonly why: string;
  readonly confidence: number;
}

export const countOf = (photos: number): string => (photos === 1 ? '1 photo' : `${photos} photos`);
