import type { FileCache, SeenFile } from '../core/ports/store.ts';
import type { Connection } from './connection.ts';
import { FILES_AT, REMEMBER_FILE } from './item-sql.ts';

interface FileRow {
  readonly path: string;
  readonly bytes: number;
  readonly modifiedMs: number;
  readonly result: string;
}

export function fileCache({ db, read, write, parse }: Connection): FileCache {
  const at = db.prepare<[string], FileRow>(FILES_AT);
  const remember = db.prepare<FileRow>(REMEMBER_FILE);
  return {
    at: (paths) =>
      read(
        () =>
          new Map(
            at
              .all(JSON.stringify(paths))
              .map(({ result, ...file }): [string, SeenFile] => [file.path, { ...file, result: parse<SeenFile['result']>(result) }]),
          ),
      ),
    remember: (files) =>
      write(() => {
        for (const { path, bytes, modifiedMs, result } of files) remember.run({ path, bytes, modifiedMs, result: JSON.stringify(result) });
      }),
  };
}
