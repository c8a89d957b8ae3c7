import type { DescribeRequest } from '../../core/ports/analysis.ts';
import type { Call } from '../../core/ports/outgoing.ts';
import { modelPicture } from '../../imaging/model-picture.ts';
import type { SentPicture } from './ask.ts';
import { planPictures } from './picture-plan.ts';
import type { PictureBilling } from './picture-tokens.ts';

export interface PictureOptions {
  readonly billing: PictureBilling;
  readonly picturesPerCall: number;
  readonly pictureLongSide: number;
}

/** The pictures of one question, in the sizes that its model is billed by. Errors: `photo.damaged`; the signal's reason. */
export async function shownPictures(
  { photos, texts }: Pick<DescribeRequest, 'photos' | 'texts'>,
  { signal }: Pick<Call, 'signal'>,
  { billing, picturesPerCall, pictureLongSide }: PictureOptions,
): Promise<readonly SentPicture[]> {
  const planned = planPictures(photos, texts, picturesPerCall, billing, pictureLongSide);
  return await Promise.all(
    planned.map(async ({ view, ...size }) => ({
      photo: view.number,
      detail: 'high' as const,
      ...(await modelPicture(view.modelPath, size, signal)),
    })),
  );
}
