import { randomBytes } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EasyflipError, isEasyflipError } from '../core/errors.ts';
import type { Environment } from '../core/settings.ts';
import { type Keychain, systemKeychain } from './keychain.ts';
import { type KeyPlaces, type KeyRecipe, keyOf, newKey, PASSPHRASE_VARIABLE } from './keys.ts';
import { KEY_BYTES, open, type Sealed, seal } from './seal.ts';
import { writeOnce } from './write-once.ts';

export interface StorageKeyOptions {
  /** The data folder. */
  readonly folder: string;
  readonly environment: Environment;
  readonly env: NodeJS.ProcessEnv;
  /** Default: that of the operating system, and none in practice. */
  readonly keychain?: Keychain;
}

/**
 * The random key that what is kept is encrypted with. It lies in the data folder, itself encrypted by a key from the keychain, a passphrase or
 * a key file, and is made once: backups of any age need it.
 */
export interface StorageKey {
  /** Errors: `store.locked` when there is none, or it cannot be opened. */
  read(): Promise<Uint8Array>;
  /** The one that is there, else a new one, which is on disk before it is answered. Errors: as `read`; `store.unusable`. */
  readOrMake(): Promise<Uint8Array>;
}

interface KeyFile {
  readonly version: 1;
  readonly environment: Environment;
  readonly key: KeyRecipe;
  readonly sealed: Sealed;
}

const VERSION = 1;

export function storageKey({ folder, environment, env, keychain }: StorageKeyOptions): StorageKey {
  const file = join(folder, `${environment}.key.json`);
  const places: KeyPlaces = {
    account: `${environment} data`,
    keyFile: join(folder, 'storage.key'),
    passphrase: env[PASSPHRASE_VARIABLE] || undefined,
    keychain: environment === 'practice' ? undefined : (keychain ?? systemKeychain()),
  };
  const context = `easyflip data ${VERSION} ${environment}`;

  const load = async (): Promise<Uint8Array | undefined> => {
    const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw locked(`its key ${file} cannot be read`, file, error);
    });
    if (text === undefined) return undefined;
    const stored = readKeyFile(text);
    if (stored?.environment !== environment) throw locked(`${file} holds no key of ${environment}`, file);
    const wrapping = await keyOf(stored.key, places).catch((error: unknown) => {
      throw isEasyflipError(error) ? locked(WHY[stored.key.source](places), file, error) : error;
    });
    const key = open(stored.sealed, wrapping, context);
    if (key === undefined) throw locked(WRONG[stored.key.source](places), file);
    return Buffer.from(key, 'base64');
  };

  return {
    async read() {
      const key = await load();
      if (key) return key;
      throw locked(`its key ${file} is gone`, file);
    },
    async readOrMake() {
      const known = await load();
      if (known) return known;
      await makeFolder(folder);
      // Who sets a passphrase wants it used: from cron a keychain is often locked.
      const made = await newKey(places, places.passphrase ? 'passphrase' : undefined);
      const key = randomBytes(KEY_BYTES);
      const body: KeyFile = { version: VERSION, environment, key: made.recipe, sealed: seal(key.toString('base64'), made.key, context) };
      await writeOnce(file, `${JSON.stringify(body, null, 2)}\n`).catch((cause: unknown) => {
        throw unwritable(folder, cause);
      });
      // Another process may have been first; its key counts.
      return (await load()) ?? key;
    },
  };
}

function readKeyFile(text: string): KeyFile | undefined {
  try {
    const stored = JSON.parse(text) as KeyFile;
    return stored.version === VERSION && stored.key?.source && stored.sealed?.data ? stored : undefined;
  } catch {
    return undefined;
  }
}

const makeFolder = async (folder: string): Promise<void> => {
  await mkdir(folder, { recursive: true, mode: 0o700 }).catch((cause: unknown) => {
    throw unwritable(folder, cause);
  });
};

const unwritable = (folder: string, cause: unknown): EasyflipError =>
  new EasyflipError('store.unusable', `The key for encrypted data cannot be stored in ${folder}.`, {
    hint: 'Make the data folder writable, or choose a local disk with --data-dir.',
    cause,
  });

type Told = Readonly<Record<KeyRecipe['source'], (places: KeyPlaces) => string>>;

const WHY: Told = {
  keychain: () => 'the keychain of this machine does not answer or has lost the key (from cron it is often locked)',
  passphrase: () => `${PASSPHRASE_VARIABLE} is not set`,
  file: ({ keyFile }) => `the key file ${keyFile} is not there or holds no key`,
};

const WRONG: Told = {
  keychain: () => 'the keychain of this machine has another key',
  passphrase: () => `${PASSPHRASE_VARIABLE} is not the passphrase it was encrypted with`,
  file: ({ keyFile }) => `the key file ${keyFile} is another one`,
};

const locked = (why: string, file: string, cause?: unknown): EasyflipError =>
  new EasyflipError('store.locked', `What easyflip keeps is encrypted, and ${why}.`, {
    hint:
      'Unlock the keychain, set the passphrase, or put the key back from your backup. If it is lost for good, move the database and ' +
      `${file} away and run \`easyflip recover\` with your photo folders: items on eBay are found again.`,
    cause,
  });
