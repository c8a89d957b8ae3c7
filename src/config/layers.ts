import { SERVICES } from '../core/settings.ts';
import type { SettingsFlags, Variable } from './variables.ts';
import { VARIABLES } from './variables.ts';

/** Where the value of a setting comes from. */
export interface SettingSource {
  readonly from: 'default' | 'file' | 'environment' | 'flag';
  /** The file's path, `EASYFLIP_MODEL`, `--model`; empty for a default. */
  readonly name: string;
}

export type JsonObject = { [key: string]: unknown };

export const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Collects the layers in order of strength; `sources` remembers for each path who set it last. */
export class Layers {
  readonly merged: JsonObject = {};
  readonly sources = new Map<string, SettingSource>();

  /** Takes the file over as it is: the shape judges it later. */
  addFile(content: JsonObject, file: string): void {
    Object.assign(this.merged, structuredClone(content));
    for (const path of leafPaths(content)) this.sources.set(path, { from: 'file', name: file });
  }

  addEnvironment(env: NodeJS.ProcessEnv): void {
    for (const entry of VARIABLES) this.#add(entry, env[entry.variable], { from: 'environment', name: entry.variable });
  }

  addFlags(flags: SettingsFlags): void {
    for (const entry of VARIABLES) {
      if (entry.flagName) this.#add(entry, flags[entry.flagName], { from: 'flag', name: entry.flag ?? entry.flagName });
    }
  }

  /** An empty variable counts as unset, as shells and container files leave them. */
  #add({ paths, kind }: Variable, given: string | number | undefined, source: SettingSource): void {
    if (given === undefined || given === '') return;
    // Text that is no number stays text, so that the shape complains about it in its own words.
    const value = kind === 'number' && typeof given === 'string' && /^\d+(\.\d+)?$/.test(given.trim()) ? Number(given) : given;
    for (const path of paths.flatMap(expand)) {
      setPath(this.merged, path.split('.'), value);
      this.sources.set(path, source);
    }
  }
}

const expand = (path: string): string[] => (path.includes('*') ? SERVICES.map((name) => path.replace('*', name)) : [path]);

/** `a.b.c` for every value that is no object; an empty object is a leaf too. */
export function* leafPaths(value: JsonObject, before: readonly string[] = []): Generator<string> {
  for (const [key, member] of Object.entries(value)) {
    const path = [...before, key];
    if (isObject(member) && Object.keys(member).length > 0) yield* leafPaths(member, path);
    else yield path.join('.');
  }
}

/** A parent of the wrong kind is left alone: it is a problem of its own, reported with its path. */
function setPath(target: JsonObject, [key, ...rest]: readonly string[], value: unknown): void {
  if (key === undefined) return;
  if (rest.length === 0) {
    target[key] = value;
    return;
  }
  target[key] ??= {};
  const next = target[key];
  if (isObject(next)) setPath(next, rest, value);
}
