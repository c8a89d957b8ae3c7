import { EasyflipError } from '../core/errors.ts';

export interface WebhookCall {
  /** As the environment gives it: a secret, and never told. */
  readonly address: string;
  /** Where it comes from, for messages. */
  readonly variable: string;
  readonly body: string;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/**
 * One POST of JSON. A redirect is not followed: the message belongs to this address alone. Not repeatable: each call may tell once
 * more. Errors: `alert.unsent`; the address, the answer's text and the cause are in none.
 */
export async function callWebhook({ address, variable, body, timeoutMs, signal }: WebhookCall): Promise<void> {
  const url = addressOf(address, variable);
  const timeout = AbortSignal.timeout(timeoutMs);
  let status: number;
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': 'easyflip' },
      body,
      redirect: 'manual',
      signal: AbortSignal.any([signal, timeout]),
    });
    status = response.status;
    // Nobody reads it, and it may be long.
    await response.body?.cancel().catch(() => undefined);
  } catch (error) {
    if (signal.aborted) throw unsent(variable, 'the program was stopped', 'It is told next time.');
    if (timeout.aborted)
      throw unsent(variable, `it did not answer within ${timeoutMs / 1000} s`, 'Look whether it is up; it is told next time.');
    throw unsent(variable, `it cannot be reached (${systemCode(error)})`, `Look at its address in ${variable}; it is told next time.`);
  }
  if (status >= 300 && status < 400)
    throw unsent(variable, `it points to another address (${status}), which is not followed`, `Set ${variable} to the final address.`);
  if (status < 200 || status >= 300)
    throw unsent(variable, `it answered ${status}`, `Look at its address in ${variable} and its form in the settings.`);
}

/** https anywhere, plain http on this machine only. Errors: `alert.unsent`. */
function addressOf(address: string, variable: string): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname))) {
    if (url.username === '' && url.password === '') return url;
  }
  throw unsent(
    variable,
    'its address is neither https nor http on this machine, or holds a user name',
    `Set ${variable} to an address such as https://host/path.`,
  );
}

const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(hostname);

/** `ECONNREFUSED`; nothing else of the cause, which names the address. */
function systemCode(error: unknown): string {
  const code = (error as { readonly cause?: { readonly code?: unknown } }).cause?.code;
  return typeof code === 'string' && /^[A-Z][A-Z0-9_]{2,40}$/.test(code) ? code : 'no connection';
}

const unsent = (variable: string, why: string, hint: string): EasyflipError =>
  new EasyflipError('alert.unsent', `The webhook ${variable} was not told: ${why}.`, { hint });
