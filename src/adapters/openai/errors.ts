import { EasyflipError, type ErrorCode, type ErrorDetails } from '../../core/errors.ts';
import { retryAfterMs } from '../../core/retry-after.ts';

/** What of the SDK's errors is looked at; nothing else of them leaves this folder. */
interface ApiFailure {
  readonly status?: number;
  readonly code?: string | null;
  readonly type?: string | null;
  readonly message: string;
  readonly headers?: { get(name: string): string | null };
}

export interface FailureContext {
  readonly model: string;
  /** Host of the service, for messages. */
  readonly host: string;
  readonly apiKey: string;
  readonly nowMs: number;
}

/**
 * An SDK error in our words, by status and code (OpenAI, "Error codes"). What is thrown that is none of the SDK's is
 * given back as it is: a bug must not pass for a bad connection.
 */
export function translateFailure(error: unknown, context: FailureContext): unknown {
  if (isBrokenOff(error)) return connectionError(error, context);
  if (!isApiFailure(error)) return error;
  const { status } = error;
  if (status === undefined) return connectionError(error, context);
  if (status === 401 || status === 403) return authError(status, context);
  if (status === 404) return missingModel(context);
  if (status === 429 && isOutOfCredit(error)) return noCredit(context);
  if (status === 429) return tooFast(error, context);
  if (status >= 500 || status === 408 || status === 409)
    return failure('provider.unavailable', `${context.host} is not available (${status}).`, {
      hint: 'Run `easyflip resume` in a few minutes.',
      retryable: true,
      ...waitOf(error, context.nowMs),
      // A gateway that gave up may have passed the request on.
      mayHaveHappened: status === 504,
    });
  return refusedRequest(error, context);
}

function refusedRequest(error: ApiFailure, context: FailureContext): EasyflipError {
  const { model, host, apiKey } = context;
  const words = said(error, apiKey);
  if (/content.?(policy|filter)|moderation/i.test(`${error.code} ${error.message}`))
    return failure('provider.content-filter', `${host} does not want to look at these photos: its filter stopped the request.`, {
      hint: 'Look whether a photo shows something that may not be sold; else say the facts yourself, or use `--provider local`.',
    });
  if (/model_not_found|does not exist/i.test(`${error.code} ${error.message}`) && /model/i.test(error.message))
    return missingModel(context);
  return failure('provider.request-refused', `${host} does not take the request for ${model}: ${words}`, {
    hint: 'Use a model that takes pictures and structured output (`--model`), or `--provider local`.',
  });
}

function connectionError(error: Error, { host }: FailureContext): EasyflipError {
  if (error.constructor.name === 'APIConnectionTimeoutError')
    return failure('provider.timeout', `${host} gave no answer in time.`, {
      hint: 'Check the network connection, then run `easyflip retry-failed`.',
      retryable: true,
      mayHaveHappened: true,
    });
  const neverArrived = /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|CERT|SELF_SIGNED/i.test(codesOf(error));
  return failure('provider.unavailable', neverArrived ? `${host} cannot be reached.` : `The connection to ${host} broke.`, {
    hint: 'Check the network connection and OPENAI_BASE_URL, then run `easyflip resume`.',
    retryable: true,
    mayHaveHappened: !neverArrived,
  });
}

const authError = (status: number, { model, host }: FailureContext): EasyflipError =>
  status === 401
    ? failure('provider.auth', `${host} does not accept the key in OPENAI_API_KEY.`, {
        hint: 'Set OPENAI_API_KEY to a valid key, then run `easyflip resume`.',
      })
    : failure('provider.auth', `${host} does not let this key use ${model}.`, {
        hint: 'Look at the permissions of the key and its project, or use another `--model`; then run `easyflip resume`.',
      });

const missingModel = ({ model, host }: FailureContext): EasyflipError =>
  failure('provider.model-missing', `${host} has no model "${model}" for this key.`, {
    hint: 'Name another with `--model` or analysis.model, then run `easyflip resume`.',
  });

const noCredit = ({ host }: FailureContext): EasyflipError =>
  failure('provider.no-credit', `The account at ${host} has no credit left.`, {
    hint: 'Add credit or raise the limit in its billing settings, then run `easyflip resume`.',
  });

const tooFast = (error: ApiFailure, { host, nowMs }: FailureContext): EasyflipError =>
  failure('provider.rate-limited', `${host} asks us to go slower.`, {
    hint: 'Run `easyflip resume` later, or lower services.model.concurrency.',
    retryable: true,
    ...waitOf(error, nowMs),
  });

const isOutOfCredit = ({ code, type, message }: ApiFailure): boolean =>
  /insufficient_quota|billing_(?:hard_limit|not_active)|credit/i.test(`${code} ${type}`) || /exceeded your current quota/i.test(message);

/** `retry-after-ms`, `retry-after` in seconds or as a date, else the longest that a used-up limit of OpenAI needs. */
function waitOf({ headers }: ApiFailure, nowMs: number): { readonly retryAfterMs?: number } {
  const read = (name: string): string => headers?.get(name)?.trim() ?? '';
  const inMs = read('retry-after-ms');
  const asked = /^\d{1,9}(?:\.\d+)?$/.test(inMs) ? Number(inMs) : retryAfterMs(read('retry-after'), nowMs);
  if (asked !== undefined) return { retryAfterMs: asked };
  const resets = ['requests', 'tokens']
    .filter((kind) => read(`x-ratelimit-remaining-${kind}`) === '0')
    .map((kind) => spanMs(read(`x-ratelimit-reset-${kind}`)));
  const longest = Math.max(0, ...resets);
  return longest > 0 ? { retryAfterMs: longest } : {};
}

/** `6m0s`, `1s`, `120ms`. */
function spanMs(text: string): number {
  const units: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1_000, ms: 1 };
  return [...text.matchAll(/(\d+(?:\.\d+)?)(ms|h|m|s)/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * (units[unit ?? ''] ?? 0),
    0,
  );
}

/** The service's own words, short and without a key: the server may echo what it was sent. */
const said = ({ message }: ApiFailure, apiKey: string): string =>
  message
    .replaceAll(apiKey, '[secret]')
    .replace(/\b(?:sk|Bearer)[-\s][\w*-]{6,}/g, '[secret]')
    .replace(/data:image\/[\w+;,/=-]+/g, '[picture]')
    .replace(/\s+/g, ' ')
    .slice(0, 300);

function codesOf(error: unknown): string {
  const codes: string[] = [];
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1)
    codes.push(String((at as { code?: unknown }).code ?? ''), at.message);
  return codes.join(' ');
}

const isApiFailure = (error: unknown): error is ApiFailure & Error =>
  error instanceof Error && 'status' in error && 'headers' in error && 'requestID' in error;

/** The answer had begun: `fetch` says so with an error of its own that carries the socket's. */
const isBrokenOff = (error: unknown): error is Error =>
  error instanceof TypeError && (error.message === 'terminated' || error.cause instanceof Error);

const failure = (code: ErrorCode, message: string, details: ErrorDetails): EasyflipError => new EasyflipError(code, message, details);
