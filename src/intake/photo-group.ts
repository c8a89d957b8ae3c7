import type { Photo } from '../core/item.ts';

/** Photos that belong together, before names and sidecars are looked at. */
export interface PhotoGroup {
  readonly folder: string;
  /** Absent for a whole folder. */
  readonly name?: string;
  readonly photos: readonly Photo[];
  readonly words: readonly string[];
  readonly bin?: string;
  readonly why: string;
  readonly confidence: number;
}

export const countOf = (photos: number): string => (photos === 1 ? '1 photo' : `${photos} photos`);
