/** Kinds of metadata that a photo had and no prepared picture has. */
export const REMOVED_KINDS = ['location', 'names', 'serial-numbers', 'camera', 'maker-notes', 'thumbnail', 'xmp', 'iptc'] as const;
export type RemovedKind = (typeof REMOVED_KINDS)[number];

/** From how many photos something was removed, and from how many each kind; kinds that none had are left out. Never a value. */
export interface RemovedCounts {
  readonly photos: number;
  readonly kinds: Readonly<Partial<Record<RemovedKind, number>>>;
}

export const NOTHING_REMOVED: RemovedCounts = { photos: 0, kinds: {} };

/** These photos on top of what was counted before. Pure. */
export function countRemoved(before: RemovedCounts, photos: Iterable<{ readonly removed: readonly RemovedKind[] }>): RemovedCounts {
  const kinds: Partial<Record<RemovedKind, number>> = { ...before.kinds };
  let count = before.photos;
  for (const { removed } of photos) {
    if (removed.length > 0) count += 1;
    for (const kind of removed) kinds[kind] = (kinds[kind] ?? 0) + 1;
  }
  return { photos: count, kinds };
}
