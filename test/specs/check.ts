import type { ValidateFunction } from 'ajv';
import type { Operation, SpecDocuments } from './documents.ts';
import { type Exchange, isJson, parsed } from './exchange.ts';

/** No document describes it (CONTRACTS.md 2.10 does). */
const TOKEN_PATH = '/identity/v1/oauth2/token';
const TOKEN_KEYS = new Set(['access_token', 'expires_in', 'token_type', 'refresh_token', 'refresh_token_expires_in']);

const ERROR_KEYS = new Set([
  'errorId',
  'domain',
  'subdomain',
  'category',
  'message',
  'longMessage',
  'inputRefIds',
  'outputRefIds',
  'parameters',
]);
/** Answered by eBay where its documents do not list them: CONTRACTS.md 2.8 and 2.9, marked [field]. */
const FIELD_ERRORS = new Set([25002, 25058, 25059, 25060, 25064, 25066, 25604, 25709, 25713]);
/** What eBay's gateway answers for every API, whatever the documents list. */
const GATEWAY_STATUSES = new Set([400, 401, 403, 404, 405, 409, 415, 429, 500, 501]);

/** What of a request the documents do not know; empty when it is as documented. */
export function requestProblems(documents: SpecDocuments, exchange: Exchange): readonly string[] {
  if (exchange.path === TOKEN_PATH) return [];
  const operation = documents.find(exchange.method, exchange.path);
  if (operation === undefined) return [`${exchange.method} ${exchange.path.split('?')[0]}: no document has such an operation`];
  return [
    ...[...new URL(exchange.path, 'http://ebay').searchParams.keys()]
      .filter((name) => !operation.query.has(name))
      .map((name) => `query parameter "${name}" is not documented`),
    ...operation.requiredHeaders.filter((name) => !(name in exchange.requestHeaders)).map((name) => `header ${name} is missing`),
    ...requestBodyProblems(operation, exchange),
  ].map((problem) => `${operation.name}, request: ${problem}`);
}

function requestBodyProblems(operation: Operation, exchange: Exchange): readonly string[] {
  const { requestBody: body, requestHeaders } = exchange;
  if (operation.name.endsWith('createImageFromFile')) return uploadProblems(exchange);
  if (body.length === 0) return operation.hasRequestBody && exchange.method === 'PUT' ? ['the body is missing'] : [];
  if (operation.request === undefined) return ['a body where none is documented'];
  if (!isJson(requestHeaders)) return [`the content type is ${requestHeaders['content-type']}`];
  return schemaProblems(operation.request, parsed(body));
}

/** multipart/form-data with one part named `image` (the document has no schema for it, its text says so). */
function uploadProblems({ requestHeaders, requestBody }: Exchange): readonly string[] {
  const names = [...requestBody.toString('latin1').matchAll(/^content-disposition: form-data; name="([^"]*)"/gim)].map((match) => match[1]);
  const isForm = (requestHeaders['content-type'] ?? '').startsWith('multipart/form-data');
  return isForm && names.length === 1 && names[0] === 'image' ? [] : ['not one part named "image" in multipart/form-data'];
}

/** What of an answer the documents do not know. */
export function answerProblems(documents: SpecDocuments, exchange: Exchange): readonly string[] {
  const { method, path, status } = exchange;
  if (status === 0) return [];
  if (path === TOKEN_PATH) return tokenProblems(exchange);
  const operation = documents.find(method, path);
  if (operation === undefined) return [];
  const problems = status >= 400 ? errorProblems(operation, exchange) : successProblems(operation, exchange);
  return problems.map((problem) => `${operation.name}, answer ${status}: ${problem}`);
}

function successProblems(operation: Operation, exchange: Exchange): readonly string[] {
  const { status, answerBody, answerHeaders } = exchange;
  if (!operation.statuses.has(status)) return ['the status is not documented'];
  const check = operation.answer(status);
  // What 201 describes are warnings, and mostly there are none.
  if (answerBody.length === 0) return check === undefined || status !== 200 ? [] : ['the body is missing'];
  if (status === 204) return ['204 with a body'];
  // fetchItemAspects declares JSON, its text says gzip bytes.
  if (!isJson(answerHeaders)) return operation.name.endsWith('fetchItemAspects') ? [] : [`it is ${answerHeaders['content-type']}`];
  if (check === undefined) return ['a body where none is documented'];
  return [...schemaProblems(check, parsed(answerBody)), ...entryProblems(operation, parsed(answerBody))];
}

interface BulkEntry {
  readonly statusCode?: number;
  readonly errors?: readonly Record<string, unknown>[];
  readonly warnings?: readonly unknown[];
}

/** The errors of a bulk call's entries, each at the status of its entry, and never beside warnings. */
function entryProblems(operation: Operation, body: unknown): readonly string[] {
  const { responses } = (body ?? {}) as { readonly responses?: unknown };
  if (!Array.isArray(responses)) return [];
  return (responses as readonly BulkEntry[]).flatMap(({ statusCode = 0, errors = [], warnings = [] }) => [
    ...errors.flatMap((error) => catalogueProblems(operation, error, statusCode, true)),
    ...(errors.length > 0 && warnings.length > 0 ? ['warnings beside the errors of an entry'] : []),
    ...(errors.length > 0 === statusCode >= 400 ? [] : [`an entry has the status ${statusCode} and ${errors.length} errors`]),
  ]);
}

