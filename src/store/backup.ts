import { closeSync, existsSync, openSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { EasyflipError } from '../core/errors.ts';
import type { Environment } from '../core/settings.ts';
import { checkPages } from './check-database.ts';
import { whileBusy } from './connection.ts';
import { removeUnfinished, syncFolder } from './database-files.ts';
import { storeError } from './errors.ts';
import { makeFolder } from './make-folder.ts';
import { copyWhole, openFile, sealOf } from './sealing.ts';

export interface BackupPlace {
  readonly folder: string;
  /** Of those that easyflip makes by itself; 0: it makes none. */
  readonly kept: number;
}

/** Why a backup was made; stands in its name. Those a person asked for are never removed. */
type Occasion = 'daily' | 'manual' | `before-v${number}`;

/** Pages at a time: 8 MB, so that the program goes on meanwhile. */
const PAGES_PER_STEP = 2_000;
const ALL_PAGES = 0x7fffffff;
/** What a killed program left half written is this old before it is cleared away. */
const ABANDONED_MS = 60 * 60_000;

/**
 * Copies an open database into a new file, whole, while others write, for its owner only; the copy of a sealed one is sealed.
 * Written beside the target and renamed: a kill leaves no half backup. Nothing is written over.
 * Errors: `usage.invalid` (the target exists), `store.full`, `store.read-only`, `store.unusable`, `store.damaged`.
 */
export async function backUp(db: Database, target: string): Promise<void> {
  const unfinished = join(dirname(target), `.${basename(target)}.${process.pid}-${Math.random().toString(36).slice(2)}.tmp`);
  try {
    makeFolder(dirname(target));
    if (existsSync(target)) throw exists(target);
    closeSync(openSync(unfinished, 'wx', 0o600));
    if (sealOf(db)) copyWhole(db, unfinished);
    else await copyPages(db, unfinished);
    await finishCopy(unfinished, sealOf(db));
    renameSync(unfinished, target);
    syncFolder(dirname(target));
  } catch (error) {
    removeUnfinished(unfinished);
    throw storeError(error, target);
  }
}

/** SQLite begins anew when another process has written meanwhile; from then on it gets everything in one step. */
async function copyPages(db: Database, target: string): Promise<void> {
  let left = Number.POSITIVE_INFINITY;
  await db.backup(target, {
    progress: ({ remainingPages }) => {
      const again = remainingPages > left;
      left = remainingPages;
      return again ? ALL_PAGES : PAGES_PER_STEP;
    },
  });
}

/** One file that needs no log beside it, and that no process has open. */
async function finishCopy(file: string, key: Uint8Array | undefined): Promise<void> {
  const copy = await openFile(file, key, { fileMustExist: true });
  try {
    copy.pragma('synchronous = FULL');
    copy.pragma('journal_mode = DELETE');
    const hasOpenings = copy.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'openings'`).pluck().get() === 1;
    if (hasOpenings) copy.exec('DELETE FROM openings');
    await whileBusy(() => checkPages(copy, file), file);
  } finally {
    copy.close();
  }
}

/** `practice.2026-11-24T17-30-00Z.daily.sqlite` */
export const backupFile = ({ folder }: BackupPlace, environment: Environment, occasion: Occasion, nowMs: number): string =>
  join(folder, `${environment}.${new Date(nowMs).toISOString().slice(0, 19).replaceAll(':', '-')}Z.${occasion}.sqlite`);

/** One a day (UTC), and only `kept` of them. Answers the new file; undefined when there is one of today, or none are wanted. */
export async function backUpDaily(db: Database, place: BackupPlace, environment: Environment, nowMs: number): Promise<string | undefined> {
  if (place.kept === 0) return undefined;
  const target = backupFile(place, environment, 'daily', nowMs);
  const today = basename(target).slice(0, basename(target).indexOf('T'));
  try {
    if (automaticBackups(place, environment).some((name) => name.startsWith(today) && name.includes('.daily.'))) return undefined;
    await backUp(db, target);
    removeOld(place, environment);
  } catch (error) {
    // A folder that cannot be read, or is none, is no reason to end a run.
    throw storeError(error, place.folder);
  }
  return target;
}

/** Before the tables change. Its failure is told: without it nothing is changed. */
export async function backUpBefore(version: number, db: Database, place: BackupPlace, environment: Environment): Promise<void> {
  if (place.kept === 0) return;
  const target = backupFile(place, environment, `before-v${version}`, Date.now());
  // Another process that starts at the same moment has made the same.
  if (!existsSync(target)) await backUp(db, target);
  removeOld(place, environment);
}

/** Names of the backups that were not asked for, oldest first: the time stands first in them. */
function automaticBackups({ folder }: BackupPlace, environment: Environment): readonly string[] {
  const ours = new RegExp(`^${environment}\\.\\d{4}-\\d{2}-\\d{2}T[\\d-]+Z\\.(?:daily|before-v\\d+)\\.sqlite$`);
  return existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => ours.test(name))
        .sort()
    : [];
}

/** ISO time that stands in the newest name, whoever asked for it. */
export function latestBackup({ folder }: BackupPlace, environment: Environment): string | undefined {
  const ours = new RegExp(`^${environment}\\.(\\d{4}-\\d{2}-\\d{2}T\\d{2}-\\d{2}-\\d{2})Z\\.[\\w-]+\\.sqlite$`);
  const latest = namesIn(folder)
    .flatMap((name) => ours.exec(name)?.[1] ?? [])
    .sort()
    .at(-1);
  return latest && `${latest.slice(0, 13)}:${latest.slice(14, 16)}:${latest.slice(17)}.000Z`;
}

/** Where nothing can be read, there is no backup either. */
function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function removeOld(place: BackupPlace, environment: Environment): void {
  for (const name of automaticBackups(place, environment).slice(0, -place.kept)) rmSync(join(place.folder, name), { force: true });
  for (const name of readdirSync(place.folder)) {
    const path = join(place.folder, name);
    const age = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (name.startsWith('.') && /\.tmp(?:-journal|-wal|-shm)?$/.test(name) && age > ABANDONED_MS) rmSync(path, { force: true });
  }
}

const exists = (target: string): EasyflipError =>
  new EasyflipError('usage.invalid', `The file ${target} exists already, and a backup writes over nothing.`, {
    hint: 'Name another file.',
  });
