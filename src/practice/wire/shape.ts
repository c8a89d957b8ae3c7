import { refuse } from './wire.ts';

/**
 * What a field may look like on the wire. A word list is an enumeration; `[x]` is a list of x; `{ '*': x }`
 * a map to x; any other object names its known fields (fields eBay does not know are ignored, as eBay does).
 */
export type Shape = 'string' | 'number' | 'integer' | 'boolean' | 'any' | Words | ListOf | MapOf | Fields;
type Words = { readonly words: readonly string[] };
type ListOf = { readonly listOf: Shape };
type MapOf = { readonly mapOf: Shape };
type Fields = { readonly fields: Readonly<Record<string, Shape>> };

/**
 * Refuses (2004 "Could not serialize field [x]") a body that eBay's gateway could not read into its own types:
 * a wrong enumeration word, a string where a list belongs, a number where a string belongs.
 */
export function checkShape(value: unknown, shape: Shape, path = ''): void {
  if (value === undefined || value === null || shape === 'any') return;
  if (typeof shape === 'string') {
    const fits = shape === 'integer' ? Number.isInteger(value) : typeof value === shape;
    if (!fits) throw unreadable(path);
  } else if ('words' in shape) {
    if (typeof value !== 'string' || !shape.words.includes(value)) throw unreadable(path);
  } else if ('listOf' in shape) {
    if (!Array.isArray(value)) throw unreadable(path);
    for (const element of value) {
      if (element === null) throw unreadable(path);
      checkShape(element, shape.listOf, path);
    }
  } else {
    if (typeof value !== 'object' || Array.isArray(value)) throw unreadable(path);
    const known = 'mapOf' in shape ? Object.fromEntries(Object.keys(value).map((key) => [key, shape.mapOf])) : shape.fields;
    for (const [key, inner] of Object.entries(known)) {
      checkShape((value as Record<string, unknown>)[key], inner, path === '' ? key : `${path}.${key}`);
    }
  }
}

/** A field that is null counts as left out, at any depth. */
export function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  const given = Object.entries(value).filter(([, inner]) => inner !== null);
  return Object.fromEntries(given.map(([key, inner]) => [key, withoutNulls(inner)]));
}

function unreadable(path: string): Error {
  return refuse(2004, [], { reason: `Could not serialize field [${path}]` });
}
