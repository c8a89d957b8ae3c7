import { readFile, stat } from 'node:fs/promises';
import { findJsonFault } from '../../config/json-text.ts';
import { EasyflipError, isEasyflipError } from '../../core/errors.ts';

/**
 * A JSON file that a person may have written. Looked at first: what is too large is never read, and a device or a pipe
 * would never end. Errors: `usage.invalid` with what is wrong and where; `hint` is the cure where there is no such file.
 */
export async function readJson(file: string, maxBytes: number, hint: string): Promise<unknown> {
  let text: string;
  try {
    const found = await stat(file);
    if (!found.isFile()) throw invalid(`${file} is no ordinary file.`, hint);
    if (found.size > maxBytes) throw invalid(`${file} has ${found.size} bytes; more than ${maxBytes} are not read.`, SPLIT);
    text = (await readFile(file, 'utf8')).replace(/^\uFEFF/, '');
  } catch (error) {
    if (isEasyflipError(error)) throw error;
    const { code = 'unknown cause' } = error as NodeJS.ErrnoException;
    throw invalid(code === 'ENOENT' ? `There is no ${file}.` : `${file} cannot be read (${code}).`, hint);
  }
  const fault = findJsonFault(text);
  if (fault) throw invalid(`${file}, line ${fault.line}, column ${fault.column}: ${fault.what}.`, 'Correct it there.');
  return JSON.parse(text);
}

const SPLIT = 'Name the right file, or measure fewer items at a time.';
const invalid = (message: string, hint: string): EasyflipError => new EasyflipError('usage.invalid', message, { hint });
