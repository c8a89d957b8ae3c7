import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { logFileNames } from './log-files.ts';

export interface LogTail {
  readonly lines: readonly string[];
  /** Lines that were left out because there are so many. */
  readonly leftOut: number;
  /** Lines that are not as this program writes them: damaged, or somebody else's. */
  readonly odd: number;
}

/** More than this nobody reads; what began and what came last says most. */
const MOST_LINES = 5_000;
const FIRST_LINES = 500;

/** The log from the beginning of the newest run on. Lines are believed only as far as they look like ours. */
export async function lastRunLines(folder: string): Promise<LogTail> {
  let lines: string[] = [];
  for (const name of logFileNames(folder).toReversed()) {
    const text = await readFile(join(folder, name), 'utf8').catch(() => '');
    const all = text.split('\n').filter((line) => line !== '');
    const begun = all.findLastIndex((line) => line.includes('"msg":"run.begun"'));
    lines = [...all.slice(Math.max(0, begun)), ...lines];
    if (begun >= 0) break;
  }
  const plain = lines.filter(isPlain);
  const isMany = plain.length > MOST_LINES;
  return {
    lines: isMany ? [...plain.slice(0, FIRST_LINES), ...plain.slice(FIRST_LINES - MOST_LINES)] : plain,
    leftOut: isMany ? plain.length - MOST_LINES : 0,
    odd: lines.length - plain.length,
  };
}

/** Ids, numbers, switches and single words; nothing that could be a sentence, an address or a path. */
function isPlain(line: string): boolean {
  try {
    const value: unknown = JSON.parse(line);
    return (
      typeof value === 'object' &&
      value !== null &&
      Object.entries(value).every(([name, member]) => /^\w{1,20}$/.test(name) && isPlainValue(member))
    );
  } catch {
    return false;
  }
}

function isPlainValue(value: unknown): boolean {
  if (typeof value === 'string') return /^[\w.!:=,-]{1,100}$/.test(value);
  if (Array.isArray(value)) return value.every((one) => typeof one === 'number');
  return typeof value === 'number' || typeof value === 'boolean';
}
