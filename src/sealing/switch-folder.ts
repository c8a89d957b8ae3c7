import { randomUUID } from 'node:crypto';
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isEasyflipError } from '../core/errors.ts';
import { isSealed, openedFrom, sealedFor } from './sealed-folders.ts';

/**
 * Brings every file of a sealed folder into the form that new ones have. What a killed program left half written goes, and so does what the
 * key does not open: it is made anew when it is wanted. May be repeated, and goes on after a kill. Errors: those of the file system.
 */
export async function switchFolder(folder: string, to: 'sealed' | 'plain'): Promise<void> {
  const names = await readdir(folder).catch((): string[] => []);
  for (const name of names) {
    const path = join(folder, name);
    if (name.endsWith('.tmp')) await rm(path, { force: true });
    else await switchFile(folder, path, to);
  }
}

async function switchFile(folder: string, path: string, to: 'sealed' | 'plain'): Promise<void> {
  const bytes = await readFile(path);
  if (isSealed(bytes) === (to === 'sealed')) return;
  const changed = to === 'sealed' ? sealedFor(path, bytes) : await openedOr(path, bytes);
  if (!changed) return;
  const beside = join(folder, `.${randomUUID()}.tmp`);
  await writeFile(beside, changed, { flag: 'wx', mode: 0o600 });
  await rename(beside, path);
}

async function openedOr(path: string, bytes: Buffer): Promise<Buffer | undefined> {
  try {
    return openedFrom(path, bytes);
  } catch (error) {
    if (!isEasyflipError(error)) throw error;
    await rm(path, { force: true });
    return undefined;
  }
}
