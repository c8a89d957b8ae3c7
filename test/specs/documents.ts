import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';

interface Schema {
  readonly [keyword: string]: unknown;
}
interface Content {
  readonly 'application/json'?: { readonly schema?: Schema };
}
/** An entry of `x-response-codes`, eBay's list of the errors of an operation. */
interface DocumentedError {
  readonly domain?: string;
  readonly category?: string;
  readonly description?: string;
}
interface Answer {
  readonly content?: Content;
  readonly 'x-response-codes'?: { readonly errors?: Readonly<Record<string, DocumentedError>> };
}
interface OperationObject {
  readonly operationId: string;
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required?: boolean }[];
  readonly requestBody?: { readonly content?: Content };
  readonly responses: Readonly<Record<string, Answer>>;
}
interface Document {
  readonly servers: readonly { readonly variables: { readonly basePath: { readonly default: string } } }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, OperationObject>>>>;
  readonly components?: { readonly schemas?: Readonly<Record<string, Schema>> };
}

/** An operation of one of eBay's documents, with what checks a body against its schema. */
export interface Operation {
  /** `sell_inventory_v1 publishOffer` */
  readonly name: string;
  readonly query: ReadonlySet<string>;
  readonly requiredHeaders: readonly string[];
  readonly hasRequestBody: boolean;
  readonly request: ValidateFunction | undefined;
  readonly statuses: ReadonlySet<number>;
  answer(status: number): ValidateFunction | undefined;
  /** Undefined when the document does not list this number for this operation, at whatever status. */
  error(id: number): DocumentedError | undefined;
  /** The statuses at which the document lists this number for this operation. */
  statusesOf(id: number): readonly number[];
  /** Whether the document has this status for the operation, and no list of errors for it. */
  isWithoutErrors(status: number): boolean;
  /** Every wording of this number in the whole document: its operations word the same error differently. */
  wordings(id: number): readonly string[];
}

interface Entry {
  readonly file: string;
  readonly segments: readonly string[];
  readonly method: string;
  readonly operation: OperationObject;
}

const METHODS = new Set(['get', 'put', 'post', 'delete']);
/** Typed `string` in the documents; on the wire a map of name to list (specs/ebay/README.md, known quirks). */
const NAME_TO_LIST: Schema = { type: 'object', additionalProperties: { type: 'array', items: { type: 'string' } } };

/** The folder that EASYFLIP_SPECS names; undefined where it is unset. On a build server it must be set. */
export function specsFolder(): string | undefined {
  const named = process.env.EASYFLIP_SPECS;
  if (named === undefined || named === '') {
    if (process.env.CI) throw new Error('Set EASYFLIP_SPECS to the folder with eBay’s OpenAPI documents (it holds ebay/*.json).');
    process.stderr.write('EASYFLIP_SPECS is not set: nothing is checked against eBay’s documents.\n');
    return undefined;
  }
  const folder = resolve(named, 'ebay');
  if (!existsSync(folder)) throw new Error(`EASYFLIP_SPECS names ${named}, where there is no folder "ebay".`);
  return folder;
}

/** eBay's documents, closed: a key that they do not name is wrong. Compiled as they are needed. */
export class SpecDocuments {
  readonly #entries: readonly Entry[];
  readonly #documents = new Map<string, Document>();
  readonly #validators = new Map<string, Ajv>();
  readonly #compiled = new Map<string, ValidateFunction>();

