import * as z from 'zod';
import type { ErrorCode, ErrorDetails } from '../../core/errors.ts';
import { EasyflipError, isEasyflipError } from '../../core/errors.ts';
import { retryAfterMs as readRetryAfter } from '../../core/retry-after.ts';
import { meaningOf } from './errors/meaning.ts';

/** An EasyflipError that still knows eBay's numbers, because some refusals are answered inside this adapter. */
export class EbayError extends EasyflipError {
  readonly status: number | undefined;
  readonly errorIds: readonly number[];
  /** One entry of a bulk call was refused; the call as a whole was answered. */
  readonly entry: boolean;
  /** 25002 "Offer entity already exists" names the offer that stands in the way. */
  readonly existingOfferId: string | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    details: ErrorDetails & {
      readonly status?: number;
      readonly errorIds?: readonly number[];
      readonly entry?: boolean;
      readonly existingOfferId?: string | undefined;
    },
  ) {
    super(code, message, details);
    this.status = details.status;
    this.errorIds = details.errorIds ?? [];
    this.entry = details.entry ?? false;
    this.existingOfferId = details.existingOfferId;
  }
}

export interface ErrorContext {
  /** A lost answer to a writing call leaves open whether it did its work. */
  readonly writes: boolean;
  readonly nowMs: number;
  /** Blots every known secret out of a text before it is shown. */
  readonly redact: (text: string) => string;
}

const wireErrors = z.array(
  z.object({
    errorId: z.coerce.number().catch(0),
    message: z.string().nullish(),
    longMessage: z.string().nullish(),
    parameters: z.array(z.object({ name: z.string().nullish(), value: z.string().nullish() })).nullish(),
  }),
);
export type WireErrors = z.infer<typeof wireErrors>;

const failureBody = z.object({
  errors: wireErrors.optional().catch(undefined),
  /** A bulk call that failed as a whole may answer with its entries all the same. */
  responses: z
    .array(z.object({ errors: wireErrors.nullish() }))
    .optional()
    .catch(undefined),
  error: z.string().optional().catch(undefined),
  error_description: z.string().optional().catch(undefined),
});

/** One refused entry of a bulk answer (status 207, CONTRACTS 2.7). */
export function entryError(status: number, errors: WireErrors, context: ErrorContext): EbayError {
  return fromErrors(status, errors, context, { entry: true });
}

/**
 * Turns whatever the client threw into an EasyflipError. The original never becomes the cause: it
 * holds the bearer token, and a failed token call the client secret and the refresh token.
 */
export function translateFailure(thrown: unknown, context: ErrorContext): EasyflipError {
  if (isEasyflipError(thrown)) return thrown;
  const answer = answerOf(thrown);
  if (answer === undefined) return networkError(thrown, context);
  const { status, retryAfter, data } = answer;
  const retryAfterMs = readRetryAfter(retryAfter, context.nowMs);
  const extra = retryAfterMs === undefined ? {} : { retryAfterMs };
  const body = failureBody.safeParse(data);
  if (!body.success || isEmpty(data)) {
    const meaning = status === 404 && isEmpty(data) ? NOTHING_THERE : meaningOf(status, []);
    const said = isEmpty(data) ? 'no explanation' : 'a page instead of data';
    return new EbayError(meaning.code, `eBay answered with status ${status} and ${said}.`, {
      ...extra,
      hint: meaning.hint,
      retryable: meaning.retryable ?? false,
      mayHaveHappened: context.writes && status >= 500,
      status,
    });
  }
  const { error, error_description: description } = body.data;
  if (error !== undefined) return oauthError(status, error, description ?? '', context);
  return fromErrors(status, body.data.errors ?? body.data.responses?.[0]?.errors ?? [], context, extra);
}

/** The Inventory document lists 404 without a body for reads of what does not exist. */
const NOTHING_THERE = {
  code: 'listing.missing',
  hint: 'Run `easyflip retry-failed`; if it stays, look at the item in Seller Hub.',
  retryable: false,
} as const;

function isEmpty(data: unknown): boolean {
  if (data === undefined || data === null) return true;
  if (typeof data === 'string') return data.trim() === '';
  return typeof data === 'object' && Object.keys(data).length === 0;
}

/** eBay answered, but not in the shape its documents promise. */
export function badReply(operation: string, writes: boolean): EbayError {
  return new EbayError('provider.bad-reply', `eBay answered ${operation} with something that cannot be read.`, {
    hint: 'Run the command again; if it stays, report it with the name of the call.',
    retryable: true,
    mayHaveHappened: writes,
  });
}

/** True for the errors that mean: nothing is there. A web page with status 404 is not one of them. */
export function isMissing(error: unknown): boolean {
  if (!(error instanceof EbayError)) return false;
  if (error.errorIds.some((id) => id === 25701 || id === 25702 || id === 25710 || id === 25713)) return true;
  return error.code === 'listing.missing' && (error.errorIds.includes(25604) || (error.status === 404 && error.errorIds.length === 0));
}

