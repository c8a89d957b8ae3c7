import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { EasyflipError } from '../core/errors.ts';

/** A page of another name that leads to this machine (DNS rebinding) is refused: names with exactly our port only. */
export const isOwnHost = ({ host }: IncomingHttpHeaders, port: number): boolean =>
  host === `127.0.0.1:${port}` || host === `localhost:${port}`;

/** A browser says where a changing request comes from; what does not say it may not change anything. */
export function isOwnOrigin(headers: IncomingHttpHeaders): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') return false;
  return headers.origin === `http://${headers.host ?? ''}`;
}

/** Fetched before a person asked for it: a one-time link must not be used up by that. */
export const isPrefetch = (headers: IncomingHttpHeaders): boolean =>
  /prefetch|prerender/i.test(String(headers['sec-purpose'] ?? headers.purpose ?? ''));

const BODY_MAX_BYTES = 256 * 1024;

/** The JSON object that was sent. Errors: `usage.invalid` for anything else, and for what is too large. */
export async function bodyOf(incoming: IncomingMessage): Promise<Readonly<Record<string, unknown>>> {
  if (!/^application\/json\b/i.test(incoming.headers['content-type'] ?? '')) throw unusable('is no JSON');
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > BODY_MAX_BYTES) throw unusable('is too large');
    chunks.push(chunk);
  }
  try {
    const value: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Readonly<Record<string, unknown>>;
  } catch {
    // Told below.
  }
  throw unusable('is no JSON object');
}

export const unusable = (what: string): EasyflipError =>
  new EasyflipError('usage.invalid', `What the page sent ${what}.`, { hint: 'Load the page again.' });
