import { EasyflipError, type ErrorCode, isEasyflipError } from '../../core/errors.ts';

interface Meaning {
  readonly code: ErrorCode;
  readonly sentence: string;
  readonly hint: string;
  readonly retryable?: true;
}

const STATUS_PAGE = 'Run `easyflip resume` later; if it stays, look at https://status.cloud.google.com.';

const AUTH: Meaning = {
  code: 'provider.auth',
  sentence: 'Google Vision does not accept the credentials.',
  hint: 'Check GOOGLE_VISION_API_KEY or the key file that GOOGLE_APPLICATION_CREDENTIALS names, or use --provider local.',
};
const NOT_ENABLED: Meaning = {
  code: 'provider.auth',
  sentence: 'The Google Cloud project may not use Vision.',
  hint: 'Enable the Cloud Vision API and billing for the project in the Google Cloud console, or use --provider local.',
};
const RATE: Meaning = {
  code: 'provider.rate-limited',
  sentence: 'Google Vision asks for fewer requests.',
  hint: 'Run `easyflip resume` later, or lower services.vision.concurrency.',
  retryable: true,
};
const QUOTA: Meaning = {
  code: 'provider.quota-exhausted',
  sentence: "The Google Cloud project's quota for Vision is used up.",
  hint: 'Raise the quota in the Google Cloud console, or run `easyflip resume` when it is renewed.',
};
const DOWN: Meaning = { code: 'provider.unavailable', sentence: 'Google Vision is not available.', hint: STATUS_PAGE, retryable: true };
const SLOW: Meaning = { code: 'provider.timeout', sentence: 'Google Vision did not answer in time.', hint: STATUS_PAGE, retryable: true };
const REFUSED: Meaning = {
  code: 'provider.refused',
  sentence: 'Google Vision refused the request.',
  hint: 'Report this: easyflip sent something that Vision does not take.',
};

/** Codes of google.rpc.Code, which also stand in a single picture's answer. */
function meaningOfRpcCode(code: number): Meaning {
  if (code === 4) return SLOW;
  if (code === 7) return NOT_ENABLED;
  if (code === 8) return RATE;
  if (code === 16) return AUTH;
  return code === 13 || code === 14 || code === 10 || code === 2 ? DOWN : REFUSED;
}

/**
 * Turns whatever the client threw into an EasyflipError. The original never becomes the cause: it holds the key
 * and the picture. A rate limit passes within a minute, a daily quota does not (google.rpc.ErrorInfo, reason).
 */
export function translateFailure(thrown: unknown): EasyflipError {
  if (isEasyflipError(thrown)) return thrown;
  const { response, message = '', code } = thrown as { response?: Response; message?: unknown; code?: unknown };
  const text = String(message);
  if (response && typeof response.status === 'number') return errorOf(meaningOfStatus(response.status, text), retryAfterMs(response));
  if (thrown instanceof SyntaxError || /null (or malformed )?response/.test(text)) return badReply();
  // Systems name their own errors (ECONNRESET); what is left came from the login, and quotes what it was given.
  if (typeof code === 'string' || /fetch failed|socket|network/i.test(text)) return errorOf(DOWN);
  if (/credential|PEM|private_key|client_email|invalid_grant|decoder/i.test(text)) return keyFileError();
  return errorOf(DOWN);
}

function meaningOfStatus(status: number, text: string): Meaning {
  if (status === 429) return /PerDay|per day|daily|PerMonth|billing/i.test(text) ? QUOTA : RATE;
  if (status === 401 || /API_KEY_INVALID|API key not valid|API key expired/i.test(text)) return AUTH;
  if (status === 403) return NOT_ENABLED;
  if (status === 408 || status === 504) return SLOW;
  if (status >= 500) return DOWN;
  return REFUSED;
}

const errorOf = ({ code, sentence, hint, retryable = false as true }: Meaning, retryAfter?: number): EasyflipError =>
  new EasyflipError(code, sentence, { hint, retryable, ...(retryAfter === undefined ? {} : { retryAfterMs: retryAfter }) });

export const keyFileError = (): EasyflipError =>
  errorOf({ ...AUTH, sentence: 'The key file of the Google service account cannot be used.' });

/** Of a single picture in an answer that is otherwise good. */
export const pictureError = (code: number): EasyflipError => errorOf(meaningOfRpcCode(code));

export const badReply = (): EasyflipError =>
  new EasyflipError('provider.bad-reply', 'Google Vision answered with something that cannot be read.', {
    hint: STATUS_PAGE,
    retryable: true,
  });

/** Seconds only: Google sends no dates. */
function retryAfterMs({ headers }: Response): number | undefined {
  const text = headers?.get?.('retry-after') ?? '';
  return /^\d{1,6}$/.test(text) ? Number(text) * 1000 : undefined;
}
