import type OpenAI from 'openai';
import { EasyflipError } from '../../core/errors.ts';
import type { ServiceAnswer } from '../../core/ports/outgoing.ts';

export interface OpenAiAccess {
  readonly apiKey: string;
  /** Without a slash at its end; absent: OpenAI's own. */
  readonly baseUrl?: string;
}

const OPENAI_URL = 'https://api.openai.com/v1';

export const addressOf = ({ baseUrl }: OpenAiAccess): string => baseUrl ?? OPENAI_URL;
export const hostOf = (access: OpenAiAccess): string => new URL(addressOf(access)).host;

/**
 * The client, loaded when first needed. It never retries (the guard does, and pays for each attempt), never logs
 * (pictures and keys would be in it) and follows no redirect (they would travel to another host).
 */
export async function createClient(
  access: OpenAiAccess,
  { timeoutMs, env }: { timeoutMs: number; env: NodeJS.ProcessEnv },
): Promise<OpenAI> {
  const { default: Client } = await import('openai');
  return new Client({
    apiKey: access.apiKey,
    baseURL: addressOf(access),
    organization: env.OPENAI_ORG_ID?.trim() || null,
    project: env.OPENAI_PROJECT_ID?.trim() || null,
    maxRetries: 0,
    timeout: timeoutMs,
    logLevel: 'off',
    fetchOptions: { redirect: 'error' },
    // An answer that comes late or twice on a line that is used again would pass for that about another item.
    defaultHeaders: { connection: 'close' },
  });
}

/** A picture as the service takes it. */
export const dataUrl = (jpeg: Uint8Array): string => `data:image/jpeg;base64,${Buffer.from(jpeg).toString('base64')}`;

/** A description has some ten thousand bytes; the rest is room for services that repeat the question. */
const ANSWER_MAX_BYTES = 16 * 1024 * 1024;

/** The body as text, read only as far as an answer may go. Errors: `provider.bad-reply` for one that does not end there. */
export async function textOf(response: Response, host: string): Promise<string> {
  if (response.body === null) return '';
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of response.body) {
    bytes += part.byteLength;
    if (bytes > ANSWER_MAX_BYTES) {
      throw new EasyflipError('provider.bad-reply', `${host} answered with more than ${ANSWER_MAX_BYTES / 1024 / 1024} MB.`, {
        hint: 'Look whether OPENAI_BASE_URL is the address of an OpenAI-compatible service, with /v1 at its end.',
      });
    }
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

/** Errors: `provider.bad-reply` for a body that is no JSON (a gateway's page). */
export function parsedBody(text: string, host: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new EasyflipError('provider.bad-reply', `${host} answered with something that is no JSON.`, {
      hint: 'Look whether OPENAI_BASE_URL is the address of an OpenAI-compatible service, with /v1 at its end.',
      retryable: true,
    });
  }
}

/** What may be told of an answer, also of one that the client threw as its error. */
export function answerOf({ status, headers }: Partial<Pick<Response, 'status' | 'headers'>>): ServiceAnswer {
  const requestId = headers?.get('x-request-id');
  return { ...(typeof status === 'number' ? { status } : {}), ...(requestId ? { requestId } : {}) };
}
