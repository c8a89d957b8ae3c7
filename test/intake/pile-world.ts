import { basename } from 'node:path';
import type { Glance } from '../../src/core/glance.ts';
import type { Photo, PhotoHash } from '../../src/core/item.ts';
import type { GroupMode } from '../../src/core/settings.ts';
import type { Divider } from '../../src/intake/dividers.ts';
import { type Grouping, type GroupingHints, groupPhotos } from '../../src/intake/group-photos.ts';
import type { ScanResult } from '../../src/intake/scan-folders.ts';
import { photoSettings } from '../imaging/corpus.ts';

/** One photo of a pile that exists in words only. */
export interface Shot {
  readonly path: string;
  /** Seconds after ten o'clock; absent: the file does not say. */
  readonly at?: number;
  readonly divider?: Partial<Divider>;
  readonly glance?: Glance;
  readonly placement?: string;
}

const hashAt = (number: number): PhotoHash => String(number).padStart(64, '0') as PhotoHash;

export const card = (label: string, facts: Divider['facts'] = {}): Partial<Divider> => ({ label, facts });

export function scanOf(shots: readonly Shot[], roots: readonly string[] = ['/r']): { scan: ScanResult; hints: GroupingHints } {
  const photos = shots.map(
    ({ path, at }, number): Photo => ({
      sha256: hashAt(number),
      path: `/r/${path}`,
      bytes: 1,
      kind: 'jpeg',
      width: 800,
      height: 600,
      ...(at === undefined ? {} : { takenAt: new Date(Date.UTC(2024, 0, 1, 10, 0, at)).toISOString().slice(0, 19) }),
    }),
  );
  const by = <T>(pick: (shot: Shot) => T | undefined): Map<PhotoHash, T> =>
    new Map(shots.flatMap((shot, at) => (pick(shot) === undefined ? [] : [[hashAt(at), pick(shot) as T]])));
  return {
    scan: { roots, photos, refused: [], sidecars: new Map(), problems: [] },
    hints: {
      dividers: by(({ divider }) => divider && { kind: 'card', label: 'card', confidence: 0.98, facts: {}, problems: [], ...divider }),
      glances: by(({ glance }) => glance),
      placements: by(({ placement }) => (placement === undefined ? undefined : { group: placement })),
    },
  };
}

export function groupShots(shots: readonly Shot[], mode: GroupMode = 'auto'): Grouping {
  const { scan, hints } = scanOf(shots);
  return groupPhotos(scan, mode, { photos: photoSettings }, hints);
}

/** File names of each item, in the order of the plan. */
export const namesOf = ({ items }: Grouping): string[] => items.map(({ photos }) => photos.map(({ path }) => basename(path)).join(' '));
