import { randomBytes, scrypt } from 'node:crypto';
import { chmod, readFile, stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { EasyflipError } from '../core/errors.ts';
import type { KeySource } from '../core/ports/credentials.ts';
import type { Keychain } from './keychain.ts';
import { KEY_BYTES } from './seal.ts';
import { writeOnce } from './write-once.ts';

export const PASSPHRASE_VARIABLE = 'EASYFLIP_PASSPHRASE';

/** How the key of a file is found again; stands in the file, in the clear. */
export type KeyRecipe = { readonly source: 'keychain' | 'file' } | { readonly source: 'passphrase'; readonly salt: string };

export interface KeyPlaces {
  /** Name in the keychain. */
  readonly account: string;
  readonly keyFile: string;
  readonly passphrase: string | undefined;
  /** Undefined where the keychain shall not be asked (practice). */
  readonly keychain: Keychain | undefined;
}

/** Takes about a tenth of a second, for whoever guesses too. 32 MB of memory. */
const SCRYPT = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 };
const derive = promisify(scrypt) as (secret: string, salt: Uint8Array, bytes: number, options: typeof SCRYPT) => Promise<Buffer>;

/** A key for a new file: from the wanted place, else the keychain if this machine has one, else the passphrase, else a key file. */
export async function newKey(
  places: KeyPlaces,
  wanted: KeySource | undefined,
): Promise<{ readonly key: Uint8Array; readonly recipe: KeyRecipe }> {
  if (wanted === 'keychain' || (wanted === undefined && places.keychain)) {
    const key = await keychainKey(places).catch((cause: unknown) => {
      if (wanted === undefined) return undefined;
      throw unreadable('This machine has no keychain that answers.', 'Use --key passphrase or --key file.', cause);
    });
    if (key) return { key, recipe: { source: 'keychain' } };
  }
  if (wanted === 'passphrase' || (wanted === undefined && places.passphrase)) {
    const salt = randomBytes(16);
    return { key: await passphraseKey(places, salt), recipe: { source: 'passphrase', salt: salt.toString('base64') } };
  }
  return { key: await makeKeyFile(places.keyFile), recipe: { source: 'file' } };
}

/** The key of a file that exists. Errors: `credentials.unreadable` with what to do about it. */
export async function keyOf(recipe: KeyRecipe, places: KeyPlaces): Promise<Uint8Array> {
  switch (recipe.source) {
    case 'passphrase':
      return await passphraseKey(places, Buffer.from(recipe.salt, 'base64'));
    case 'file':
      return await readKeyFile(places.keyFile);
    case 'keychain': {
      const key = await places.keychain?.get(places.account).catch((cause: unknown) => {
        throw unreadable(
          'The keychain of this machine does not answer; from cron it is often locked.',
          'Unlock it, or run `easyflip auth login --key file` so that no keychain is needed.',
          cause,
        );
      });
      if (key?.length === KEY_BYTES) return key;
      throw unreadable('The keychain has no key for the stored login.', 'Run `easyflip auth login` again.');
    }
  }
}

/** Another environment's file may use the same key: an existing one is kept. */
async function keychainKey({ keychain, account }: KeyPlaces): Promise<Uint8Array | undefined> {
  if (!keychain) throw new Error('no keychain');
  const known = await keychain.get(account);
  if (known?.length === KEY_BYTES) return known;
  const key = randomBytes(KEY_BYTES);
  await keychain.set(account, key);
  const kept = await keychain.get(account);
  return kept && Buffer.from(kept).equals(key) ? key : undefined;
}

async function passphraseKey({ passphrase }: KeyPlaces, salt: Uint8Array): Promise<Uint8Array> {
  if (!passphrase) {
    throw unreadable(
      `The stored login is locked with a passphrase, and ${PASSPHRASE_VARIABLE} is not set.`,
      `Set ${PASSPHRASE_VARIABLE}, also for cron, or run \`easyflip auth login --key file\`.`,
    );
  }
  return await derive(passphrase, salt, KEY_BYTES, SCRYPT);
}

/** Another environment, or another process a moment ago, may have made it: then its key counts. */
async function makeKeyFile(file: string): Promise<Uint8Array> {
  await writeOnce(file, randomBytes(KEY_BYTES).toString('base64')).catch((cause: unknown) => {
    throw unreadable(`The key file ${file} cannot be written.`, 'Make the data folder writable.', cause);
  });
  return await readKeyFile(file);
}

async function readKeyFile(file: string): Promise<Uint8Array> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw unreadable(`The key file ${file} cannot be read.`, 'Put it back from your backup, or run `easyflip auth login` again.', cause);
  });
  const key = Buffer.from(text, 'base64');
  if (key.length !== KEY_BYTES)
    throw unreadable(`The key file ${file} holds no key.`, 'Run `easyflip auth logout`, then `easyflip auth login`.');
  await closeToOthers(file);
  return key;
}

/** A key that others may read is no key. Windows has no such modes. */
export async function closeToOthers(file: string): Promise<void> {
  if (process.platform === 'win32') return;
  const { mode } = await stat(file);
  if ((mode & 0o077) !== 0) await chmod(file, 0o600);
}

export async function removeKey(recipe: KeyRecipe, { keychain, account }: KeyPlaces): Promise<void> {
  // The key file stays: other environments may use it, and alone it opens nothing.
  if (recipe.source === 'keychain') await keychain?.remove(account).catch(() => undefined);
}

export const unreadable = (message: string, hint: string, cause?: unknown): EasyflipError =>
  new EasyflipError('credentials.unreadable', message, { hint, cause });
