import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunEvent } from '../core/events.ts';
import type { ItemId } from '../core/item.ts';
import { ROOM_SHARE, removeLargePictures, trimPictures } from '../imaging/picture-store.ts';
import type { Prepared } from '../stages/prepare.ts';
import type { App } from './app.ts';

export interface BoundedPictures {
  /** Hears of the pictures that are made. */
  hear(event: RunEvent): void;
  /** eBay has these now. */
  listed(photos: Prepared['photos']): void;
  /** Whatever was begun has ended, and the folder is under its limit. Never rejects. */
  settle(): Promise<void>;
}

/**
 * Keeps the folder of prepared pictures under `photos.cacheMaxMegabytes` while a run is under way. What is made is added up, and the
 * folder is looked through only when that may have filled it. Items that somebody works on lose nothing.
 */
export function boundPictures({ folders, settings, store, clock }: Pick<App, 'folders' | 'settings' | 'store' | 'clock'>): BoundedPictures {
  const maxBytes = settings.photos.cacheMaxMegabytes * 1_000_000;
  const under = new Set<Promise<void>>();
  // What earlier runs left is not known before the first look.
  let room = 0;
  let looking = false;

  const look = async (): Promise<void> => {
    if (looking) return;
    looking = true;
    try {
      const left = await trimPictures(folders.pictures, { maxBytes, now: clock.now(), inWork: store.claims.photosInWork });
      room = Math.max(maxBytes - left, maxBytes * ROOM_SHARE);
    } catch {
      // A store in trouble ends the run by itself; pictures can wait.
    } finally {
      looking = false;
    }
  };
  const made = async (item: ItemId): Promise<void> => {
    const prepared = (await store.outcomes.ofStage(item, 'prepare'))?.output as Partial<Prepared> | undefined;
    for (const photo of prepared?.photos ?? []) room -= await bytesOf(photo, folders.pictures);
    if (room < 0) await look();
  };
  const track = (work: Promise<void>): void => {
    const quiet = work.catch(() => undefined);
    under.add(quiet);
    void quiet.then(() => under.delete(quiet));
  };

  return {
    hear(event) {
      if (event.type === 'stage.finished' && event.stage === 'prepare' && event.kind === 'done') track(made(event.item));
    },
    listed: (photos) => track(removeLargePictures(folders.pictures, photos)),
    async settle() {
      await Promise.all(under);
      await look();
    },
  };
}

async function bytesOf({ picture, whole, model, thumbnail, full }: Prepared['photos'][number], folder: string): Promise<number> {
  const allPixels = full ? await stat(join(folder, full)).catch(() => undefined) : undefined;
  const uncropped = whole.name === picture.name ? 0 : whole.bytes;
  return picture.bytes + uncropped + model.bytes + thumbnail.bytes + (allPixels?.size ?? 0);
}
