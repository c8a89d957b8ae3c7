import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';

/** What is wrong with an original, read anew in flat memory; undefined when it is byte for byte what was scanned. */
export async function damageOf(path: string, sha256: string): Promise<'changed' | 'missing' | 'unreadable' | undefined> {
  try {
    return (await hashOfFile(path)) === sha256 ? undefined : 'changed';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'missing' : 'unreadable';
  }
}

/** May throw the file system's errors. */
export async function hashOfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
