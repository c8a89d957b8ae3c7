import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** The page's script, which the build puts beside the program (scripts/build.js). Errors: those of the file system. */
export function pageScript(): Promise<Buffer> {
  const beside = fileURLToPath(new URL('./review-page.js', import.meta.url));
  return readFile(existsSync(beside) ? beside : fileURLToPath(new URL('../../dist/review-page.js', import.meta.url)));
}
