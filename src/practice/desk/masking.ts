import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { parseMultipart } from '../wire/multipart.ts';

const MASK = '***';
const SECRET_HEADERS = new Set(['authorization', 'proxy-authorization', 'cookie', 'x-ebay-api-iaf-token']);
const SECRET_FIELDS = /token|secret|password|^code$|cert/i;

/** Headers without secrets. */
export function maskHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const kept = Object.entries(headers).flatMap(([name, value]) => {
    if (value === undefined) return [];
    return [[name, SECRET_HEADERS.has(name) ? MASK : Array.isArray(value) ? value.join(', ') : value]];
  });
  return Object.fromEntries(kept) as Record<string, string>;
}

/** The body as something to read: JSON as it is, forms with their secrets masked, files as size and hash. */
export function readableBody(contentType: string, bytes: Buffer): unknown {
  if (bytes.length === 0) return null;
  if (contentType.includes('application/x-www-form-urlencoded')) {
    const form = new URLSearchParams(bytes.toString('utf8'));
    return Object.fromEntries([...form].map(([name, value]) => [name, SECRET_FIELDS.test(name) ? MASK : value]));
  }
  if (contentType.startsWith('multipart/form-data')) {
    const parts = parseMultipart(contentType, bytes);
    if (parts !== undefined) {
      return {
        parts: parts.map(({ name, filename, contentType: type, bytes: file }) => ({ name, filename, contentType: type, ...digest(file) })),
      };
    }
  }
  if (contentType.includes('json')) {
    try {
      return maskFields(JSON.parse(bytes.toString('utf8')));
    } catch {
      return { malformed: true, ...digest(bytes) };
    }
  }
  return digest(bytes);
}

function maskFields(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(maskFields);
  if (typeof value !== 'object' || value === null) return value;
  const secret = (name: string) => /^(access_token|refresh_token|client_secret)$/i.test(name);
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, secret(name) ? MASK : maskFields(inner)]));
}

function digest(bytes: Buffer): { size: number; sha256: string } {
  return { size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
}