  constructor(folder: string) {
    const files = readdirSync(folder).filter((name) => name.endsWith('_oas3.json'));
    for (const file of files) this.#documents.set(file, JSON.parse(readFileSync(join(folder, file), 'utf8')) as Document);
    this.#entries = [...this.#documents].flatMap(([file, document]) => {
      const base = document.servers[0]?.variables.basePath.default ?? '';
      return Object.entries(document.paths).flatMap(([path, methods]) =>
        Object.entries(methods)
          .filter(([method]) => METHODS.has(method))
          .map(([method, operation]) => ({ file, segments: split(base + path), method: method.toUpperCase(), operation })),
      );
    });
  }

  /** The names of all operations: `publishOffer`. */
  get operationIds(): ReadonlySet<string> {
    return new Set(this.#entries.map(({ operation }) => operation.operationId));
  }

  /** The operation with the fewest parameters in its path that fits, as a server would choose. */
  find(method: string, path: string): Operation | undefined {
    const given = split(path.split('?')[0] ?? '');
    const fitting = this.#entries.filter((entry) => entry.method === method && fits(entry.segments, given));
    const entry = fitting.sort((a, b) => parameters(a.segments) - parameters(b.segments))[0];
    return entry === undefined ? undefined : this.#operation(entry);
  }

  #operation({ file, operation }: Entry): Operation {
    const named = (place: string) => (operation.parameters ?? []).filter((one) => one.in === place);
    const request = operation.requestBody?.content?.['application/json']?.schema;
    return {
      name: `${file.replace('_oas3.json', '')} ${operation.operationId}`,
      query: new Set(named('query').map((one) => one.name)),
      requiredHeaders: named('header')
        .filter((one) => one.required === true)
        .map((one) => one.name.toLowerCase()),
      hasRequestBody: request !== undefined,
      request: request === undefined ? undefined : this.#compile(file, `${operation.operationId} request`, request),
      statuses: new Set(Object.keys(operation.responses).map(Number)),
      answer: (status) => {
        // 207 has no schema of its own: its body is the one of 200 (README of the documents).
        const schema = operation.responses[status === 207 ? 200 : status]?.content?.['application/json']?.schema;
        return schema === undefined ? undefined : this.#compile(file, `${operation.operationId} ${status}`, schema);
      },
      error: (id) => listed(operation, id)[0]?.error,
      statusesOf: (id) => listed(operation, id).map(({ status }) => status),
      isWithoutErrors: (status) => status in operation.responses && operation.responses[status]?.['x-response-codes'] === undefined,
      wordings: (id) =>
        this.#entries
          .filter((entry) => entry.file === file)
          .flatMap((entry) => listed(entry.operation, id).map(({ error }) => error.description ?? '')),
    };
  }

  #compile(file: string, name: string, schema: Schema): ValidateFunction {
    const key = `${file} ${name}`;
    const known = this.#compiled.get(key);
    if (known !== undefined) return known;
    const compiled = this.#validator(file).compile(closed(schema));
    this.#compiled.set(key, compiled);
    return compiled;
  }

  #validator(file: string): Ajv {
    const known = this.#validators.get(file);
    if (known !== undefined) return known;
    const ajv = new Ajv({ strict: false, allErrors: true });
    addFormats.default(ajv);
    const schemas = this.#documents.get(file)?.components?.schemas ?? {};
    for (const [name, schema] of Object.entries(schemas)) ajv.addSchema(closed(schema), `#/components/schemas/${name}`);
    this.#validators.set(file, ajv);
    return ajv;
  }
}

/** Analytics documents a figure's `value` as an object without properties, which is its tool's word for "any"; its samples hold text and numbers. */
const isAnyValue = (name: string, one: unknown): boolean =>
  name === 'value' && (one as Schema).type === 'object' && (one as Schema).properties === undefined;

/** Without prose and `example`s; objects closed; `aspects` as they are on the wire. */
function closed(schema: unknown): Schema {
  if (typeof schema !== 'object' || schema === null) return {};
  const { $ref, type, format, items, properties, additionalProperties } = schema as Schema;
  // Beside a $ref the documents only repeat the description.
  if ($ref !== undefined) return { $ref };
  const inner = Object.entries((properties ?? {}) as Record<string, unknown>).map(
    ([name, one]) =>
      [name, name === 'aspects' && (one as Schema).type === 'string' ? NAME_TO_LIST : isAnyValue(name, one) ? {} : closed(one)] as const,
  );
  return {
    ...(type === undefined ? {} : { type }),
    ...(format === undefined ? {} : { format }),
    ...(items === undefined ? {} : { items: closed(items) }),
    ...(properties === undefined ? {} : { properties: Object.fromEntries(inner) }),
    ...(additionalProperties !== undefined
      ? { additionalProperties: closed(additionalProperties) }
      : properties !== undefined
        ? { additionalProperties: false }
        : {}),
  };
}

function listed({ responses }: OperationObject, id: number): readonly { readonly status: number; readonly error: DocumentedError }[] {
  return Object.entries(responses).flatMap(([status, answer]) => {
    const error = answer['x-response-codes']?.errors?.[id];
    return error === undefined ? [] : [{ status: Number(status), error }];
  });
}

function split(path: string): string[] {
  return path.replace(/\/$/, '').split('/').slice(1);
}

function fits(wanted: readonly string[], given: readonly string[]): boolean {
  return wanted.length === given.length && wanted.every((segment, index) => segment.startsWith('{') || segment === given[index]);
}

function parameters(segments: readonly string[]): number {
  return segments.filter((segment) => segment.startsWith('{')).length;
}
