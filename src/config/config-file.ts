import { readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import envPaths from 'env-paths';
import { EasyflipError } from '../core/errors.ts';
import { findJsonFault } from './json-text.ts';
import type { JsonObject } from './layers.ts';
import { isObject } from './layers.ts';

export const CONFIG_FILE_NAME = 'easyflip.config.json';

/** Settings are a few kilobytes; anything much larger is another file. */
const MAX_BYTES = 1_000_000;

export interface ConfigFile {
  /** Absolute path. */
  readonly file: string;
  readonly content: JsonObject;
}

export interface ConfigFileSearch {
  /** `--config`. */
  readonly named: string | undefined;
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  /** The user's folder for settings; default: what the operating system says. */
  readonly userFolder?: string | undefined;
}

/**
 * Reads the config file: the named one (flag, else EASYFLIP_CONFIG), which must be there, else the one
 * in the working folder, else the user's. Undefined when there is none. Errors: `config.unreadable`.
 */
export async function readConfigFile({ named, env, cwd, userFolder }: ConfigFileSearch): Promise<ConfigFile | undefined> {
  const wanted = named || env.EASYFLIP_CONFIG;
  if (wanted) {
    const file = resolve(cwd, wanted);
    const text = await readIfThere(file);
    if (text === undefined)
      throw unreadable(`There is no config file ${file}.`, 'Correct the path, or leave it out to run with the defaults.');
    return { file, content: parse(text, file) };
  }
  for (const folder of [cwd, userFolder ?? envPaths('easyflip', { suffix: '' }).config]) {
    const file = join(folder, CONFIG_FILE_NAME);
    const text = await readIfThere(file);
    if (text !== undefined) return { file, content: parse(text, file) };
  }
  return undefined;
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    // Looked at first: what is large is never read, and a device or a pipe would never end.
    const found = await stat(file);
    if (found.isFile() && found.size > MAX_BYTES)
      throw unreadable(`The config file ${file} is too large to be one.`, 'Name the right file with --config.');
    if (!found.isFile() && !found.isDirectory()) throw unreadable(`${file} is no ordinary file.`, 'Name the right file with --config.');
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof EasyflipError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    const why = code === 'EISDIR' ? 'is a folder' : `cannot be read (${code ?? 'unknown reason'})`;
    throw unreadable(`The config file ${file} ${why}.`, 'Make it a readable file, or name another with --config.');
  }
}

function parse(raw: string, file: string): JsonObject {
  // Some editors put a byte order mark first, which is no JSON.
  const text = raw.replace(/^\uFEFF/, '');
  const fault = findJsonFault(text);
  if (fault) {
    const hint = 'Correct that place; easyflip.config.example.json shows the form.';
    throw unreadable(`The config file ${file} is not valid JSON: line ${fault.line}, column ${fault.column}: ${fault.what}.`, hint);
  }
  const content: unknown = JSON.parse(text);
  if (!isObject(content))
    throw unreadable(`The config file ${file} must hold one object in braces.`, 'Start from easyflip.config.example.json.');
  return content;
}

const unreadable = (message: string, hint: string): EasyflipError => new EasyflipError('config.unreadable', message, { hint });
