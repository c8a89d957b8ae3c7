import { sep } from 'node:path';
import type { FileCache, SeenFile } from '../core/ports/store.ts';
import type { Connection } from './connection.ts';
import { FILES_BELOW, REMEMBER_FILE } from './item-sql.ts';

interface FileRow {
  readonly path: string;
  readonly bytes: number;
  readonly modifiedMs: number;
  readonly result: string;
}

export function fileCache({ db, read, write, parse }: Connection): FileCache {
  const below = db.prepare<{ from: string; to: string }, FileRow>(FILES_BELOW);
  const remember = db.prepare<FileRow>(REMEMBER_FILE);
  return {
    below: (folder) =>
      read(() => {
        const from = folder.endsWith(sep) ? folder : folder + sep;
        const files = new Map<string, SeenFile>();
        for (const row of below.iterate({ from, to: justAfter(from) })) {
          files.set(row.path, {
            path: row.path,
            bytes: row.bytes,
            modifiedMs: row.modifiedMs,
            result: parse<SeenFile['result']>(row.result),
          });
        }
        return files;
      }),
    remember: (files) =>
      write(() => {
        for (const { path, bytes, modifiedMs, result } of files) remember.run({ path, bytes, modifiedMs, result: JSON.stringify(result) });
      }),
  };
}

/** The first text after all texts that begin with `prefix`, which ends in a path separator. */
const justAfter = (prefix: string): string => prefix.slice(0, -1) + String.fromCharCode(prefix.charCodeAt(prefix.length - 1) + 1);
