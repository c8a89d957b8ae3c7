import { hkdfSync } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Folders } from '../config/folders.ts';
import { EasyflipError } from '../core/errors.ts';
import type { Environment, Settings } from '../core/settings.ts';
import { storageKey } from '../credentials/storage-key.ts';
import { sealFolder } from '../sealing/sealed-folders.ts';
import { switchFolder } from '../sealing/switch-folder.ts';
import type { Seal } from '../store/restore.ts';
import { stateOf } from '../store/sealing.ts';
import { switchCopy, switchDatabase } from '../store/switch-sealing.ts';

export interface AtRestRequest {
  readonly settings: Pick<Settings, 'environment' | 'store'>;
  readonly folders: Folders;
  readonly env: NodeJS.ProcessEnv;
}

/**
 * Puts into effect whether what easyflip keeps lies encrypted, before the database is opened: what is there is changed where the settings
 * want it otherwise, and after a kill the next start goes on. Answers the database's key (32 bytes); undefined: nothing is encrypted.
 * Errors: `store.locked` (the key cannot be had), `store.unusable` (another process has the database open), `store.*`.
 */
export async function atRest(request: AtRestRequest): Promise<Uint8Array | undefined> {
  const { settings, folders } = request;
  const { database } = folders;
  const seal = await sealFor(request);
  if (!seal) return undefined;
  for (const folder of [folders.pictures, folders.batches]) sealFolder(folder, seal.filesKey, seal.to === 'sealed');
  const switchRest = (): Promise<void> => switchBeside(folders, settings.environment, seal);
  // Pictures of a database that was lost.
  if (stateOf(database) === 'absent') await switchRest();
  await switchDatabase(database, { ...seal, meanwhile: switchRest });
  return seal.key;
}

/**
 * How a database of this environment shall lie, with the keys; undefined: plain, and neither it nor the backup that is asked for is encrypted.
 * Errors: `store.locked`.
 */
export async function sealFor(
  { settings, folders, env }: AtRestRequest,
  backup?: string,
): Promise<(Seal & { readonly filesKey: Uint8Array }) | undefined> {
  const isSealed = stateOf(folders.database) === 'sealed';
  const to = (settings.store.encryptAtRest ?? isSealed) ? 'sealed' : 'plain';
  const isBackupSealed = backup !== undefined && stateOf(backup) === 'sealed';
  if (to === 'plain' && !isSealed && !isBackupSealed) return undefined;
  const keys = storageKey({ folder: folders.data, environment: settings.environment, env });
  const key = await (isSealed || isBackupSealed ? keys.read() : keys.readOrMake());
  return { to, key: derived(key, 'database'), filesKey: derived(key, 'files') };
}

/** The key of the database as it lies, which is left so: for who only looks. Errors: `store.locked`. */
export const keyFor = async (request: AtRestRequest): Promise<Uint8Array | undefined> =>
  stateOf(request.folders.database) === 'plain' ? undefined : (await sealFor(request))?.key;

/** One key for each use, so that what is known of one says nothing of another. */
const derived = (key: Uint8Array, use: string): Uint8Array => new Uint8Array(hkdfSync('sha256', key, '', `easyflip ${use}`, key.length));

/** All that lies beside the database: pictures, questions that were not sent, backups, and what restores have replaced. */
async function switchBeside({ database, pictures, batches, backups }: Folders, environment: Environment, seal: Seal): Promise<void> {
  await switchFolder(pictures, seal.to);
  // Of a process that has ended: its questions are asked again.
  await rm(batches, { recursive: true, force: true });
  const ours = (name: string): boolean => name.startsWith(`${environment}.`) && name.endsWith('.sqlite');
  const replaced = (name: string): boolean => name.startsWith(`${basename(database)}.`) && name.endsWith('.replaced');
  const halfMade = (name: string): boolean =>
    (name.startsWith(`.${environment}.`) && /\.tmp(?:-journal)?$/.test(name)) ||
    (name.startsWith(`${basename(database)}.`) && name.includes('.restoring-'));
  for (const folder of new Set([backups, dirname(database)])) {
    for (const name of await readdir(folder).catch((): string[] => [])) {
      const path = join(folder, name);
      if (halfMade(name)) await rm(path, { force: true });
      else if (path !== database && (ours(name) || replaced(name))) await switchOld(path, seal);
    }
  }
}

async function switchOld(copy: string, seal: Seal): Promise<void> {
  try {
    await switchCopy(copy, seal);
  } catch (error) {
    if (!(error instanceof EasyflipError) || error.code !== 'store.damaged') throw error;
    throw new EasyflipError(
      'store.damaged',
      `The old copy ${copy} is damaged and cannot be ${seal.to === 'sealed' ? 'encrypted' : 'decrypted'}.`,
      {
        hint: 'Move it away or delete it, then run the same command again.',
        cause: error,
      },
    );
  }
}
