import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { EasyflipError, isEasyflipError, type Reason } from '../core/errors.ts';
import type { Photo } from '../core/item.ts';
import type { Settings } from '../core/settings.ts';
import { type PreparedPhoto, preparePhoto } from '../imaging/prepare-photo.ts';
import { defineStage } from '../pipeline/stage.ts';
import { SEALED_MORE_BYTES } from '../sealing/sealed-folders.ts';

/** The pictures of an item, ready for eBay, for the model and for people, in listing order. */
export interface Prepared {
  readonly photos: readonly PreparedPhoto[];
  /** Photos whose pixels could not be had; the item goes on without them. */
  readonly dropped: readonly { readonly path: string; readonly reason: Reason }[];
}

export const prepare = defineStage({
  name: 'prepare',
  version: 4,
  needs: {},
  uses: ({ item, settings }) => ({ photos: item.photos.map(({ sha256 }) => sha256), as: pictureSettings(settings.photos) }),

  /** By their size: a power cut may leave a file empty that was recorded as written. */
  async stillValid(output: Prepared, { ports }) {
    const files = output.photos.flatMap(({ picture, whole, model, full }) => [picture, whole, model, ...(full ? [{ name: full }] : [])]);
    const present = await Promise.all(
      files.map(async (file: { readonly name: string; readonly bytes?: number }) => {
        const size = await stat(join(ports.pictureFolder, file.name)).then(
          (found) => found.size,
          () => 0,
        );
        return size > 0 && (file.bytes === undefined || size === file.bytes || size === file.bytes + SEALED_MORE_BYTES);
      }),
    );
    return present.every(Boolean);
  },

  async run(_inputs, { item, settings, ports, call, emit }): Promise<Prepared> {
    const one = async (photo: Photo): Promise<PreparedPhoto | { path: string; reason: Reason }> => {
      try {
        return await ports.outgoing.run({ service: 'imaging', operation: 'imaging.prepare' }, call, ({ signal }) =>
          preparePhoto(photo, ports.pictureFolder, settings.photos, signal),
        );
      } catch (error) {
        if (isEasyflipError(error) && error.code.startsWith('photo.')) return { path: photo.path, reason: error.reason };
        throw error;
      }
    };
    const results = await Promise.all(item.photos.map(one));
    const photos = results.filter((result): result is PreparedPhoto => !('reason' in result));
    const dropped = results.filter((result): result is { path: string; reason: Reason } => 'reason' in result);
    for (const { path, reason } of dropped) emit({ type: 'file.refused', path, reason });
    for (const photo of photos) {
      const path = item.photos.find(({ sha256 }) => sha256 === photo.source)?.path ?? '';
      for (const reason of photo.warnings) emit({ type: 'file.warned', path, item: item.id, reason });
      await ports.items.rememberLook(photo.source, photo.look);
    }
    if (photos.length === 0) {
      throw new EasyflipError('item.no-usable-photos', 'None of the photos of this item can be decoded.', {
        hint: 'Photograph the item again, or export the photos anew from where they came.',
      });
    }
    return { photos, dropped };
  },
});

/** How large the store of pictures may grow, what is refused at the scan and how piles are parted does not change a picture. */
function pictureSettings(photos: Settings['photos']): Partial<Settings['photos']> {
  const { cacheMaxMegabytes: _cache, gapMinutes: _gap, maxFileBytes: _bytes, ...rest } = photos;
  return rest;
}
