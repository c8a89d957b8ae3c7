import { answerInThread } from '../answer-in-thread.ts';

/** Asked of the thread, one at a time. */
export interface HeicRequest {
  readonly bytes: Uint8Array;
  /** Larger pictures are refused before their pixels are asked for. */
  readonly maxPixels: number;
}

export type HeicAnswer =
  | { readonly data: Uint8ClampedArray<ArrayBuffer>; readonly width: number; readonly height: number }
  | { readonly failed: 'no-picture' | 'too-many-pixels' | 'not-decoded' };

/** The main picture of a file: phones keep bursts, previews and panoramas beside it. */
async function decode({ bytes, maxPixels }: HeicRequest): Promise<HeicAnswer> {
  const { default: libheif } = await import('libheif-js/wasm-bundle.js');
  await libheif.ready;
  const file = new libheif.HeifDecoder();
  const images = file.decode(bytes);
  try {
    const image = images.find((one) => one.is_primary()) ?? images[0];
    if (!image) return { failed: 'no-picture' };
    const [width, height] = [image.get_width(), image.get_height()];
    if (width * height > maxPixels) return { failed: 'too-many-pixels' };
    const data = new Uint8ClampedArray(width * height * 4);
    const shown = await new Promise<unknown>((resolve) => image.display({ data, width, height }, resolve));
    return shown ? { data, width, height } : { failed: 'not-decoded' };
  } finally {
    for (const image of images) image.free();
    file.decoder?.delete();
  }
}

answerInThread(decode, (answer) => ('data' in answer ? [answer.data.buffer] : []));
