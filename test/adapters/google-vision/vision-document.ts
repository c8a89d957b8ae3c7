import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A message or an enum in protobuf.js's JSON form of Google's own proto files. */
interface Type {
  readonly fields?: Readonly<Record<string, { readonly type: string; readonly rule?: string; readonly keyType?: string }>>;
  readonly values?: Readonly<Record<string, number>>;
  readonly nested?: Readonly<Record<string, Type>>;
}

/** Checks bodies against Google's document of Vision v1; undefined where EASYFLIP_SPECS names no folder. */
export function visionDocument(): VisionDocument | undefined {
  const folder = process.env.EASYFLIP_SPECS;
  const file = folder && join(folder, 'google-vision', 'vision-protos.npm-5.3.7.json');
  return file && existsSync(file) ? new VisionDocument(JSON.parse(readFileSync(file, 'utf8')) as Type) : undefined;
}

export class VisionDocument {
  readonly #root: Type;

  constructor(root: Type) {
    this.#root = root;
  }

  /** What is wrong with a request of `POST /v1/images:annotate`, or an answer to it; nothing when all is well. */
  problemsOf(message: 'BatchAnnotateImagesRequest' | 'BatchAnnotateImagesResponse', body: unknown): readonly string[] {
    return this.#check(body, ['google', 'cloud', 'vision', 'v1', message], message);
  }

  #check(value: unknown, path: readonly string[], at: string): string[] {
    const type = this.#at(path);
    if (!type) return [`${at}: the document has no ${path.join('.')}`];
    if (type.values) {
      const known = typeof value === 'number' ? Object.values(type.values).includes(value) : String(value) in type.values;
      return known ? [] : [`${at}: ${String(value)} is no value of the enum`];
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${at}: is no object`];
    return Object.entries(value).flatMap(([name, member]) => {
      const field = type.fields?.[snake(name)] ?? type.fields?.[name];
      if (!field) return [`${at}.${name}: is not in the document`];
      if (field.keyType)
        return Object.entries(member as object).flatMap(([key, one]) => this.#value(one, field.type, path, `${at}.${name}.${key}`));
      if (field.rule !== 'repeated') return this.#value(member, field.type, path, `${at}.${name}`);
      if (!Array.isArray(member)) return [`${at}.${name}: is no list`];
      return member.flatMap((one, index) => this.#value(one, field.type, path, `${at}.${name}[${index}]`));
    });
  }

  #value(value: unknown, type: string, from: readonly string[], at: string): string[] {
    const plain: Readonly<Record<string, () => boolean>> = {
      string: () => typeof value === 'string',
      bytes: () => typeof value === 'string' && Buffer.from(value, 'base64').toString('base64') === value,
      bool: () => typeof value === 'boolean',
      int32: () => Number.isInteger(value),
      float: () => typeof value === 'number',
      double: () => typeof value === 'number',
    };
    const fits = plain[type];
    if (fits) return fits() ? [] : [`${at}: is no ${type}`];
    const path = this.#resolve(type.split('.').filter(Boolean), from);
    return path ? this.#check(value, path, at) : [`${at}: the document has no type ${type}`];
  }

  /** From the innermost scope outwards, as proto files name their types. */
  #resolve(name: readonly string[], from: readonly string[]): readonly string[] | undefined {
    for (let depth = from.length; depth >= 0; depth -= 1) {
      const path = [...from.slice(0, depth), ...name];
      if (this.#at(path)) return path;
    }
    return undefined;
  }

  #at(path: readonly string[]): Type | undefined {
    return path.reduce<Type | undefined>((type, name) => type?.nested?.[name], this.#root);
  }
}

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
