import type { Logger } from 'pino';
import type { RunEvent } from '../../core/events.ts';
import type { Settings } from '../../core/settings.ts';
import type { Reporter } from '../report-context.ts';
import { type LogEntry, logEntry } from './log-entry.ts';
import { LogFiles } from './log-files.ts';

export interface LogOptions {
  readonly folder: string;
  readonly settings: Settings['log'];
  /** Milliseconds since 1970. Default: Date.now. */
  readonly now?: () => number;
}

/**
 * Writes the log: what `logEntry` keeps of every event, one JSON object a line, with time, process and run. pino is loaded
 * with the first event; until then events wait. It writes by itself into our files: no thread of its own, so that a line is
 * on disk before the work goes on, also when the program is killed.
 */
export class LogReporter implements Reporter {
  readonly #files: LogFiles;
  readonly #now: () => number;
  readonly #level: Settings['log']['level'];
  /** Undefined: not asked for yet. An array: pino is on its way. */
  #waiting: { readonly entry: LogEntry; readonly atMs: number }[] | undefined;
  #logger: Logger | undefined;
  #run: string | undefined;
  #atMs = 0;
  #closed = false;

  constructor({ folder, settings, now = Date.now }: LogOptions) {
    this.#now = now;
    this.#level = settings.level;
    this.#files = new LogFiles({ folder, maxBytes: settings.maxMegabytes * 1_000_000, maxFiles: settings.maxFiles, now });
  }

  on(event: RunEvent): void {
    if (this.#level === 'off') return;
    const entry = logEntry(event);
    if (this.#logger) {
      this.#write(this.#logger, entry, this.#now());
      return;
    }
    if (this.#waiting) this.#waiting.push({ entry, atMs: this.#now() });
    else {
      this.#waiting = [{ entry, atMs: this.#now() }];
      void this.#load();
    }
  }

  close(): void {
    this.#closed = true;
    if (this.#logger) this.#files.close();
  }

  async #load(): Promise<void> {
    const { default: pino } = await import('pino');
    this.#logger = pino(
      {
        level: this.#level,
        base: { pid: process.pid },
        timestamp: () => `,"time":"${new Date(this.#atMs).toISOString()}"`,
        formatters: { level: (level) => ({ level }) },
      },
      { write: (line) => this.#keep(line) },
    );
    for (const { entry, atMs } of this.#waiting ?? []) this.#write(this.#logger, entry, atMs);
    this.#waiting = undefined;
    if (this.#closed) this.#files.close();
  }

  #write(logger: Logger, { level, event, fields }: LogEntry, atMs: number): void {
    this.#atMs = atMs;
    this.#run = fields.run ?? this.#run;
    // After close too (a straggler): the file is opened again, and closed with the process.
    logger[level](this.#run === undefined ? fields : { run: this.#run, ...fields }, event);
  }

  #keep(line: string): void {
    const lost = this.#files.write(line);
    // The disk was full for a while: say so, once it is not.
    if (lost !== undefined && lost > 0) this.#logger?.warn({ run: this.#run, lines: lost }, 'log.gap');
  }
}
