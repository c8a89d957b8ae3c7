import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import type { Database, Options } from 'better-sqlite3';
import { unusable } from './errors.ts';
import { keepAlive } from './keep-alive.ts';

/**
 * Encryption of database files, whole, page by page (ChaCha20-Poly1305): tables, indexes, log and copies hold nothing that can be read.
 * Every database file of the store is opened here; the rest of the store does not know whether it is sealed.
 */
export type FileState = 'absent' | 'plain' | 'sealed' | 'foreign';

const MAGIC = 'SQLite format 3\0';
/** Bytes 21 to 23 of every SQLite database (sqlite.org/fileformat.html, 1.3.4); the ciphers leave bytes 16 to 23 as they are. */
const FRACTIONS = { at: 21, bytes: Buffer.from([64, 32, 32]) } as const;
const sealedWith = new WeakMap<Database, Uint8Array>();

/** By the file's first bytes. Errors: those of the file system. */
export function stateOf(file: string): FileState {
  if (!existsSync(file)) return 'absent';
  const head = Buffer.alloc(FRACTIONS.at + FRACTIONS.bytes.length);
  const handle = openSync(file, 'r');
  try {
    if (readSync(handle, head, 0, head.length, 0) === 0) return 'absent';
  } finally {
    closeSync(handle);
  }
  if (head.toString('latin1', 0, MAGIC.length) === MAGIC) return 'plain';
  return head.subarray(FRACTIONS.at).equals(FRACTIONS.bytes) ? 'sealed' : 'foreign';
}

/** Opens a database file. `key` (32 bytes) is used where the file is sealed, and for one that is still empty. Errors: SQLite's own. */
export async function openFile(file: string, key: Uint8Array | undefined, options: Options = {}): Promise<Database> {
  const { default: Sqlite } = await import('better-sqlite3');
  const state = key && stateOf(file);
  const db = keepAlive(new Sqlite(file, options));
  if (key && (state === 'sealed' || state === 'absent')) useKey(db, key);
  return db;
}

function useKey(db: Database, key: Uint8Array): void {
  // An engine that knows no ciphers takes the pragmas without a word, and would write everything in the clear.
  if (db.pragma('cipher', { simple: true }) === undefined) {
    throw unusable('The SQLite of this installation cannot encrypt.', 'Install easyflip again with `npm ci`.');
  }
  db.pragma(`key="${wordFor(key)}"`);
  // What SQLite sorts or builds anew beside the file would lie in a temporary file.
  db.pragma('temp_store = MEMORY');
  sealedWith.set(db, key);
}

const wordFor = (key: Uint8Array): string => `x'${Buffer.from(key).toString('hex')}'`;

/** The key of an open database; undefined where it is not sealed. */
export const sealOf = (db: Database): Uint8Array | undefined => sealedWith.get(db);

/**
 * A copy as it lies, sealed with the same key or plain, whole although others write. In one step, because SQLite's own backup cannot write
 * a file under a key. `target` is absent or empty.
 */
export const copyWhole = (db: Database, target: string): void => void db.prepare('VACUUM INTO ?').run(target);

/** Writes a file that no process has open anew, under the key `to`, or (undefined) plain. A kill may spoil it: only for copies. */
export async function rewrite(file: string, from: Uint8Array | undefined, to: Uint8Array | undefined): Promise<void> {
  const db = await openFile(file, from);
  try {
    db.pragma('journal_mode = DELETE');
    db.pragma('temp_store = MEMORY');
    db.pragma(`rekey="${to ? wordFor(to) : ''}"`);
  } finally {
    db.close();
  }
}
