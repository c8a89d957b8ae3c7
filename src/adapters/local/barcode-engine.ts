import { EasyflipError } from '../../core/errors.ts';
import type { Grey } from '../../imaging/read-pixels.ts';
import { createThreadPool, type ThreadPool, threadProgram } from '../../imaging/thread-pool.ts';
import type { CodeAnswer, CodeRequest, RawCode } from './code-thread.ts';
import { greymap } from './greymap.ts';

export type { RawCode } from './code-thread.ts';

/** A scan takes some ten milliseconds; on a machine that is busy beyond measure, seconds. */
const TIMEOUT_MS = 50_000;
/** Loading the engine again takes longer than many scans. */
const IDLE_MS = 20_000;
/** Its memory only grows. */
const SCANS_PER_THREAD = 5_000;

let pool: ThreadPool<CodeRequest, CodeAnswer> | undefined;

/**
 * Everything that looks like a code, weak candidates included: the caller decides. In a thread, so that what else the program does goes on;
 * in one, for several would take each other's cores. May be repeated. Errors: `photo.damaged`, retryable; the signal's reason.
 */
export async function scanForCodes(picture: Grey, signal: AbortSignal): Promise<readonly RawCode[]> {
  pool ??= createThreadPool<CodeRequest, CodeAnswer>({
    threads: 1,
    program: threadProgram('code-thread'),
    timeoutMs: TIMEOUT_MS,
    idleMs: IDLE_MS,
    wornOut: (_, answers) => answers >= SCANS_PER_THREAD,
    died: () => failed('The reader of codes failed on this photo.'),
    tooSlow: (ms) => failed(`The reader of codes did not finish this photo in ${Math.round(ms / 1000)} seconds.`),
  });
  const bytes = greymap(picture);
  return pool.ask(bytes, signal, [bytes.buffer]);
}

const failed = (message: string): EasyflipError =>
  new EasyflipError('photo.damaged', message, {
    hint: 'Copy the photo again from the camera or phone, or export it anew.',
    retryable: true,
  });
