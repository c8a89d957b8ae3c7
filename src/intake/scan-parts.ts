import { sidecarRole } from './folder-sidecars.ts';
import { foldersAbove, parted, type ScannedFolder } from './scanned-folder.ts';

/**
 * Folders that cannot be grouped each by itself: those below a folder without photos that holds the facts of an item, and those with
 * photos that the seller placed, which may have gone from one to another. Each with all that belong to it, in order; the rest are
 * parts of their own and not in it. By path. Pure.
 */
export function sharedParts(folders: Iterable<ScannedFolder>): ReadonlyMap<string, readonly ScannedFolder[]> {
  const tops = new Set<string>();
  for (const folder of folders) if (factsForBelow(folder)) tops.add(folder.path);
  const placed: ScannedFolder[] = [];
  const below = new Map<string, ScannedFolder[]>();
  for (const folder of folders) {
    const top = tops.size > 0 ? [folder.path, ...foldersAbove(folder.path)].findLast((path) => tops.has(path)) : undefined;
    if (top === undefined) {
      if (folder.placed) placed.push(folder);
      continue;
    }
    const members = below.get(top);
    if (members) members.push(folder);
    else below.set(top, [folder]);
  }
  const together: ScannedFolder[] = placed;
  const parts = new Map<string, readonly ScannedFolder[]>();
  for (const members of below.values()) {
    if (members.some((folder) => folder.placed)) together.push(...members);
    else for (const folder of members) parts.set(folder.path, members);
  }
  together.sort((a, b) => a.at - b.at);
  for (const folder of together) parts.set(folder.path, together);
  return parts;
}

const factsForBelow = ({ photos, sidecars }: ScannedFolder): boolean =>
  photos === '' && parted(sidecars).some((name) => ['item', 'notes'].includes(sidecarRole(name, []) ?? ''));
