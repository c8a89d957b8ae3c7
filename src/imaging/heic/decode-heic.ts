import { availableParallelism } from 'node:os';
import { EasyflipError } from '../../core/errors.ts';
import { createThreadPool, threadProgram } from '../thread-pool.ts';
import type { HeicAnswer, HeicRequest } from './heic-thread.ts';

interface HeicPixels {
  /** RGBA, four bytes a pixel, upright: the container's rotation is applied. Colours are still in the file's own space. */
  readonly data: Uint8ClampedArray<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
}

export interface HeicDecoderOptions {
  /** Pictures decoded at once, each in a thread of its own. */
  readonly threads: number;
  /** A decode that lasts longer is ended together with its thread. */
  readonly timeoutMs: number;
  /** The thread's program. */
  readonly program: string;
}

export interface HeicDecoder {
  /**
   * The pixels of the main picture. May be repeated. Errors: `photo.damaged` (retryable when the thread died, for another may
   * do better), `photo.too-many-pixels`; the signal's reason, also in the middle of a decode.
   */
  decode(bytes: Uint8Array, maxPixels: number, signal: AbortSignal): Promise<HeicPixels>;
}

/** The memory of WebAssembly only grows: a thread is replaced after so many pictures, after a very large one, and after a failure. */
const PICTURES_PER_THREAD = 12;
const LARGE_PIXELS = 26_000_000;
const IDLE_MS = 3_000;

export function createHeicDecoder(options: HeicDecoderOptions): HeicDecoder {
  const pool = createThreadPool<HeicRequest, HeicAnswer>({
    ...options,
    idleMs: IDLE_MS,
    wornOut: (answer, answers) => answers >= PICTURES_PER_THREAD || !('data' in answer) || answer.width * answer.height > LARGE_PIXELS,
    died,
    tooSlow,
  });
  return {
    async decode(bytes, maxPixels, signal) {
      const answer = await pool.ask({ bytes, maxPixels }, signal);
      if ('failed' in answer) throw refusal(answer.failed);
      return answer;
    },
  };
}

const AGAIN = 'Copy the photo again from the phone, or export it as JPEG.';

function refusal(failed: Extract<HeicAnswer, { failed: string }>['failed']): EasyflipError {
  return failed === 'too-many-pixels'
    ? new EasyflipError('photo.too-many-pixels', 'The HEIC picture has too many pixels to be decoded here.', {
        hint: 'Export it smaller, as JPEG.',
      })
    : new EasyflipError('photo.damaged', 'No picture can be had from the HEIC file: its data is damaged.', { hint: AGAIN });
}

const died = (): EasyflipError =>
  new EasyflipError('photo.damaged', 'The HEIC decoder failed on this photo.', { hint: AGAIN, retryable: true });

const tooSlow = (timeoutMs: number): EasyflipError =>
  new EasyflipError('photo.damaged', `The HEIC decoder did not finish this photo in ${Math.round(timeoutMs / 1000)} seconds.`, {
    hint: AGAIN,
  });

let shared: HeicDecoder | undefined;

/**
 * The one decoder of this process. Two threads: a 12-megapixel picture takes about a second and 250 MB in each.
 * The time is short of what one attempt of service `imaging` may last.
 */
export function heicDecoder(): HeicDecoder {
  shared ??= createHeicDecoder({ threads: Math.min(2, availableParallelism()), timeoutMs: 50_000, program: threadProgram('heic-thread') });
  return shared;
}
