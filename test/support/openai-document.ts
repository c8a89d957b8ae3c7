import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly parameters?: readonly { readonly name: string }[] }>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, { readonly properties?: object }>> };
}

const document = readDocument();
const checks = new Map<string, ValidateFunction>();
let ajv: Ajv | undefined;

/** What a body has against OpenAI's own schema of that name; undefined: nothing, or EASYFLIP_SPECS names no document. */
export function misfit(schema: string, body: unknown): string | undefined {
  if (!document) return undefined;
  const check = checks.get(schema) ?? compiled(schema, document);
  checks.set(schema, check);
  return check(body) ? undefined : `${schema}: ${JSON.stringify(check.errors?.slice(0, 3))}`;
}

/** The same, and a key that the schema does not name is wrong too. */
export function strictMisfit(schema: string, body: object): string | undefined {
  const known = document?.components.schemas[schema]?.properties;
  const unknown = known && Object.keys(body).filter((key) => !(key in known));
  return unknown && unknown.length > 0 ? `${schema}: unknown keys ${unknown.join()}` : misfit(schema, body);
}

/** A call that the document does not know, or one with an unknown parameter. */
export function unknownCall(method: string, url: URL): string | undefined {
  if (!document) return undefined;
  const asked = url.pathname.replace(/^\/v1/, '').split('/');
  const path = Object.keys(document.paths).find((one) => {
    const parts = one.split('/');
    return parts.length === asked.length && parts.every((part, at) => part.startsWith('{') || part === asked[at]);
  });
  const operation = document.paths[path ?? '']?.[method.toLowerCase()];
  if (!operation) return `${method} ${url.pathname} is not documented`;
  const unknown = [...url.searchParams.keys()].filter((name) => !operation.parameters?.some((one) => one.name === name));
  return unknown.length > 0 ? `${method} ${url.pathname}: unknown parameters ${unknown.join()}` : undefined;
}

function compiled(schema: string, { components }: Document): ValidateFunction {
  if (!ajv) {
    ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false, validateSchema: false });
    for (const [name, one] of Object.entries(components.schemas)) ajv.addSchema(one, `#/components/schemas/${name}`);
  }
  return ajv.compile({ $ref: `#/components/schemas/${schema}` });
}

function readDocument(): Document | undefined {
  const named = process.env.EASYFLIP_SPECS;
  if (!named) {
    process.stderr.write('EASYFLIP_SPECS is not set: requests are not checked against OpenAI’s document.\n');
    return undefined;
  }
  const file = resolve(named, 'openai', 'openapi.json');
  if (!existsSync(file)) return undefined;
  // `nullable` is a word of an older OpenAPI that stands here without a type; we send no null.
  return JSON.parse(readFileSync(file, 'utf8'), (key, value) => (key === 'nullable' ? undefined : value)) as Document;
}
