import { closeSync, constants, fstatSync, mkdirSync, openSync, readdirSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';

export interface LogFileRules {
  readonly folder: string;
  readonly maxBytes: number;
  readonly maxFiles: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** `easyflip-2026-03-01.1.jsonl`: the day (UTC) and the how many-th file of it. */
const NAME = /^easyflip-(\d{4}-\d{2}-\d{2})\.(\d+)\.jsonl$/;
/** Never through a link that somebody laid there. */
const APPEND = constants.O_APPEND | constants.O_CREAT | constants.O_WRONLY | (constants.O_NOFOLLOW ?? 0);

/** The files of the log, oldest first. */
export function logFileNames(folder: string): readonly string[] {
  return namesIn(folder).toSorted((a, b) => {
    const [one, other] = [placeOf(a), placeOf(b)];
    return one.day === other.day ? one.number - other.number : one.day < other.day ? -1 : 1;
  });
}

/**
 * Appends lines to the newest file and begins another when it is full or the day is over. Nothing is ever renamed, and
 * every line is one appending write: so processes may share the folder. Files are for their owner only.
 */
export class LogFiles {
  readonly #rules: LogFileRules;
  #open: { readonly fd: number; readonly day: string } | undefined;
  /** Lines that could not be written since the last one that could. */
  #lost = 0;
  #torn = false;

  constructor(rules: LogFileRules) {
    this.#rules = rules;
  }

  /** Returns how many lines before this one were lost; undefined: this one was lost too. Never throws: a full disk ends no run. */
  write(line: string): number | undefined {
    try {
      const text = Buffer.from(this.#torn ? `\n${line}` : line);
      const written = writeSync(this.#fileFor(text.length), text);
      // The disk took a part of it: what follows must begin a line of its own.
      this.#torn = written < text.length;
      if (this.#torn) throw new Error('part of a line');
      const lost = this.#lost;
      this.#lost = 0;
      return lost;
    } catch {
      this.#lost += 1;
      return undefined;
    }
  }

  close(): void {
    if (this.#open) closeSync(this.#open.fd);
    this.#open = undefined;
  }

  #fileFor(bytes: number): number {
    const day = new Date(this.#rules.now()).toISOString().slice(0, 10);
    if (this.#open?.day === day) {
      // Others write here too, and may have removed it as too old.
      const { size, nlink } = fstatSync(this.#open.fd);
      if (nlink > 0 && (size === 0 || size + bytes <= this.#rules.maxBytes)) return this.#open.fd;
    }
    this.close();
    const { folder } = this.#rules;
    makeFolder(folder);
    const fd = openSync(join(folder, this.#nameFor(day, bytes)), APPEND, 0o600);
    this.#open = { fd, day };
    this.#removeOld();
    return fd;
  }

  #nameFor(day: string, bytes: number): string {
    const { folder, maxBytes } = this.#rules;
    const newest = namesIn(folder)
      .map(placeOf)
      .filter((one) => one.day === day)
      .reduce((most, { number }) => Math.max(most, number), 0);
    const size = newest === 0 ? 0 : (statSync(join(folder, nameOf(day, newest)), { throwIfNoEntry: false })?.size ?? 0);
    const isFull = newest === 0 || (size > 0 && size + bytes > maxBytes);
    return nameOf(day, isFull ? newest + 1 : newest);
  }

  #removeOld(): void {
    const { folder, maxFiles } = this.#rules;
    for (const name of logFileNames(folder).slice(0, -maxFiles)) {
      try {
        rmSync(join(folder, name));
      } catch {
        // Another process was quicker, or keeps it open where that forbids removing: the next file tries again.
      }
    }
  }
}

const nameOf = (day: string, number: number): string => `easyflip-${day}.${number}.jsonl`;

function placeOf(name: string): { readonly day: string; readonly number: number } {
  const [, day = '', number = '0'] = NAME.exec(name) ?? [];
  return { day, number: Number(number) };
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => NAME.test(name));
  } catch {
    return [];
  }
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
