import { randomUUID } from 'node:crypto';
import { mkdir, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { EasyflipError } from '../core/errors.ts';
import { CONFIG_FILE_NAME, readConfigFile } from './config-file.ts';
import { isObject, type JsonObject } from './layers.ts';

export interface ConfigChange {
  /** Dotted: `accounts.sandbox.EBAY_US.paymentPolicyId`. */
  readonly path: string;
  readonly from: unknown;
  readonly to: unknown;
}

export interface PlannedWrite {
  /** Absolute path. */
  readonly file: string;
  readonly isNew: boolean;
  readonly changes: readonly ConfigChange[];
  /** Writes all changes at once or none; nothing when there is none. Errors: `config.unreadable`. */
  readonly write: () => Promise<void>;
}

/**
 * Puts settings into the config file that is in force, or into a new one in the working folder. What else
 * stands there keeps its place. Errors: `config.unreadable`.
 */
export async function planConfigWrite(
  settings: Readonly<Record<string, string>>,
  {
    configFile,
    env,
    cwd = process.cwd(),
  }: { readonly configFile: string | undefined; readonly env: NodeJS.ProcessEnv; readonly cwd?: string },
): Promise<PlannedWrite> {
  const found = await readConfigFile({ named: configFile, env, cwd });
  const file = found?.file ?? join(cwd, CONFIG_FILE_NAME);
  const content = structuredClone(found?.content ?? {});
  const changes: ConfigChange[] = [];
  for (const [path, to] of Object.entries(settings)) {
    const from = put(content, path.split('.'), to);
    if (from !== to) changes.push({ path, from, to });
  }
  return {
    file,
    isNew: found === undefined,
    changes,
    write: async () => {
      if (changes.length > 0) await writeWhole(file, `${JSON.stringify(content, null, 2)}\n`);
    },
  };
}

/** Returns what was there before. */
function put(target: JsonObject, [key, ...rest]: readonly string[], value: string): unknown {
  if (key === undefined) return undefined;
  const before = target[key];
  if (rest.length === 0) {
    target[key] = value;
    return before;
  }
  const next = isObject(before) ? before : {};
  target[key] = next;
  return put(next, rest, value);
}

/** A link stays a link, and who may read the file stays as it was. */
async function writeWhole(named: string, text: string): Promise<void> {
  const file = await realpath(named).catch(() => named);
  const mode = await stat(file).then(
    (now) => now.mode & 0o777,
    () => 0o644,
  );
  const beside = join(dirname(file), `.${randomUUID()}.tmp`);
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(beside, text, { flag: 'wx', mode });
    await rename(beside, file);
  } catch (cause) {
    await rm(beside, { force: true });
    throw new EasyflipError('config.unreadable', `The config file ${file} cannot be written.`, {
      hint: 'Make its folder writable, or name another with --config.',
      cause,
    });
  }
}
