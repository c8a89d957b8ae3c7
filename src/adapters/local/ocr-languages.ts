import { existsSync } from 'node:fs';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { EasyflipError } from '../../core/errors.ts';

const require = createRequire(import.meta.url);

/**
 * A folder that holds the data of every language in `language` (`eng`, `eng+fra`), from the installed packages and
 * never from the network. The engine takes one folder only: of several languages it is a passing one with links, which
 * `close` removes. Errors: `config.invalid` naming the package that is missing.
 */
export async function openLanguages(language: string): Promise<{ readonly folder: string; close(): Promise<void> }> {
  const files = language.split('+').map((code) => ({ name: `${code}.traineddata.gz`, folder: folderOf(code) }));
  const [only] = files;
  if (files.length === 1 && only) return { folder: only.folder, close: async () => undefined };
  const folder = await mkdtemp(join(tmpdir(), 'easyflip-ocr-'));
  await Promise.all(files.map(({ name, folder: from }) => symlink(join(from, name), join(folder, name))));
  return { folder, close: () => rm(folder, { recursive: true, force: true }) };
}

/** The small integer model reads the same words as the full one at a third of the size. */
function folderOf(code: string): string {
  try {
    const folder = dirname(require.resolve(`@tesseract.js-data/${code}/package.json`));
    const small = join(folder, '4.0.0_best_int');
    return existsSync(small) ? small : join(folder, '4.0.0');
  } catch {
    throw new EasyflipError('config.invalid', `There is no text recognition data for the language "${code}".`, {
      hint: `Run \`npm install @tesseract.js-data/${code}\` where easyflip is installed, or set analysis.ocrLanguage to "eng".`,
    });
  }
}
