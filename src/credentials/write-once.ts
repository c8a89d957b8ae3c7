import { randomUUID } from 'node:crypto';
import { link, open, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * Writes a file for its owner only: whole and on the disk, or not at all, and never over another, which is left without a word. Keys are
 * written so: another process may read them a moment later, and data may be encrypted with them. Errors: those of the file system.
 */
export async function writeOnce(file: string, text: string): Promise<void> {
  const beside = join(dirname(file), `.${randomUUID()}.tmp`);
  try {
    const handle = await open(beside, 'wx', 0o600);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await link(beside, file).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  } finally {
    await rm(beside, { force: true });
  }
}