/** eBay's error envelope (guide "Handling error messages"); the documents have no schema for it. */
function errorProblems(operation: Operation, exchange: Exchange): readonly string[] {
  const { status, answerBody } = exchange;
  // A gateway's page.
  if (status >= 500 && !isJson(exchange.answerHeaders)) return [];
  if (!operation.statuses.has(status) && !GATEWAY_STATUSES.has(status)) return ['the status is not documented'];
  // The document lists 404 without a body for an SKU without offers, and the like.
  if (answerBody.length === 0) return [];
  const body = parsed(answerBody) as { errors?: unknown; warnings?: unknown; responses?: unknown } | undefined;
  // A bulk call of which nothing succeeded still has its list.
  const bulk = operation.answer(200);
  if (body?.responses !== undefined && bulk !== undefined) return [...schemaProblems(bulk, body), ...entryProblems(operation, body)];
  if (!Array.isArray(body?.errors) || body.errors.length === 0) return ['no list of errors'];
  if (body.warnings !== undefined && (body.warnings as unknown[]).length > 0) return ['warnings beside errors'];
  return body.errors.flatMap((error: Record<string, unknown>, index: number) => [
    ...['errorId', 'domain', 'category', 'message'].filter((key) => !(key in error)).map((key) => `errors/${index} lacks ${key}`),
    ...Object.keys(error)
      .filter((key) => !ERROR_KEYS.has(key))
      .map((key) => `errors/${index} has the unknown key ${key}`),
    ...catalogueProblems(operation, error, status, false),
  ]);
}

/** Number, status, domain, category and words against the operation's own list of errors, and against what is known from the field. */
function catalogueProblems(operation: Operation, error: Record<string, unknown>, status: number, isEntry: boolean): readonly string[] {
  const { errorId, domain, category, message = '' } = error as { errorId?: number; domain?: string; category?: string; message?: string };
  if (errorId === undefined || domain === undefined || !domain.startsWith('API_')) return [];
  const documented = operation.error(errorId);
  if (documented === undefined) return FIELD_ERRORS.has(errorId) ? [] : [`error ${errorId} is not in the list of this call`];
  return [
    ...(documented.domain === domain ? [] : [`error ${errorId} has the domain ${domain}, documented is ${documented.domain}`]),
    ...(documented.category?.toUpperCase() === category?.toUpperCase()
      ? []
      : [`error ${errorId} has the category ${category}, documented is ${documented.category}`]),
    // Some statuses stand in the documents without a list: 404 "Not Found", 409 "Location Already Exists".
    ...(isEntry || operation.statusesOf(errorId).includes(status) || operation.isWithoutErrors(status)
      ? []
      : [`error ${errorId} at ${status}, documented at ${operation.statusesOf(errorId).join(', ')}`]),
    ...(operation.wordings(errorId).some((wording) => isWordedAs(wording, message)) ? [] : [`error ${errorId} says "${message}"`]),
  ];
}

/** Whether a message is the documented wording with its placeholders filled. Some wordings only name a page with several texts. */
function isWordedAs(wording: string, message: string): boolean {
  if (wording.includes('multiple possible errors')) return true;
  const plain = (text: string) =>
    text
      .replace(/<[^>]*>/g, '')
      .replace(/\s+/g, ' ')
      .trim();
  const pieces = plain(wording)
    .split(/\{+[^}]*\}+/)
    .map((piece) => piece.replace(/[.*+?^$()|[\]\\]/g, '\\$&').trim());
  return new RegExp(`^${pieces.join('[^]*')}\\.?$`).test(plain(message));
}

function tokenProblems({ status, answerBody }: Exchange): readonly string[] {
  const body = parsed(answerBody) as Record<string, unknown> | undefined;
  const allowed = status === 200 ? TOKEN_KEYS : new Set(['error', 'error_description']);
  const needed = status === 200 ? ['access_token', 'expires_in', 'token_type'] : [...allowed];
  return [
    ...Object.keys(body ?? {})
      .filter((key) => !allowed.has(key))
      .map((key) => `token endpoint, answer ${status}: unknown key ${key}`),
    ...needed.filter((key) => body?.[key] === undefined).map((key) => `token endpoint, answer ${status}: ${key} is missing`),
  ];
}

function schemaProblems(check: ValidateFunction, value: unknown): readonly string[] {
  if (check(value)) return [];
  return (check.errors ?? []).map(({ instancePath, message, params }) => {
    const key = (params as { additionalProperty?: string }).additionalProperty;
    // Numbers of list entries are left out, so that the same fault is told once.
    const place = instancePath.replace(/\/\d+/g, '/n') || '/';
    return key === undefined ? `${place} ${message}` : `${place} has the undocumented key "${key}"`;
  });
}

/** Each problem once, with how often it was seen. */
export function summed(problems: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const problem of problems) counts.set(problem, (counts.get(problem) ?? 0) + 1);
  return [...counts].map(([problem, count]) => (count === 1 ? problem : `${problem} (${count} times)`)).sort();
}
