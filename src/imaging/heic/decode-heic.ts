import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { EasyflipError } from '../../core/errors.ts';
import { Gate } from '../../core/gate.ts';
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

/** The memory of WebAssembly only grows: a thread is replaced after so many pictures, and after a very large one. */
const PICTURES_PER_THREAD = 12;
const LARGE_PIXELS = 26_000_000;
const IDLE_MS = 3_000;

interface Thread {
  readonly worker: Worker;
  pictures: number;
  idleTimer?: NodeJS.Timeout | undefined;
}

/** Threads start when they are needed, end when idle, and never keep the process alive. One that dies or hangs is replaced. */
export function createHeicDecoder({ threads, timeoutMs, program }: HeicDecoderOptions): HeicDecoder {
  const idle: Thread[] = [];
  const gate = new Gate(threads);

  const drop = (thread: Thread): void => {
    clearTimeout(thread.idleTimer);
    const at = idle.indexOf(thread);
    if (at >= 0) idle.splice(at, 1);
    void thread.worker.terminate();
  };
  const rest = (thread: Thread): void => {
    thread.worker.unref();
    thread.idleTimer = setTimeout(() => drop(thread), IDLE_MS).unref();
    idle.push(thread);
  };
  const wake = (): Thread => {
    const thread = idle.pop() ?? start(program);
    clearTimeout(thread.idleTimer);
    thread.worker.ref();
    return thread;
  };

  return {
    decode: (bytes, maxPixels, signal) =>
      gate.run(1, signal, async () => {
        const thread = wake();
        thread.pictures += 1;
        let answer: HeicAnswer | undefined;
        try {
          answer = await ask(thread.worker, { bytes, maxPixels }, timeoutMs, signal);
        } finally {
          const wornOut =
            thread.pictures >= PICTURES_PER_THREAD || (answer && 'data' in answer && answer.width * answer.height > LARGE_PIXELS);
          if (answer && 'data' in answer && !wornOut) rest(thread);
          else drop(thread);
        }
        if ('failed' in answer) throw refusal(answer.failed);
        return answer;
      }),
  };
}

function start(program: string): Thread {
  // libheif reports to the console what it dislikes; that would tear progress bars and JSON lines.
  const worker = new Worker(program, { stdout: true, stderr: true });
  worker.stdout.resume();
  worker.stderr.resume();
  worker.on('error', () => undefined);
  return { worker, pictures: 0 };
}

function ask(worker: Worker, request: HeicRequest, timeoutMs: number, signal: AbortSignal): Promise<HeicAnswer> {
  return new Promise((resolve, reject) => {
    const end = (settle: () => void): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      worker.off('message', onAnswer).off('error', onDeath).off('exit', onDeath);
      settle();
    };
    const onAnswer = (answer: HeicAnswer): void => end(() => resolve(answer));
    const onDeath = (): void => end(() => reject(died()));
    const onAbort = (): void => end(() => reject(signal.reason as Error));
    const timer = setTimeout(() => end(() => reject(tooSlow(timeoutMs))), timeoutMs);
    signal.addEventListener('abort', onAbort, { once: true });
    worker.on('message', onAnswer).on('error', onDeath).on('exit', onDeath);
    worker.postMessage(request);
  });
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

/** The build puts the thread beside the program; when the source itself runs (in tests), the built one is used. */
function threadProgram(): string {
  const beside = fileURLToPath(new URL('./heic-thread.js', import.meta.url));
  return existsSync(beside) ? beside : fileURLToPath(new URL('../../../dist/heic-thread.js', import.meta.url));
}

let shared: HeicDecoder | undefined;

/**
 * The one decoder of this process. Two threads: a 12-megapixel picture takes about a second and 250 MB in each.
 * The time is short of what one attempt of service `imaging` may last.
 */
export function heicDecoder(): HeicDecoder {
  shared ??= createHeicDecoder({ threads: Math.min(2, availableParallelism()), timeoutMs: 50_000, program: threadProgram() });
  return shared;
}
