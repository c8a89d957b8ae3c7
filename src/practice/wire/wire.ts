import type { IncomingHttpHeaders } from 'node:http';
import { ERROR_TABLE, type ErrorId } from './error-table.ts';

/** One entry of eBay's `errors` or `warnings` list ("Handling error messages" guide). */
export interface WireError {
  readonly errorId: number;
  readonly domain: string;
  readonly subdomain?: string;
  readonly category: string;
  readonly message: string;
  readonly longMessage?: string;
  readonly parameters?: readonly { readonly name: string; readonly value: string }[];
}

/** What a handler gets: the request taken apart, with eBay's path parameters already decoded. */
export interface Request {
  readonly operation: string;
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
}

export interface Reply {
  readonly status: number;
  /** An object is sent as JSON, a string as it is; absent means an empty body. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A refusal in eBay's own words. Thrown by handlers and rules; everything written before it is rolled back. */
export class Refusal extends Error {
  readonly status: number;
  readonly errors: readonly WireError[];

  constructor(status: number, errors: readonly WireError[]) {
    super(errors.map((error) => `${error.errorId} ${error.message}`).join('; '));
    this.name = 'Refusal';
    this.status = status;
    this.errors = errors;
  }
}

/** An entry from the error table, its placeholders filled in order with `info`. */
export function wireError(id: ErrorId, info: readonly string[] = [], parameters: Readonly<Record<string, string>> = {}): WireError {
  const known = ERROR_TABLE[id];
  const rest = [...info];
  const message = known.text.replace(/\{[^}]*\}/g, () => rest.shift() ?? '').trim();
  const list = Object.entries(parameters).map(([name, value]) => ({ name, value }));
  return {
    errorId: id,
    domain: known.domain,
    ...(known.domain === 'API_INVENTORY' ? { subdomain: 'Selling' } : {}),
    category: known.category,
    message,
    ...(known.long === undefined ? {} : { longMessage: known.long }),
    ...(list.length > 0 ? { parameters: list } : {}),
  };
}

/** A refusal with one error, at the status the table gives. */
export function refuse(
  id: ErrorId,
  info: readonly string[] = [],
  parameters: Readonly<Record<string, string>> = {},
  status?: number,
): Refusal {
  return new Refusal(status ?? ERROR_TABLE[id].status, [wireError(id, info, parameters)]);
}

/** eBay gives some numbers in several APIs (25803 for locations and for programmes): the same error, as another API has it. */
export function refuseIn(api: { readonly domain: string; readonly category: string }, id: ErrorId, info: readonly string[] = []): Refusal {
  const known = refuse(id, info);
  const errors = known.errors.map(({ subdomain: _inventoryOnly, ...error }) => ({ ...error, ...api }));
  return new Refusal(known.status, errors);
}

export function errorReply(refusal: Refusal): Reply {
  return { status: refusal.status, body: { errors: refusal.errors } };
}

/** The JSON body. Refuses what is not a JSON object (2004, as eBay's gateway does). */
export function jsonBody(request: Request): Record<string, unknown> {
  const text = request.bytes.toString('utf8');
  let value: unknown;
  try {
    value = text === '' ? {} : JSON.parse(text);
  } catch {
    throw refuse(2004, [], { reason: 'Could not parse the request body' });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw refuse(2004, [], { reason: 'The request body must be an object' });
  return value as Record<string, unknown>;
}
