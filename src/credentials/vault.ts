import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { EasyflipError, isEasyflipError } from '../core/errors.ts';
import type { KeySource, StoredLogin, Vault } from '../core/ports/credentials.ts';
import type { Environment } from '../core/settings.ts';
import { type Keychain, systemKeychain } from './keychain.ts';
import { closeToOthers, type KeyPlaces, type KeyRecipe, keyOf, newKey, PASSPHRASE_VARIABLE, removeKey, unreadable } from './keys.ts';
import { open, type Sealed, seal } from './seal.ts';

export interface VaultOptions {
  /** The data folder. */
  readonly folder: string;
  readonly environment: Environment;
  readonly env: NodeJS.ProcessEnv;
  /** Of a new login, or to move one there; a login that cannot be opened gives way. Default: the best there is. */
  readonly wantedKey?: KeySource | undefined;
  /** Default: that of the operating system, and none in practice: practice must never open a window. */
  readonly keychain?: Keychain;
}

/** What lies on disk. Only `sealed` is secret. */
interface VaultFile {
  readonly version: 1;
  readonly environment: Environment;
  readonly key: KeyRecipe;
  readonly sealed: Sealed;
}

const VERSION = 1;
/** A refresh takes a second or two; a process that was killed while it held the lock is given up after this. */
const STALE_MS = 20_000;
const RETRIES = { retries: 200, factor: 1.2, minTimeout: 20, maxTimeout: 250, randomize: true } as const;

/** The encrypted login of one environment, one file in the data folder. Nothing is made before the first `change`. */
export function openVault({ folder, environment, env, wantedKey, keychain }: VaultOptions): Vault {
  const file = join(folder, `${environment}.login.json`);
  const places: KeyPlaces = {
    account: environment,
    keyFile: join(folder, 'login.key'),
    passphrase: env[PASSPHRASE_VARIABLE] || undefined,
    keychain: environment === 'practice' ? undefined : (keychain ?? systemKeychain()),
  };
  const context = `easyflip login ${VERSION} ${environment}`;
  // Deriving a key from a passphrase takes a moment; it stays the same while the recipe does.
  let known: { readonly recipe: string; readonly key: Uint8Array } | undefined;

  const keyFor = async (recipe: KeyRecipe): Promise<Uint8Array> => {
    const name = JSON.stringify(recipe);
    if (known?.recipe !== name) known = { recipe: name, key: await keyOf(recipe, places) };
    return known.key;
  };

  const load = async (): Promise<{ readonly login: StoredLogin; readonly recipe: KeyRecipe } | undefined> => {
    const stored = await readVaultFile(file);
    if (!stored) return undefined;
    const text = stored.environment === environment ? open(stored.sealed, await keyFor(stored.key), context) : undefined;
    if (text === undefined) throw doesNotOpen(file, stored.key.source);
    await closeToOthers(file);
    return { login: JSON.parse(text) as StoredLogin, recipe: stored.key };
  };

  /** A key of another kind is wanted: what cannot be opened any more (a keychain that stays locked) is given up for it. */
  const loadForChange: typeof load = async () => {
    try {
      return await load();
    } catch (error) {
      if (wantedKey !== undefined && isEasyflipError(error) && error.code === 'credentials.unreadable') return undefined;
      throw error;
    }
  };

  const save = async (login: StoredLogin, recipe: KeyRecipe): Promise<void> => {
    const body: VaultFile = {
      version: VERSION,
      environment,
      key: recipe,
      sealed: seal(JSON.stringify(login), await keyFor(recipe), context),
    };
    await writeWhole(file, `${JSON.stringify(body, null, 2)}\n`);
  };

  return {
    file,
    read: async () => (await load())?.login,
    keySource: async () => (await readVaultFile(file))?.key.source,

    change: (change) =>
      locked(file, async () => {
        const stored = await loadForChange();
        const login = await change(stored?.login ?? {});
        if (stored && (wantedKey === undefined || stored.recipe.source === wantedKey)) {
          await save(login, stored.recipe);
          return login;
        }
        const made = await newKey(places, wantedKey);
        known = { recipe: JSON.stringify(made.recipe), key: made.key };
        await save(login, made.recipe);
        return login;
      }),

    remove: () =>
      locked(file, async () => {
        const stored = await readVaultFile(file).catch(() => undefined);
        await rm(file, { force: true });
        if (stored) await removeKey(stored.key, places);
        return stored !== undefined;
      }),
  };
}

async function readVaultFile(file: string): Promise<VaultFile | undefined> {
  const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return undefined;
    throw unreadable(`The stored login ${file} cannot be read.`, 'Make it readable for you, or run `easyflip auth login` again.', cause);
  });
  if (text === undefined) return undefined;
  try {
    const stored = JSON.parse(text) as VaultFile;
    if (stored.version === VERSION && stored.key?.source && stored.sealed?.data) return stored;
  } catch {
    // Told below: not ours, or half a file of another program.
  }
  throw unreadable(
    `The stored login ${file} is damaged or of a newer easyflip.`,
    'Run `easyflip auth logout`, then `easyflip auth login`.',
  );
}

const doesNotOpen = (file: string, source: KeySource): EasyflipError =>
  source === 'passphrase'
    ? unreadable(
        `${PASSPHRASE_VARIABLE} does not open the stored login ${file}.`,
        'Set the passphrase it was stored with, or run `easyflip auth logout`, then `easyflip auth login`.',
      )
    : unreadable(
        `The stored login ${file} was changed or its key is another one.`,
        'Run `easyflip auth logout`, then `easyflip auth login`.',
      );

/** Beside the target and renamed: a kill leaves the old file whole. */
async function writeWhole(file: string, text: string): Promise<void> {
  const beside = join(dirname(file), `.${randomUUID()}.tmp`);
  try {
    await writeFile(beside, text, { flag: 'wx', mode: 0o600 });
    await rename(beside, file);
  } catch (cause) {
    await rm(beside, { force: true });
    throw new EasyflipError('store.unusable', `The login cannot be stored in ${dirname(file)}.`, {
      hint: 'Make the data folder writable.',
      cause,
    });
  }
}

/** One process at a time, by a lock beside the file that outlives no process for long. */
async function locked<T>(file: string, work: () => Promise<T>): Promise<T> {
  const { lock } = await import('proper-lockfile');
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  let release: () => Promise<void>;
  try {
    release = await lock(file, { realpath: false, stale: STALE_MS, retries: RETRIES });
  } catch (cause) {
    throw new EasyflipError('store.unusable', `Another easyflip holds the login ${file}.`, {
      hint: 'Run the command again in a moment.',
      retryable: true,
      cause,
    });
  }
  try {
    return await work();
  } finally {
    // A lock that was taken over as stale is not ours to give back.
    await release().catch(() => undefined);
  }
}
