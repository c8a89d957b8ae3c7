import { readFile } from 'node:fs/promises';
import { EasyflipError } from '../core/errors.ts';
import { sha256 } from '../core/hash.ts';
import type { Photo } from '../core/item.ts';

/**
 * The bytes of a photo, proven to be the ones that were scanned: what is listed under a photo's hash is that photo.
 * Errors: `photo.unreadable-file`, `photo.changed`.
 */
export async function readOriginal({ path, sha256: expected }: Photo): Promise<Buffer> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch {
    throw new EasyflipError('photo.unreadable-file', 'The photo was there at the scan, but cannot be read now.', {
      hint: 'Put the photo back or allow reading it, then run again.',
    });
  }
  if (sha256(bytes) === expected) return bytes;
  throw new EasyflipError('photo.changed', 'The photo was changed after the scan.', { hint: 'Run again to scan the folder anew.' });
}
