import { access } from 'node:fs/promises';
import { isEasyflipError } from '../core/errors.ts';
import type { CodeReader, Glance } from '../core/glance.ts';
import type { Photo, PhotoHash } from '../core/item.ts';
import type { GroupingStore } from '../core/ports/index.ts';
import { glanceAtPhoto } from '../imaging/glance.ts';
import { mapLimited } from './map-limited.ts';

export interface GlanceOptions {
  readonly store: Pick<GroupingStore, 'glances' | 'rememberGlances'>;
  readonly readCodes: CodeReader;
  readonly signal: AbortSignal;
}

const AT_ONCE = 4;
const REMEMBERED_AT_ONCE = 50;

/** Glances of all these photos. Each is decoded once ever, by its content; what an interrupted scan has seen is kept. */
export async function glanceAt(
  photos: readonly Photo[],
  { store, readCodes, signal }: GlanceOptions,
): Promise<ReadonlyMap<PhotoHash, Glance>> {
  if (photos.length === 0) return new Map();
  const known = new Map(await store.glances(photos.map(({ sha256 }) => sha256)));
  let fresh = new Map<PhotoHash, Glance>();
  const flush = async (): Promise<void> => {
    const batch = fresh;
    fresh = new Map();
    if (batch.size > 0) await store.rememberGlances(batch);
  };
  const unseen = photos.filter(({ sha256 }) => !known.has(sha256));
  try {
    await mapLimited(unseen, AT_ONCE, signal, async ({ sha256, path }) => {
      const glance = await glanceOrNothing(path, readCodes, signal);
      if (!glance) return;
      known.set(sha256, glance);
      fresh.set(sha256, glance);
      if (fresh.size >= REMEMBERED_AT_ONCE) await flush();
    });
  } finally {
    await flush();
  }
  return known;
}

/** A photo without pixels tells nothing, and is not asked again; one that is gone may come back. */
async function glanceOrNothing(path: string, readCodes: CodeReader, signal: AbortSignal): Promise<Glance | undefined> {
  try {
    return await glanceAtPhoto(path, readCodes, signal);
  } catch (error) {
    if (!isEasyflipError(error) || error.code !== 'photo.damaged') throw error;
    return access(path).then(
      () => ({ codes: [] }),
      () => undefined,
    );
  }
}
