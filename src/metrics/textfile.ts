import { randomUUID } from 'node:crypto';
import { chmod, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { EasyflipError } from '../core/errors.ts';

/** node_exporter runs as somebody else; there is nothing in it that others may not know. */
const MODE = 0o644;

/**
 * For node_exporter's textfile collector: written beside it under a name that the collector leaves alone, and renamed, so that
 * it never reads half a file. Repeatable. Errors: `metrics.unwritable`.
 */
export async function writeTextfile(file: string, text: string): Promise<void> {
  const unfinished = join(dirname(file), `.${basename(file)}.${randomUUID()}.tmp`);
  try {
    await writeFile(unfinished, text, { flag: 'wx', mode: MODE });
    // The umask may have taken the right to read.
    await chmod(unfinished, MODE);
    await rename(unfinished, file);
  } catch (cause) {
    await rm(unfinished, { force: true }).catch(() => undefined);
    const system = (cause as NodeJS.ErrnoException).code ?? 'unknown';
    throw new EasyflipError('metrics.unwritable', `The metrics could not be written to ${file} (${system}).`, {
      hint: 'Make its folder, and make it writable for you, or change metrics.textfile.',
      cause,
    });
  }
}
