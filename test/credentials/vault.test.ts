import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { StoredLogin, Vault } from '../../src/core/ports/index.ts';
import type { Environment } from '../../src/core/settings.ts';
import type { Keychain } from '../../src/credentials/keychain.ts';
import { openVault } from '../../src/credentials/vault.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'easyflip-vault-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A keychain as an operating system has it, in memory. */
function memoryKeychain(): Keychain & { readonly secrets: Map<string, Uint8Array>; locked: boolean } {
  const secrets = new Map<string, Uint8Array>();
  const keychain = {
    secrets,
    locked: false,
    get: async (account: string) => {
      if (keychain.locked) throw new Error('locked');
      return secrets.get(account);
    },
    set: async (account: string, secret: Uint8Array) => {
      if (keychain.locked) throw new Error('locked');
      secrets.set(account, Uint8Array.from(secret));
    },
    remove: async (account: string) => void secrets.delete(account),
  };
  return keychain;
}

const noKeychain: Keychain = {
  get: async () => {
    throw new Error('there is none');
  },
  set: async () => {
    throw new Error('there is none');
  },
  remove: async () => {},
};

const vault = (
  environment: Environment = 'sandbox',
  {
    env = {},
    keychain = noKeychain,
    wantedKey,
  }: { env?: Record<string, string>; keychain?: Keychain; wantedKey?: 'keychain' | 'passphrase' | 'file' } = {},
): Vault => openVault({ folder, environment, env, keychain, ...(wantedKey ? { wantedKey } : {}) });

const login: StoredLogin = { appId: 'Seller-flip-SBX-1', certId: 'SBX-secret-certificate', refreshToken: 'v^1.1#i^1#refresh' };
const store = (into: Vault): Promise<StoredLogin> => into.change(async (was) => ({ ...was, ...login }));

describe.each(['file', 'passphrase', 'keychain'] as const)('with its key in: %s', (source) => {
  const keychain = memoryKeychain();
  const options = {
    wantedKey: source,
    keychain,
    env: source === 'passphrase' ? { EASYFLIP_PASSPHRASE: 'correct horse battery' } : {},
  } as const;

  it('what is stored is read again by another process, and lies encrypted, for its owner only', async () => {
    await store(vault('sandbox', options));
    expect(await vault('sandbox', options).read()).toEqual(login);
    expect(await vault('sandbox', options).keySource()).toBe(source);
    for (const name of readdirSync(folder)) {
      const bytes = readFileSync(join(folder, name));
      for (const secret of [login.certId, login.refreshToken, 'correct horse']) expect(bytes.includes(String(secret))).toBe(false);
      if (process.platform !== 'win32') expect(statSync(join(folder, name)).mode & 0o077).toBe(0);
    }
  });

  it('a changed byte, another environment and another key do not open it', async () => {
    const mine = vault('sandbox', options);
    await store(mine);
    const text = readFileSync(mine.file, 'utf8');
    const stored = JSON.parse(text) as { sealed: { data: string } };
    const changed = Buffer.from(stored.sealed.data, 'base64');
    changed[0] = (changed[0] ?? 0) ^ 1;
    writeFileSync(mine.file, JSON.stringify({ ...stored, sealed: { ...stored.sealed, data: changed.toString('base64') } }));
    await expect(vault('sandbox', options).read()).rejects.toMatchObject({ code: 'credentials.unreadable' });
    const other = vault('production', options);
    writeFileSync(other.file, text);
    await expect(other.read()).rejects.toMatchObject({ code: 'credentials.unreadable' });
    writeFileSync(other.file, text.replace('"sandbox"', '"production"'));
    await expect(vault('production', options).read()).rejects.toMatchObject({ code: 'credentials.unreadable' });
  });
});

it('takes the keychain where there is one, else the passphrase, else a key file', async () => {
  const keychain = memoryKeychain();
  const passphrase = { EASYFLIP_PASSPHRASE: 'correct horse battery' };
  await store(vault('sandbox', { keychain, env: passphrase }));
  expect(await vault().keySource()).toBe('keychain');
  await store(vault('production', { env: passphrase }));
  expect(await vault('production').keySource()).toBe('passphrase');
  rmSync(vault('production').file);
  await store(vault('production'));
  expect(await vault('production').keySource()).toBe('file');
});

