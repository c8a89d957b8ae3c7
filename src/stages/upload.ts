import { join } from 'node:path';
import type { PhotoHash } from '../core/item.ts';
import type { HostedPicture } from '../core/listing.ts';
import type { PreparedPhoto } from '../imaging/prepare-photo.ts';
import { defineStage } from '../pipeline/stage.ts';
import { check } from './check.ts';
import { prepare } from './prepare.ts';

export interface Uploaded {
  readonly pictures: readonly HostedPicture[];
}

/** A picture address that runs out within this is fetched anew rather than published. */
const EXPIRY_MARGIN_MS = 60 * 60 * 1000;

export const upload = defineStage({
  name: 'upload',
  version: 2,
  needs: { prepare, check },
  writes: true,
  finishOnStop: true,

  stillValid({ pictures }: Uploaded, { ports }) {
    const soon = ports.clock.now() + EXPIRY_MARGIN_MS;
    return pictures.every(({ expiresAt }) => expiresAt === undefined || Date.parse(expiresAt) > soon);
  },

  async run({ prepare: { photos }, check: { content } }, { ports, call }): Promise<Uploaded> {
    const pictures = await Promise.all(
      // In the order that was approved.
      inOrder(photos, content.photos).map(async ({ source, picture }): Promise<HostedPicture> => {
        const hosted = await ports.marketplace.uploadPicture(
          { path: join(ports.pictureFolder, picture.name), sha256: picture.sha256 },
          call,
        );
        return { photo: source, ...hosted };
      }),
    );
    return { pictures };
  },
});

const inOrder = (photos: readonly PreparedPhoto[], order: readonly PhotoHash[]): readonly PreparedPhoto[] =>
  order.flatMap((hash) => photos.find(({ source }) => source === hash) ?? []);
