import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Market } from '../ground/market.ts';
import { parseMultipart } from '../wire/multipart.ts';

/** One call as `GET /_practice/requests` shows it. `status` is null while it is under way, 0 when the work was never done. */
export interface JournalEntry {
  readonly n: number;
  readonly at: number;
  readonly operation: string | null;
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly status: number | null;
  readonly fault: string | null;
}

type Arrival = Omit<JournalEntry, 'n' | 'status' | 'fault'>;

const MASK = '***';
const SECRET_HEADERS = new Set(['authorization', 'proxy-authorization', 'cookie', 'x-ebay-api-iaf-token']);
const SECRET_FIELDS = /token|secret|password|^code$|cert/i;

/** Every eBay call in order of arrival. A finished one is in the state file; one under way is only in memory. */
export class Journal {
  readonly #market: Market;
  readonly #underWay = new Map<number, JournalEntry>();
  #next: number;

  constructor(market: Market) {
    this.#market = market;
    this.#next = 1 + (market.state.get<{ last: number | null }>('SELECT max(n) AS last FROM journal')?.last ?? 0);
  }

  begin(arrival: Arrival): number {
    const n = this.#next++;
    this.#underWay.set(n, { n, ...arrival, status: null, fault: null });
    return n;
  }

  /** Written in the same transaction as the work, so that the journal never tells of what did not happen. */
  write(n: number, status: number, fault: string | null): void {
    const entry = this.#underWay.get(n);
    if (entry === undefined) return;
    this.#market.state.run(
      `INSERT OR REPLACE INTO journal (n, at, operation, method, host, path, headers, body, status, fault)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      n,
      entry.at,
      entry.operation,
      entry.method,
      entry.host,
      entry.path,
      JSON.stringify(entry.headers),
      JSON.stringify(entry.body),
      status,
      fault,
    );
  }

  end(n: number): void {
    this.#underWay.delete(n);
  }

  all(): readonly JournalEntry[] {
    const rows = this.#market.state.all<{ n: number; headers: string; body: string }>('SELECT * FROM journal ORDER BY n');
    const written = rows.map(
      (row) => ({ ...row, headers: JSON.parse(row.headers), body: JSON.parse(row.body) }) as unknown as JournalEntry,
    );
    const done = new Set(written.map((entry) => entry.n));
    const open = [...this.#underWay.values()].filter((entry) => !done.has(entry.n));
    return [...written, ...open].sort((a, b) => a.n - b.n);
  }

  /** After a reset the numbers begin again; calls still under way are forgotten. */
  clear(): void {
    this.#underWay.clear();
    this.#next = 1;
  }
}

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
