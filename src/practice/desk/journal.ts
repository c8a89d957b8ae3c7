import type { Market } from '../ground/market.ts';
import { readSettings } from '../ground/settings.ts';
import type { Reply } from '../wire/wire.ts';

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
  /** What was answered to a call that was refused, wholly or in part; null for every other. */
  readonly answer: unknown;
}

type Arrival = Omit<JournalEntry, 'n' | 'status' | 'fault' | 'answer'>;

/** Which calls to show; everything that is given must fit. */
export interface JournalFilter {
  /** Only calls with a greater number: the way to page on, and to see only what is new. */
  readonly after?: number;
  /** Only calls with a smaller number. */
  readonly before?: number;
  /** Words that must occur in method, path or operation. */
  readonly search?: string;
  /** `404`, `4xx` or `open`. */
  readonly status?: string;
  readonly limit?: number;
  /** The newest instead of the oldest of those that fit; they still come in order of arrival. */
  readonly newest?: boolean;
}

const PRUNE_EVERY = 50;

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
    this.#underWay.set(n, { n, ...arrival, status: null, fault: null, answer: null });
    return n;
  }

  /** Written in the same transaction as the work, so that the journal never tells of what did not happen. */
  write(n: number, { status, body }: Pick<Reply, 'status' | 'body'>, fault: string | null): void {
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
    const isRefused = status >= 400 || status === 207;
    if (isRefused && typeof body === 'object')
      this.#market.state.run('INSERT OR REPLACE INTO refusals (n, answer) VALUES (?, ?)', n, JSON.stringify(body));
    // Now and then is enough: a few rows too many harm nobody.
    if (n % PRUNE_EVERY === 0) this.#market.state.run('DELETE FROM journal WHERE n <= ?', n - readSettings(this.#market.state).journalMax);
  }

  end(n: number): void {
    this.#underWay.delete(n);
  }

  /** In order of arrival. */
  list(filter: JournalFilter = {}): readonly JournalEntry[] {
    const { where, values } = conditions(filter);
    const rows = this.#market.state.all<{ n: number; headers: string; body: string; answer: string | null }>(
      `SELECT * FROM journal LEFT JOIN refusals USING (n) WHERE ${where} ORDER BY n ${filter.newest === true ? 'DESC' : 'ASC'} LIMIT ?`,
      ...values,
      filter.limit ?? -1,
    );
    const written = rows.map(
      (row) =>
        ({
          ...row,
          headers: JSON.parse(row.headers),
          body: JSON.parse(row.body),
          answer: row.answer === null ? null : JSON.parse(row.answer),
        }) as unknown as JournalEntry,
    );
    const done = new Set(written.map((entry) => entry.n));
    const open = [...this.#underWay.values()].filter((entry) => !done.has(entry.n) && !this.#isWritten(entry.n) && fits(entry, filter));
    const all = [...written, ...open].sort((a, b) => a.n - b.n);
    return filter.newest === true ? all.slice(-(filter.limit ?? all.length)) : all.slice(0, filter.limit);
  }

  #isWritten(n: number): boolean {
    return this.#market.state.get('SELECT 1 FROM journal WHERE n = ?', n) !== undefined;
  }

  /** After a reset the numbers begin again; calls still under way are forgotten. */
  clear(): void {
    this.#underWay.clear();
    this.#next = 1;
  }
}

function conditions({ after = 0, before = Number.MAX_SAFE_INTEGER, search = '', status = '' }: JournalFilter): {
  where: string;
  values: (string | number)[];
} {
  const words = search.split(/\s+/).filter((word) => word !== '');
  const [low, high] = statusSpan(status);
  return {
    where: [
      'n > ? AND n < ? AND status BETWEEN ? AND ?',
      ...words.map(() => "instr(lower(method || ' ' || path || ' ' || coalesce(operation, '')), lower(?)) > 0"),
    ].join(' AND '),
    values: [after, before, low, high, ...words],
  };
}

/** The same for a call that is still under way, which no status but `open` fits. */
function fits(entry: JournalEntry, { after = 0, before = Number.MAX_SAFE_INTEGER, search = '', status = '' }: JournalFilter): boolean {
  const text = `${entry.method} ${entry.path} ${entry.operation ?? ''}`.toLowerCase();
  const found = search.split(/\s+/).every((word) => text.includes(word.toLowerCase()));
  return (status === '' || status === 'open') && entry.n > after && entry.n < before && found;
}

function statusSpan(status: string): readonly [number, number] {
  if (status === '') return [0, 999];
  const family = /^([1-5])xx$/i.exec(status)?.[1];
  if (family !== undefined) return [Number(family) * 100, Number(family) * 100 + 99];
  return /^\d{1,3}$/.test(status) ? [Number(status), Number(status)] : [-1, -1];
}
