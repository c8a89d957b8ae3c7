import type { Emit } from '../core/events.ts';
import { groupPhotos, type PlannedItem } from '../intake/group-photos.ts';
import { scanFolders } from '../intake/scan-folders.ts';
import type { App } from './app.ts';

/** Folders to items, before it is known which of them are new. Tells of every file that is not used. */
export async function planItems(
  app: App,
  directories: readonly string[],
  { emit, signal }: { readonly emit: Emit; readonly signal: AbortSignal },
): Promise<{ readonly items: readonly PlannedItem[] }> {
  const scanned = await scanFolders(directories, { files: app.store.files, settings: app.settings, signal });
  const { items, refused } = groupPhotos(scanned, app.settings.group, app.settings);
  const unused = [...scanned.refused, ...refused];
  for (const { path, reason } of unused) emit({ type: 'file.refused', path, reason });
  emit({ type: 'scan.finished', items: items.length, photos: scanned.photos.length, refused: unused.length });
  return { items };
}
