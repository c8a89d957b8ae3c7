import { basename } from 'node:path';
import type { Reason } from '../core/errors.ts';
import type { SeenFile } from '../core/ports/index.ts';

/** An iPhone saves a short film beside each Live Photo, under the same name: IMG_0001.HEIC and IMG_0001.MOV. */
export function livePhotoVideos(seen: readonly SeenFile[]): ReadonlyMap<string, Reason> {
  const stem = (path: string): string => path.replace(/\.[^.]+$/, '');
  const photos = new Map(seen.flatMap(({ path, result }) => ('photo' in result ? [[stem(path), path] as const] : [])));
  const companions = new Map<string, Reason>();
  for (const { path, result } of seen) {
    const photo = photos.get(stem(path));
    if (!photo || !('refused' in result) || !/\.(mov|mp4)$/i.test(path)) continue;
    companions.set(path, {
      code: 'file.live-photo',
      message: `The file is the moving part of the Live Photo ${basename(photo)}, which is used without it.`,
      hint: 'Nothing needs to be done.',
    });
  }
  return companions;
}

/** A byte-identical second file is no second photo, wherever it lies. */
export const copyOf = (original: string) =>
  ({
    code: 'photo.duplicate',
    message: `The file is an exact copy of ${original}, which is used instead.`,
    hint: 'Delete one of the two.',
  }) as const;
