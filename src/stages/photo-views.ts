import { join } from 'node:path';
import type { PhotoView } from '../core/ports/index.ts';
import type { StageContext } from '../pipeline/stage.ts';
import type { Prepared } from './prepare.ts';

/** The prepared photos as an analysis provider sees them: numbered from 1 in listing order. */
export function photoViews(prepared: Prepared, { item, ports }: Pick<StageContext, 'item' | 'ports'>): readonly PhotoView[] {
  return prepared.photos.map((photo, index) => ({
    number: index + 1,
    sha256: photo.source,
    originalPath: photo.full
      ? join(ports.pictureFolder, photo.full)
      : (item.photos.find(({ sha256 }) => sha256 === photo.source)?.path ?? ''),
    picturePath: join(ports.pictureFolder, photo.whole.name),
    modelPath: join(ports.pictureFolder, photo.model.name),
    width: photo.whole.width,
    height: photo.whole.height,
    look: photo.look,
    colors: photo.colors,
  }));
}
