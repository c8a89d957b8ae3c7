import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { EasyflipError, type ErrorCode } from '../core/errors.ts';

/**
 * Writes for the owner only, beside the target, and renames: a reader, another process or a crash never meets half a file.
 * Repeatable. Errors: `store.full`, `store.read-only`, `store.unusable`.
 */
export async function writeAtomically(path: string, data: Uint8Array): Promise<void> {
  const folder = dirname(path);
  const unfinished = join(folder, `.${randomUUID()}.tmp`);
  try {
    await writeNew(unfinished, data).catch(async (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await writeNew(unfinished, data);
    });
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => undefined);
    throw diskError(error);
  }
}

const writeNew = (path: string, data: Uint8Array): Promise<void> => writeFile(path, data, { flag: 'wx', mode: 0o600 });

const CODES: Readonly<Record<string, ErrorCode>> = {
  ENOSPC: 'store.full',
  EDQUOT: 'store.full',
  EROFS: 'store.read-only',
  EACCES: 'store.read-only',
  EPERM: 'store.read-only',
};

function diskError(error: unknown): EasyflipError {
  const system = (error as NodeJS.ErrnoException).code ?? 'unknown';
  const code = CODES[system] ?? 'store.unusable';
  const hint =
    code === 'store.full' ? 'Free some disk space, then run again.' : 'Make the data folder writable, or choose another with --data-dir.';
  return new EasyflipError(code, `A picture cannot be written to the data folder (${system}).`, { hint });
}
