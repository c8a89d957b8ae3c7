import { cp, lstat, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { EasyflipError } from '../../core/errors.ts';
import { damageOf, hashOfFile } from './original.ts';

/**
 * Moves a file or folder to a place where nothing is yet. On one file system in one step; across two by a copy
 * that is written to the disk, compared byte for byte and only then put in place, after which the original goes.
 * `originals` are the hashes of photos by path: one that is not what was listed stays where it is. May be repeated
 * after a kill. Errors: `photo.changed`, `photo.unreadable-file`, `usage.invalid` for a target that exists.
 */
export async function moveWithoutLoss(from: string, to: string, originals: ReadonlyMap<string, string>): Promise<void> {
  if (!(await exists(from)) && (await exists(to))) return refuseDamage(movedPaths(from, to, originals));
  await refuseDamage(originals);
  if (await exists(to)) {
    throw new EasyflipError('usage.invalid', `${to} exists already; nothing is written over.`, {
      hint: 'Rename or remove it, or archive to another folder.',
    });
  }
  try {
    await mkdir(dirname(to), { recursive: true });
    await moveFile(from, to);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (typeof code !== 'string' || error instanceof EasyflipError) throw error;
    throw new EasyflipError('photo.unreadable-file', `${from} cannot be moved (${code}).`, {
      hint: 'Allow moving it, or make room, and run again.',
    });
  }
}

async function moveFile(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
    await moveByCopy(from, to);
  }
}

/** Apart from `moveFile` for tests: two file systems are not everywhere. */
export async function moveByCopy(from: string, to: string): Promise<void> {
  const partial = `${to}.partial`;
  await rm(partial, { recursive: true, force: true });
  await cp(from, partial, { recursive: true, preserveTimestamps: true, errorOnExist: true, force: false });
  for (const file of await filesOf(from)) {
    const copy = join(partial, relative(from, file));
    if ((await hashOfFile(file)) !== (await hashOfFile(copy)))
      throw new EasyflipError('photo.changed', `The copy of ${file} is not the same.`, {
        hint: 'Look after the disk it was copied to; the original stays.',
      });
    await toDisk(copy);
  }
  await rename(partial, to);
  await rm(from, { recursive: true });
}

async function filesOf(path: string): Promise<string[]> {
  if (!(await stat(path)).isDirectory()) return [path];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

async function toDisk(path: string): Promise<void> {
  const file = await open(path, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

async function refuseDamage(originals: ReadonlyMap<string, string>): Promise<void> {
  for (const [path, hash] of originals) {
    const damage = await damageOf(path, hash);
    if (damage)
      throw new EasyflipError('photo.changed', `${path} is ${damage} since it was listed; the item stays where it is.`, {
        hint: 'Put the original back from a copy, or run `easyflip scan` with its folder.',
      });
  }
}

const movedPaths = (from: string, to: string, originals: ReadonlyMap<string, string>): ReadonlyMap<string, string> =>
  new Map([...originals].map(([path, hash]) => [join(to, relative(from, path)), hash]));

const exists = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  );
