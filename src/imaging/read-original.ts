import { readFile, stat } from 'node:fs/promises';
import { EasyflipError } from '../core/errors.ts';
import { sha256 } from '../core/hash.ts';
import type { Photo } from '../core/item.ts';

export interface Original {
  readonly bytes: Buffer;
  /** Whether the file is still the one whose bytes these are; what was read from it by its name meanwhile is then this photo, too. Never throws. */
  isStillTheFile(): Promise<boolean>;
}

/**
 * The bytes of a photo, proven to be the ones that were scanned: what is listed under a photo's hash is that photo.
 * Errors: `photo.unreadable-file`, `photo.changed`.
 */
export async function readOriginal({ path, sha256: expected }: Photo): Promise<Original> {
  let bytes: Buffer;
  const before = await stateOf(path);
  try {
    bytes = await readFile(path);
  } catch {
    throw new EasyflipError('photo.unreadable-file', 'The photo was there at the scan, but cannot be read now.', {
      hint: 'Put the photo back or allow reading it, then run again.',
    });
  }
  if (sha256(bytes) !== expected) {
    throw new EasyflipError('photo.changed', 'The photo was changed after the scan.', { hint: 'Run again to scan the folder anew.' });
  }
  return { bytes, isStillTheFile: async () => before !== undefined && (await stateOf(path)) === before };
}

/** Changes with whatever happens to a file, writing in place included. */
async function stateOf(path: string): Promise<string | undefined> {
  const state = await stat(path, { bigint: true }).catch(() => undefined);
  return state && [state.dev, state.ino, state.size, state.mtimeNs, state.ctimeNs].join(' ');
}
