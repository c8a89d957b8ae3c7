import { EasyflipError, isEasyflipError } from '../core/errors.ts';

const READ_ONLY = new Set(['EACCES', 'EPERM', 'EROFS', 'SQLITE_PERM']);
const WRONG_PLACE = new Set(['ENOENT', 'ENOTDIR', 'EISDIR', 'EEXIST', 'ENAMETOOLONG', 'ELOOP', 'EINVAL']);
const FULL = new Set(['ENOSPC', 'EDQUOT', 'SQLITE_FULL']);

/**
 * The one place that knows SQLite's result codes (sqlite.org/rescode.html) and those of the file system.
 * Anything that is not a problem of the file or its disk is returned as it came: it is a bug.
 */
export function storeError(error: unknown, file: string): unknown {
  if (isEasyflipError(error)) return error;
  const code = codeOf(error);
  if (code === undefined) return error;
  if (FULL.has(code)) return storeFull(file, error);
  if (code === 'SQLITE_READONLY_DBMOVED') {
    return unusable(
      `The database ${file} was moved or deleted while easyflip was using it.`,
      'Put it back, then run the same command again.',
      error,
    );
  }
  if (READ_ONLY.has(code) || code.startsWith('SQLITE_READONLY')) return readOnly(file, error);
  if (code === 'SQLITE_NOTADB') return damaged(file, 'it is not an SQLite database', error);
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_IOERR_SHORT_READ')
    return damaged(file, 'SQLite cannot read parts of it', error);
  if (isBusy(error)) {
    return new EasyflipError('store.unusable', `Another process keeps the database ${file} locked.`, {
      hint: 'End the other process or wait until it has finished, then run the same command again.',
      retryable: true,
      cause: error,
    });
  }
  if (WRONG_PLACE.has(code) || code.startsWith('SQLITE_CANTOPEN')) {
    return unusable(
      `The database ${file} cannot be opened (${code}).`,
      'Choose another folder with --data-dir or EASYFLIP_DATA_DIR.',
      error,
    );
  }
  if (code.startsWith('SQLITE_IOERR') || code === 'SQLITE_PROTOCOL' || code === 'EIO') {
    return unusable(
      `The disk failed while easyflip used the database ${file} (${code}).`,
      'Check the disk, or choose a local one with --data-dir.',
      error,
    );
  }
  return error;
}

/** Another connection holds a lock; the same transaction may succeed in a moment. */
export function isBusy(error: unknown): boolean {
  const code = codeOf(error);
  return code !== undefined && (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED'));
}

export const damaged = (file: string, what: string, cause?: unknown): EasyflipError =>
  new EasyflipError('store.damaged', `The database ${file} is damaged: ${what}.`, {
    hint: 'Put a backup in its place with `easyflip restore FILE` (they lie in the folder backups beside it), or move it away together with its -wal and -shm files: items already on eBay are then found again by their SKU.',
    cause,
  });

export const newer = (file: string, has: number, knows: number): EasyflipError =>
  new EasyflipError(
    'store.newer',
    `The database ${file} was written by a newer easyflip (version ${has}; this one knows up to ${knows}).`,
    {
      hint: 'Update easyflip, or choose another folder with --data-dir.',
    },
  );

export const unusable = (message: string, hint: string, cause?: unknown): EasyflipError =>
  new EasyflipError('store.unusable', message, { hint, cause });

const storeFull = (file: string, cause: unknown): EasyflipError =>
  new EasyflipError('store.full', `The disk is full: the database ${file} cannot grow.`, {
    hint: 'Free some space, then run the same command again; nothing that was finished is lost.',
    cause,
  });

const readOnly = (file: string, cause: unknown): EasyflipError =>
  new EasyflipError('store.read-only', `The database ${file} or its folder cannot be written.`, {
    hint: 'Give your user the right to write there, or choose another folder with --data-dir or EASYFLIP_DATA_DIR.',
    cause,
  });

function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