/** 25002 with its text, or the bulk form's 25729: one offer per SKU, marketplace and format. */
export function offerExists(error: unknown): error is EbayError {
  if (!(error instanceof EbayError)) return false;
  return error.errorIds.includes(25729) || (error.errorIds.includes(25002) && /already exists/i.test(error.message));
}

function fromErrors(
  status: number,
  errors: WireErrors,
  context: ErrorContext,
  extra: { readonly entry?: boolean; readonly retryAfterMs?: number },
): EbayError {
  const ids = errors.map(({ errorId }) => errorId).filter((id) => id > 0);
  const said = sentenceOf(errors, context);
  const meaning = meaningOf(
    status,
    errors.map((error) => ({ errorId: error.errorId, text: sentenceOf([error], context) })),
  );
  const numbers = ids.length > 0 ? `error ${[...new Set(ids)].join(', ')}` : `status ${status}`;
  return new EbayError(meaning.code, `${meaning.sentence} eBay says: ${said === '' ? 'no explanation' : said} (${numbers})`, {
    ...extra,
    hint: meaning.hint,
    retryable: meaning.retryable ?? false,
    mayHaveHappened: context.writes && status >= 500,
    status,
    errorIds: ids,
    existingOfferId: errors.flatMap(({ parameters }) => parameters ?? []).find(({ name }) => name === 'offerId')?.value ?? undefined,
  });
}

const SENTENCE_MAX = 300;

function sentenceOf(errors: WireErrors, { redact }: ErrorContext): string {
  const sentences = errors.map(({ message, longMessage }) => {
    const short = message ?? '';
    const long = longMessage ?? '';
    return long.length > short.length ? long : short;
  });
  const text = redact([...new Set(sentences)].filter((sentence) => sentence !== '').join(' '))
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return text.length > SENTENCE_MAX ? `${text.slice(0, SENTENCE_MAX - 1)}…` : text;
}

function oauthError(status: number, error: string, description: string, context: ErrorContext): EbayError {
  const said = sentenceOf([{ errorId: 0, message: `${error}: ${description}` }], context);
  if (status >= 500 || status === 429) {
    const meaning = meaningOf(status, []);
    return new EbayError(meaning.code, `eBay says: ${said} (status ${status})`, { hint: meaning.hint, retryable: true, status });
  }
  const hint =
    error === 'invalid_client' || error === 'unauthorized_client'
      ? 'Check App ID and Cert ID (`easyflip auth status` shows their ends); they must belong to the chosen environment.'
      : 'Run `easyflip auth login` to log in to eBay again.';
  return new EbayError('provider.auth', `eBay refuses the login: ${said}`, { hint, status });
}

interface Answer {
  readonly status: number;
  readonly retryAfter: unknown;
  readonly data: unknown;
}

const response = z.object({ status: z.number(), headers: z.unknown(), data: z.unknown() });
/** The client wraps API failures (`meta.res`); token calls throw the HTTP library's own error (`response`). */
const thrownShape = z.object({
  meta: z.object({ res: response.optional() }).optional().catch(undefined),
  response: response.optional().catch(undefined),
  code: z.string().optional().catch(undefined),
});

function answerOf(thrown: unknown): Answer | undefined {
  const { data } = thrownShape.safeParse(thrown);
  const found = data?.meta?.res ?? data?.response;
  if (found === undefined) return undefined;
  const headers = z.record(z.string(), z.unknown()).safeParse({ ...(found.headers as object | undefined) });
  return { status: found.status, retryAfter: headers.data?.['retry-after'], data: found.data };
}

/** The connection was never made, so nothing can have happened. */
const NEVER_LEFT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);
/** No certificate is good on a machine whose date is wrong, nor is anything sent. */
const WRONG_TIME = new Set(['CERT_NOT_YET_VALID', 'CERT_HAS_EXPIRED']);
const TIMED_OUT = new Set(['ECONNABORTED', 'ETIMEDOUT', 'ESOCKETTIMEDOUT']);

function networkError(thrown: unknown, { writes }: ErrorContext): EbayError {
  const code = thrownShape.safeParse(thrown).data?.code ?? 'no code';
  const mayHaveHappened = writes && !NEVER_LEFT.has(code) && !WRONG_TIME.has(code);
  if (TIMED_OUT.has(code)) {
    return new EbayError('provider.timeout', 'eBay did not answer in time.', {
      hint: 'Run the same command again later; finished work is kept.',
      retryable: true,
      mayHaveHappened,
    });
  }
  return new EbayError('provider.unavailable', `eBay cannot be reached (${code.replace(/[^\w -]/g, '')}).`, {
    hint: WRONG_TIME.has(code)
      ? "Check this machine's date and time, then run the same command again; finished work is kept."
      : 'Check the network connection, then run the same command again; finished work is kept.',
    retryable: true,
    mayHaveHappened,
  });
}
