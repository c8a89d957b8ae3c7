import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { EasyflipError } from '../core/errors.ts';

/** AES-256-GCM: what was changed by one bit, or lies under another name, does not open. */
const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** Before each sealed file and line. No picture and no line of JSON begins so. */
const MARK = Buffer.from('EFSEAL1\n');
/** A sealed file is so much longer than what is in it. */
export const SEALED_MORE_BYTES = MARK.length + NONCE_BYTES + TAG_BYTES;
const LINE_MARK = 'EFSEAL1 ';

interface FolderKey {
  readonly key: Uint8Array;
  /** false: what is sealed is opened, and what is new is written as it is. */
  readonly seals: boolean;
}

/** Known to the whole process, as the folders are: those who read a picture know its path and nothing else. */
const folders = new Map<string, FolderKey>();

/** From now on files of this folder are sealed, or (`seals: false`) only opened. Repeatable; the last word counts. */
export const sealFolder = (folder: string, key: Uint8Array, seals: boolean): void => void folders.set(folder, { key, seals });

/** What is to be written for these bytes under this path. */
export function sealedFor(path: string, bytes: Uint8Array): Uint8Array {
  const folder = folders.get(dirname(path));
  return folder?.seals ? Buffer.concat([MARK, sealBytes(bytes, folder.key, basename(path))]) : bytes;
}

/** The bytes of a file, opened where it is sealed. Errors: those of the file system; `store.locked`. */
export async function readKept(path: string): Promise<Buffer> {
  return openedFrom(path, await readFile(path));
}

/** For decoders that read from disk by themselves: the path, or the bytes where they cannot be read as they lie. Errors as `readKept`. */
export const pictureSource = async (path: string): Promise<string | Buffer> => (folders.has(dirname(path)) ? await readKept(path) : path);

export const isSealed = (bytes: Uint8Array): boolean => MARK.equals(bytes.subarray(0, MARK.length));

/** Of bytes that were read from `path` already. Errors: `store.locked`. */
export function openedFrom(path: string, bytes: Buffer): Buffer {
  if (!isSealed(bytes)) return bytes;
  const folder = folders.get(dirname(path));
  const opened = folder && openBytes(bytes.subarray(MARK.length), folder.key, basename(path));
  if (opened) return opened;
  throw locked(path);
}

/** One line of a file that is written line by line, with its line break. */
export function sealedLine(path: string, line: string): string {
  const folder = folders.get(dirname(path));
  return folder?.seals ? `${LINE_MARK}${sealBytes(Buffer.from(line), folder.key, basename(path)).toString('base64')}\n` : `${line}\n`;
}

/** A file of lines, as they were before they were sealed; undefined where it lies open on disk. Errors as `readKept`. */
export async function openedLines(path: string): Promise<string | undefined> {
  const folder = folders.get(dirname(path));
  if (!folder?.seals) return undefined;
  const opened = (line: string): string => {
    if (!line.startsWith(LINE_MARK)) return line;
    const text = openBytes(Buffer.from(line.slice(LINE_MARK.length), 'base64'), folder.key, basename(path));
    if (!text) throw locked(path);
    return text.toString('utf8');
  };
  return (await readFile(path, 'utf8')).split('\n').map(opened).join('\n');
}

/** A nonce is never used twice: it is drawn anew each time. The name is bound to the data without being in it. */
function sealBytes(bytes: Uint8Array, key: Uint8Array, name: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, nonce);
  cipher.setAAD(Buffer.from(name));
  const data = Buffer.concat([cipher.update(bytes), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), data]);
}

function openBytes(sealed: Buffer, key: Uint8Array, name: string): Buffer | undefined {
  try {
    const decipher = createDecipheriv(ALGORITHM, key, sealed.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
    decipher.setAAD(Buffer.from(name));
    decipher.setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
  } catch {
    return undefined;
  }
}

const locked = (path: string): EasyflipError =>
  new EasyflipError('store.locked', `The file ${path} is encrypted, and its key does not open it.`, {
    hint: 'Delete it: it is made anew from the photos.',
  });
