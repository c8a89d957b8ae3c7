import type { Settings } from '../core/settings.ts';
import { configJsonSchema } from './json-schema.ts';
import type { SettingSource } from './layers.ts';
import { isObject, type JsonObject } from './layers.ts';

/** A setting as a stranger may see it. */
export interface TellableSetting {
  readonly path: string;
  /** Numbers, switches and words of a fixed list; for what the seller wrote himself only that it is set. */
  readonly value: string;
  readonly from: SettingSource['from'];
}

/** Names of models and languages are no secret and often the cause. */
const PLAIN_WORDS: ReadonlySet<string> = new Set([
  'analysis.model',
  'analysis.provider',
  'analysis.ocrLanguage',
  'models.asOf',
  'vision.asOf',
]);

/**
 * What differs from the defaults, for a bug report. Texts (footers, addresses, policy ids, names) are told as `set`, and so are
 * keys that the seller chose, such as brands and words.
 */
export function tellableSettings(settings: Settings, sources: Readonly<Record<string, SettingSource>>): readonly TellableSetting[] {
  const schema = configJsonSchema();
  const told = Object.entries(sources)
    .filter(([, { from }]) => from !== 'default')
    .map(([path, { from }]): TellableSetting => {
      const known = knownPart(schema, path.split('.'));
      if (known.path !== path) return { path: known.path === '' ? 'something unknown' : `${known.path}.…`, value: 'set', from };
      return { path, value: tellable(valueAt(settings as unknown as JsonObject, path), known.node, path), from };
    });
  return told.filter(({ path }, at) => told.findIndex((one) => one.path === path) === at);
}

function tellable(value: unknown, node: JsonObject, path: string): string {
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return JSON.stringify(value);
  if (Array.isArray(value)) return `${value.length} entries`;
  if (typeof value !== 'string') return 'set';
  const isWordOfList = wordsOf(node).includes(value);
  return isWordOfList || (PLAIN_WORDS.has(path) && /^[\w.:+-]{1,40}$/.test(value)) ? value : 'set';
}

/** The schema's enum, also of a setting that may be null. */
function wordsOf(node: JsonObject): readonly unknown[] {
  if (Array.isArray(node.enum)) return node.enum;
  return Array.isArray(node.anyOf) ? node.anyOf.flatMap((one) => (isObject(one) ? wordsOf(one) : [])) : [];
}

/** As far as the schema names the keys itself. */
function knownPart(schema: JsonObject, keys: readonly string[]): { readonly path: string; readonly node: JsonObject } {
  let node = schema;
  const path: string[] = [];
  for (const key of keys) {
    const properties = isObject(node.properties) ? node.properties : {};
    const next = Object.hasOwn(properties, key) ? properties[key] : undefined;
    if (!isObject(next)) break;
    node = next;
    path.push(key);
  }
  return { path: path.join('.'), node };
}

const valueAt = (from: JsonObject, path: string): unknown =>
  path.split('.').reduce<unknown>((value, key) => (isObject(value) ? value[key] : undefined), from);