it('a keychain that is locked, as under cron, says what to do; a wrong or missing passphrase too', async () => {
  const keychain = memoryKeychain();
  await store(vault('sandbox', { keychain }));
  keychain.locked = true;
  await expect(vault('sandbox', { keychain }).read()).rejects.toMatchObject({
    code: 'credentials.unreadable',
    hint: expect.stringContaining('--key file'),
  });
  await store(vault('production', { env: { EASYFLIP_PASSPHRASE: 'right' } }));
  for (const env of [{}, { EASYFLIP_PASSPHRASE: 'wrong' }]) {
    const error: unknown = await vault('production', { env: env as Record<string, string> })
      .read()
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'credentials.unreadable' });
    expect(String(error)).not.toContain('right');
  }
});

it('moves to another key when it is asked to', async () => {
  const keychain = memoryKeychain();
  await store(vault('sandbox', { keychain }));
  await vault('sandbox', { keychain, wantedKey: 'file' }).change(async (was) => was);
  keychain.locked = true;
  expect(await vault('sandbox', { keychain }).read()).toEqual(login);
});

it('a login whose keychain stays locked gives way to a new one with a key of another kind, and only then', async () => {
  const keychain = memoryKeychain();
  await store(vault('sandbox', { keychain }));
  keychain.locked = true;
  await expect(vault('sandbox', { keychain }).change(async (was) => was)).rejects.toMatchObject({ code: 'credentials.unreadable' });
  const anew = vault('sandbox', { keychain, wantedKey: 'file' });
  await expect(anew.read()).rejects.toMatchObject({ code: 'credentials.unreadable' });
  await anew.change(async (was) => ({ ...was, username: 'seller' }));
  expect(await vault('sandbox', { keychain }).read()).toEqual({ username: 'seller' });
});

it.skipIf(process.platform === 'win32')('a file that others could read is closed to them', async () => {
  const mine = vault();
  await store(mine);
  for (const name of readdirSync(folder)) chmodSync(join(folder, name), 0o644);
  await vault().read();
  for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o077).toBe(0);
});

it('practice asks no keychain', async () => {
  const keychain = memoryKeychain();
  await store(vault('practice', { keychain }));
  expect(await vault('practice').keySource()).toBe('file');
  expect(keychain.secrets.size).toBe(0);
});

it('nothing is made by looking; removing is told and repeatable', async () => {
  expect(await vault().read()).toBeUndefined();
  expect(await vault().keySource()).toBeUndefined();
  expect(readdirSync(folder)).toEqual([]);
  await store(vault());
  expect(await vault().remove()).toBe(true);
  expect(await vault().read()).toBeUndefined();
  expect(await vault().remove()).toBe(false);
});

it('changes wait for each other: nothing is lost between twenty of them', async () => {
  await Promise.all(
    Array.from({ length: 20 }, (_, n) => vault().change(async (was) => ({ ...was, scopes: [...(was.scopes ?? []), `scope-${n}`] }))),
  );
  expect((await vault().read())?.scopes).toHaveLength(20);
});

it('a process killed in the middle of a change leaves the old login, and its lock is given up', async () => {
  await store(vault());
  const program = join(folder, 'child.mjs');
  await build({
    stdin: {
      contents: `
        import { openVault } from './src/credentials/vault.ts';
        const none = async () => { throw new Error('there is none'); };
        const keychain = { get: none, set: none, remove: async () => {} };
        const vault = openVault({ folder: process.argv[2], environment: 'sandbox', env: {}, keychain });
        await vault.change(async () => { console.log('inside'); await new Promise((done) => setTimeout(done, 60_000)); return {}; });`,
      resolveDir: fileURLToPath(new URL('../../', import.meta.url)),
    },
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    external: ['@napi-rs/keyring'],
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  });
  const child = spawn(process.execPath, [program, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  const said = await once(child.stdout, 'data');
  expect(String(said[0])).toContain('inside');
  child.kill('SIGKILL');
  await once(child, 'close');
  expect(await vault().read()).toEqual(login);
  expect((await vault().change(async (was) => ({ ...was, username: 'seller' }))).username).toBe('seller');
}, 60_000);
